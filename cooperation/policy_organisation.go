package cooperation

// The actions on organisations besides those that postings know too.
const (
	RefuseApplication   Action = "refuse"
	Suspend             Action = "suspend"
	Declare             Action = "declare"
	WithdrawDeclaration Action = "withdraw_declaration"
)

// OrganisationActions lists the actions on organisations.
func OrganisationActions() []Action {
	return []Action{Create, Import, Replace, Admit, RefuseApplication, Suspend, Withdraw, Declare, WithdrawDeclaration}
}

// MayOrganisation decides whether the actor may do the action to the
// organisation. What is not allowed here is denied.
func MayOrganisation(a Actor, action Action, o *Organisation) bool {
	if a.ReadOnly {
		return false
	}
	secretariat := a.Has(o.Convention, Secretariat)
	switch action {
	case Create: // whoever takes part in the convention, or acts for the organisation under another one
		return a.Within(o.Convention) || a.represents(o.Participant())
	case Replace, Withdraw, Declare, WithdrawDeclaration:
		return secretariat || o.heldBy(a)
	case Admit, RefuseApplication, Suspend:
		return secretariat
	case Import:
		return secretariat || a.system
	}
	return false
}

// heldBy reports whether the actor speaks for the organisation. Until it is
// admitted for the first time, whoever applied for it does too: nobody has a
// role for it yet.
func (o *Organisation) heldBy(a Actor) bool {
	if a.For(o.Convention, o.Participant(), ProviderRole, Approver) {
		return true
	}
	return !o.Known() && o.Source == FromApplication && a.ID != "" && a.ID == o.CreatedBy
}

// represents reports whether the actor acts for the participant under any
// convention.
func (a Actor) represents(p Participant) bool {
	for _, g := range a.Grants {
		if g.Participant == p && (g.Role == ProviderRole || g.Role == Approver) {
			return true
		}
	}
	return false
}

// SeesOrganisation says what the actor sees of an organisation. One that was
// never admitted is there for its own side and the secretariat only.
func SeesOrganisation(a Actor, o *Organisation) Sight {
	return sight(a, o.Convention, o.Known(), o.heldBy(a))
}

// Shown returns the organisation as the actor may see it; nil when it does not
// exist for the actor. That it is suspended is open; why is between it and the
// secretariat.
func (o *Organisation) Shown(a Actor) *Organisation {
	return o.shownWith(SeesOrganisation(a, o))
}

// ShownThen returns an earlier version of the organisation as the actor may
// see it today: no better than the present one is seen.
func (o *Organisation) ShownThen(a Actor, present *Organisation) *Organisation {
	return o.shownWith(min(SeesOrganisation(a, o), SeesOrganisation(a, present)))
}

func (o *Organisation) shownWith(s Sight) *Organisation {
	if !s.Any() {
		return nil
	}
	if s == SeesAll {
		return o
	}
	c := *o
	c.CreatedBy, c.Decision = "", nil
	c.Declarations = make([]Statement, len(o.Declarations))
	for i, d := range o.Declarations {
		d.By = ""
		if d.Withdrawn != nil {
			d.Withdrawn = &Remark{Time: d.Withdrawn.Time}
		}
		c.Declarations[i] = d
	}
	return &c
}
