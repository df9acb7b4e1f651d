package api_test

import (
	"testing"
	"time"
)

// commitmentAnswer is what tests read of a commitment.
type commitmentAnswer struct {
	ID, Code, Status string
	Overdue          bool
	Bound            int
	Progress         []struct{ Country, Status, By, Note string }
	Standings        []struct {
		Country, Status string
		Overdue         bool
	}
	Retired *struct{ Text, By string }
	Labels  struct {
		Title, Status        string
		Participants, Themes map[string]string
	}
}

func (a *answer) commitment() commitmentAnswer {
	a.t.Helper()
	var c commitmentAnswer
	a.into(&c)
	return c
}

// commitmentsAreKept walks the operations on commitments.
func (i *installation) commitmentsAreKept() {
	i.t.Helper()
	made := i.ask("secretary", "POST", "/api/v1/commitments", commitmentBody("Action 45")).is(201)
	at := made.Header.Get("Location")
	c := i.ask("", "GET", at, nil, "Accept-Language", "fr").is(200).commitment()
	if at != "/api/v1/commitments/"+c.ID || c.Status != "not_started" || !c.Overdue || c.Bound != 2 || len(c.Standings) != 2 || !c.Standings[0].Overdue ||
		c.Labels.Title != "Adopter un plan national" || c.Labels.Status != "En retard" || c.Labels.Participants["NA"] != "Namibie" || c.Labels.Themes["fctc-art14"] == "" {
		i.t.Errorf("at %s, it is %+v", at, c)
	}
	i.ask("secretary", "PUT", at, without(commitmentBody("Action 45"), "convention", "deadline"), "If-Match", `"1"`).is(200)
	i.ask("focal", "POST", at+"/progress", `{"country":"AO","status":"done","date":"2026-01-15","note":"Adopted."}`, "If-Match", `"2"`).is(200)
	c = i.ask("clerk", "POST", at+"/progress", `{"country":"NA","status":"under_way","date":"2026-01-15"}`, "If-Match", `"3"`).is(200).commitment()
	if c.Status != "under_way" || c.Overdue || c.Progress[0].By != "" || c.Progress[1].By == "" || c.Standings[0].Status != "done" {
		i.t.Errorf("reported on, it is %+v", c)
	}
	i.ask("", "GET", at, nil, "If-None-Match", `"4"`).is(304)
	i.commitmentsAreListed(c.ID)
	i.needNames(c)
	c = i.ask("secretary", "POST", at+"/retire", `{"text":"Its plan is over."}`, "If-Match", `"4"`).is(200).commitment()
	if c.Retired == nil || c.Retired.Text != "Its plan is over." || c.Labels.Status != "Retired" {
		i.t.Errorf("retired, it is %+v", c)
	}
	i.ask("focal", "POST", at+"/progress", angolaReports, "If-Match", `"5"`).problem(409, "error.state.refused")
}

func (i *installation) commitmentsAreListed(id string) {
	i.t.Helper()
	for query, want := range map[string]int{"": 1, "&party=AO&status=done": 1, "&party=NA&status=done": 0, "&party=NO": 0, "&status=under_way&status=overdue": 1,
		"&status=overdue": 0, "&theme=fctc-art14": 1, "&deadline_to=2026-01-01": 0, "&deadline_from=2020-01-01": 0, "&retired=true": 1} {
		var list struct {
			Total int
			Items []commitmentAnswer
		}
		i.ask("", "GET", "/api/v1/commitments?"+inFCTC+query, nil).is(200).into(&list)
		if list.Total != want || len(list.Items) != want || want == 1 && list.Items[0].ID != id {
			i.t.Errorf("%q lists %+v", query, list)
		}
	}
	i.ask("", "GET", "/api/v1/commitments?"+inFCTC+"&theme=astronomy", nil).is(400)
	i.ask("", "GET", "/api/v1/commitments?"+inFCTC+"&status=late", nil).is(400)
}

// needNames has needs name the commitment in every way.
func (i *installation) needNames(c commitmentAnswer) {
	i.t.Helper()
	for named, title := range map[string]string{c.ID: "Adopt a national plan", "action 45": "Adopt a national plan", "Words of its own": ""} {
		body := needBody("Help with the plan")
		body["commitment"] = named
		var n struct {
			Commitment string
			Labels     struct{ Commitment string }
		}
		i.ask("focal", "POST", "/api/v1/needs", body).is(201).into(&n)
		if n.Commitment != named || n.Labels.Commitment != title {
			i.t.Errorf("%q is labelled %q", named, n.Labels.Commitment)
		}
	}
	body := needBody("Help with the plan")
	body["commitment"] = "bbbbbbbbbbbbbbbbbbbbbbbbbb"
	p := i.ask("focal", "POST", "/api/v1/needs", body).problem(422, "error.invalid.fields")
	if len(p.Fields) != 1 || p.Fields[0].Field != "commitment" || p.Fields[0].Key != "error.invalid.unknown_commitment" {
		i.t.Errorf("an id of none is refused with %+v", p.Fields)
	}
}

// Binders of parameters take a type of many parts for one that is written in
// parts, and would leave the day out without a word.
func TestADayInAnAddressNarrowsTheListOfNeeds(t *testing.T) {
	i := install(t)
	body := needBody("With a deadline")
	body["deadline"] = "2028-06-01"
	i.ask("focal", "POST", "/api/v1/needs", body).is(201)
	for query, want := range map[string]int{"": 1, "&deadline_from=2028-06-01": 1, "&deadline_from=2028-06-02": 0, "&deadline_to=2028-05-31": 0} {
		var list struct{ Total int }
		if i.ask("focal", "GET", "/api/v1/needs?"+inFCTC+query, nil).is(200).into(&list); list.Total != want {
			t.Errorf("%q lists %d, want %d", query, list.Total, want)
		}
	}
}

// A day passes, and the same version is overdue: it is sent whole.
func TestACommitmentBecomesOverdueWithoutANewVersion(t *testing.T) {
	i := install(t)
	body := commitmentBody("Action 45")
	body["deadline"] = i.clock().UTC().Format(time.DateOnly)
	at := i.ask("secretary", "POST", "/api/v1/commitments", body).is(201).Header.Get("Location")
	if c := i.ask("", "GET", at, nil).is(200).commitment(); c.Overdue {
		t.Error("it is overdue on its last day")
	}
	i.ask("", "GET", at, nil, "If-None-Match", `"1"`).is(304)
	i.late.Add(int64(24 * time.Hour))
	if c := i.ask("", "GET", at, nil, "If-None-Match", `"1"`).is(200).commitment(); !c.Overdue || c.Labels.Status != "Overdue" {
		t.Errorf("the day after, it is %+v", c)
	}
}
