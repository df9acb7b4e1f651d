package cooperation

import (
	"slices"

	"entente/reference"
)

// The actions on texts of bodies besides those that postings know too.
const (
	Table  Action = "table"
	Object Action = "object"
	Relent Action = "lift" // take an objection back
	Adopt  Action = "adopt"
)

// RecommendationActions lists the actions on texts of bodies.
func RecommendationActions() []Action {
	return []Action{Create, Replace, Table, Object, Relent, Adopt, Withdraw}
}

// conducts decides who acts for a body as a whole on a day: the secretariat;
// those who sit on it for a State that is a member; and, of a body that has
// officers only, those who act for a State that presides or holds an office.
func conducts(a Actor, c *Convention, b *Committee, day Date) bool {
	if MayRecord(a, c.ID, b, day) {
		return true
	}
	if b.Kind == StandingCommittee {
		return false // whoever presides over it is one of its members
	}
	return !a.ReadOnly && slices.ContainsFunc(a.Grants, func(g Grant) bool {
		country, state := g.Participant.State()
		role := g.Role == FocalPoint || g.Role == Approver || g.Role == CommitteeMember && g.Committee == b.ID
		return g.Convention == c.ID && state && role && b.officiates(country, day)
	})
}

// officiates reports whether a State presides over the body or holds one of its
// offices on the day.
func (b *Committee) officiates(country reference.Country, day Date) bool {
	if chair, presided := b.ChairOn(day); presided && chair == country {
		return true
	}
	return slices.ContainsFunc(b.Officers, func(o Officer) bool { return o.Country == country && o.On(day) })
}

// MayConduct decides who may draft, modify, table, withdraw a text and record
// its adoption: those who act for one of its bodies.
func MayConduct(a Actor, c *Convention, r *Recommendation, day Date) bool {
	return !a.ReadOnly && slices.ContainsFunc(r.Bodies, func(id string) bool {
		b, known := c.Committee(id)
		return known && conducts(a, c, &b, day) || !known && MayName(a, c.ID)
	})
}

// decidesIn reports whether a State takes part in the decisions of a body: a
// member of a standing one, every Party in the others.
func (c *Convention) decidesIn(b *Committee, country reference.Country, day Date) bool {
	if b.Kind == StandingCommittee {
		return b.MemberOn(country, day)
	}
	return c.PartyOn(country, day)
}

// MayObjectTo decides who may object to a text for a State: those who speak for
// it, when the State takes part in the decision of one of the bodies.
func MayObjectTo(a Actor, c *Convention, r *Recommendation, country reference.Country, day Date) bool {
	if a.ReadOnly || country == 0 || !a.For(c.ID, Participant(country.Alpha2()), FocalPoint, Approver, CommitteeMember) {
		return false
	}
	return slices.ContainsFunc(r.Bodies, func(id string) bool {
		b, known := c.Committee(id)
		return known && c.decidesIn(&b, country, day)
	})
}

// SeesRecommendation decides who may read a text: those who act for a body and
// those who sit on one see the draft; whoever takes part in the convention, what
// is tabled and what became of it; everybody, what was adopted.
func SeesRecommendation(a Actor, c *Convention, r *Recommendation, day Date) bool {
	switch {
	case r.Status == RecommendationAdopted || a.system || a.Has(c.ID, Secretariat):
		return true
	case r.Round > 0 && a.Within(c.ID):
		return true
	}
	reader := a
	reader.ReadOnly = false
	return MayConduct(reader, c, r, day) || slices.ContainsFunc(r.Bodies, func(id string) bool { return a.sitsOn(c.ID, id) })
}

// Shown returns the text as the actor may see it, nil when it does not exist
// for him. Who objected, and why it was withdrawn, is for those who take part in
// the convention; who wrote it, for the secretariat.
func (r *Recommendation) Shown(a Actor, c *Convention, day Date) *Recommendation {
	if !SeesRecommendation(a, c, r, day) {
		return nil
	}
	if a.system || a.Has(c.ID, Secretariat) {
		return r
	}
	shown := *r
	shown.CreatedBy = ""
	shown.Objections, shown.Adoptions = nil, nil
	if a.Within(c.ID) {
		for _, o := range r.Objections {
			o.By = ""
			shown.Objections = append(shown.Objections, o)
		}
	}
	for _, v := range r.Adoptions {
		v.By = ""
		shown.Adoptions = append(shown.Adoptions, v)
	}
	if r.Ended != nil {
		shown.Ended = &Remark{Text: r.Ended.Text, Time: r.Ended.Time}
	}
	return &shown
}
