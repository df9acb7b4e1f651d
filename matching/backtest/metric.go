package backtest

import (
	"math"
	"slices"
)

// Metrics are the figures of a ranking over pairs of a need and a provider that
// came true. A rank is filtered: other providers that came true are taken out
// of the list. What was never seen in training ranks last of all.
type Metrics struct {
	R1      float64 `json:"r1"` // share of the pairs at rank 1
	R5      float64 `json:"r5"` // … among the first five
	R10     float64 `json:"r10"`
	MRR     float64 `json:"mrr"`      // mean of 1/rank
	NewR5   float64 `json:"new_r5"`   // of pairs never seen together in training
	NewR10  float64 `json:"new_r10"`  //
	MacroR5 float64 `json:"macro_r5"` // mean of the R5 of each provider with three or more pairs
}

// DiscoveryMetrics are the figures of a list of those new to the beneficiary.
type DiscoveryMetrics struct {
	R1    float64 `json:"r1"`
	R5    float64 `json:"r5"`
	R10   float64 `json:"r10"`
	MRR   float64 `json:"mrr"`
	Pairs int     `json:"pairs"`
}

// outcome is the rank of one pair.
type outcome struct {
	beneficiary, provider string
	fresh                 bool
	rank, discovered      float64 // infinite when not listed
}

// outcomes ranks every pair of the test.
func outcomes(r ranker, needs []need, seen map[[2]string]bool) []outcome {
	var out []outcome
	for i := range needs {
		n := &needs[i]
		fresh := func(p string) bool { return !seen[[2]string{n.beneficiary, p}] }
		list := r.rank(n)
		var found []string
		for _, p := range r.discover(n) {
			if fresh(p) {
				found = append(found, p)
			}
		}
		for _, p := range n.true {
			o := outcome{beneficiary: n.beneficiary, provider: p, fresh: fresh(p), rank: filtered(list, p, n.true)}
			if o.fresh {
				o.discovered = filtered(found, p, n.true)
			}
			out = append(out, o)
		}
	}
	return out
}

// filtered is the rank of a provider without the others that came true.
func filtered(list []string, provider string, others []string) float64 {
	rank := 1
	for _, p := range list {
		if p == provider {
			return float64(rank)
		}
		if !slices.Contains(others, p) {
			rank++
		}
	}
	return math.Inf(1)
}

// share is the mean of a function over outcomes; 0 over none.
func share(list []outcome, of func(*outcome) float64) float64 {
	sum := 0.0
	for i := range list {
		sum += of(&list[i])
	}
	if len(list) == 0 {
		return 0
	}
	return sum / float64(len(list))
}

func within(k float64) func(*outcome) float64 {
	return func(o *outcome) float64 {
		if o.rank <= k {
			return 1
		}
		return 0
	}
}

func discoveredWithin(k float64) func(*outcome) float64 {
	return func(o *outcome) float64 {
		if o.discovered <= k {
			return 1
		}
		return 0
	}
}

// fresh are the pairs never seen together.
func fresh(list []outcome) []outcome {
	var out []outcome
	for _, o := range list {
		if o.fresh {
			out = append(out, o)
		}
	}
	return out
}

// measure computes the figures of a ranking.
func measure(list []outcome) Metrics {
	news := fresh(list)
	return Metrics{
		R1: share(list, within(1)), R5: share(list, within(5)), R10: share(list, within(10)),
		MRR:   share(list, func(o *outcome) float64 { return 1 / o.rank }),
		NewR5: share(news, within(5)), NewR10: share(news, within(10)), MacroR5: macro(list),
	}
}

// discovery computes the figures of a list of discoveries.
func discovery(list []outcome) DiscoveryMetrics {
	news := fresh(list)
	return DiscoveryMetrics{
		R1: share(news, discoveredWithin(1)), R5: share(news, discoveredWithin(5)), R10: share(news, discoveredWithin(10)),
		MRR: share(news, func(o *outcome) float64 { return 1 / o.discovered }), Pairs: len(news),
	}
}

// macroPairs is how many pairs of a provider are enough for its share to count.
const macroPairs = 3

// macro is the mean over providers of their share among the first five.
func macro(list []outcome) float64 {
	by := map[string][]outcome{}
	var order []string
	for _, o := range list {
		if by[o.provider] == nil {
			order = append(order, o.provider)
		}
		by[o.provider] = append(by[o.provider], o)
	}
	sum, n := 0.0, 0.0
	for _, p := range order {
		if len(by[p]) >= macroPairs {
			sum, n = sum+share(by[p], within(5)), n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}
