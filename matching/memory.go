package matching

import (
	"context"
	"runtime"
	"slices"

	"entente/matching/record"
	"entente/reference"
)

// memory is what a scorer works out once for a need, or for needs with the same
// beneficiaries and themes, about past help.
type memory struct {
	past   []*record.Values // of the need for which the following was made
	weight int32
	worth  []int32 // by provider: points for the part "record"
}

// recall prepares the memory for a need.
func (m *memory) recall(s *Setting, weight int32, n *needFeatures) {
	if len(n.past) > 0 && m.weight == weight && slices.Equal(m.past, n.past) {
		return
	}
	m.past, m.weight, m.worth = n.past, weight, m.worth[:0]
	providers := 0
	if s.record != nil {
		providers = len(s.record.Providers())
	}
	for p := range int32(providers + 1) {
		value := Neutral
		if p > 0 && len(n.past) > 0 {
			value = pastOf(n, p, mainValues)
		}
		m.worth = append(m.worth, points(value, weight))
	}
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
