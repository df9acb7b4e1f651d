package api_test

import (
	"testing"
	"time"
)

func TestTheFiguresOfAConventionAreForEverybodyWhatTheyMaySee(t *testing.T) {
	i := install(t)
	need := needBody("A need")
	need["costs"] = []any{map[string]any{"activity": "A workshop", "currency": "USD", "cost": "1500.50", "national": "500.50", "sought": "1000"}}
	id := i.openNeed("A need").ID
	i.ask("approver", "PUT", "/api/v1/needs/"+id, without(need, "convention"), "If-Match", "*").is(200)
	offer := offerBody("An offer")
	offer["ceiling"] = map[string]any{"amount": "300", "currency": "EUR"}
	i.opened(offer)
	i.draftNeed()
	i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
	type figures struct {
		Total int
		By    map[string][]struct {
			Value, Label string
			Count        int
		}
		Money []struct {
			Currency, Sought, Agreed, Offered, Pledged string
			Postings                                   int
		}
		Days []struct {
			Step          string
			Count, Median int
		}
	}
	type steps struct {
		Proposed int
		Rounded  bool
	}
	type statistics struct {
		Year          int
		Needs, Offers figures
		Steps         steps
		StepDays      []struct {
			Step          string
			Count, Median int
		} `json:"step_days"`
		Series []struct {
			Year, Needs, Offers int
			Steps               steps
		}
	}
	read := func(who, query string) (s statistics) {
		t.Helper()
		i.ask(who, "GET", "/api/v1/statistics?convention=fctc"+query, nil).is(200).into(&s)
		return s
	}
	public := read("", "")
	if public.Needs.Total != 1 || public.Needs.Money[0].Sought != "1000.00" || public.Needs.Money[0].Agreed != "0.00" || public.Offers.Total != 1 || len(public.Offers.Money) != 0 {
		t.Errorf("the public reads %+v", public)
	}
	if theme := public.Needs.By["theme"]; len(theme) == 0 || theme[0].Count != 1 || theme[0].Label == "" {
		t.Errorf("by theme there are %+v", theme)
	}
	if public.Needs.Days[0].Step != "draft_to_open" || public.Needs.Days[0].Count != 1 {
		t.Errorf("the days are %+v", public.Needs.Days)
	}
	if public.Steps != (steps{0, true}) || read("secretary", "").Steps != (steps{1, false}) {
		t.Errorf("proposals are told as %+v", public.Steps)
	}
	if d := public.StepDays; len(d) != 3 || d[0].Step != "proposed_to_introduced" || d[1].Step != "introduced_to_agreed" {
		t.Errorf("from step to step it is told as %+v", d)
	}
	var of struct{ Steps steps }
	i.ask("secretary", "GET", "/api/v1/committees/bureau/overview?convention=fctc", nil).is(200).into(&of)
	if of.Steps != (steps{1, false}) {
		t.Errorf("the body's own figures are %+v", of.Steps)
	}
	if own := read("focal", ""); own.Offers.Money[0].Offered != "300.00" || own.Offers.Money[0].Currency != "EUR" {
		t.Errorf("a Party reads %+v", own.Offers.Money)
	}
	this := time.Now().UTC().Year()
	if len(public.Series) != 1 || public.Series[0].Year != this || public.Series[0].Needs != 1 {
		t.Errorf("the years are %+v", public.Series)
	}
	if before := read("", "&year=1999"); before.Year != 1999 || before.Needs.Total != 0 || len(before.Series) != 1 {
		t.Errorf("in 1999 there was %+v", before)
	}
	i.ask("", "GET", "/api/v1/statistics?convention=fctc&year=20", nil).is(400)
	i.ask("", "GET", "/api/v1/statistics", nil).is(400)
}
