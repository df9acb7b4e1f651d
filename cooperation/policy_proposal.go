package cooperation

// ExpressInterest is a side's wish to talk to the other at once.
const ExpressInterest Action = "interest"

// ProposalActions lists the actions on proposals that people take.
func ProposalActions() []Action { return []Action{Withdraw, ExpressInterest} }

// CountsProposals decides who is told exactly how many proposals a body is
// concerned with: those who sit on it, for they may read them one by one, and
// the secretariat. For all others such counts are rounded.
func CountsProposals(a Actor, convention, body string) bool {
	return a.system || a.Has(convention, Secretariat) || a.sitsOn(convention, body)
}

// MayProposal decides whether the actor may do the action to a proposal between
// the sides. What is not allowed here is denied.
func MayProposal(a Actor, action Action, s *Sides) bool {
	if a.ReadOnly {
		return false
	}
	_, _, speaks := s.SideOf(a)
	switch action {
	case Withdraw, ExpressInterest:
		return speaks
	}
	return false
}
