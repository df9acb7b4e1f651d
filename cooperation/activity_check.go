package cooperation

import (
	"slices"
	"strconv"
	"strings"

	"entente/message"
	"entente/reference"
)

// checkActivity holds what is said of an activity against the rules of the
// convention. Whoever takes part need not be a Party: help runs outside the
// convention too.
func (c *Convention) checkActivity(a *ActivityContent) error {
	m := checkShape(a)
	c.checkParticipants(&m, "beneficiaries", a.Beneficiaries, nil)
	c.checkParticipants(&m, "providers", a.Providers, a.Beneficiaries)
	if strings.TrimSpace(a.Title) == "" {
		m.add("title", "error.invalid.required")
	} else if strings.ContainsAny(a.Title, "\n\r\t") {
		m.add("title", "error.invalid.characters")
	}
	if len(a.Themes) == 0 {
		m.add("themes", "error.invalid.required")
	}
	for i, t := range a.Themes {
		if _, ok := c.Theme(t); !ok {
			m.add("themes["+strconv.Itoa(i)+"]", "error.invalid.unknown_theme", value(t))
		}
	}
	if len(a.Kinds) == 0 {
		m.add("kinds", "error.invalid.required")
	}
	for i, k := range a.Kinds {
		if !k.Valid() || !c.Offers(k) {
			m.add("kinds["+strconv.Itoa(i)+"]", "error.invalid.unknown_kind", value(string(k)))
		}
	}
	if !a.Start.IsZero() && !a.End.IsZero() && a.End.Before(a.Start) {
		m.add("end", "error.invalid.date_order", message.Of(message.Date, "start", a.Start.String()))
	}
	if !a.Amount.IsZero() {
		if _, ok := reference.ParseCurrency(a.Amount.Currency); !ok {
			m.add("amount.currency", "error.invalid.unknown_currency", value(a.Amount.Currency))
		} else {
			checkAmount(&m, "amount.amount", a.Amount.Amount, a.Amount.Currency)
		}
	}
	if a.ContentLanguage != "" {
		checkLanguage(&m, "content_language", a.ContentLanguage)
	}
	return m.err()
}

// checkParticipants checks those of one side: each is a State or an
// organisation that the convention knows, and none is on the other side too.
func (c *Convention) checkParticipants(m *mistakes, field string, list, other []Participant) {
	if len(list) == 0 {
		m.add(field, "error.invalid.required")
	}
	for i, p := range list {
		at := field + "[" + strconv.Itoa(i) + "]"
		if slices.Contains(other, p) {
			m.add(at, "error.invalid.both_sides", message.Of(message.Party, "participant", string(p)))
			continue
		}
		c.checkOther(m, at, p, false)
	}
}
