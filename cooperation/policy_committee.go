package cooperation

import "slices"

// MayName decides who may name the members, chairs, officers, observers and
// the contact of committees.
func MayName(a Actor, convention string) bool { return !a.ReadOnly && a.Has(convention, Secretariat) }

// MayRecord decides who may record what a committee itself decides: its chair
// of a time, its focal point for gender and diversity, and whom it invites. It
// is the secretariat, and those who sit on it for a State that is a member on
// the day.
func MayRecord(a Actor, convention string, b *Committee, day Date) bool {
	if MayName(a, convention) {
		return true
	}
	return !a.ReadOnly && slices.ContainsFunc(a.Grants, func(g Grant) bool {
		country, state := g.Participant.State()
		return g.Convention == convention && g.Role == CommitteeMember && g.Committee == b.ID && state && b.MemberOn(country, day)
	})
}

// SeesContact decides who may know to which mailbox a committee's messages go.
func SeesContact(a Actor, convention, committee string) bool {
	return a.system || a.Has(convention, Secretariat) || a.sitsOn(convention, committee)
}
