package backtest

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"strconv"
	"testing"

	"entente/reference"
)

// shared reads a set of real rows, which stand outside the project.
func shared(t *testing.T, name string) []Row {
	t.Helper()
	f, err := os.Open("../../../shared/data/backtest/" + name)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the shared data are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	code := func(s string) string {
		if c, ok := reference.CountryByAlpha3(s); ok {
			return c.Alpha2()
		}
		return s
	}
	var rows []Row
	for _, r := range cells[1:] {
		year, err := strconv.Atoi(r[0])
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, Row{year, code(r[1]), r[2], code(r[3])})
	}
	return rows
}

// figure compares to three digits.
func figure(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.0006 {
		t.Errorf("%s is %.4f, not %.3f", what, got, want)
	}
}

// The figures of README.md beside the data.
func TestTheRankingsThatAnybodyCouldMakeHaveTheirKnownFigures(t *testing.T) {
	for _, c := range []struct {
		file                                 string
		until, from, to, pairs, fresh, known int
		want                                 map[string][7]float64 // r1 r5 r10 mrr new5 new10 macro
		discovery                            map[string][4]float64
	}{
		{"statistics.csv", 2016, 2017, 2019, 1122, 372, 31, map[string][7]float64{
			"popularity": {.226, .497, .640, .363, .223, .320, .234}, "popularity_there": {.286, .580, .765, .436, .250, .430, .464},
			"incumbent": {.313, .642, .790, .471, .108, .368, .615},
		}, map[string][4]float64{"popularity": {.126, .360, .815, .267}, "popularity_there": {.156, .438, .777, .313}}},
		{"humanitarian.csv", 2002, 2003, 2003, 2031, 416, 100, map[string][7]float64{
			"popularity": {.284, .674, .852, .452, .363, .5625, .330}, "popularity_there": {.312, .690, .859, .482, .370, .579, .395},
			"incumbent": {.316, .697, .861, .487, .3005, .505, .407},
		}, map[string][4]float64{"popularity": {.2115, .507, .714, .361}, "popularity_there": {.192, .512, .743, .354}}},
	} {
		rows := sorted(shared(t, c.file))
		train, test := between(rows, 0, c.until), between(rows, c.from, c.to)
		providers, _, seen := namesOf(train, rows)
		if len(test) != c.pairs || len(providers) != c.known {
			t.Errorf("%s: %d pairs, %d candidates", c.file, len(test), len(providers))
		}
		needs := needsOf(test)
		for _, r := range baselines(train, providers) {
			list := outcomes(r, needs, seen)
			m, want := measure(list), c.want[r.name()]
			for i, got := range []float64{m.R1, m.R5, m.R10, m.MRR, m.NewR5, m.NewR10, m.MacroR5} {
				figure(t, c.file+" "+r.name()+" figure "+strconv.Itoa(i), got, want[i])
			}
			if want, known := c.discovery[r.name()]; known {
				d := discovery(list)
				for i, got := range []float64{d.R1, d.R5, d.R10, d.MRR} {
					figure(t, c.file+" discovery "+r.name()+" figure "+strconv.Itoa(i), got, want[i])
				}
				if d.Pairs != c.fresh {
					t.Errorf("%s: %d new pairs", c.file, d.Pairs)
				}
			}
		}
	}
}

// A conditional logit by plain gradient steps has MRR .476, R@5 .648, macro .624
// in the main list and R@5 .462 in that of discoveries.
func TestTheEngineIsAheadOfAPlainLogitOnRealYears(t *testing.T) {
	r, err := Run(t.Context(), shared(t, "statistics.csv"), Options{TrainUntil: 2016, From: 2017, To: 2019, Samples: 40})
	if err != nil {
		t.Fatal(err)
	}
	m, d := r.Rankers["entente"].(Metrics), r.Rankers["discovery"].(DiscoveryMetrics)
	if m.MRR <= .476 || m.R5 <= .648 || m.MacroR5 <= .624 || d.R5 <= .462 {
		t.Errorf("%+v, discovery %+v", m, d)
	}
	if r.Pairs != 1122 || r.NewPairs != 372 || d.Pairs != 372 || r.Candidates != 31 {
		t.Errorf("%d pairs, %d new ones, %d candidates", r.Pairs, r.NewPairs, r.Candidates)
	}
	difference := r.Differences["popularity"]["mrr"]
	if difference.Low <= 0 || difference.Low > difference.Value || difference.High < difference.Value {
		t.Errorf("ahead of popularity by %+v", difference)
	}
}

func TestWithOneYearTheEngineIsNotBehindPopularity(t *testing.T) {
	for _, c := range []struct {
		file           string
		only, from, to int
	}{{"statistics.csv", 2010, 2011, 2013}, {"humanitarian.csv", 2000, 2001, 2001}} {
		rows := between(sorted(shared(t, c.file)), c.only, c.to)
		r, err := Run(t.Context(), rows, Options{TrainUntil: c.only, From: c.from, To: c.to, Samples: 100})
		if err != nil {
			t.Fatal(err)
		}
		if d := r.Differences["popularity"]["mrr"]; d.High < 0 {
			t.Errorf("%s: behind popularity by %+v", c.file, d)
		}
	}
}

func TestRanksAreCountedWithoutTheOthersThatCameTrue(t *testing.T) {
	rows := []Row{
		{2000, "KE", "law", "NO"}, {2000, "UG", "law", "NO"}, {2000, "UG", "law", "SE"}, {2000, "VN", "law", "JP"},
		{2001, "KE", "law", "SE"}, {2001, "KE", "law", "JP"}, {2001, "KE", "law", "a newcomer"},
	}
	train, test := between(rows, 0, 2000), between(rows, 2001, 2001)
	providers, _, seen := namesOf(train, rows)
	list := outcomes(baselines(train, providers)[0], needsOf(test), seen)
	// By popularity: NO (2), then JP and SE by their names.
	want := map[string][2]float64{"SE": {2, 1}, "JP": {2, 1}, "a newcomer": {math.Inf(1), math.Inf(1)}}
	if len(list) != len(want) {
		t.Fatalf("%d outcomes", len(list))
	}
	for _, o := range list {
		if w := want[o.provider]; o.rank != w[0] || o.discovered != w[1] || !o.fresh {
			t.Errorf("%s has rank %v and %v, not %v", o.provider, o.rank, o.discovered, w)
		}
	}
	if m := measure(list); math.Abs(m.MRR-(0.5+0.5)/3) > 1e-9 || m.R1 != 0 || math.Abs(m.R5-2.0/3) > 1e-9 || m.MacroR5 != 0 {
		t.Errorf("%+v", m)
	}
	if d := discovery(list); math.Abs(d.R1-2.0/3) > 1e-9 || d.Pairs != 3 {
		t.Errorf("%+v", d)
	}
}

func TestABacktestNeedsYearsOnBothSides(t *testing.T) {
	rows := []Row{{2000, "KE", "law", "NO"}}
	if _, err := Run(t.Context(), rows, Options{TrainUntil: 1999, From: 2000, To: 2000}); !errors.Is(err, ErrNothingKnown) {
		t.Errorf("without training: %v", err)
	}
	if _, err := Run(t.Context(), rows, Options{TrainUntil: 2000, From: 2001, To: 2001}); !errors.Is(err, ErrNothingAsked) {
		t.Errorf("without a test: %v", err)
	}
}
