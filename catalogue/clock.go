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
	r := rungOf(actor, s.conv.ID)
	whole := r == forSystem || r == forSecretariat
	out = listed(out, &s.needs.ledger, whole, s.held(s.needs.index, actor, cooperation.FocalPoint, cooperation.Approver))
	out = listed(out, &s.offers.ledger, whole, s.held(s.offers.index, actor, cooperation.ProviderRole, cooperation.Approver))
	s.visibleProposals(actor).each(func(o uint32) { out = append(out, s.proposals.entries[o].doc) })
	for _, x := range s.negotiated(false) {
		out = append(out, x)
	}
	s.reviews.under.each(func(o uint32) { out = append(out, s.reviews.entries[o].doc) })
	for _, e := range s.partnerships.entries {
		if e.doc != nil && (whole || s.deliveryConcerns(actor, e.doc)) {
			out = append(out, e.doc)
		}
	}
	s.introductions.under.each(func(o uint32) { out = append(out, s.introductions.entries[o].doc) })
	return out
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

// listed adds the documents at some places, or all of them.
func listed[T any, P interface {
	*T
	cooperation.Clocked
}](out []cooperation.Clocked, l *ledger[T], whole bool, places set) []cooperation.Clocked {
	add := func(e entry[T]) {
		if e.doc != nil {
			out = append(out, P(e.doc))
		}
	}
	if !whole {
		places.each(func(o uint32) { add(l.entries[o]) })
		return out
	}
	for _, e := range l.entries {
		add(e)
	}
	return out
}

// stands reports whether offers in this step are before the matcher, be it
// only to say that their capacity is used.
func stands(s cooperation.OfferStatus) bool {
	return s == cooperation.OfferOpen || s == cooperation.OfferExhausted
}
