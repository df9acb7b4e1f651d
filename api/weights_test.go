package api_test

import (
	"slices"
	"strings"
	"testing"
)

// adopted is what tests read of weights.
type adopted struct {
	Version                 uint64
	Weights, Discovery      map[string]int64
	Record                  map[string]any
	Fit                     map[string]any
	Reason, As, By, Adopted string
}

func TestWeightsAreAdoptedReadAndTriedOverHTTP(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.openNeed("A need")
	i.openOffer("An offer")
	const at = "/api/v1/conventions/fctc/weights"
	var read struct {
		Current adopted
		Body    string
		History []adopted
		Total   int
	}
	first := i.ask("", "GET", at, nil).is(200)
	first.into(&read)
	if first.Header.Get("ETag") != `"1"` || read.Body != "bureau" || read.Total != 0 || read.Current.Reason != "" || read.Current.Weights["record"] == 0 {
		t.Errorf("the profile's are %+v", read)
	}
	version := read.Current.Weights["version"]
	i.ask("secretary", "POST", at, adoptedWeights, "If-Match", "").problem(428, "error.precondition_required.if_match")
	i.ask("secretary", "POST", at, adoptedWeights, "If-Match", `"2"`).problem(412, "error.conflict.version")
	learned := strings.Replace(adoptedWeights, `"reason"`, `"format":"entente-weights/1","engine":"2","learned_from":{"rows":12},"fit":{"main":{"choices":3}},"record":{"half_life_years":4,"span":10,"main":{"share":1},"discovery":{"share":1}},"reason"`, 1)
	var w adopted
	i.ask("secretary", "POST", at, learned, "If-Match", `"1"`).is(200).into(&w)
	if w.Version != 2 || w.Weights["version"] != version+1 || w.As != "secretariat" || w.By == "" || w.Fit["main"] == nil || w.Record["span"] != 10.0 {
		t.Errorf("adopted %+v", w)
	}
	i.ask("", "GET", at, nil, "If-None-Match", `"2"`).is(304)
	i.ask("", "GET", at, nil).is(200).into(&read)
	if len(read.History) != 1 || read.History[0].Reason != "Decided by the Bureau." || read.History[0].By != "" || read.Current.Version != 2 {
		t.Errorf("the public reads %+v", read)
	}
	p := i.ask("secretary", "POST", at, strings.Replace(adoptedWeights, "300000", "299999", 1), "If-Match", `"2"`).problem(422, "error.invalid.fields")
	if !slices.Equal(p.fields(), []string{"weights: error.invalid.shares"}) {
		t.Errorf("a sum that is none: %v", p.fields())
	}
	p = i.ask("secretary", "POST", at, strings.Replace(learned, `"share":1},"discovery"`, `"charm":1},"discovery"`, 1), "If-Match", `"2"`).problem(422, "error.invalid.fields")
	if !slices.Equal(p.fields(), []string{"record: error.invalid.model"}) {
		t.Errorf("a model that is none: %v", p.fields())
	}
	var effect struct {
		Needs, Matched, Changed int
		Moved                   []struct{ Need struct{ Title string } }
		Before, After           struct{ Providers, TopFive int }
	}
	i.ask("secretary", "POST", at+"/preview?limit=5", triedWeights).is(200).into(&effect)
	if effect.Needs != 1 || effect.Matched != 1 || effect.Changed != 0 || effect.Before.Providers != 1 {
		t.Errorf("the effect is %+v", effect)
	}
	i.ask("secretary", "POST", "/api/v1/conventions/atlantis/weights/preview", triedWeights).problem(404, "error.not_found.convention")
}
