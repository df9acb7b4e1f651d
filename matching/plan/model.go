package plan

import (
	"cmp"
	"slices"

	"entente/matching"
)

// How much lies between what comes first and what comes after: the shifts of
// the costs. A circle has fewer than 2^17 pairings and passes two needs on
// their way to the root, so that nothing after ever outweighs what is before.
const (
	scoreShift = 18  // above the pairings that are kept
	floorShift = 84  // above scores of at most 27+scoreBits bits on 2^17 pairings
	firstShift = 108 // above floors of floorBits bits
	scoreBits  = 20  // binary digits of the score of a portion behind the point
	floorBits  = 20  // binary digits of the floor of a portion
)

// model is a problem as a network.
type model struct {
	*Problem
	measure
	simplex
	needs    []int // places of the needs with a candidate, by id
	offers   []int // places of the offers, by id
	rank     []int // of an offer, its place in offers
	ceiling  int64 // portions that a provider may give
	demand   int64 // portions of all needs
	node     []int32
	pairs    []pair
	supplier map[matching.Party]*supplier
}

// supplier is a provider in the network.
type supplier struct {
	node, extra int32 // extra is none where it has no extra amount
	amount      int64 // the extra amount, in portions
}

// pair is an arc from an offer to a need.
type pair struct {
	arc         int32
	need, offer int
	score       matching.Score
}

// newModel makes the network of a problem, with a tree in which something can
// flow from every node to the root: needs hang under the root, offers under a
// need, and providers under an offer.
func newModel(p *Problem) *model {
	m := &model{Problem: p, measure: measureOf(p), supplier: map[matching.Party]*supplier{}}
	m.network, m.tree = new(network), new(tree)
	m.order()
	m.grow() // the root
	if m.ceiling > 0 {
		m.supplies()
		m.demands()
	}
	m.rouse()
	for v := m.first[0]; v != none; v = m.next[v] {
		m.settle(m.network, v)
	}
	return m
}

// early is how many pairings of a need are awake from the beginning, the best
// ones. How good the plan is does not depend on it; the time that it takes
// does, and which of equally good plans is found.
const early = 6

// rouse wakes the arcs that the simplex is to look at first: all but those of
// the pairings that are not among the best of their need, or that hold the tree
// together.
func (m *model) rouse() {
	rest := make([]bool, len(m.arcs))
	need, count := -1, 0
	for _, one := range m.pairs {
		if one.need != need {
			need, count = one.need, 0
		}
		if count++; count > early && m.arcs[one.arc].state == empty {
			rest[one.arc] = true
		}
	}
	for i := range int32(len(m.arcs)) {
		if rest[i] {
			m.asleep = append(m.asleep, i)
		} else {
			m.awake = append(m.awake, i)
		}
	}
}

// order puts needs and offers in the order of their ids, and adds up what is
// asked for.
func (m *model) order() {
	for i := range m.Needs {
		if n := &m.Needs[i]; len(n.Candidates) > 0 {
			m.needs = append(m.needs, i)
			m.demand += m.demanded(n)
		}
	}
	slices.SortFunc(m.needs, func(a, b int) int { return cmp.Compare(m.Needs[a].ID, m.Needs[b].ID) })
	m.offers = make([]int, len(m.Offers))
	for i := range m.offers {
		m.offers[i] = i
	}
	slices.SortFunc(m.offers, func(a, b int) int { return cmp.Compare(m.Offers[a].ID, m.Offers[b].ID) })
	m.rank = make([]int, len(m.offers))
	for r, i := range m.offers {
		m.rank[i] = r
	}
	if m.ceiling = m.demand; m.Limit > 0 {
		m.ceiling = scaled(m.demand, m.Limit, Whole)
	}
}

// supplies makes the nodes of the offers that can give something to somebody,
// of their providers, and the arcs from the root to them.
func (m *model) supplies() {
	wanted := make([]bool, len(m.Offers))
	for _, i := range m.needs {
		for _, c := range m.Needs[i].Candidates {
			wanted[c.Offer] = true
		}
	}
	extras := map[matching.Party]int64{}
	for _, e := range m.Extras {
		extras[e.Provider] = min(extras[e.Provider]+min(e.Amount/m.portion, m.demand), m.demand)
	}
	m.node = make([]int32, len(m.Offers))
	for _, i := range m.offers {
		m.node[i] = none
		o := &m.Offers[i]
		supply, extra := m.supplied(o.Supply, m.demand), extras[o.Provider]
		if !wanted[i] || supply+extra == 0 {
			continue
		}
		from := m.provider(o.Provider, extra)
		m.node[i] = m.grow()
		if from.extra != none {
			m.hangOnce(from.extra, m.add(from.extra, m.node[i], extra, wide{}))
		}
		if supply > 0 {
			m.hangOnce(from.node, m.add(from.node, m.node[i], supply, wide{}))
		}
	}
}

// provider returns the node of a provider, making it when it is new.
func (m *model) provider(party matching.Party, extra int64) *supplier {
	if s, known := m.supplier[party]; known {
		return s
	}
	s := &supplier{node: m.grow(), extra: none, amount: extra}
	m.add(0, s.node, m.ceiling, wide{})
	if extra > 0 {
		s.extra = m.grow()
		m.hangOnce(s.node, m.add(s.node, s.extra, extra, wide{}))
	}
	m.supplier[party] = s
	return s
}

// demands makes the nodes of the needs that somebody can give something, and
// the arcs from offers to them and from them to the root.
func (m *model) demands() {
	kept := m.kept()
	for _, i := range m.needs {
		n := &m.Needs[i]
		candidates := m.usable(n)
		if len(candidates) == 0 {
			continue
		}
		demand, node := m.demanded(n), m.grow()
		m.floors(node, demand)
		for _, c := range candidates {
			value := wideOf(int64(c.Score)<<scoreBits/demand, scoreShift)
			if keep := min(kept[[2]string{n.ID, m.Offers[c.Offer].ID}], demand); keep > 0 {
				m.pair(i, c, node, keep, value.plus(wideOf(1, 0)))
			}
			m.pair(i, c, node, demand, value)
		}
	}
}

// usable returns the candidates of a need that can give something, by score,
// then by id.
func (m *model) usable(n *Need) []Candidate {
	list := slices.DeleteFunc(slices.Clone(n.Candidates), func(c Candidate) bool { return m.node[c.Offer] == none })
	m.byScore(list)
	return list
}

// byScore puts candidates in the order of their scores, then of their ids.
func (m *model) byScore(list []Candidate) {
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(m.rank[a.Offer], m.rank[b.Offer]))
	})
}

// pair adds the arc of a pairing that is worth something.
func (m *model) pair(need int, c Candidate, to int32, capacity int64, value wide) {
	by := m.add(m.node[c.Offer], to, capacity, value.negated())
	m.hangOnce(m.node[c.Offer], by)
	m.pairs = append(m.pairs, pair{arc: by, need: need, offer: c.Offer, score: c.Score})
}

// floors makes the arcs from a need to the root: the first portion of all, the
// rest of the floor, and what is above it.
func (m *model) floors(node int32, demand int64) {
	floor := m.floor(demand)
	each := wideOf(1<<floorBits/floor, floorShift)
	m.hangOnce(node, m.add(node, 0, 1, each.plus(wideOf(1, firstShift)).negated()))
	if floor > 1 {
		m.add(node, 0, floor-1, each.negated())
	}
	if demand > floor {
		m.add(node, 0, demand-floor, wide{})
	}
}

// floor is how many portions of a need are its floor.
func (m *model) floor(demand int64) int64 {
	share := m.Floor
	if share == 0 {
		share = DefaultFloor
	}
	return max(1, ceil(demand*share, Whole))
}

// kept is what the plan to be kept gives, in portions, by need and offer.
func (m *model) kept() map[[2]string]int64 {
	kept := map[[2]string]int64{}
	for _, k := range m.Keep {
		kept[[2]string{k.Need, k.Offer}] = ceil(k.Amount, m.portion)
	}
	return kept
}

// grow makes a node that does not hang yet.
func (m *model) grow() int32 {
	m.tree.grow()
	return m.network.grow()
}

// hangOnce hangs a node by an arc that leads from it, unless it hangs already.
func (m *model) hangOnce(v, by int32) {
	if m.parent[v] == none {
		m.arcs[by].state = inTree
		m.hang(m.network, v, m.arcs[by].to, by)
	}
}
