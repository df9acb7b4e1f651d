package cooperation

import "slices"

// Depth is how much of the history of a document an actor may read.
type Depth int

// The depths. The public and the Parties learn when an open need or offer took
// which step; who did it and what was written before is for those who work on
// it.
const (
	NoHistory   Depth = iota
	StepsOnly         // the versions in which the step of its life changed, with their time
	WholeRecord       // every version, the command and what it changed
)

// HistoryDepth says how much of a document's history may be read by whom it
// shows itself to with this sight.
func HistoryDepth(s Sight) Depth {
	switch {
	case !s.Any():
		return NoHistory
	case s < SeesCommittee:
		return StepsOnly
	}
	return WholeRecord
}

// SeesActors reports whether the opaque ids of the people who changed a
// document are shown: to its own side and the secretariat, as the id of who
// drafted it is.
func SeesActors(s Sight) bool { return s == SeesAll }

// NamesActors reports whether the actor is told the names of the people who
// did something in the convention. An administrator, who keeps the accounts,
// knows them; the secretariat has to be able to ask.
func NamesActors(a Actor, convention string) bool {
	return a.Administers() || a.Has(convention, Secretariat)
}

// MayAudit decides who may read which commands were done in a convention.
func MayAudit(a Actor, convention string) bool {
	return a.Administers() || a.Has(convention, Secretariat)
}

// MayAuditAccounts decides who may read which commands were done to accounts.
func MayAuditAccounts(a Actor) bool { return a.Administers() }

// ShownThen returns an earlier version of the need as the actor may see it
// today: no better than the present version is seen, and with a field only
// where both versions show it. What was confidential then stays so, and what
// has been made confidential since is so in its past too. It is nil when the
// version does not exist for the actor.
func (n *Need) ShownThen(a Actor, present *Need) (shown *Need, withheld []string) {
	return n.shownWith(min(SeesNeed(a, n), SeesNeed(a, present)), narrower(n.Visibility, present.Visibility, NeedVisibility))
}

// ShownThen returns an earlier version of the offer, as Need.ShownThen does.
func (o *Offer) ShownThen(a Actor, present *Offer) (shown *Offer, withheld []string) {
	return o.shownWith(min(SeesOffer(a, o), SeesOffer(a, present)), narrower(o.Visibility, present.Visibility, OfferVisibility))
}

// narrower states for every field that either of two says something of the
// narrower audience.
func narrower(a, b map[string]Audience, fallback func(string) Audience) map[string]Audience {
	out := make(map[string]Audience, len(a)+len(b))
	for _, stated := range []map[string]Audience{a, b} {
		for name := range stated {
			out[name] = narrowest(audience(name, a, fallback), audience(name, b, fallback))
		}
	}
	return out
}

// narrowest is the narrower of two audiences. One that is not ours counts as
// the narrowest.
func narrowest(a, b Audience) Audience {
	i, j := slices.Index(Audiences(), a), slices.Index(Audiences(), b)
	if i < 0 || j < 0 {
		return ToOwn
	}
	return Audiences()[max(i, j)]
}
