package catalogue

import "entente/cooperation"

// Whole is a list of all that a query asks for, at one position of the log, in
// the order of the first appearance in it. Documents do not change once they
// are in, so that it may be read through at leisure.
type Whole[T any] struct {
	Items    []T
	Position uint64
}

// AllNeeds lists every need that the actor may see and that the query asks
// for; its order, cursor and limit are passed over. It fails as SearchNeeds
// does.
func (s *State) AllNeeds(actor cooperation.Actor, q Query) (Whole[*cooperation.Need], error) {
	asked := s.ask(q.Text)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return all(&s.needs, &q, viewerOf(actor, s.conv.ID, cooperation.FocalPoint, cooperation.Approver), asked, s.position)
}

// AllOffers is AllNeeds for offers.
func (s *State) AllOffers(actor cooperation.Actor, q Query) (Whole[*cooperation.Offer], error) {
	asked := s.ask(q.Text)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return all(&s.offers, &q, viewerOf(actor, s.conv.ID, cooperation.ProviderRole, cooperation.Approver), asked, s.position)
}

func all[T, F any](l *shelf[T, F], q *Query, view viewer, asked []question, position uint64) (Whole[*T], error) {
	w := Whole[*T]{Position: position}
	q.Sort, q.Facets = "", false
	if err := q.check(len(asked)); err != nil {
		return w, err
	}
	search := &search{x: l.index, q: q, view: view, words: l.index.lookup(asked)}
	found := search.filter().found
	w.Items = make([]*T, 0, found.count())
	found.each(func(o uint32) { w.Items = append(w.Items, l.entries[o].doc) })
	return w, nil
}

// AllProposals lists every proposal that the actor may see.
func (s *State) AllProposals(actor cooperation.Actor) Whole[*cooperation.Proposal] {
	s.mu.RLock()
	defer s.mu.RUnlock()
	w := Whole[*cooperation.Proposal]{Position: s.position}
	s.visibleProposals(actor).each(func(o uint32) { w.Items = append(w.Items, s.proposals.entries[o].doc) })
	return w
}

// AllPartnerships lists every partnership. What the reader may see of them is
// for cooperation.Partnership.Shown to say.
func (s *State) AllPartnerships() Whole[*cooperation.Partnership] {
	s.mu.RLock()
	defer s.mu.RUnlock()
	w := Whole[*cooperation.Partnership]{Position: s.position}
	for i := range s.partnerships.entries {
		if p := s.partnerships.entries[i].doc; p != nil {
			w.Items = append(w.Items, p)
		}
	}
	return w
}
