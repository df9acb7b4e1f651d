package cooperation

import "entente/reference"

// The actions on commitments besides those that postings know too.
const (
	Retire Action = "retire"
	Report Action = "report"
)

// CommitmentActions lists the actions on commitments.
func CommitmentActions() []Action { return []Action{Create, Replace, Retire, Report} }

// MayCommitment decides whether the actor may do the action to the commitment.
// What is not allowed here is denied; for reports see MayReport.
func MayCommitment(a Actor, action Action, c *Commitment) bool {
	switch action {
	case Create, Replace, Retire:
		return !a.ReadOnly && a.Has(c.Convention, Secretariat)
	}
	return false
}

// MayReport decides whether the actor may report how far a State has come with
// the commitment: those who speak for this State, and nobody in its place.
func MayReport(a Actor, c *Commitment, of reference.Country) bool {
	return !a.ReadOnly && of != 0 && a.For(c.Convention, Participant(of.Alpha2()), FocalPoint, Approver)
}

// Shown returns the commitment as the actor may see it. It is open; who wrote
// is for the secretariat, and for the State whose report it is.
func (c *Commitment) Shown(a Actor) *Commitment {
	if sight(a, c.Convention, true, false) == SeesAll {
		return c
	}
	shown := *c
	shown.CreatedBy = ""
	if c.Retired != nil {
		shown.Retired = &Remark{Text: c.Retired.Text, Time: c.Retired.Time}
	}
	shown.Progress = make([]Progress, len(c.Progress))
	for i, p := range c.Progress {
		if !a.For(c.Convention, Participant(p.Country.Alpha2()), FocalPoint, Approver) {
			p.By = ""
		}
		shown.Progress[i] = p
	}
	return &shown
}
