package plan_test

import (
	"fmt"
	"math/rand/v2"

	"entente/matching"
	"entente/matching/plan"
)

// drawn makes a small problem from a seed: amounts of a few portions, so that
// everything is scarce, few providers, few different scores, so that ties are
// frequent, and now and then no limit, no gap, no supply or no candidate.
func drawn(seed uint64) *plan.Problem {
	r := rand.New(rand.NewPCG(seed, 0))
	one := func(n int) bool { return r.IntN(n) == 0 }
	p := &plan.Problem{Floor: []int64{0, 1, 250_000, plan.Whole}[r.IntN(4)]}
	if !one(3) {
		p.Limit = int64(1 + r.IntN(int(plan.Whole)))
	}
	scale := []int64{1, 100, 7_919}[r.IntN(3)]
	amount := func() int64 { return scale * int64(1+r.IntN(12)) }
	for i := range 1 + r.IntN(12) {
		o := plan.Offer{ID: fmt.Sprintf("o%02d", i), Provider: matching.Party(fmt.Sprintf("p%d", r.IntN(4))),
			Supply: plan.Supply{Amount: amount(), Needs: plan.Unlimited}}
		switch r.IntN(8) {
		case 0:
			o.Supply.Amount = plan.Unlimited
		case 1:
			o.Supply = plan.Supply{Amount: plan.Unlimited, Needs: int64(r.IntN(3000))}
		case 2:
			o.Supply = plan.Supply{}
		}
		p.Offers = append(p.Offers, o)
	}
	for i := range 1 + r.IntN(12) {
		n := plan.Need{ID: fmt.Sprintf("n%02d", i), Gap: amount()}
		if one(6) {
			n.Gap = 0
		}
		for o := range p.Offers {
			if one(3) {
				score := matching.Score(r.IntN(5) * 25_000_000)
				if one(2) {
					score = matching.Score(r.IntN(int(matching.MaxScore)))
				}
				n.Candidates = append(n.Candidates, plan.Candidate{Offer: o, Score: score})
			}
		}
		p.Needs = append(p.Needs, n)
	}
	for provider := range 4 {
		if one(6) {
			p.Extras = append(p.Extras, plan.Extra{Provider: matching.Party(fmt.Sprintf("p%d", provider)), Amount: amount()})
		}
	}
	return p
}

// portioned are the amounts of a problem in portions, worked out from what the
// package says of them.
type portioned struct {
	portion, ceiling int64
	demand, floor    []int64 // of the needs
	supply           []int64 // of the offers
	extra            map[matching.Party]int64
}

// portionedBy reads a problem by the portion of its plan.
func portionedBy(p *plan.Problem, made *plan.Plan) portioned {
	q := portioned{portion: made.Portion, extra: map[matching.Party]int64{}}
	up := func(a, b int64) int64 { return (a + b - 1) / b }
	total, floor := int64(0), p.Floor
	if floor == 0 {
		floor = plan.DefaultFloor
	}
	for _, n := range p.Needs {
		gap := n.Gap
		if gap == 0 {
			gap = made.Nominal
		}
		d := up(gap, q.portion)
		q.demand, q.floor = append(q.demand, d), append(q.floor, max(1, up(d*floor, plan.Whole)))
		if len(n.Candidates) > 0 {
			total += d
		}
	}
	for _, o := range p.Offers {
		s := o.Supply.Amount
		if o.Supply.Needs != plan.Unlimited {
			s = min(s, made.Nominal*o.Supply.Needs/1000)
		}
		q.supply = append(q.supply, min(s/q.portion, total))
	}
	for _, e := range p.Extras {
		q.extra[e.Provider] = e.Amount / q.portion
	}
	if q.ceiling = total; p.Limit > 0 {
		q.ceiling = total * p.Limit / plan.Whole
	}
	return q
}
