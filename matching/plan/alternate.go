package plan

import "entente/matching"

// Alternates is how many alternates a pairing has at the most.
const Alternates = 3

// rooms is what the plan leaves of offers and providers, in portions.
type rooms struct {
	offer    []int64
	provider map[matching.Party]int64
	extra    map[matching.Party]int64
}

// alternates gives every pairing the candidates that could take its place.
func (m *model) alternates(p *Plan) {
	left := m.rooms()
	needs := map[string]*Need{}
	for _, i := range m.needs {
		needs[m.Needs[i].ID] = &m.Needs[i]
	}
	for start := 0; start < len(p.Pairings); {
		end := start + 1
		for end < len(p.Pairings) && p.Pairings[end].Need == p.Pairings[start].Need {
			end++
		}
		m.alternatesOf(needs[p.Pairings[start].Need], p.Pairings[start:end], left)
		start = end
	}
}

// alternatesOf gives the pairings of a need their alternates: candidates that
// the plan does not pair with it.
func (m *model) alternatesOf(n *Need, pairings []Pairing, left rooms) {
	used := map[string]bool{}
	for _, one := range pairings {
		used[one.Offer] = true
	}
	var free []Candidate
	for _, c := range n.Candidates {
		if !used[m.Offers[c.Offer].ID] {
			free = append(free, c)
		}
	}
	m.byScore(free)
	for i := range pairings {
		one := &pairings[i]
		for _, whole := range []bool{true, false} {
			for _, c := range free {
				if len(one.Alternates) == Alternates {
					break
				}
				o := &m.Offers[c.Offer]
				room := min(m.vacancy(c.Offer, one.Provider, one.Portions, left), one.Portions)
				if whole == (room == one.Portions) {
					one.Alternates = append(one.Alternates, Alternate{Offer: o.ID, Provider: o.Provider, Score: c.Score,
						Room: min(room*m.portion, one.Amount)})
				}
			}
		}
	}
}

// vacancy is what an offer could still give in the place of so many portions of a
// provider, which gives them back where it is the same.
func (m *model) vacancy(offer int, instead matching.Party, portions int64, left rooms) int64 {
	o := &m.Offers[offer]
	provider := left.provider[o.Provider]
	if o.Provider == instead {
		provider += portions
	}
	return min(left.offer[offer]+left.extra[o.Provider], provider)
}

// rooms works out what the plan leaves.
func (m *model) rooms() rooms {
	r := rooms{offer: make([]int64, len(m.Offers)), provider: map[matching.Party]int64{}, extra: map[matching.Party]int64{}}
	used := make([]int64, len(m.Offers))
	for _, one := range m.pairs {
		used[one.offer] += m.arcs[one.arc].flow
	}
	for i := range m.Offers {
		o := &m.Offers[i]
		supply := m.supplied(o.Supply, m.demand)
		if _, known := r.provider[o.Provider]; !known {
			r.provider[o.Provider] = m.ceiling
			if s := m.supplier[o.Provider]; s != nil {
				r.extra[o.Provider] = s.amount
			}
		}
		r.provider[o.Provider] -= used[i]
		if used[i] > supply {
			r.extra[o.Provider] -= used[i] - supply
		}
		r.offer[i] = max(supply-used[i], 0)
	}
	return r
}
