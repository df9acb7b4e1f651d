package cooperation

import "slices"

// The actions on partnerships besides those that other documents know too.
const (
	BeginDelivery   Action = "begin"
	ReportMilestone Action = "report_milestone"
	Disburse        Action = "disburse"
	CorrectDisburse Action = "correct"
	Deviate         Action = "deviate"
	ReportFollowUp  Action = "follow_up"
	GiveFeedback    Action = "give_feedback"
	DraftLessons    Action = "draft_lessons"
	ClearLessons    Action = "clear_lessons"
	StateOrigin     Action = "state_origin"

	ConfirmDelivered Action = "confirm"
)

// DeliveryActions lists the actions on partnerships after they were agreed.
func DeliveryActions() []Action {
	return []Action{BeginDelivery, ReportMilestone, Disburse, CorrectDisburse, Deviate, ReportFollowUp, Stop, Complete, ConfirmDelivered, GiveFeedback, DraftLessons, ClearLessons, StateOrigin}
}

// MayDeliver decides whether the actor may do the action to a partnership: what
// is done and said of it is the partners', and of money the providers'. What is
// not allowed here is denied.
func MayDeliver(a Actor, action Action, p *Partnership, n *Need) bool {
	mine := p.speaksFor(a, n)
	if a.ReadOnly || !slices.Contains(DeliveryActions(), action) {
		return false
	}
	if action == Disburse || action == CorrectDisburse {
		return slices.ContainsFunc(mine, func(of Partner) bool { return of.Side == OfferSide })
	}
	return len(mine) > 0
}

// SeesDelivery decides who reads how a partnership goes: all that are on either
// side of it, co-beneficiaries included, and those who facilitate.
func SeesDelivery(a Actor, c *Convention, p *Partnership, n *Need) bool {
	return a.system || a.Has(c.ID, Secretariat) || p.concerns(a, n) || n != nil && assesses(a, c, n.Themes)
}

// concerns reports whether the actor acts for somebody on either side,
// co-beneficiaries included.
func (p *Partnership) concerns(a Actor, n *Need) bool {
	return n != nil && n.heldBy(a, FocalPoint, Approver) ||
		slices.ContainsFunc(p.Providers, func(s Share) bool { return a.For(p.Convention, s.Provider, ProviderRole, Approver) })
}

// onSides reports whether the actor sits on a body for a State that is on one
// of the sides, or acts for one.
func (p *Partnership) onSides(a Actor, n *Need) bool {
	states := n.side().Participants
	for _, s := range p.Providers {
		states = append(states, s.Provider)
	}
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Convention == p.Convention && slices.Contains(states, g.Participant) })
}

// SeesFeedback decides who reads what a partner thought of the partnership: the
// partner itself, and whoever facilitates; a member of a body whose own State
// is on a side does not.
func SeesFeedback(a Actor, c *Convention, p *Partnership, n *Need, f Partner) bool {
	return a.system || a.Has(c.ID, Secretariat) || f.heldBy(a, c.ID) || n != nil && assesses(a, c, n.Themes) && !p.onSides(a, n)
}

// ShownDelivery is the partnership with what became of it as the actor may read
// it; nil where nothing of that is for the actor.
func (p *Partnership) ShownDelivery(a Actor, c *Convention, n *Need) *Partnership {
	if !SeesDelivery(a, c, p, n) {
		return nil
	}
	shown := *p
	shown.Feedback = nil
	for _, f := range p.Feedback {
		if SeesFeedback(a, c, p, n, f.Partner) {
			shown.Feedback = append(shown.Feedback, f)
		}
	}
	return &shown
}

// SeesLessons decides who reads lessons that were shared: all who act for a
// Party or a provider, sit on a body or are the secretariat, and everybody
// where all partners have said so.
func SeesLessons(a Actor, p *Partnership) bool {
	if p.Lessons == nil || p.Lessons.Shared == nil {
		return false
	}
	return p.Lessons.Shared.Public || sight(a, p.Convention, true, false) >= SeesShared
}
