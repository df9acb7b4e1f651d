package matching

import (
	"slices"

	"entente/matching/record"
)

// givers are the providers of offers that the parts "record" and "fairness"
// cannot tell apart.
type givers struct {
	known []int32 // see offerFeatures
	lift  int32
}

// memory is what a scorer works out once for a need, or for needs with the same
// beneficiaries and themes, about past help.
type memory struct {
	past   []*record.Values // of the need for which the following were made
	worth  []int32          // by provider: value of the part "record"
	merits []int32          // by list of providers: points for record and fairness, -1 where not worked out yet
}

// recall prepares the memory for a need and a segment.
func (s *scorer) recall(segment *offerSets, n *needFeatures) {
	s.merits = slices.Grow(s.merits[:0], len(segment.whos))[:len(segment.whos)]
	for i := range s.merits {
		s.merits[i] = -1
	}
	if len(n.past) == 0 || slices.Equal(s.past, n.past) {
		return
	}
	s.past = n.past
	s.worth = s.worth[:0]
	for p := range n.past[0].Main {
		s.worth = append(s.worth, pastOf(n, int32(p), mainValues))
	}
}

// merit works out the points of the parts "record" and "fairness" for a list of
// providers: the same as recordPart and fairnessPart.
func (s *scorer) merit(segment *offerSets, who uint16) int32 {
	given, past, fair := &segment.whos[who], Neutral, Neutral
	if s.vocabulary.setting.record != nil {
		fair = min(s.need.lift+given.lift, Whole)
	}
	if len(s.need.past) > 0 {
		best := int32(-1)
		for _, p := range given.known {
			if p > 0 {
				best = max(best, s.worth[p])
			}
		}
		if best >= 0 {
			past = best
		}
	}
	s.merits[who] = points(past, s.weights[PartRecord]) + points(fair, s.weights[PartFairness])
	return s.merits[who]
}
