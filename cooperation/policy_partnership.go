package cooperation

import "slices"

// SeesPartnership says what the actor sees of a partnership: all of it, its two
// sides, whoever facilitates and the platform; what was agreed, the bodies that
// are responsible or informed; of whom, for what and when, everybody, and how
// much unless that is withheld.
func SeesPartnership(a Actor, c *Convention, p *Partnership, q *Proposal, s *Sides) Sight {
	if a.system || a.Has(p.Convention, Secretariat) || p.side(a, s) != "" {
		return SeesAll
	}
	if q != nil && !q.Aggregate && (a.sitsOn(p.Convention, q.Committee) || slices.ContainsFunc(q.Informed, func(body string) bool { return a.sitsOn(p.Convention, body) })) {
		if c.Facilitator != SecretariatFacilitates && a.sitsOn(p.Convention, q.Committee) {
			return SeesAll
		}
		return SeesCommittee
	}
	if a.Has(p.Convention, FocalPoint, Approver, ProviderRole, CommitteeMember) {
		return SeesShared
	}
	return SeesPublic
}

// side is the side of which the actor is one: those of the beneficiaries, and
// those of the providers of the offers, co-providers included.
func (p *Partnership) side(a Actor, s *Sides) Side {
	if s.Need != nil && s.Need.heldBy(a, FocalPoint, Approver) {
		return NeedSide
	}
	if slices.ContainsFunc(p.Providers, func(x Share) bool { return a.For(p.Convention, x.Provider, ProviderRole, Approver) }) ||
		slices.ContainsFunc(s.Offers, func(o *Offer) bool { return o.heldBy(a, ProviderRole, Approver) }) {
		return OfferSide
	}
	return ""
}

// Amounts is who sees the amounts of a partnership: whom its terms name, and
// nobody from whom a side withholds the costs of its need, or by its own word
// the ceiling of its offer.
func (p *Partnership) amounts(s *Sides) Audience {
	audience := ToPublic
	narrow := func(a Audience) {
		if slices.Index(Audiences(), a) > slices.Index(Audiences(), audience) {
			audience = a
		}
	}
	narrow(p.Amounts)
	if s.Need != nil {
		stated, ok := s.Need.Visibility["costs"]
		if !ok {
			stated = NeedVisibility("costs")
		}
		narrow(stated)
	}
	for _, o := range s.Offers {
		narrow(o.Visibility["ceiling"])
	}
	return audience
}

// Shown is the partnership as the actor may see it. What it does not name here
// is for its sides and whoever facilitates.
func (p *Partnership) Shown(a Actor, c *Convention, q *Proposal, s *Sides) (shown *Partnership, withheld []string) {
	sight := SeesPartnership(a, c, p, q, s)
	if sight == SeesAll {
		return p.shownToSides(a, c, s), nil
	}
	out := &Partnership{Meta: p.Meta, Need: p.Need, Proposal: p.Proposal, Status: p.Status}
	out.CreatedBy = ""
	out.PartnershipTerms = p.PartnershipTerms
	out.Amounts = ""
	out.Providers = slices.Clone(p.Providers)
	if !sight.covers(p.amounts(s)) {
		withheld = append(withheld, "amounts")
		for i := range out.Providers {
			out.Providers[i].Pledged, out.Providers[i].Covers, out.Providers[i].Quantity, out.Providers[i].InKind = Money{}, Money{}, 0, nil
		}
	}
	if sight < SeesCommittee {
		for i := range out.Providers {
			out.Providers[i].InKind = nil
		}
		out.Plan, out.Milestones, out.Reports, out.Rest = "", nil, nil, nil
		withheld = append(withheld, "plan", "milestones", "reports")
		out.Proposal = ""
	}
	return out, withheld
}

// shownToSides is the whole partnership; how it goes is shown as everybody on its
// sides may read it.
func (p *Partnership) shownToSides(a Actor, c *Convention, s *Sides) *Partnership {
	out := *p
	if shown := p.ShownDelivery(a, c, s.Need); shown != nil {
		out = *shown
	} else {
		out.PartnershipProgress = PartnershipProgress{}
	}
	if !a.system && !a.Has(p.Convention, Secretariat) {
		out.CreatedBy = ""
	}
	return &out
}
