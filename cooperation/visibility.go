package cooperation

import "slices"

// Audience is who may see a field. Each one includes those after it.
type Audience string

// The audiences, from the widest.
const (
	ToPublic    Audience = "public"
	ToParties   Audience = "parties"   // those who act for a Party or a provider
	ToCommittee Audience = "committee" // members and the secretariat
	ToOwn       Audience = "own"       // the posting's own side and the secretariat
)

// Audiences lists the audiences from the widest to the narrowest.
func Audiences() []Audience { return []Audience{ToPublic, ToParties, ToCommittee, ToOwn} }

// Sight is what an actor sees of a document: nothing, or all fields up to an
// audience.
type Sight int

// The degrees of sight.
const (
	SeesNothing Sight = iota
	SeesPublic
	SeesShared    // as a Party
	SeesCommittee // as a member
	SeesAll       // own side, secretariat, platform
)

// Any reports whether the document exists at all for the actor.
func (s Sight) Any() bool { return s > SeesNothing }

// covers reports whether a field for the audience is shown. An audience that
// is not one of ours is taken for the narrowest.
func (s Sight) covers(a Audience) bool {
	i := slices.Index(Audiences(), a)
	return s == SeesAll || i >= 0 && int(s) >= i+1
}

// narrowest visibilities of fields that nobody may widen beyond.
var neverWider = map[string]Audience{
	"preferred": ToOwn, "excluded": ToOwn, "excluded_countries": ToOwn, "excluded_regions": ToOwn, "asked_elsewhere": ToCommittee,
}

// WidestAudience is the widest audience that the poster may give to a field;
// false where nobody is asked: what tells what a posting is is never withheld,
// and whom one prefers or excludes is never shown.
func WidestAudience(field string) (Audience, bool) {
	widest, limited := neverWider[field]
	switch {
	case slices.Contains(identity, field) || widest == ToOwn || field == "visibility" || field == "translations":
		return "", false
	case limited:
		return widest, true
	}
	return ToPublic, true
}

// NeedVisibility is who sees a field of a need when the requester says
// nothing else.
func NeedVisibility(field string) Audience {
	switch field {
	case "preferred", "excluded":
		return ToOwn
	case "asked_elsewhere", "attachments":
		return ToCommittee
	case "focal_point", "existing_help", "past_help", "own_contribution", "barrier":
		return ToParties
	}
	return ToPublic
}

// OfferVisibility is who sees a field of an offer when the provider says
// nothing else.
func OfferVisibility(field string) Audience {
	switch field {
	case "excluded", "excluded_countries", "excluded_regions":
		return ToOwn
	case "attachments":
		return ToCommittee
	case "focal_point", "host_contribution", "ceiling", "capacity":
		return ToParties
	}
	return ToPublic
}

func sight(a Actor, convention string, public, own bool) Sight {
	switch {
	case a.system || a.Has(convention, Secretariat) || own:
		return SeesAll
	case !public:
		return SeesNothing
	case a.Has(convention, CommitteeMember):
		return SeesCommittee
	case a.Has(convention, FocalPoint, Approver, ProviderRole):
		return SeesShared
	}
	return SeesPublic
}

// SeesNeed says what the actor sees of the need. Drafts, and what was never
// open, are for the own side and, once submitted, the secretariat.
func SeesNeed(a Actor, n *Need) Sight {
	own := n.heldBy(a, FocalPoint, Approver)
	if (n.Status == NeedDraft || n.Status == NeedWithdrawn && n.Admitted.IsZero()) && !own && !a.system {
		return SeesNothing
	}
	return sight(a, n.Convention, !n.Admitted.IsZero(), own)
}

// SeesOffer says what the actor sees of the offer.
func SeesOffer(a Actor, o *Offer) Sight {
	own := o.heldBy(a, ProviderRole, Approver)
	if (o.Status == OfferDraft || o.Status == OfferWithdrawn && o.Admitted.IsZero()) && !own && !a.system {
		return SeesNothing
	}
	return sight(a, o.Convention, !o.Admitted.IsZero(), own)
}

// Shown returns the need as the actor may see it, with the names of the
// fields that are withheld; nil when it does not exist for the actor.
func (n *Need) Shown(a Actor) (shown *Need, withheld []string) {
	return n.shownWith(SeesNeed(a, n), n.Visibility)
}

// shownWith is the need for a degree of sight, under what was said of its
// fields.
func (n *Need) shownWith(s Sight, stated map[string]Audience) (shown *Need, withheld []string) {
	if !s.Any() {
		return nil, nil
	}
	if s == SeesAll {
		return n, nil
	}
	c := *n
	c.Clearance, c.Returned, c.CreatedBy, c.Visibility, c.Files = nil, nil, "", nil, nil
	if c.Ended != nil {
		c.Ended = &Remark{Time: c.Ended.Time}
	}
	c.Coverage.Parts = nil
	if c.Coverage.Settled != nil {
		c.Coverage.Settled = &Remark{Time: c.Coverage.Settled.Time}
	}
	if s < SeesCommittee {
		c.Insisted = false // what is missing is for the committee, and never a grade of a State
	}
	withheld = redact(&c.NeedContent, s, stated, NeedVisibility)
	c.Translations = translated(c.Translations, withheld)
	if slices.Contains(withheld, "costs") {
		c.Coverage.Agreed, c.Coverage.Delivered = Money{}, Money{}
	}
	return &c, withheld
}

// Shown returns the offer as the actor may see it, with the names of the
// fields that are withheld; nil when it does not exist for the actor.
func (o *Offer) Shown(a Actor) (shown *Offer, withheld []string) {
	return o.shownWith(SeesOffer(a, o), o.Visibility)
}

// shownWith is the offer for a degree of sight, under what was said of its
// fields.
func (o *Offer) shownWith(s Sight, stated map[string]Audience) (shown *Offer, withheld []string) {
	if !s.Any() {
		return nil, nil
	}
	if s == SeesAll {
		return o, nil
	}
	c := *o
	c.Clearance, c.Returned, c.CreatedBy, c.Visibility, c.Files = nil, nil, "", nil, nil
	if c.Ended != nil {
		c.Ended = &Remark{Time: c.Ended.Time}
	}
	c.Taken.Takings = nil
	withheld = redact(&c.OfferContent, s, stated, OfferVisibility)
	c.Translations = translated(c.Translations, withheld)
	if slices.Contains(withheld, "capacity") || slices.Contains(withheld, "ceiling") {
		c.Taken = Taken{}
	}
	return &c, withheld
}

// translated returns the translations without the fields that are withheld: a
// text is no more public in another language.
func translated(all map[string]Translation, withheld []string) map[string]Translation {
	if len(all) == 0 {
		return all
	}
	shown := make(map[string]Translation, len(all))
	for lang, t := range all {
		if slices.Contains(withheld, "problem") {
			t.Problem = ""
		}
		if slices.Contains(withheld, "barrier") {
			t.Barrier = ""
		}
		if slices.Contains(withheld, "description") {
			t.Description = ""
		}
		shown[lang] = t
	}
	return shown
}
