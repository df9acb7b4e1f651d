package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// CommitmentStatus is how far somebody has come with a commitment.
type CommitmentStatus string

// How far somebody has come. That a commitment is overdue is not a step: it
// follows from its deadline, see Commitment.Overdue.
const (
	NotStarted CommitmentStatus = "not_started"
	UnderWay   CommitmentStatus = "under_way"
	Done       CommitmentStatus = "done"
)

// CommitmentStatuses lists the steps in order.
func CommitmentStatuses() []CommitmentStatus {
	return []CommitmentStatus{NotStarted, UnderWay, Done}
}

// Commitment is an action of an action plan, with the indicator by which it is
// judged and the day by which it is to be done. The secretariat enters it; the
// Parties that it binds say how far they have come. It is open to everybody.
type Commitment struct {
	Meta
	CommitmentContent
	Progress []Progress `json:"progress,omitempty"` // in the order in which it was reported
	Retired  *Remark    `json:"retired,omitempty"`  // it no longer applies
}

// CommitmentContent is what the action plan says.
type CommitmentContent struct {
	Code      string              `json:"code" validate:"max=60"` // as the plan counts it: "Action 45"; no other of the convention bears it
	Title     Names               `json:"title" validate:"max=6,dive,max=500"`
	Plan      string              `json:"plan,omitempty" validate:"max=300"` // the name of the action plan
	Indicator string              `json:"indicator,omitempty" validate:"max=2000"`
	Deadline  Date                `json:"deadline,omitzero"`
	Parties   []reference.Country `json:"parties" validate:"max=300,unique"` // those that it binds; none named means all Parties
	Themes    []string            `json:"themes" validate:"max=10,unique"`
}

// Progress is what a Party reports of a commitment.
type Progress struct {
	Country reference.Country `json:"country"`
	Status  CommitmentStatus  `json:"status" validate:"oneof=not_started under_way done"`
	Date    Date              `json:"date"` // the day of which it is told
	Note    string            `json:"note,omitempty" validate:"max=2000"`
	By      string            `json:"by,omitempty"` // user id of who reported
	Time    time.Time         `json:"time"`
}

// In is the title for a reader: in the language, in English, or in the first
// language that has one.
func (c *Commitment) In(lang reference.Language) string {
	if title := c.Title.In(lang); title != "" {
		return title
	}
	for _, other := range ReaderLanguages() {
		if title := c.Title[other]; title != "" {
			return title
		}
	}
	return c.Code
}

// FoldCode is a code as it is compared: whatever the case and the blanks.
func FoldCode(code string) string {
	return strings.ToLower(strings.Join(strings.Fields(code), " "))
}

// Commitment returns the commitment with the id, or else with the code, as the
// convention knows it.
func (c *Convention) Commitment(reference string) (*Commitment, bool) {
	if c.Directory == nil || strings.TrimSpace(reference) == "" {
		return nil, false
	}
	return c.Directory.Commitment(reference)
}

// Binds reports whether the commitment binds the State on a day.
func (c *Commitment) Binds(conv *Convention, country reference.Country, day Date) bool {
	if len(c.Parties) == 0 {
		return conv.PartyOn(country, day)
	}
	return slices.Contains(c.Parties, country)
}

// Bound lists those whom the commitment binds on a day.
func (c *Commitment) Bound(conv *Convention, day Date) []reference.Country {
	if len(c.Parties) == 0 {
		return conv.PartiesOn(day)
	}
	return c.Parties
}

// Standings are the latest reports of those who have reported: of the latest
// day, each State once, in the order of their first reports.
func (c *Commitment) Standings() []Progress {
	var out []Progress
	for _, p := range c.Progress {
		at := slices.IndexFunc(out, func(e Progress) bool { return e.Country == p.Country })
		switch {
		case at < 0:
			out = append(out, p)
		case !p.Date.Before(out[at].Date):
			out[at] = p
		}
	}
	return out
}

// StatusOf is how far a State says that it has come.
func (c *Commitment) StatusOf(country reference.Country) CommitmentStatus {
	for _, p := range c.Standings() {
		if p.Country == country {
			return p.Status
		}
	}
	return NotStarted
}

// Status is how far those have come together whom the commitment binds: done
// when all are, not started when none is.
func (c *Commitment) Status(conv *Convention, day Date) CommitmentStatus {
	reported := map[reference.Country]CommitmentStatus{}
	for _, p := range c.Standings() {
		reported[p.Country] = p.Status
	}
	bound := c.Bound(conv, day)
	done, begun := len(bound) > 0, false
	for _, country := range bound {
		status := reported[country]
		done = done && status == Done
		begun = begun || status == Done || status == UnderWay
	}
	switch {
	case done:
		return Done
	case begun:
		return UnderWay
	}
	return NotStarted
}

// Overdue reports whether a commitment that stands so was to be done before
// the day.
func (c *Commitment) Overdue(status CommitmentStatus, day Date) bool {
	return c.Retired == nil && status != Done && !c.Deadline.IsZero() && c.Deadline.Before(day)
}

// check holds what the plan says against the rules of the convention. Parties
// that it has bound so far may stay, also when they have left since.
func (c *CommitmentContent) check(conv *Convention, id string, before []reference.Country, now time.Time) error {
	m := checkShape(c)
	switch {
	case strings.TrimSpace(c.Code) == "":
		m.add("code", "error.invalid.required")
	case ValidID(FoldCode(c.Code)):
		m.add("code", "error.invalid.commitment_code")
	}
	titled := false
	for lang, title := range c.Title {
		if !slices.Contains(ReaderLanguages(), lang) {
			m.add("title."+string(lang), "error.invalid.unknown_language", value(string(lang)))
		}
		titled = titled || strings.TrimSpace(title) != ""
	}
	if !titled {
		m.add("title", "error.invalid.required")
	}
	for i, country := range c.Parties {
		if !conv.PartyOn(country, DateOf(now)) && !slices.Contains(before, country) {
			m.add(place("parties", i), "error.invalid.not_party", message.Of(message.Country, "country", country.Alpha2()))
		}
	}
	for i, theme := range c.Themes {
		if _, ok := conv.Theme(theme); !ok {
			m.add(place("themes", i), "error.invalid.unknown_theme", value(theme))
		}
	}
	if err := m.err(); err != nil {
		return err
	}
	if other, taken := conv.Commitment(c.Code); taken && other.ID != id {
		return Refuse(Conflict, "error.conflict.commitment_code", value(c.Code))
	}
	return nil
}

// checkCommitment checks what a need says of the commitment that it serves:
// any words, but where they have the form of an id, that of one that is there.
func (c *Convention) checkCommitment(m *mistakes, reference string) {
	if _, known := c.Commitment(reference); !known && ValidID(reference) {
		m.add("commitment", "error.invalid.unknown_commitment", value(reference))
	}
}
