package cooperation

import "slices"

// Action is what an actor wants to do to a document.
type Action string

// The actions on needs and offers.
const (
	Create    Action = "create"
	Import    Action = "import"
	Replace   Action = "replace"
	Submit    Action = "submit"
	Admit     Action = "admit"
	Return    Action = "return"
	Withdraw  Action = "withdraw"
	Close     Action = "close"
	Reconfirm Action = "reconfirm"
	Lapse     Action = "lapse"
	CarryOver Action = "carry_over"
)

// Settle is the State's word that what remains of a need is not needed.
const Settle Action = "settle"

// PostingActions lists the actions on needs and offers.
func PostingActions() []Action {
	return []Action{Create, Import, Replace, Submit, Admit, Return, Withdraw, Close, Reconfirm, Lapse, CarryOver}
}

// authorise turns a decision into an error.
func authorise(allowed bool) error {
	if allowed {
		return nil
	}
	return Refuse(Forbidden, "error.forbidden.action")
}

// MayNeed decides whether the actor may do the action to the need. What is
// not allowed here is denied.
func MayNeed(a Actor, action Action, n *Need) bool {
	if a.ReadOnly {
		return false
	}
	secretariat := a.Has(n.Convention, Secretariat)
	imported := n.imported()
	switch action {
	case Create, CarryOver:
		return n.ledBy(a, FocalPoint, Approver)
	case Replace:
		if n.Status == NeedDraft || n.Status == NeedReturned {
			return n.ledBy(a, FocalPoint, Approver)
		}
		return n.ledBy(a, Approver) || imported && secretariat
	case Submit:
		return n.ledBy(a, Approver)
	case Withdraw, Reconfirm, Settle:
		return n.ledBy(a, FocalPoint, Approver) || imported && secretariat
	case Close:
		return n.ledBy(a, FocalPoint, Approver) || secretariat
	case Admit, Return:
		return secretariat
	case Import:
		return secretariat || a.system
	case Lapse:
		return a.system
	}
	return false
}

// MayOffer decides whether the actor may do the action to the offer. What is
// not allowed here is denied.
func MayOffer(a Actor, action Action, o *Offer) bool {
	if a.ReadOnly {
		return false
	}
	secretariat := a.Has(o.Convention, Secretariat)
	imported := o.imported()
	binding := o.binding()
	own := o.ledBy(a)
	approver := a.For(o.Convention, o.Provider, Approver)
	switch action {
	case Create, CarryOver:
		return own
	case Replace:
		if o.Status == OfferDraft || !binding {
			return own || imported && secretariat
		}
		return approver || imported && secretariat
	case Submit:
		return approver || own && !binding
	case Withdraw:
		return own || imported && secretariat
	case Reconfirm:
		return own || imported && secretariat
	case Close:
		return own || secretariat
	case Admit, Return:
		return secretariat
	case Import:
		return secretariat || a.system
	case Lapse:
		return a.system
	}
	return false
}

// ledBy reports whether the actor holds one of the roles for the first
// beneficiary, who speaks for a joint need.
func (n *Need) ledBy(a Actor, roles ...Role) bool {
	return len(n.Beneficiaries) > 0 && a.For(n.Convention, Participant(n.Beneficiaries[0].Alpha2()), roles...)
}

// heldBy reports whether the actor holds one of the roles for any beneficiary.
func (n *Need) heldBy(a Actor, roles ...Role) bool {
	for _, b := range n.Beneficiaries {
		if a.For(n.Convention, Participant(b.Alpha2()), roles...) {
			return true
		}
	}
	return false
}

// ledBy reports whether the actor speaks for the provider.
func (o *Offer) ledBy(a Actor) bool { return a.For(o.Convention, o.Provider, ProviderRole, Approver) }

// heldBy reports whether the actor speaks for the provider or a co-provider.
func (o *Offer) heldBy(a Actor, roles ...Role) bool {
	for _, p := range o.Providers() {
		if a.For(o.Convention, p, roles...) {
			return true
		}
	}
	return false
}

// MayRun decides who may start a run of the matcher.
func MayRun(a Actor, convention string) bool {
	return !a.ReadOnly && (a.system || a.Has(convention, Secretariat))
}

// MaySeeRuns decides who may read the runs of the matcher: those who
// facilitate, and the bodies that may be told of what a run proposes.
func MaySeeRuns(a Actor, c *Convention) bool {
	return a.system || a.Has(c.ID, Secretariat) || slices.ContainsFunc(c.Committees, func(b Committee) bool {
		return (b.Kind != PlenaryCommittee || b.ID == c.ReviewBody) && a.sitsOn(c.ID, b.ID)
	})
}

// MaySeeMatches decides who may see the pairings of a need: its own side, the
// secretariat, and the members of the bodies that are responsible or informed
// under its themes. Scores are confidential.
func MaySeeMatches(a Actor, c *Convention, n *Need) bool {
	if !SeesNeed(a, n).Any() {
		return false
	}
	return pairs(a, c, n.Themes) || n.heldBy(a, FocalPoint, Approver)
}

// MaySeeOfferMatches is MaySeeMatches for the provider's side.
func MaySeeOfferMatches(a Actor, c *Convention, o *Offer) bool {
	if !SeesOffer(a, o).Any() {
		return false
	}
	return pairs(a, c, o.Themes) || o.heldBy(a, ProviderRole, Approver)
}

// facilitates reports whether pairings under the themes are the actor's to
// bring together or to be informed of.
func facilitates(a Actor, c *Convention, themes []string) bool {
	return a.system || a.Has(c.ID, Secretariat) || slices.ContainsFunc(c.BodiesFor(themes), func(b Committee) bool {
		return a.sitsOn(c.ID, b.ID)
	})
}

// pairs is facilitates without those who sit on a body that examines needs in
// aggregate only.
func pairs(a Actor, c *Convention, themes []string) bool {
	return a.system || a.Has(c.ID, Secretariat) || slices.ContainsFunc(c.BodiesFor(themes), func(b Committee) bool {
		return c.ExaminesPairings(&b) && a.sitsOn(c.ID, b.ID)
	})
}
