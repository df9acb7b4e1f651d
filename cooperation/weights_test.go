package cooperation_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
)

// weighed is the pilot with weights, which its review body may change; Kenya
// presides over it.
func weighed() *cooperation.Convention {
	c := pilot()
	c.Weights = even(3)
	c.WeightsBody = "review"
	c.Committees = []cooperation.Committee{{ID: "review", Kind: cooperation.StandingCommittee, Chairs: []cooperation.Presidency{{Country: land("KE"), From: day("2026-01-01"), Until: day("2026-12-31")}}}}
	return c
}

// even are weights that are all alike.
func even(version int) cooperation.Weights {
	return cooperation.Weights{Version: version, Theme: 125_000, Kind: 125_000, Language: 125_000, Region: 125_000, Size: 125_000, Time: 125_000, Record: 125_000, Fairness: 125_000}
}

func TestWeightsAreAdoptedByTheChairOfTheDayAndTheSecretariat(t *testing.T) {
	for _, h := range holders() {
		as, may := cooperation.MayAdoptWeights(h.actor(), weighed(), cooperation.DateOf(noon))
		chair := h.inOffice() && h.role == cooperation.CommitteeMember && h.participant == "KE"
		secretariat := h.inOffice() && h.role == cooperation.Secretariat
		if may != (chair || secretariat) || chair && as != cooperation.AsChair || secretariat && as != cooperation.AsSecretariat {
			t.Errorf("%+v may: %v as %q", h, may, as)
		}
		if _, may := cooperation.MayAdoptWeights(h.actor(), weighed(), day("2027-01-01")); may && !secretariat {
			t.Errorf("%+v may when it presides no more", h)
		}
	}
	if as, may := cooperation.MayAdoptWeights(cooperation.System("operator"), weighed(), cooperation.DateOf(noon)); !may || as != cooperation.AsOperator {
		t.Errorf("the operator may: %v as %q", may, as)
	}
}

func TestEveryAdoptionRaisesTheNumberOfTheWeights(t *testing.T) {
	w := cooperation.ProfileWeights(weighed())
	if w.Version != 1 || w.Weights.Version != 3 || w.ID != cooperation.WeightsID(pilotID) {
		t.Errorf("the profile's are %+v", w)
	}
	other := even(99)
	other.Theme, other.Record = 0, 250_000
	file := cooperation.WeightsFile{Format: cooperation.WeightsFormat, Weights: other, Discovery: &other, Lift: &cooperation.Lift{Theme: 1_000_000}, LearnedFrom: json.RawMessage(`{"rows":12}`)}
	if err := w.Adopt(weighed(), file, " Decided today. ", keeper, noon); err != nil {
		t.Fatal(err)
	}
	if w.Version != 2 || w.Weights.Version != 4 || w.Discovery.Version != 4 || w.Reason != "Decided today." || w.By != "keeper" || w.As != cooperation.AsSecretariat || !w.Time.Equal(noon) {
		t.Errorf("adopted %+v", w)
	}
	if err := w.Adopt(weighed(), cooperation.WeightsFile{Weights: even(0)}, "Back.", keeper, noon); err != nil || w.Version != 3 || w.Weights.Version != 5 || w.Discovery != nil || w.Lift != nil || w.LearnedFrom != nil {
		t.Errorf("adopted again %+v, %v", w, err)
	}
	wantCode(t, w.Adopt(weighed(), file, "Mine.", cooperation.Actor{}, noon), cooperation.Forbidden)
	if shown := w.Shown(cooperation.Actor{}, weighed()); shown.By != "" || shown.Reason != "Back." || w.Shown(keeper, weighed()).By != "keeper" {
		t.Errorf("the public sees %+v", shown)
	}
}

func TestWeightsThatAreNoneAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(*cooperation.WeightsFile)
		reason     string
		field, key string
	}{
		"a sum too small":       {func(f *cooperation.WeightsFile) { f.Weights.Theme-- }, "x", "weights", "error.invalid.shares"},
		"a negative share":      {func(f *cooperation.WeightsFile) { f.Weights.Theme, f.Weights.Kind = -1, 250_001 }, "x", "weights", "error.invalid.share"},
		"a discovery of none":   {func(f *cooperation.WeightsFile) { f.Discovery = &cooperation.Weights{} }, "x", "discovery", "error.invalid.shares"},
		"a lift that overflows": {func(f *cooperation.WeightsFile) { f.Lift = &cooperation.Lift{Theme: 1_000_000, Provider: 1} }, "x", "lift", "error.invalid.shares"},
		"another form":          {func(f *cooperation.WeightsFile) { f.Format = "weights/2" }, "x", "format", "error.invalid.not_one_of"},
		"an endless engine":     {func(f *cooperation.WeightsFile) { f.Engine = strings.Repeat("1", 41) }, "x", "engine", "error.invalid.too_long"},
		"an endless fit":        {func(f *cooperation.WeightsFile) { f.Fit = json.RawMessage(`"` + strings.Repeat("x", 20_000) + `"`) }, "x", "fit", "error.invalid.too_long"},
		"no reason":             {func(*cooperation.WeightsFile) {}, " ", "reason", "error.invalid.required"},
		"an endless reason":     {func(*cooperation.WeightsFile) {}, strings.Repeat("x", 2001), "reason", "error.invalid.too_long"},
	} {
		file := cooperation.WeightsFile{Weights: even(1)}
		c.change(&file)
		w := cooperation.ProfileWeights(weighed())
		err := w.Adopt(weighed(), file, c.reason, keeper, noon)
		if wantField(t, err, c.field, c.key); w.Version != 1 || !slices.Equal([]int64{w.Weights.Sum()}, []int64{1_000_000}) {
			t.Errorf("%s: adopted %+v", name, w)
		}
	}
}
