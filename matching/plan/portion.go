package plan

import (
	"math/bits"
	"slices"
)

// fixedDemand is what a need counts as where no need states an amount, in US
// cents: every need then weighs the same, and the amount means nothing.
const fixedDemand = 100_000_00

// A need of ordinary size has between coarsest and finest portions.
const (
	coarsest = 100
	finest   = 1000
)

// measure turns amounts into portions: the integers that flow.
type measure struct {
	nominal int64 // US cents of a need of ordinary size
	stated  bool  // whether that is the median of stated gaps
	portion int64 // US cents
}

// measureOf chooses the portion of a problem: a hundredth of a need of ordinary
// size, or the smallest amount that anybody asks for or has left where that is
// less; but not so small that an ordinary need has more than a thousand
// portions, or any need more than a million. Needs without a candidate do not
// count.
func measureOf(p *Problem) measure {
	var gaps []int64
	for i := range p.Needs {
		if n := &p.Needs[i]; n.Gap > 0 && len(n.Candidates) > 0 {
			gaps = append(gaps, n.Gap)
		}
	}
	m := measure{nominal: fixedDemand, stated: len(gaps) > 0}
	if !m.stated {
		m.portion = fixedDemand / finest
		return m
	}
	slices.Sort(gaps)
	m.nominal = gaps[(len(gaps)-1)/2]
	smallest := gaps[0]
	for i := range p.Offers {
		if a := m.supply(p.Offers[i].Supply); a > 0 {
			smallest = min(smallest, a)
		}
	}
	m.portion = max(min(smallest, ceil(m.nominal, coarsest)), ceil(m.nominal, finest), ceil(gaps[len(gaps)-1], maxPortions))
	return m
}

// supply is what an offer can give at the most in US cents, or Unlimited.
func (m measure) supply(s Supply) int64 {
	if s.Needs == Unlimited {
		return s.Amount
	}
	return min(s.Amount, scaled(m.nominal, s.Needs, 1000))
}

// demand is what a need counts as, in US cents.
func (m measure) demand(n *Need) int64 {
	if n.Gap > 0 {
		return n.Gap
	}
	return m.nominal
}

// demanded is a need in portions, rounded up.
func (m measure) demanded(n *Need) int64 { return ceil(m.demand(n), m.portion) }

// supplied is a supply in portions, rounded down; at most most.
func (m measure) supplied(s Supply, most int64) int64 {
	if a := m.supply(s); a != Unlimited {
		return min(a/m.portion, most)
	}
	return most
}

// ceil returns a/b rounded up, for a >= 0 and b > 0.
func ceil(a, b int64) int64 {
	q := a / b
	if q*b < a {
		q++
	}
	return q
}

// scaled returns a*b/c rounded down, for a, b >= 0 and c > 0; Unlimited when
// that is too large.
func scaled(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi >= uint64(c) {
		return Unlimited
	}
	q, _ := bits.Div64(hi, lo, uint64(c))
	return int64(min(q, uint64(Unlimited)))
}
