package matching

import (
	"context"
	"runtime"
	"slices"

	"entente/matching/record"
	"entente/reference"
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
	segment  *offerSets       // for which the merits were made
	past     []*record.Values // of the need for which the following were made
	pastLift int32            // its lift
	worth    []int32          // by provider: value of the part "record"
	merits   []int32          // by list of providers: points for record and fairness, -1 where not worked out yet
}

// recall prepares the memory for a need and a segment.
func (s *scorer) recall(segment *offerSets, n *needFeatures) {
	same := len(n.past) > 0 && slices.Equal(s.past, n.past)
	if same && s.segment == segment && s.pastLift == n.lift {
		return
	}
	s.segment, s.pastLift = segment, n.lift
	s.merits = slices.Grow(s.merits[:0], len(segment.whos))[:len(segment.whos)]
	for i := range s.merits {
		s.merits[i] = -1
	}
	if len(n.past) == 0 || same {
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

// remember works out what is on record for needs on all processors, so that it
// is at hand when they are prepared one by one.
func (w *workshop) remember(needs []Need) {
	table := w.setting.record
	if table == nil {
		return
	}
	type wanted struct {
		beneficiary reference.Country
		theme       string
	}
	var list []wanted
	seen := map[wanted]bool{}
	for i := range needs {
		for _, t := range w.recorded(&needs[i]) {
			for _, b := range needs[i].Beneficiaries {
				if one := (wanted{b, t}); !seen[one] {
					seen[one] = true
					list = append(list, one)
				}
			}
		}
	}
	_, _ = spread(context.Background(), len(list), runtime.GOMAXPROCS(0), chunk, func(i int) struct{} {
		table.Row(list[i].beneficiary, list[i].theme)
		return struct{}{}
	})
}
