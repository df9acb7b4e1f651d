package catalogue

import (
	"slices"

	"entente/cooperation"
)

// Recommendation returns the text of a body with the id.
func (s *State) Recommendation(id string) (*cooperation.Recommendation, bool) {
	return read(&s.progress, &s.texts, id)
}

// RecommendationQuery says which texts of bodies to list.
type RecommendationQuery struct {
	Committee string // one of its bodies, or its addressee
	Status    []cooperation.RecommendationStatus
	Output    cooperation.Output
	Day       cooperation.Date // today
	Cursor    string
	Limit     int // 1 to MaxLimit; 0 is DefaultLimit
}

// Recommendations lists the texts of bodies that the actor may see, the latest
// first.
func (s *State) Recommendations(actor cooperation.Actor, q RecommendationQuery) (Page[*cooperation.Recommendation], error) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found set
	for i := range s.texts.entries {
		if r := s.texts.entries[i].doc; r != nil && q.wants(r) && cooperation.SeesRecommendation(actor, conv, r, q.Day) {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.texts, found, q.Cursor, form(KindRecommendation, q.Committee, q.Status, q.Output), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *RecommendationQuery) wants(r *cooperation.Recommendation) bool {
	switch {
	case q.Committee != "" && r.Addressee != q.Committee && !slices.Contains(r.Bodies, q.Committee):
		return false
	case q.Output != "" && r.Output != q.Output:
		return false
	}
	return len(q.Status) == 0 || slices.Contains(q.Status, r.Status)
}

// Overview gathers what falls under the mandate of a body, as the actor sees
// it.
func (s *State) Overview(actor cooperation.Actor, body *cooperation.Committee) (cooperation.Overview, uint64, error) {
	open, err := s.AllNeeds(actor, Query{Status: []string{string(cooperation.NeedOpen), string(cooperation.NeedPartlyCovered)}})
	if err != nil {
		return cooperation.Overview{}, 0, err
	}
	given, err := s.AllOffers(actor, Query{Status: []string{string(cooperation.OfferOpen)}})
	if err != nil {
		return cooperation.Overview{}, 0, err
	}
	needs := make([]*cooperation.Need, 0, len(open.Items))
	for _, n := range open.Items {
		if shown, _ := n.Shown(actor); shown != nil {
			needs = append(needs, shown)
		}
	}
	offers := make([]*cooperation.Offer, 0, len(given.Items))
	for _, o := range given.Items {
		if shown, _ := o.Shown(actor); shown != nil {
			offers = append(offers, shown)
		}
	}
	return s.Convention().Overview(body, needs, offers, s.runningActivities(actor)), open.Position, nil
}

// runningActivities are those that are planned or running and that the actor
// sees.
func (s *State) runningActivities(actor cooperation.Actor) []*cooperation.Activity {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Activity
	for _, status := range []cooperation.ActivityStatus{cooperation.ActivityPlanned, cooperation.ActivityRunning} {
		s.activities.index.values[byStatus][string(status)].each(func(o uint32) {
			if shown := s.activities.entries[o].doc.Shown(actor); shown != nil {
				out = append(out, shown)
			}
		})
	}
	return out
}
