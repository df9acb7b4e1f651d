package plan

import (
	"slices"

	"entente/matching"
)

// Concentration says how evenly help is spread: over those who give it, over
// those who receive it, and over needs.
type Concentration struct {
	Providers, Beneficiaries Spread
	// Choice counts the needs with no, one, two and more candidates; of a
	// plan, with no, one, two and more pairings.
	Choice [4]int
}

// Spread says how evenly something is spread over a number of holders, those
// who hold nothing included.
type Spread struct {
	Holders int
	TopFive int64 // share of the five that hold most, in millionths
	// Gini is 0 when all hold the same, and near 1,000,000 when one holds all.
	Gini int64
}

// Fairness compares what is first in the rankings with what is in a plan.
type Fairness struct {
	// Unlifted is the ranking with the weight of the part "fairness" moved to
	// the other parts, Ranked the ranking as it is. In both, every need counts
	// once for the provider of its best offer, and every offer once for the
	// beneficiaries of its best need, whatever the capacities.
	Unlifted, Ranked Concentration
	// Planned is the plan: every need counts for its providers, and for its
	// beneficiaries, with the share that is covered.
	Planned Concentration
}

// Ranked is the concentration of what is first in the rankings of the inputs:
// for each need its best offer, for each offer its best need, the first by id
// among equals.
func (in *Inputs) Ranked() Concentration {
	b := in.balance()
	best := make([]first, len(in.offers))
	for i := range best {
		best[i].need = -1
	}
	for n := range in.needs {
		if in.needs[n].out {
			continue
		}
		candidates := in.standing(in.needs[n].candidates)
		b.choose(len(candidates))
		if len(candidates) > 0 {
			b.providers[in.offers[candidates[0].Offer].Provider] += Whole
		}
		for _, c := range candidates {
			if f := &best[c.Offer]; f.need < 0 || c.Score > f.score {
				*f = first{n, c.Score}
			}
		}
	}
	for _, f := range best {
		if f.need >= 0 {
			b.benefit(in.needs[f.need].Need, Whole)
		}
	}
	return b.concentration()
}

// first is the best need of an offer.
type first struct {
	need  int // its place; -1 where there is none
	score matching.Score
}

// Planned is the concentration of a plan of the inputs.
func (in *Inputs) Planned(p *Plan) Concentration {
	b := in.balance()
	for i := 0; i < len(p.Pairings); {
		var list []Pairing
		list, i = of(p.Pairings, i, p.Pairings[i].Need)
		b.choose(len(list))
		n, known := in.need(list[0].Need)
		for _, one := range list {
			b.providers[one.Provider] += one.Share
			if known {
				b.benefit(in.needs[n].Need, one.Share)
			}
		}
	}
	b.choice[0] = b.all - p.Helped
	return b.concentration()
}

// balance counts who gives and who receives.
type balance struct {
	providers     map[matching.Party]int64
	beneficiaries map[matching.Party]int64
	choice        [4]int
	all           int // needs
}

// balance is empty, and knows everybody who could give or receive.
func (in *Inputs) balance() *balance {
	b := &balance{providers: map[matching.Party]int64{}, beneficiaries: map[matching.Party]int64{}}
	for i := range in.offers {
		if !in.offers[i].out {
			b.providers[in.offers[i].Provider] = 0
		}
	}
	for i := range in.needs {
		if !in.needs[i].out {
			b.benefit(in.needs[i].Need, 0)
			b.all++
		}
	}
	return b
}

// benefit divides an amount among the beneficiaries of a need.
func (b *balance) benefit(n *matching.Need, amount int64) {
	for _, c := range n.Beneficiaries {
		b.beneficiaries[matching.PartyOf(c)] += amount / int64(len(n.Beneficiaries))
	}
}

// choose counts a need with so many candidates.
func (b *balance) choose(candidates int) { b.choice[min(candidates, 3)]++ }

// concentration works out what was counted.
func (b *balance) concentration() Concentration {
	return Concentration{Providers: spreadOf(b.providers), Beneficiaries: spreadOf(b.beneficiaries), Choice: b.choice}
}

// spreadOf works out how evenly amounts are spread. The Gini coefficient is the
// sum over holders, from the least on, of (2i-n-1)x, divided by n times the
// sum of all x.
func spreadOf(held map[matching.Party]int64) Spread {
	amounts := make([]int64, 0, len(held))
	for _, amount := range held {
		amounts = append(amounts, amount)
	}
	slices.Sort(amounts)
	n := int64(len(amounts))
	s, all, top, sum := Spread{Holders: len(amounts)}, int64(0), int64(0), int64(0)
	for i, amount := range amounts {
		all += amount
		sum += (2*int64(i+1) - n - 1) * amount
		if n-int64(i) <= 5 {
			top += amount
		}
	}
	if all > 0 {
		s.TopFive, s.Gini = scaled(top, Whole, all), scaled(sum, Whole, n*all)
	}
	return s
}

// WithoutFairness moves the weight of the part "fairness" to the other parts in
// proportion to theirs; what is lost in rounding goes to the theme.
func WithoutFairness(w matching.Weights) matching.Weights {
	rest := int64(matching.WeightSum) - int64(w.Fairness)
	if w.Fairness == 0 || rest == 0 {
		return w
	}
	parts := []*int32{&w.Theme, &w.Kind, &w.Language, &w.Region, &w.Size, &w.Time, &w.Record}
	sum := int32(0)
	for _, part := range parts {
		*part = int32(int64(*part) * matching.WeightSum / rest)
		sum += *part
	}
	w.Theme += matching.WeightSum - sum
	w.Fairness = 0
	return w
}
