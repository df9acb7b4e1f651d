package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// planned is a plan as a reader of the description would decode it.
type planned struct {
	Sentences     []string
	Needs, Helped int
	Covered       struct{ Amount, Currency string }
	PairingsTotal int `json:"pairings_total"`
	Pairings      []plannedPairing
	WithoutTotal  int `json:"without_total"`
	Concentration struct {
		Planned, Ranked, Unlifted struct{ Providers struct{ Holders int } }
	}
	Then struct {
		Sentences []string
		Helped    int
		Moved     []struct{ Before, After int64 }
		Gained    []struct{ Title string }
	}
}

type plannedPairing struct {
	Need, Offer struct {
		ID, Title string
		Programme bool
	}
	Share int64
	Score int64
}

func TestAPlanAnswersWhatIfInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.matched()
	var p planned
	i.ask("secretary", "POST", "/api/v1/conventions/fctc/plan", `{}`).is(200).into(&p)
	if p.Needs != 1 || p.Helped != 1 || p.PairingsTotal != 1 || len(p.Pairings) != 1 || p.Pairings[0].Share == 0 || p.Pairings[0].Score == 0 ||
		p.Pairings[0].Offer.Title != "An open offer" || p.Concentration.Planned.Providers.Holders != 1 {
		t.Errorf("%+v", p)
	}
	if len(p.Then.Sentences) != 0 {
		t.Errorf("nothing was asked, and %q would be otherwise", p.Then.Sentences)
	}
	body, err := json.Marshal(map[string]any{"what_if": map[string]any{"changes": []any{map[string]any{"offer": p.Pairings[0].Offer.ID, "out": true}}}})
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string]string{"en": "1 need that gets something now would get nothing.", "fr": "1 besoin qui reçoit quelque chose aujourd’hui ne recevrait rien."} {
		var then planned
		i.ask("secretary", "POST", "/api/v1/conventions/fctc/plan", string(body), "Accept-Language", language).is(200).into(&then)
		if !strings.Contains(strings.Join(then.Then.Sentences, "\n"), want) || then.Then.Helped != 0 || len(then.Then.Moved) != 1 || then.Then.Moved[0].After != 0 {
			t.Errorf("%s: %+v", language, then.Then)
		}
	}
}

func TestAWhatIfThatIsNoneSaysWhichFieldIsWrong(t *testing.T) {
	t.Parallel()
	i := install(t)
	for body, field := range map[string]string{
		`{"what_if":{"changes":[{"need":"nobody's","out":true}]}}`:                                                   "what_if.changes[0].need",
		`{"what_if":{"changes":[{"provider":"NO","amount":{"amount":"1","currency":"EUR"}}]}}`:                       "what_if.changes[0].amount",
		`{"what_if":{"changes":[{"provider":"NO","out":true},{"offer":"x","language":"es","interpretation":true}]}}`: "what_if.changes[1]",
		`{"limit":0}`:             "limit",
		`{"what_if":{"more":1}}`:  "what_if.more",
		`{"limit":1,"list":2001}`: "list",
	} {
		var problem struct{ Fields []struct{ Field string } }
		i.ask("secretary", "POST", "/api/v1/conventions/fctc/plan", body).is(422).into(&problem)
		if len(problem.Fields) != 1 || problem.Fields[0].Field != field {
			t.Errorf("%s: %+v", body, problem.Fields)
		}
	}
}
