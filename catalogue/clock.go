package catalogue

import "entente/cooperation"

// Clocked lists the documents of which the actor may own a deadline, or be told
// on its path of escalation, in the order of their kinds and first appearance:
// all of them for the platform and the secretariat, for others the postings of
// those for whom they act, what is proposed to these, what is before the
// bodies on which they sit, and the reviews, introductions and agreements under way. Which deadlines there are, and whose, is for
// cooperation.ClocksOf and cooperation.Clock.Concerns to say.
func (s *State) Clocked(actor cooperation.Actor) []cooperation.Clocked {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []cooperation.Clocked
	s.clocked(actor, func(_ string, _ uint32, doc cooperation.Clocked) { out = append(out, doc) })
	return out
}

// clocked visits what Clocked lists, each document with its place. The state is
// locked.
func (s *State) clocked(actor cooperation.Actor, visit func(kind string, place uint32, doc cooperation.Clocked)) {
	r := rungOf(actor, s.conv.ID)
	whole := r == forSystem || r == forSecretariat
	listed(KindNeed, &s.needs.ledger, whole, s.held(s.needs.index, actor, cooperation.FocalPoint, cooperation.Approver), visit)
	listed(KindOffer, &s.offers.ledger, whole, s.held(s.offers.index, actor, cooperation.ProviderRole, cooperation.Approver), visit)
	s.visibleProposals(actor).each(func(o uint32) { visit(KindProposal, o, s.proposals.entries[o].doc) })
	for _, x := range s.negotiated(false) {
		visit(KindAgreement, s.agreements.ids[x.ID], x)
	}
	s.reviews.under.each(func(o uint32) { visit(KindReview, o, s.reviews.entries[o].doc) })
	for o, e := range s.partnerships.entries {
		if e.doc != nil && (whole || s.deliveryConcerns(actor, e.doc)) {
			visit(KindPartnership, uint32(o), e.doc)
		}
	}
	s.introductions.under.each(func(o uint32) { visit(KindIntroduction, o, s.introductions.entries[o].doc) })
}

// deliveryConcerns reports whether deadlines of a partnership may be the actor's:
// it is on a side, or sits on a body that is told of what is late.
func (s *State) deliveryConcerns(actor cooperation.Actor, p *cooperation.Partnership) bool {
	n, ok := s.needs.find(p.Need)
	return ok && cooperation.SeesDelivery(actor, s.conv, p, n)
}

// held are the places of the postings of those for whom the actor acts.
func (s *State) held(x *index, actor cooperation.Actor, roles ...cooperation.Role) set {
	var found set
	for _, p := range viewerOf(actor, s.conv.ID, roles...).own {
		x.holders[p].each(found.add)
	}
	return found
}

// listed visits the documents at some places, or all of them.
func listed[T any, P interface {
	*T
	cooperation.Clocked
}](kind string, l *ledger[T], whole bool, places set, visit func(kind string, place uint32, doc cooperation.Clocked)) {
	one := func(o uint32) {
		if e := l.entries[o]; e.doc != nil {
			visit(kind, o, P(e.doc))
		}
	}
	if !whole {
		places.each(one)
		return
	}
	for o := range l.entries {
		one(uint32(o))
	}
}

// stands reports whether offers in this step are before the matcher, be it
// only to say that their capacity is used.
func stands(s cooperation.OfferStatus) bool {
	return s == cooperation.OfferOpen || s == cooperation.OfferExhausted
}
