package plan

import (
	"testing"

	"entente/matching"
	"entente/matching/matchbench"
)

func TestTheFlowOfALargeProblemProvesItselfBest(t *testing.T) {
	needs, offers := matchbench.Generate(3, 600, 600)
	s, err := matchbench.Setting()
	if err != nil {
		t.Fatal(err)
	}
	in, err := NewInputs(t.Context(), matching.NewIndex(matchbench.Now, s, needs, offers), needs, offers)
	if err != nil {
		t.Fatal(err)
	}
	for _, limit := range []int64{0, 20_000} {
		p := in.Problem()
		p.Limit = limit
		m := newModel(p)
		if err := m.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		proveBest(t, m)
	}
}

// proveBest checks the conditions of complementary slackness: what flows is
// conserved and within bounds, and prices exist by which no arc could gain.
func proveBest(t *testing.T, m *model) {
	t.Helper()
	balance, moving := make([]int64, m.nodes), 0
	for i := range m.arcs {
		a := &m.arcs[i]
		balance[a.from] -= a.flow
		balance[a.to] += a.flow
		if a.flow < 0 || a.flow > a.capacity {
			t.Fatalf("%d portions flow over an arc for %d", a.flow, a.capacity)
		}
		cost := m.reduced(a)
		switch {
		case a.flow < a.capacity && cost.negative():
			t.Fatalf("an arc that gains has room: %v", cost.number())
		case a.flow > 0 && cost.negated().negative():
			t.Fatalf("an arc that loses is used: %v", cost.number())
		}
		if a.flow > 0 {
			moving++
		}
	}
	for v, b := range balance {
		if b != 0 {
			t.Fatalf("at node %d %d portions are lost or won", v, b)
		}
	}
	if moving < 500 {
		t.Fatalf("only %d arcs are used: the problem proves too little", moving)
	}
}
