package cooperation

import (
	"entente/reference"
)

// Recused reports whether a member has no part in a decision because its own
// State is on one of the sides, co-providers included. It may comment; it
// cannot object, decide or chair.
func Recused(member reference.Country, sides ...Participant) bool {
	for _, p := range sides {
		if country, ok := p.State(); ok && country == member {
			return true
		}
	}
	return false
}

// NotRecused lists the members of the day that have a part in a decision, the
// longest-serving first. recused says who has none: by Recused, or because it
// declared an interest.
func (b *Committee) NotRecused(day Date, recused func(reference.Country) bool) []Term {
	var out []Term
	for _, t := range b.MembersOn(day) {
		if !recused(t.Country) {
			out = append(out, t)
		}
	}
	return out
}

// LongestServing is the first of members that MembersOn or NotRecused lists:
// the one that has sat longest; ties go by the order of election, then by the
// alphabet. There is none among none.
func LongestServing(members []Term) (Term, bool) {
	if len(members) == 0 {
		return Term{}, false
	}
	return members[0], true
}

// PresidingOn is the State that presides over a decision of the day: the chair
// or, when it is recused or there is none, the longest-serving member that is
// not. acting says that it takes the chair's part.
func (b *Committee) PresidingOn(day Date, recused func(reference.Country) bool) (country reference.Country, acting, ok bool) {
	if chair, presided := b.ChairOn(day); presided && !recused(chair) {
		return chair, false, true
	}
	t, ok := LongestServing(b.NotRecused(day, recused))
	return t.Country, true, ok
}

// EnoughNotRecused reports whether a review may begin: as many members are not
// recused as the profile asks for, one at least where it names no number. Of a
// body without members nobody can be recused.
func (b *Committee) EnoughNotRecused(day Date, recused func(reference.Country) bool) bool {
	if b.Kind != StandingCommittee {
		return true
	}
	return len(b.NotRecused(day, recused)) >= max(b.Composition.MinimumNotRecused, 1)
}
