package api_test

import (
	"strings"
	"testing"
)

func TestOffersOfFinanceArePlannedForTheProgrammeAsForNeeds(t *testing.T) {
	t.Parallel()
	i := install(t)
	id := i.line()
	var none planned
	i.ask("secretary", "POST", "/api/v1/conventions/fctc/plan", `{}`).is(200).into(&none)
	if none.Needs != 0 || none.WithoutTotal != 1 {
		t.Errorf("without an offer: %+v", none)
	}
	offer := offerBody("Money for anybody's programme")
	offer["kinds"], offer["capacity"] = []any{map[string]any{"kind": "finance"}}, map[string]any{"unit": "amount"}
	offer["ceiling"] = map[string]any{"amount": "400", "currency": "USD"}
	i.opened(offer)
	var p planned
	i.ask("secretary", "POST", "/api/v1/conventions/fctc/plan", `{}`).is(200).into(&p)
	if p.Helped != 1 || len(p.Pairings) != 1 || p.Pairings[0].Need.ID != id || p.Pairings[0].Need.Title != "Develop tools" || !p.Pairings[0].Need.Programme ||
		p.Pairings[0].Share != 400_000 || p.Covered.Amount != "400.00" {
		t.Errorf("with an offer: %+v", p)
	}
	var m struct {
		Activity struct{ Title string }
		Matches  []struct {
			Score int64
			Parts []struct {
				Points   int64
				Sentence string
			}
		}
	}
	i.ask("member", "GET", "/api/v1/programme-activities/"+id+"/matches", nil).is(200).into(&m)
	if len(m.Matches) != 1 || m.Activity.Title != "Develop tools" {
		t.Fatalf("%+v", m)
	}
	sum := int64(0)
	for _, part := range m.Matches[0].Parts {
		sum += part.Points
		if part.Sentence == "" || strings.Contains(part.Sentence, "()") {
			t.Errorf("a part is explained by %q", part.Sentence)
		}
	}
	if sum != m.Matches[0].Score {
		t.Errorf("the parts add up to %d, the score is %d", sum, m.Matches[0].Score)
	}
	i.ask("secretary", "POST", "/api/v1/programme-activities/"+id+"/fund", nil, "If-Match", `"1"`).is(200)
	i.ask("secretary", "POST", "/api/v1/conventions/fctc/plan", `{}`).is(200).into(&p)
	if p.Helped != 0 || p.Needs != 0 {
		t.Errorf("once it is funded: %+v", p)
	}
}
