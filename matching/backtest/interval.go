package backtest

import (
	"math/rand/v2"
	"slices"
)

// Interval is the 95 % interval of a figure: between the 2.5th and the 97.5th
// percentile over samples of beneficiaries drawn with replacement.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Difference is how much a figure of the engine exceeds that of another
// ranking, with the interval over the same samples.
type Difference struct {
	Value float64 `json:"value"`
	Interval
}

// samples is how many times beneficiaries are drawn, unless said otherwise.
const samples = 1000

// figures are all figures of a ranking by name.
func figures(list []outcome) map[string]float64 {
	m, d := measure(list), discovery(list)
	return map[string]float64{
		"r1": m.R1, "r5": m.R5, "r10": m.R10, "mrr": m.MRR, "new_r5": m.NewR5, "new_r10": m.NewR10, "macro_r5": m.MacroR5,
		"discovery_r1": d.R1, "discovery_r5": d.R5, "discovery_r10": d.R10, "discovery_mrr": d.MRR,
	}
}

// drawn returns the figures of every ranking over the same samples of
// beneficiaries: sample → ranking → figures. The same seed draws the same.
func drawn(rankings [][]outcome, times int) [][]map[string]float64 {
	by := make([]map[string][]outcome, len(rankings))
	var places []string
	for i, list := range rankings {
		by[i] = map[string][]outcome{}
		for _, o := range list {
			if i == 0 && by[i][o.beneficiary] == nil {
				places = append(places, o.beneficiary)
			}
			by[i][o.beneficiary] = append(by[i][o.beneficiary], o)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	out := make([][]map[string]float64, times)
	pool := make([]outcome, 0, 2*len(rankings[0]))
	for s := range out {
		picked := make([]string, len(places))
		for i := range picked {
			picked[i] = places[random.IntN(len(places))]
		}
		for i := range rankings {
			pool = pool[:0]
			for _, b := range picked {
				pool = append(pool, by[i][b]...)
			}
			out[s] = append(out[s], figures(pool))
		}
	}
	return out
}

// interval is the 95 % interval of a list of figures.
func interval(list []float64) Interval {
	slices.Sort(list)
	at := func(share float64) float64 { return list[int(share*float64(len(list)-1))] }
	return Interval{at(0.025), at(0.975)}
}
