package cooperation

// MaySeeDesk decides who may see the proposals of a body as those who review
// them do, with all that belongs to a decision: those who sit on the body, and
// the secretariat. Both sides and observers see the proposals and reviews, and
// not this.
func MaySeeDesk(a Actor, convention string, b *Committee) bool {
	return a.system || a.Has(convention, Secretariat) || a.sitsOn(convention, b.ID)
}

// SeesOthers decides who of these is shown what could take the place of a
// pairing: alternates and bundles tell a side of whom else its need or offer
// competes with. Somebody whose own State is on one of the sides is not, also
// where he sits on the body.
func SeesOthers(a Actor, convention string, sides []Participant) bool {
	if a.system || a.Has(convention, Secretariat) {
		return true
	}
	for _, g := range a.Grants {
		for _, p := range sides {
			if g.Convention == convention && g.Participant == p {
				return false
			}
		}
	}
	return true
}
