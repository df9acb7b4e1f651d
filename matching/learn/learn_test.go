package learn

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchbench"
	"entente/matching/record"
)

// simulated are choices made by the weights given and chance.
func simulated(seed uint64, n int, weights []float64) []Example {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]Example, n)
	for i := range out {
		x := make([][]float64, len(weights))
		u := make([]float64, 6)
		for k := range x {
			for j := range u {
				v := r.NormFloat64()
				x[k] = append(x[k], v)
				u[j] += weights[k] * v
			}
		}
		best := 0
		for j := range u {
			u[j] -= math.Log(-math.Log(r.Float64()))
			if u[j] > u[best] {
				best = j
			}
		}
		out[i] = Example{X: x, True: []int{best}}
	}
	return out
}

func TestTheWeightsBehindChoicesAreFound(t *testing.T) {
	want := []float64{1.2, -0.7, 0, 0.4}
	l := newLogit(simulated(1, 4000, want), len(want))
	got := l.plain(l.fit(0.01, make([]float64, len(want)), nil, nil))
	for k := range want {
		if math.Abs(got[k]-want[k]) > 0.1 {
			t.Errorf("weight %d is %.3f, not about %.1f", k, got[k], want[k])
		}
	}
	held := l.plain(l.fit(0.01, make([]float64, len(want)), bound{true, true, true, true}, nil))
	if held[1] != 0 || held[0] < 0.5 {
		t.Errorf("where none may be negative they are %v", held)
	}
}

func TestTheSlopeAndCurvatureAreThoseOfTheLikelihood(t *testing.T) {
	l := newLogit(simulated(2, 50, []float64{1, 0.5, -1}), 3)
	l.examples[0].True, l.examples[1].Open = []int{0, 3}, []bool{true, true, true, true, true, true}
	l.examples[2].Worth = []float64{2.5}
	w := []float64{0.3, -0.2, 0.6}
	const h = 1e-5
	at := l.at(w)
	for a := range w {
		up, down := append([]float64(nil), w...), append([]float64(nil), w...)
		up[a], down[a] = w[a]+h, w[a]-h
		high, low := l.at(up), l.at(down)
		if slope := (high.value - low.value) / (2 * h); math.Abs(slope-at.slope[a]) > 1e-4 {
			t.Errorf("slope %d is %v, by difference %v", a, at.slope[a], slope)
		}
		for b := 0; b <= a; b++ {
			if curve := -(high.slope[b] - low.slope[b]) / (2 * h); math.Abs(curve-at.curve[a][b]) > 1e-4 {
				t.Errorf("curvature %d %d is %v, by difference %v", a, b, at.curve[a][b], curve)
			}
		}
	}
}

var inForce = matching.Weights{Version: 3, Theme: 300_000, Kind: 130_000, Language: 170_000, Region: 130_000, Size: 60_000, Time: 60_000, Record: 100_000, Fairness: 50_000}

func TestTheSameRowsInAnyOrderGiveTheSameFile(t *testing.T) {
	rows := matchbench.Past(5, 250)
	var texts []string
	for seed := range uint64(2) {
		rand.New(rand.NewPCG(seed, 9)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		f, err := Train(rows, Options{Weights: inForce})
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := f.Write(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text.String())
	}
	if diff := cmp.Diff(texts[0], texts[1]); diff != "" {
		t.Fatalf("the files differ:\n%s", diff)
	}
	f, err := Read(strings.NewReader(texts[0]))
	if err != nil {
		t.Fatal(err)
	}
	if f.Weights.Language != inForce.Language || f.Weights.Theme != inForce.Theme || f.Weights.Record+f.Weights.Region != inForce.Record+inForce.Region {
		t.Errorf("the weights are %+v: only region and record share anew", f.Weights)
	}
	if f.Fit.Main.LogLikelihood <= f.Fit.Main.Chance || f.LearnedFrom.Until != 2023 || f.LearnedFrom.Rows == 0 {
		t.Errorf("learned from %+v with fit %+v", f.LearnedFrom, f.Fit.Main)
	}
}

func TestAFileWithASlipOfThePenIsRefused(t *testing.T) {
	f, err := Train(nil, Options{Weights: inForce})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := f.Write(&text); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(bytes.NewReader(text.Bytes())); err != nil {
		t.Fatalf("a file just written is refused: %v", err)
	}
	for name, change := range map[string][2]string{
		"another form":            {Format, "entente-weights/9"},
		"a sum that is not one":   {`"theme": 300000`, `"theme": 300001`},
		"an unknown field":        {`"engine"`, `"motor"`},
		"an unknown feature":      {`"share"`, `"colony"`},
		"no object":               {"{", "["},
		"a weight below zero":     {`"fairness": 50000`, `"fairness": -50000`},
		"a span of nothing":       {`"span": 20`, `"span": 0`},
		"a half-life of an aeon ": {`"half_life_years": 4`, `"half_life_years": 4000`},
	} {
		changed := strings.Replace(text.String(), change[0], change[1], 1)
		if changed == text.String() {
			t.Fatalf("%s: nothing to change", name)
		}
		if _, err := Read(strings.NewReader(changed)); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestWithOneYearNothingIsLearnedButThePlainModelStands(t *testing.T) {
	var rows []record.Row
	for _, r := range matchbench.Past(1, 400) {
		r.Year = 2020
		rows = append(rows, r)
	}
	f, err := Train(rows, Options{Weights: inForce})
	if err != nil {
		t.Fatal(err)
	}
	plain := record.Plain()
	if diff := cmp.Diff(plain.Main, f.Record.Main); diff != "" || f.Weights != PartsOf(inForce) || f.Discovery != PartsOf(inForce) {
		t.Errorf("the model is %v, the weights %+v", f.Record.Main, f.Weights)
	}
}

func TestTheModelAloneIsLearnedWhereTheWeightsStand(t *testing.T) {
	f, err := Train(matchbench.Past(2, 200), Options{Weights: inForce, KeepWeights: true})
	if err != nil {
		t.Fatal(err)
	}
	if f.Weights != PartsOf(inForce) || f.Discovery != PartsOf(inForce) || len(f.Record.Main) < 10 {
		t.Errorf("weights %+v, %d features", f.Weights, len(f.Record.Main))
	}
}

// committee chooses by language alone.
func committee(n int) []Choice {
	r := rand.New(rand.NewPCG(4, 4))
	out := make([]Choice, n)
	for i := range out {
		best := 0
		for j := range 5 {
			var values [matching.PartCount]int32
			for k := range values {
				values[k] = int32(r.IntN(int(matching.Whole) + 1))
			}
			values[matching.PartSize] = matching.Neutral
			out[i].Values = append(out[i].Values, values)
			if values[matching.PartLanguage] > out[i].Values[best][matching.PartLanguage] {
				best = j
			}
		}
		out[i].Taken = []int{best}
	}
	return out
}

func TestWhatACommitteeChoosesByCountsMore(t *testing.T) {
	w, learned := Adjust(inForce, committee(60))
	if err := w.Validate(); err != nil {
		t.Fatal(err)
	}
	if learned != 60 || w.Version != inForce.Version || w.Language < 2*inForce.Language || w.Theme >= inForce.Theme {
		t.Errorf("of 60 choices by language %d were used, and the weights are %+v", learned, w)
	}
	if few, learned := Adjust(inForce, committee(10)); learned != 0 || few != inForce {
		t.Errorf("ten choices change the weights to %+v", few)
	}
	all := committee(30)
	for i := range all {
		all[i].Taken = []int{0, 1, 2, 3, 4}
	}
	if same, learned := Adjust(inForce, all); learned != 0 || same != inForce {
		t.Errorf("who takes everything says nothing, but the weights are %+v", same)
	}
}
