package cooperation

// ExpressInterest is a side's wish to talk to the other at once.
const ExpressInterest Action = "interest"

// ProposalActions lists the actions on proposals that people take.
func ProposalActions() []Action { return []Action{Withdraw, ExpressInterest} }

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
