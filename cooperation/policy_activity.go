package cooperation

import "slices"

// The actions on activities besides those that postings know too.
const (
	Complete Action = "complete"
	Stop     Action = "stop"
)

// ActivityActions lists the actions on activities.
func ActivityActions() []Action {
	return []Action{Create, Import, Replace, Complete, Stop, Withdraw}
}

// MayActivity decides whether the actor may do the action to the activity:
// those who speak for one of its beneficiaries or providers, and the
// secretariat. What is not allowed here is denied.
func MayActivity(a Actor, action Action, x *Activity) bool {
	if a.ReadOnly {
		return false
	}
	secretariat := a.Has(x.Convention, Secretariat)
	switch action {
	case Create, Replace, Complete, Stop, Withdraw:
		return secretariat || x.heldBy(a)
	case Import:
		return secretariat || a.system
	}
	return false
}

// heldBy reports whether the actor speaks for a State or an organisation that
// takes part.
func (x *Activity) heldBy(a Actor) bool {
	return slices.ContainsFunc(x.Participants(), func(p Participant) bool {
		return a.For(x.Convention, p, ActivityRoles()...)
	})
}

// ActivityRoles lists the roles that speak for whom they are held in its
// activities.
func ActivityRoles() []Role { return []Role{FocalPoint, Approver, ProviderRole} }

// SeesActivity says what the actor sees of an activity. One that was withdrawn
// is there for its own side and the secretariat only.
func SeesActivity(a Actor, x *Activity) Sight {
	return sight(a, x.Convention, x.Status != ActivityWithdrawn, x.heldBy(a))
}

// Shown returns the activity as the actor may see it; nil when it does not
// exist for the actor. Who entered it, and why it ended, is for its own side
// and the secretariat.
func (x *Activity) Shown(a Actor) *Activity { return x.shownWith(SeesActivity(a, x)) }

// ShownThen returns an earlier version of the activity as the actor may see it
// today: no better than the present version is seen.
func (x *Activity) ShownThen(a Actor, present *Activity) *Activity {
	return x.shownWith(min(SeesActivity(a, x), SeesActivity(a, present)))
}

func (x *Activity) shownWith(s Sight) *Activity {
	if !s.Any() {
		return nil
	}
	if s == SeesAll {
		return x
	}
	c := *x
	c.CreatedBy = ""
	if c.Ended != nil {
		c.Ended = &Remark{Time: c.Ended.Time}
	}
	return &c
}
