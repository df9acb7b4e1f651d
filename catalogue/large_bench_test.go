package catalogue

import (
	"fmt"
	"testing"

	"entente/cooperation"
)

// busy is a state of so many needs that are likely to be taken for each other,
// each with a date on which it lapses.
func busy(tb testing.TB, needs int) *State {
	l := newLog(tb)
	var changes []Change
	for i := range needs {
		n := openNeed(i, fmt.Sprintf("Assistance number %d with taxation and illicit trade", i%977))
		n.Problem, n.ValidUntil = prose(i), date("2027-01-01").AddDays(i%300)
		if changes = append(changes, needChange(n)); len(changes) == 500 {
			l.commit(changes...)
			changes = nil
		}
	}
	l.commit(changes...)
	return l.state
}

func BenchmarkOverviewOf10k(b *testing.B) {
	state := filled(b, 10_000)
	for b.Loop() {
		o, _, err := state.Overview(secretariat(), &cooperation.Committee{ID: "all"})
		if err != nil || o.Needs == 0 {
			b.Fatal(err, "or nothing to see")
		}
	}
}

func BenchmarkDuplicatesAmong10k(b *testing.B) {
	state := busy(b, 10_000)
	n, _ := state.Need(openNeed(7, "").ID)
	q := Rivals{Need: n.ID, Beneficiaries: n.Beneficiaries, Kinds: n.KindList(), Themes: n.Themes}
	compared := 0
	for b.Loop() {
		for _, other := range state.RivalNeeds(q) {
			state.Convention().LikeNeed(&n.NeedContent, &other.NeedContent)
			compared++
		}
	}
	b.ReportMetric(float64(compared)/float64(b.N), "compared")
}

func BenchmarkClocksOf10k(b *testing.B) {
	state := busy(b, 10_000)
	k := state.Convention().Timekeeper(state, date("2026-12-02").Time())
	clocks := 0
	for b.Loop() {
		for _, doc := range state.Clocked(cooperation.System("clock")) {
			clocks += len(doc.Clocks(k))
		}
	}
	b.ReportMetric(float64(clocks)/float64(b.N), "clocks")
}
