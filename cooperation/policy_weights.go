package cooperation

import "slices"

// MayAdoptWeights decides who may change how the parts of a score count, and in
// what capacity: the chair of the day of the body that the profile names, for
// whom a member of it acts; the secretariat; and whoever runs the installation.
func MayAdoptWeights(a Actor, c *Convention, day Date) (AdoptedAs, bool) {
	switch {
	case a.ReadOnly:
		return "", false
	case a.system:
		return AsOperator, true
	case a.presides(c, c.WeightsBody, day):
		return AsChair, true
	case a.Has(c.ID, Secretariat):
		return AsSecretariat, true
	}
	return "", false
}

// presides reports whether the actor acts on a body for the State that presides
// over it on the day.
func (a Actor) presides(c *Convention, body string, day Date) bool {
	b, known := c.Committee(body)
	if !known {
		return false
	}
	chair, presided := b.ChairOn(day)
	return presided && slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Convention == c.ID && g.Role == CommitteeMember && g.Committee == body && g.Participant == Participant(chair.Alpha2())
	})
}

// Shown are the weights as the actor may see them. How a score is made up is
// open to everybody; who adopted it is for the secretariat and for the members
// of the body that may change it.
func (w *AdoptedWeights) Shown(a Actor, c *Convention) *AdoptedWeights {
	if a.system || a.Has(c.ID, Secretariat) || a.sitsOn(c.ID, c.WeightsBody) {
		return w
	}
	shown := *w
	shown.By, shown.CreatedBy = "", ""
	return &shown
}
