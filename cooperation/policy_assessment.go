package cooperation

// The actions on assessments besides those that other documents know too.
const (
	RequestHelp  Action = "request_help" // of a need
	Accept       Action = "accept"
	Decline      Action = "decline"
	ProposeDates Action = "propose_dates"
	HoldMission  Action = "hold"
	FillNeed     Action = "fill"
)

// AssessmentActions lists the actions on assessments.
func AssessmentActions() []Action {
	return []Action{Accept, Decline, ProposeDates, HoldMission, Report, FillNeed, Withdraw}
}

// asksFor reports whether the actor speaks for the State that leads the need.
func asksFor(a Actor, n *Need) bool { return !a.ReadOnly && n.ledBy(a, FocalPoint, Approver) }

// assesses reports whether the actor facilitates for the need: the secretariat,
// or the members of the body that the profile names.
func assesses(a Actor, c *Convention, themes []string) bool {
	return a.Has(c.ID, Secretariat) || c.Facilitator != SecretariatFacilitates && !a.system && facilitates(a, c, themes)
}

// MayAssess decides whether the actor may do the action to an assessment. What
// is not allowed here is denied.
func MayAssess(a Actor, c *Convention, action Action, x *Assessment, n *Need) bool {
	if a.ReadOnly {
		return false
	}
	switch action {
	case Accept, Decline, Report:
		return assesses(a, c, x.Draft.Themes)
	case Withdraw, FillNeed:
		return asksFor(a, n)
	case ProposeDates, HoldMission:
		return asksFor(a, n) || assesses(a, c, x.Draft.Themes)
	}
	return false
}

// SeesAssessment decides who may know of an assessment: the States that ask, and
// those who facilitate. What is missing in a need is no grade of a State.
func SeesAssessment(a Actor, c *Convention, x *Assessment, n *Need) bool {
	return a.system || n.heldBy(a, FocalPoint, Approver) || assesses(a, c, x.Draft.Themes)
}

// HelpOffered lists the help that is offered with a need as it stands: of every
// sort when it is less specific than the profile asks for, none otherwise.
func HelpOffered(c *Convention, n *Need) []AssessmentSort {
	if n.Status != NeedDraft && n.Status != NeedReturned || len(Unspecific(c, &n.NeedContent)) <= c.UnspecificThreshold {
		return nil
	}
	return AssessmentSorts()
}
