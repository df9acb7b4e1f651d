package platform

import (
	"sync"

	"entente/matching"
)

// survey remembers what was asked of a lens of single postings, until it is
// replaced: those who look through a queue ask the same again and again.
type survey struct {
	mu      sync.Mutex
	needs   map[string]*matching.Report
	offers  map[string]*matching.Report
	bundles map[string]*Bundles
	results map[string]surveyed
}

// surveyed is a pairing as it scores now.
type surveyed struct {
	result matching.Result
	holds  bool
}

// mostSurveyed bounds what is remembered of each sort; then it begins anew.
const mostSurveyed = 4096

// surveyedDepth is how many candidates are remembered of one posting.
const surveyedDepth = 20

// recall returns what is remembered under an id, and works it out where nothing
// is. Two who ask at the same moment may both work it out: it is the same.
func recall[T any](s *survey, of *map[string]T, id string, make func() T) T {
	s.mu.Lock()
	known, ok := (*of)[id]
	s.mu.Unlock()
	if ok {
		return known
	}
	made := make()
	s.mu.Lock()
	defer s.mu.Unlock()
	if *of == nil || len(*of) >= mostSurveyed {
		*of = map[string]T{}
	}
	(*of)[id] = made
	return made
}

// forNeed is the first candidates for a need.
func (l *lens) forNeed(n *matching.Need) *matching.Report {
	return recall(&l.survey, &l.survey.needs, n.ID, func() *matching.Report {
		r := l.index.ForNeed(n, surveyedDepth)
		return &r
	})
}

// forOffer is the first candidates for an offer.
func (l *lens) forOffer(o *matching.Offer) *matching.Report {
	return recall(&l.survey, &l.survey.offers, o.ID, func() *matching.Report {
		r := l.index.ForOffer(o, surveyedDepth)
		return &r
	})
}

// bundled is the best bundles for a need.
func (l *lens) bundled(n *matching.Need) *Bundles {
	return recall(&l.survey, &l.survey.bundles, n.ID, func() *Bundles { return l.bundles(n) })
}

// explained is a pairing, or several offers together, as it scores now.
func (l *lens) explained(n *matching.Need, offers []*matching.Offer) surveyed {
	id := n.ID
	for _, o := range offers {
		id += "/" + o.ID
	}
	return recall(&l.survey, &l.survey.results, id, func() surveyed {
		if len(offers) == 1 {
			result := l.index.Explain(n, offers[0])
			return surveyed{result, result.Reason == matching.Candidate}
		}
		result, holds := l.together(n, offers)
		return surveyed{result, holds}
	})
}
