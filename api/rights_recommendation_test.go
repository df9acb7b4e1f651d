package api_test

import (
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

const conclusions = `{"convention":"apmbc","output":"conclusions_and_recommendations","bodies":["enhancement"],"title":{"en":"Cooperation"},"text":{"en":"Cooperate more."}}`

// textDrafted drafts conclusions of the committee of another convention.
func (i *installation) textDrafted() string {
	i.t.Helper()
	i.made++
	var made struct{ ID string }
	i.ask("foreigner", "POST", "/api/v1/recommendations", strings.Replace(conclusions, "more", strings.Repeat("more and ", i.made), 1)).is(201).into(&made)
	return made.ID
}

// textTabled drafts some and tables them.
func (i *installation) textTabled() string {
	i.t.Helper()
	id := i.textDrafted()
	i.ask("foreigner", "POST", "/api/v1/recommendations/"+id+"/table", nil, "If-Match", "*").is(200)
	return id
}

// textObjected are tabled ones to which Angola objects.
func (i *installation) textObjected() string {
	i.t.Helper()
	id := i.textTabled()
	i.ask("abroad", "POST", "/api/v1/recommendations/"+id+"/object", `{"country":"AO","text":"Too far."}`, "If-Match", "*").is(200)
	return id
}

// Those who act for a body conduct its texts; those who take part in the
// decision object; what is adopted is open.
func (tables) Recommendations(i *installation) []right {
	term := `{"country":"AO","from":"` + i.clock().AddDate(0, -6, 0).Format(time.DateOnly) + `","until":"` + i.clock().AddDate(0, 6, 0).Format(time.DateOnly) + `","as":["affected"]}`
	i.ask("foreigner", "POST", "/api/v1/committees/enhancement/terms?convention=apmbc", term, "If-Match", "*").is(200)
	draft, tabled, objected := i.textDrafted(), i.textTabled(), i.textObjected()
	content, adopt := `{"title":{"en":"Cooperation"},"text":{"en":"Cooperate."}}`, `{"body":"enhancement","date":"2026-01-15"}`
	return []right{
		{op: "getOverview", id: "bureau", query: inFCTC, may: "200 others"},
		{op: "getOverview", what: "absent", id: nobody, query: inFCTC, may: "404 others"},
		{op: "listRecommendations", query: "convention=apmbc", may: "200 others"},
		{op: "createRecommendation", body: conclusions, may: "201 foreigner abroad, 403 others"},
		{op: "getRecommendation", what: "draft", id: draft, may: "200 foreigner abroad, 404 others"},
		{op: "getRecommendation", what: "absent", id: nobody, may: "404 others"},
		{op: "replaceRecommendation", id: draft, body: content, may: "200 foreigner abroad, 404 others"},
		{op: "replaceRecommendation", what: "tabled", id: tabled, body: content, may: "200 foreigner abroad, 404 others"},
		{op: "tableRecommendation", fresh: i.textDrafted, may: "200 foreigner abroad, 404 others"},
		{op: "objectToRecommendation", fresh: i.textTabled, body: `{"country":"AO","text":"Why."}`, may: "200 abroad, 403 foreigner, 404 others"},
		{op: "liftObjection", fresh: i.textObjected, body: `{"country":"AO"}`, may: "200 abroad, 403 foreigner, 404 others"},
		{op: "adoptRecommendation", what: "against an objection", id: objected, body: adopt, may: "409 foreigner abroad, 404 others"},
		{op: "adoptRecommendation", fresh: i.textTabled, body: adopt, may: "200 foreigner abroad, 404 others"},
		{op: "withdrawRecommendation", fresh: i.textTabled, may: "200 foreigner abroad, 404 others"},
	}
}

// A text of a working group on which consensus fails once is modified, adopted
// and read by everybody in their language.
func TestARecommendationIsAdoptedByConsensus(t *testing.T) {
	i := install(t)
	i.join("conservator", cooperation.Grant{Convention: "cms", Role: cooperation.Secretariat})
	i.join("ornithologist", cooperation.Grant{Convention: "cms", Role: cooperation.FocalPoint, Participant: "NO"})
	i.join("ranger", cooperation.Grant{Convention: "cms", Role: cooperation.FocalPoint, Participant: "KE"})
	const scientific = `{"convention":"cms","output":"recommendations","bodies":["scientific"],"title":{"en":"Training"},"text":{"en":"Train more."},"themes":["cms-science"]}`
	var made struct{ ID string }
	i.ask("conservator", "POST", "/api/v1/recommendations", scientific).is(201).into(&made)
	at := "/api/v1/recommendations/" + made.ID
	i.ask("ranger", "GET", at, nil).is(404)
	i.ask("conservator", "POST", at+"/table", nil, "If-Match", `"1"`).is(200)
	i.ask("ranger", "GET", at, nil).is(200)
	i.ask("ornithologist", "POST", at+"/object", `{"country":"NO","text":"Too far."}`, "If-Match", `"2"`).is(200)
	p := i.ask("conservator", "POST", at+"/adopt", `{"body":"scientific","date":"2026-01-15"}`, "If-Match", "*").problem(409, "error.state.no_consensus")
	if !strings.Contains(p.Detail, "Norway") || !strings.Contains(p.Detail, "Article VIII") {
		t.Errorf("the refusal is told as %q", p.Detail)
	}
	var shown struct {
		Round            int
		Status           string
		Objections       []struct{ Name, By string }
		Adoptions        []struct{ Name, Record string }
		MissingLanguages []struct{ ID string } `json:"missing_languages"`
		Addressee        struct{ Name string }
		Labels           struct{ Title, Status string }
	}
	i.ask("conservator", "PUT", at, `{"title":{"en":"Training","fr":"Formation"},"text":{"en":"Train.","fr":"Former."}}`, "If-Match", `"3"`).is(200).into(&shown)
	if shown.Round != 2 || len(shown.MissingLanguages) != 1 || shown.MissingLanguages[0].ID != "es" || shown.Objections[0].Name != "Norway" {
		t.Errorf("modified, it is %+v", shown)
	}
	i.ask("", "GET", at, nil).is(404)
	i.ask("conservator", "POST", at+"/adopt", `{"body":"scientific","date":"2026-01-15","record":"Report"}`, "If-Match", `"4"`).is(200)
	i.ask("", "GET", at, nil, "Accept-Language", "fr").is(200).into(&shown)
	if shown.Status != "adopted" || shown.Labels.Title != "Formation" || shown.Labels.Status != "Adopté" || len(shown.Objections) != 0 || shown.Adoptions[0].Record != "Report" || shown.Addressee.Name == "" {
		t.Errorf("everybody reads %+v", shown)
	}
	i.ask("", "GET", at, nil, "If-None-Match", `"5"`).is(304)
	var list struct{ Total int }
	i.ask("", "GET", "/api/v1/recommendations?convention=cms&committee=scientific&status=adopted&output=recommendations", nil).is(200).into(&list)
	if list.Total != 1 {
		t.Errorf("%d are listed", list.Total)
	}
	p = i.ask("conservator", "POST", "/api/v1/recommendations", strings.Replace(scientific, `["scientific"]`, `["conference"]`, 1)).problem(422, "error.invalid.fields")
	if p.Fields[0].Key != "error.invalid.rule_output" {
		t.Errorf("the refusal is %+v", p.Fields)
	}
}
