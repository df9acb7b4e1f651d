package api_test

import (
	"testing"
	"time"
)

// helpAsked asks for help with a draft, and brings it on through the steps.
func (i *installation) helpAsked(sort string, steps ...string) string {
	i.t.Helper()
	var made struct{ ID string }
	i.ask("focal", "POST", "/api/v1/assessments", `{"need":"`+i.draftNeed()+`","sort":"`+sort+`"}`).is(201).into(&made)
	in := func(days int) string { return i.clock().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
	dates := `{"from":"` + in(0) + `","until":"` + in(0) + `"}`
	for _, step := range steps {
		at := "/api/v1/assessments/" + made.ID + "/" + step
		switch step {
		case "accept":
			i.ask("secretary", "POST", at, nil, "If-Match", "*").is(200)
		case "dates":
			i.ask("secretary", "POST", at, dates, "If-Match", "*").is(200)
			i.ask("focal", "POST", at, dates, "If-Match", "*").is(200)
		case "hold":
			i.ask("focal", "POST", at, `{"until":"`+in(0)+`"}`, "If-Match", "*").is(200)
		case "report":
			i.ask("secretary", "POST", at, `{"text":"Done.","proposed":{"title":"A better title"}}`, "If-Match", "*").is(200)
		}
	}
	return made.ID
}

// The State asks, fills and withdraws; the secretariat, which facilitates under
// this convention, accepts, declines and reports; to others there is nothing.
func (tables) Assessments(i *installation) []right {
	asked := func() string { return i.helpAsked("mission") }
	accepted := func() string { return i.helpAsked("mission", "accept") }
	scheduled := func() string { return i.helpAsked("mission", "accept", "dates") }
	standing, today := asked(), i.clock().UTC().Format(time.DateOnly)
	return []right{
		{op: "listAssessments", query: inFCTC, may: "200 others"},
		{op: "requestAssessment", body: func() any { return map[string]any{"need": i.draftNeed(), "sort": "drafting"} }, may: "201 focal approver, 404 others"},
		{op: "getAssessment", id: standing, may: "200 focal approver reader secretary, 404 others"},
		{op: "getAssessment", what: "absent", id: nobody, may: "404 others"},
		{op: "acceptAssessment", fresh: asked, may: "200 secretary, 403 focal approver, 404 others"},
		{op: "declineAssessment", fresh: asked, body: `{"text":"No means."}`, may: "200 secretary, 403 focal approver, 404 others"},
		{op: "proposeMission", fresh: accepted, body: `{"from":"2099-01-01","until":"2099-01-02"}`, may: "200 focal approver secretary, 404 others"},
		{op: "holdMission", fresh: scheduled, body: `{"until":"` + today + `"}`, may: "200 focal approver secretary, 404 others"},
		{op: "reportAssessment", fresh: func() string { return i.helpAsked("drafting", "accept") }, body: `{"text":"Done."}`, may: "200 secretary, 403 focal approver, 404 others"},
		{op: "fillNeed", fresh: func() string { return i.helpAsked("drafting", "accept", "report") }, body: `{"fields":["title"]}`, may: "200 focal approver, 403 secretary, 404 others"},
		{op: "withdrawAssessment", fresh: asked, may: "200 focal approver, 403 secretary, 404 others"},
	}
}

// From the request to a need that the report has filled.
func TestHelpWithANeedThatSaysTooLittle(t *testing.T) {
	i := install(t)
	id := i.helpAsked("mission", "accept", "dates", "hold", "report")
	at := "/api/v1/assessments/" + id
	var shown struct {
		Need, Title, Status string
		Draft               map[string]any
		Dates               struct{ From string }
		Report              struct {
			Proposed map[string]any
			By       string
		}
		Filled []string
		Labels struct{ Status, Sort string }
	}
	i.ask("secretary", "GET", at, nil, "Accept-Language", "fr").is(200).into(&shown)
	if shown.Labels.Status != "Rapport remis" || shown.Title != "A draft" || shown.Report.Proposed["title"] != "A better title" || shown.Dates.From == "" || shown.Draft["title"] != "A draft" {
		t.Errorf("it is shown as %+v", shown)
	}
	i.ask("secretary", "GET", at, nil, "If-None-Match", `"6"`).is(304)
	i.ask("focal", "POST", at+"/fill", `{"fields":["title"]}`, "If-Match", `"6"`).is(200).into(&shown)
	if d := i.ask("focal", "GET", "/api/v1/needs/"+shown.Need, nil).is(200).document(); d.Title != "A better title" || d.Version != 2 || len(shown.Filled) != 1 {
		t.Errorf("filled, the need is %+v", d)
	}
	var vague struct {
		HelpOffered []string `json:"help_offered"`
	}
	i.ask("focal", "POST", "/api/v1/needs", map[string]any{"convention": "fctc", "beneficiaries": []string{"AO"}, "title": "Help", "themes": []string{}, "kinds": []any{}}).is(201).into(&vague)
	if len(vague.HelpOffered) != 2 {
		t.Errorf("with a need that says nothing is offered %v", vague.HelpOffered)
	}
	var list struct{ Total int }
	i.ask("focal", "GET", "/api/v1/assessments?convention=fctc&need="+shown.Need+"&status=reported", nil).is(200).into(&list)
	if list.Total != 1 {
		t.Errorf("%d are listed", list.Total)
	}
	i.ask("provider", "GET", "/api/v1/assessments?convention=fctc", nil).is(200).into(&list)
	if list.Total != 0 {
		t.Errorf("%d are listed to a provider", list.Total)
	}
}
