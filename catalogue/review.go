package catalogue

import (
	"slices"

	"entente/cooperation"
)

// reviews is the ledger of reviews with those that are under way.
type reviews struct {
	ledger[cooperation.Review]
	under set
	moves uint64 // versions that came in
}

func (l *reviews) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.Review](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		ordinal, _ := l.put(c.ID, c.Version, doc)
		l.moves++
		l.under.put(ordinal, doc != nil && doc.Status.Under())
	}, err
}

// Review returns the review with the id, whoever may see it.
func (s *State) Review(id string) (*cooperation.Review, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.reviews.find(id)
}

// ReviewsUnderWay lists the reviews that have not ended, the first one first.
func (s *State) ReviewsUnderWay() (out []*cooperation.Review) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.reviews.under.each(func(o uint32) { out = append(out, s.reviews.entries[o].doc) })
	return out
}

// ReviewQuery says which reviews to list.
type ReviewQuery struct {
	Status    []cooperation.ReviewStatus
	Committee string // responsible
	Proposal  string // id
	Need      string // id
	Day       cooperation.Date
	Cursor    string
	Limit     int // 1 to MaxLimit; 0 is DefaultLimit
}

// Reviews lists the reviews that the actor may see, the latest first.
func (s *State) Reviews(actor cooperation.Actor, q ReviewQuery) (Page[*cooperation.Review], error) {
	conv := s.Convention()
	bodies := map[string]*cooperation.Committee{}
	for i := range conv.Committees {
		bodies[conv.Committees[i].ID] = &conv.Committees[i]
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found set
	for i := range s.reviews.entries {
		r := s.reviews.entries[i].doc
		if r == nil || !q.wants(r) {
			continue
		}
		b := bodies[r.Committee]
		if b == nil {
			b = &cooperation.Committee{ID: r.Committee}
		}
		if cooperation.SeesReview(actor, r, b, q.Day).Any() {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.reviews.ledger, found, q.Cursor, form(KindReview, q.Status, q.Committee, q.Proposal, q.Need), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *ReviewQuery) wants(r *cooperation.Review) bool {
	return (len(q.Status) == 0 || slices.Contains(q.Status, r.Status)) && (q.Committee == "" || q.Committee == r.Committee) &&
		(q.Proposal == "" || slices.ContainsFunc(r.Cases, func(c cooperation.Case) bool { return c.Proposal == q.Proposal })) &&
		(q.Need == "" || slices.ContainsFunc(r.Cases, func(c cooperation.Case) bool { return c.Need.ID == q.Need }))
}
