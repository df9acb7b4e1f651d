package cooperation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"entente/message"
)

// ProgrammeStatus is a step of the life of a programme activity.
type ProgrammeStatus string

// The life of a programme activity: open → funded → closed; one that is not
// funded may be closed as well.
const (
	ProgrammeOpen   ProgrammeStatus = "open"   // funding is sought
	ProgrammeFunded ProgrammeStatus = "funded" // all of it has been found
	ProgrammeClosed ProgrammeStatus = "closed" // it is done, or given up
)

// ProgrammeStatuses lists the steps in order.
func ProgrammeStatuses() []ProgrammeStatus {
	return []ProgrammeStatus{ProgrammeOpen, ProgrammeFunded, ProgrammeClosed}
}

// ProgrammeActivity is a line of the costed programme of a secretariat or a
// body: what it costs, what there is for it, and what is still to be sought.
// The secretariat writes it; it is open to everybody. Offers of finance are
// matched with it, in the plan, as with a need that has no beneficiary State.
type ProgrammeActivity struct {
	Meta
	ProgrammeContent
	Status ProgrammeStatus `json:"status"`
	Ended  *Remark         `json:"ended,omitempty"` // why it was closed
}

// ProgrammeContent is what the programme says. Amounts are decimal text in the
// one currency.
type ProgrammeContent struct {
	Number      string   `json:"number" validate:"max=30"`           // its place in the programme: "1.1"
	Domain      string   `json:"domain,omitempty" validate:"max=60"` // of the profile's programme
	Title       string   `json:"title" validate:"max=500"`
	Description string   `json:"description,omitempty" validate:"max=4000"`
	Themes      []string `json:"themes,omitempty" validate:"max=3,unique"` // whose offers may fund it; none named = those of the domain
	Currency    string   `json:"currency" validate:"max=3"`
	Cost        string   `json:"cost" validate:"max=20"`
	Core        string   `json:"core,omitempty" validate:"max=20"`      // available from the core budget
	Voluntary   string   `json:"voluntary,omitempty" validate:"max=20"` // available from voluntary contributions
	Sought      string   `json:"sought,omitempty" validate:"max=20"`    // still to be sought
	Start       Date     `json:"start,omitzero"`
	End         Date     `json:"end,omitzero"`
}

// SoughtMinor is what is still to be sought, in minor units; 0 and "" when it
// is not stated.
func (c *ProgrammeContent) SoughtMinor() (minor int64, currency string) {
	minor, err := Money{c.Sought, c.Currency}.Minor()
	if err != nil {
		return 0, ""
	}
	return minor, c.Currency
}

// FundedBy lists the themes whose offers may fund the activity: its own, else
// those of its domain, else all of the convention.
func (c *ProgrammeContent) FundedBy(conv *Convention) []string {
	if len(c.Themes) > 0 {
		return c.Themes
	}
	if domain, ok := conv.Domain(c.Domain); ok && len(domain.Themes) > 0 {
		return domain.Themes
	}
	var all []string
	for _, t := range conv.Themes {
		if t.Parent == "" {
			all = append(all, t.ID)
		}
	}
	return all
}

// CompareProgramme puts programme activities in the order of the programme: by
// the domains of the profile, then by their numbers, of which 1.2 comes before
// 1.10, then by their ids.
func CompareProgramme(conv *Convention) func(a, b *ProgrammeActivity) int {
	place := func(domain string) int {
		if i := slices.IndexFunc(conv.Programme, func(d ProgrammeDomain) bool { return d.ID == domain }); i >= 0 {
			return i
		}
		return len(conv.Programme)
	}
	return func(a, b *ProgrammeActivity) int {
		return cmp.Or(cmp.Compare(place(a.Domain), place(b.Domain)), compareNumbers(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	}
}

// compareNumbers compares numbers such as 1.10 step by step; a step that is no
// number is compared as text, after those that are.
func compareNumbers(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		m, failed := strconv.Atoi(x)
		n, other := strconv.Atoi(y)
		switch {
		case failed == nil && other == nil:
			return cmp.Compare(m, n)
		case failed == nil:
			return -1
		case other == nil:
			return 1
		}
		return cmp.Compare(x, y)
	})
}

// check holds what the programme says against the rules of the convention.
func (c *ProgrammeContent) check(conv *Convention) error {
	m := checkShape(c)
	for field, text := range map[string]string{"number": c.Number, "title": c.Title} {
		if strings.TrimSpace(text) == "" {
			m.add(field, "error.invalid.required")
		}
	}
	if _, ok := conv.Domain(c.Domain); !ok && (c.Domain != "" || len(conv.Programme) > 0) {
		m.add("domain", "error.invalid.programme_domain", value(c.Domain))
	}
	for i, theme := range c.Themes {
		if _, ok := conv.Theme(theme); !ok {
			m.add(place("themes", i), "error.invalid.unknown_theme", value(theme))
		}
	}
	c.checkFunding(&m)
	if !c.Start.IsZero() && !c.End.IsZero() && c.End.Before(c.Start) {
		m.add("end", "error.invalid.date_order", message.Of(message.Date, "start", c.Start.String()))
	}
	return m.err()
}

// checkFunding checks the amounts, and that what there is and what is sought
// add up to the cost.
func (c *ProgrammeContent) checkFunding(m *mistakes) {
	total, ok := checkAmount(m, "cost", c.Cost, c.Currency)
	var parts int64
	for _, p := range []struct{ name, amount string }{{"core", c.Core}, {"voluntary", c.Voluntary}, {"sought", c.Sought}} {
		if p.amount != "" {
			n, fine := checkAmount(m, p.name, p.amount, c.Currency)
			parts, ok = parts+n, ok && fine
		}
	}
	if ok && parts != total {
		m.add("cost", "error.invalid.sum", message.Of(message.Money, "sum", NewMoney(parts, c.Currency).String()))
	}
}
