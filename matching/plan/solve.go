package plan

import (
	"cmp"
	"context"
	"slices"
)

// Solve returns the best assignment of a problem. It fails when the problem is
// none, or when the context ends.
func Solve(ctx context.Context, p *Problem) (*Plan, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	m := newModel(p)
	if err := m.run(ctx); err != nil {
		return nil, err
	}
	return m.plan(), nil
}

// plan reads the plan off the flow.
func (m *model) plan() *Plan {
	p := &Plan{Portion: m.portion, Nominal: m.nominal, Stated: m.stated, Needs: len(m.needs), Ceiling: Unlimited}
	if m.Limit > 0 {
		p.Ceiling = m.ceiling * m.portion
	}
	given := m.given()
	for _, i := range m.needs {
		n := &m.Needs[i]
		p.Demand += m.measure.demand(n)
		pairings := m.pairings(n, given[i])
		if len(pairings) == 0 {
			p.Without = append(p.Without, Without{n.ID, len(n.Candidates)})
			continue
		}
		p.Helped++
		p.Floors += m.filled(n, pairings)
		for _, one := range pairings {
			p.Covered += one.Amount
			p.Score += one.Points
		}
		p.Pairings = append(p.Pairings, pairings...)
	}
	for i := range m.Needs {
		if n := &m.Needs[i]; len(n.Candidates) == 0 {
			p.Without = append(p.Without, Without{Need: n.ID})
		}
	}
	slices.SortFunc(p.Without, func(a, b Without) int { return cmp.Compare(a.Need, b.Need) })
	m.alternates(p)
	return p
}

// portions is how much of an offer a need gets.
type portions struct {
	pair
	count int64
}

// given lists what every need gets, by the place of the need.
func (m *model) given() map[int][]portions {
	given := map[int][]portions{}
	for _, one := range m.pairs {
		flow := m.arcs[one.arc].flow
		if flow == 0 {
			continue
		}
		list := given[one.need]
		if last := len(list) - 1; last >= 0 && list[last].offer == one.offer {
			list[last].count += flow // beyond what is kept of an earlier plan
			continue
		}
		given[one.need] = append(list, portions{one, flow})
	}
	return given
}

// pairings makes the pairings of a need, the largest first. What rounding a gap
// up to portions gives too much is left out of the last.
func (m *model) pairings(n *Need, given []portions) []Pairing {
	slices.SortFunc(given, func(a, b portions) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(m.rank[a.offer], m.rank[b.offer]))
	})
	demand, gap := m.demanded(n), m.measure.demand(n)
	left := gap
	list := make([]Pairing, len(given))
	for i, g := range given {
		o := &m.Offers[g.offer]
		amount := min(g.count*m.portion, left)
		left -= amount
		list[i] = Pairing{Need: n.ID, Offer: o.ID, Provider: o.Provider, Portions: g.count, Amount: amount, Stated: n.Gap > 0,
			Share: g.count * Whole / demand, Score: g.score, Points: int64(g.score) * g.count / demand}
	}
	return list
}

// filled is the share of the floor of a need that is filled.
func (m *model) filled(n *Need, pairings []Pairing) int64 {
	count := int64(0)
	for _, one := range pairings {
		count += one.Portions
	}
	floor := m.floor(m.demanded(n))
	return min(count, floor) * Whole / floor
}
