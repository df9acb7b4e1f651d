package cooperation

import (
	"maps"
	"slices"
	"strconv"

	"entente/message"
	"entente/reference"
)

// mostNamed bounds the lists of a committee, past entries included.
const mostNamed = 500

// SeatRoles lists the roles for which a composition may ask.
func SeatRoles() []SeatRole { return []SeatRole{SeatAffected, SeatProvider, SeatGender} }

// checkMembers holds the term at a place against the rules of naming and of
// the composition. What the committee still lacks, Findings say.
func (n *Naming) checkMembers(m *mistakes, c *Convention, b *Committee, before []Term, at int) {
	t := n.Members[at]
	if b.Kind != StandingCommittee {
		m.add("country", "error.invalid.no_members")
	}
	checkLimit(m, len(n.Members))
	c.checkHolding(m, "", t.Country, t.From, t.Until)
	for i, role := range t.As {
		switch {
		case !slices.Contains(SeatRoles(), role):
			m.add("as["+strconv.Itoa(i)+"]", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(SeatRoles())))
		case slices.Index(t.As, role) != i:
			m.add("as["+strconv.Itoa(i)+"]", "error.invalid.duplicate")
		}
	}
	if t.Seat != "" && !slices.ContainsFunc(b.Composition.RegionalSeats, func(s RegionalSeat) bool { return s.ID == t.Seat }) {
		m.add("seat", "error.invalid.unknown_seat", value(t.Seat))
	}
	if t.Election < 0 || t.Election > mostNamed {
		m.add("election", "error.invalid.too_large", message.Int("max", mostNamed))
	}
	for i, other := range n.Members {
		if i != at && other.Country == t.Country && overlap(other.From, other.Until, t.From, t.Until) {
			m.add("from", "error.invalid.term_overlap", message.Of(message.Date, "from", other.From.String()), message.Of(message.Date, "until", other.Until.String()))
		}
	}
	if len(*m) == 0 {
		n.checkComposition(m, c, b, before, t)
	}
}

// election is what the record of one is held against.
type election struct {
	Record string `json:"record" validate:"max=300"`
}

// checkChairs holds the last presidency against the rules of naming and of the
// composition.
func (n *Naming) checkChairs(m *mistakes, c *Convention, b *Committee, today Date) {
	checkLimit(m, len(n.Chairs))
	p := n.Chairs[len(n.Chairs)-1]
	*m = append(*m, checkShape(&election{p.Record})...)
	c.checkHolding(m, "", p.Country, p.From, p.Until)
	if today.Before(p.Elected) {
		m.add("elected", "error.invalid.past_date")
	}
	for _, other := range n.Chairs[:len(n.Chairs)-1] {
		if overlap(other.From, other.Until, p.From, p.Until) {
			m.add("from", "error.invalid.term_overlap", message.Of(message.Date, "from", other.From.String()), message.Of(message.Date, "until", other.Until.String()))
		}
	}
	n.checkElected(m, b, p)
}

// checkElected holds a presidency that is sound in itself against the rules of
// the composition.
func (n *Naming) checkElected(m *mistakes, b *Committee, p Presidency) {
	if x, broken := b.chairBreach(n.Members, p); broken && len(*m) == 0 {
		b.cite(m, p.From, x)
	}
}

func (n *Naming) checkOfficers(m *mistakes, c *Convention, b *Committee) {
	checkLimit(m, len(n.Officers))
	for i, o := range n.Officers[:min(len(n.Officers), mostNamed)] {
		path := "items[" + strconv.Itoa(i) + "]."
		if !slices.ContainsFunc(b.Composition.Officers, func(office Office) bool { return office.ID == o.Office }) {
			m.add(path+"office", "error.invalid.unknown_office", value(o.Office))
		}
		c.checkHolding(m, path, o.Country, o.From, o.Until)
	}
}

func checkLimit(m *mistakes, n int) {
	if n > mostNamed {
		m.add("items", "error.invalid.too_many", message.Int("max", mostNamed))
	}
}

// checkHolding checks who holds something from when to when: a Party of the
// first day.
func (c *Convention) checkHolding(m *mistakes, path string, country reference.Country, from, until Date) {
	switch {
	case country == 0:
		m.add(path+"country", "error.invalid.required")
	case !c.PartyOn(country, from):
		m.add(path+"country", "error.invalid.not_party", message.Of(message.Country, "country", country.Alpha2()))
	}
	c.checkPeriod(m, path, from, until)
}

// checkPeriod checks that something begins, and ends not before.
func (c *Convention) checkPeriod(m *mistakes, path string, from, until Date) {
	if from.IsZero() {
		m.add(path+"from", "error.invalid.required")
	}
	if until.IsZero() {
		m.add(path+"until", "error.invalid.required")
	}
	if !from.IsZero() && !until.IsZero() && until.Before(from) {
		m.add(path+"until", "error.invalid.date_order", message.Of(message.Date, "start", from.String()))
	}
}

func overlap(from1, until1, from2, until2 Date) bool {
	return !until1.Before(from2) && !until2.Before(from1)
}

// observers makes the observers of ids: under the names by which they were
// invited before, or by which the convention knows them.
func (c *Convention) observers(m *mistakes, before []Observer, ids []Participant) []Observer {
	checkLimit(m, len(ids))
	var out []Observer
	for i, id := range ids[:min(len(ids), mostNamed)] {
		path := "items[" + strconv.Itoa(i) + "]"
		invited, was := find(before, func(o *Observer) bool { return o.ID == id })
		organisation, known := c.Organisation(id)
		switch {
		case slices.Index(ids, id) != i:
			m.add(path, "error.invalid.duplicate")
		case known && organisation.Known():
			out = append(out, Observer{ID: id, Name: organisation.invitedAs()})
		case was:
			out = append(out, invited)
		default:
			m.add(path, "error.invalid.unknown_organisation", value(string(id)))
		}
	}
	return out
}

// invitedAs are the names under which an organisation is invited.
func (o *Organisation) invitedAs() Names {
	names := maps.Clone(o.Names)
	if names == nil {
		names = Names{}
	}
	if names["en"] == "" {
		names["en"] = o.Name
	}
	return names
}
