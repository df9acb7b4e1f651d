package api_test

import (
	"encoding/json"
	"slices"
	"testing"
)

// activityAnswer is what tests read of an activity.
type activityAnswer struct {
	ID, Status, Title, End string
	CreatedBy              string `json:"created_by"`
	Ended                  *struct{ Text, By string }
	Labels                 struct {
		Status                      string
		Participants, Themes, Kinds map[string]string
	}
}

func (a *answer) activity() activityAnswer {
	a.t.Helper()
	var v activityAnswer
	a.into(&v)
	return v
}

// activitiesRun walks the operations on activities.
func (i *installation) activitiesRun() {
	i.t.Helper()
	planned := activityBody("Courses")
	planned["status"] = "planned"
	made := i.ask("provider", "POST", "/api/v1/activities", planned, "Idempotency-Key", "courses").is(201)
	at := made.Header.Get("Location")
	if a := made.activity(); a.Status != "planned" || at != "/api/v1/activities/"+a.ID || made.Header.Get("ETag") != `"1"` {
		i.t.Errorf("it is at %q: %s", at, made.Body)
	}
	if again := i.ask("provider", "POST", "/api/v1/activities", planned, "Idempotency-Key", "courses").is(201); again.activity().ID != made.activity().ID {
		i.t.Error("the same request makes two activities")
	}
	i.ask("provider", "POST", "/api/v1/activities", activityBody("Other courses"), "Idempotency-Key", "courses").problem(409, "error.conflict.idempotency")
	running := without(activityBody("Courses for inspectors"), "convention")
	running["status"] = "running"
	i.ask("focal", "PUT", at, running, "If-Match", `"2"`).problem(412, "error.conflict.version")
	if a := i.ask("focal", "PUT", at, running, "If-Match", `"1"`).is(200).activity(); a.Status != "running" || a.Title != "Courses for inspectors" {
		i.t.Errorf("replaced, it is %+v", a)
	}
	a := i.ask("", "GET", at, nil, "Accept-Language", "fr").is(200).activity()
	if a.Labels.Status != "En cours" || a.Labels.Participants["NO"] != "Norvège" || a.Labels.Kinds["training"] == "" || a.Labels.Themes["fctc-art8"] == "" || a.CreatedBy != "" {
		i.t.Errorf("the public reads %+v", a)
	}
	i.ask("", "GET", at, nil, "If-None-Match", `"2"`).is(304)
	running["status"] = "completed"
	p := i.ask("focal", "PUT", at, running, "If-Match", `"2"`).problem(422, "error.invalid.fields")
	if !slices.Equal(p.fields(), []string{"status: error.invalid.activity_step"}) {
		i.t.Errorf("a replacement that completes: %v", p.fields())
	}
	a = i.ask("focal", "POST", at+"/complete", `{"text":"All have passed."}`, "If-Match", `"2"`).is(200).activity()
	if a.Status != "completed" || a.End == "" || a.Ended == nil || a.Ended.Text != "All have passed." {
		i.t.Errorf("completed, it is %+v", a)
	}
	if a = i.ask("", "GET", at, nil).is(200).activity(); a.Ended == nil || a.Ended.Text != "" || a.Ended.By != "" {
		i.t.Errorf("the public reads why: %+v", a)
	}
	i.ask("secretary", "POST", at+"/stop", `{"text":"No funds."}`, "If-Match", "*").problem(409, "error.state.refused")
	other := "/api/v1/activities/" + i.activity("Equipment for a laboratory")
	i.ask("provider", "POST", other+"/stop", `{"text":"No funds."}`, "If-Match", `"1"`).is(200)
	i.ask("secretary", "POST", other+"/withdraw", `{"text":"Entered twice."}`, "If-Match", `"2"`).is(200)
	i.ask("", "GET", other, nil).is(404)
	i.ask("provider", "GET", other, nil).is(200)
}

func TestActivitiesAreEnteredChangedAndEnded(t *testing.T) { install(t).activitiesRun() }

// titles lists what a query finds.
func (i *installation) titles(who, query string) []string {
	i.t.Helper()
	var list struct {
		Items []struct{ Title string }
		Total int
	}
	i.ask(who, "GET", "/api/v1/activities?"+inFCTC+query, nil).is(200).into(&list)
	found := []string{}
	for _, a := range list.Items {
		found = append(found, a.Title)
	}
	if len(found) != list.Total {
		i.t.Errorf("%s: %d of %d", query, len(found), list.Total)
	}
	slices.Sort(found)
	return found
}

func TestActivitiesAreFoundByWhatTheyAre(t *testing.T) {
	i := install(t)
	i.activity("Courses for inspectors")
	other := activityBody("Laboratory")
	other["beneficiaries"], other["providers"], other["themes"], other["kinds"], other["end"] = []any{"NA"}, []any{"SE", "NO"}, []any{"fctc-art15"}, []any{"equipment"}, "2026-03-01"
	other["description"] = "Instruments that measure nicotine."
	i.ask("neighbour", "POST", "/api/v1/activities", other).is(201)
	i.withdrawnActivity()
	for query, want := range map[string][]string{
		"":                  {"Courses for inspectors", "Laboratory"},
		"&country=AO":       {"Courses for inspectors"},
		"&country=NO":       {},
		"&provider=SE":      {"Laboratory"},
		"&provider=NO":      {"Courses for inspectors", "Laboratory"},
		"&theme=fctc-art15": {"Laboratory"},
		"&kind=training":    {"Courses for inspectors"},
		"&status=completed": {"Laboratory"},
		"&status=running":   {"Courses for inspectors"},
		"&status=withdrawn": {},
		"&q=nicotine":       {"Laboratory"},
		"&q=namibie":        {"Laboratory"}, // in any of the languages
		"&q=report&sort=relevance&kind=equipment": {"Laboratory"},
	} {
		if got := i.titles("", query); !slices.Equal(got, want) {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
	if got := i.titles("approver", "&status=withdrawn"); !slices.Equal(got, []string{"Entered twice"}) {
		t.Errorf("its own side finds %q", got)
	}
	var page struct {
		Facets map[string][]struct {
			Value, Label string
			Count        int
		}
	}
	i.ask("", "GET", "/api/v1/activities?"+inFCTC+"&facets=true", nil).is(200).into(&page)
	text, err := json.Marshal(page.Facets)
	if err != nil {
		t.Fatal(err)
	}
	if p := page.Facets["provider"]; len(p) != 2 || p[0].Value != "NO" || p[0].Count != 2 || p[0].Label != "Norway" || len(page.Facets["country"]) != 2 ||
		len(page.Facets["status"]) != 2 || page.Facets["status"][0].Label == page.Facets["status"][0].Value || len(page.Facets["kind"]) != 2 {
		t.Errorf("counted by facet: %s", text)
	}
	i.ask("", "GET", "/api/v1/activities?"+inFCTC+"&status=open", nil).problem(400, "error.invalid.fields")
	i.ask("", "GET", "/api/v1/activities?"+inFCTC+"&sort=relevance", nil).problem(400, "error.invalid.fields")
}
