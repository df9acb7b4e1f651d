package api_test

import (
	"testing"

	"entente/cooperation"
)

// duplicateDecided has somebody decide of two needs, and returns what it is.
func (i *installation) duplicateDecided() string {
	i.t.Helper()
	first, second := i.openNeed("A need"), i.openNeed("The same need")
	i.ask("focal", "POST", "/api/v1/needs/"+first.ID+"/duplicates", map[string]any{"of": second.ID, "decision": "same"}).is(200)
	return cooperation.DuplicateID(first.ID, second.ID)
}

// The histories of what bodies work on are for whoever sees the documents.
func (tables) HistoriesOfBodies(i *installation) []right {
	i.seated()
	return []right{
		{op: "listCommitteeHistory", id: "bureau", query: inFCTC, may: "200 others"},
		{op: "listCommitteeHistory", what: "absent", id: nobody, query: inFCTC, may: "404 others"},
		{op: "listCommitmentHistory", id: i.planned(), may: "200 others"},
		{op: "listCommitmentHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "listRecommendationHistory", what: "draft", id: i.textDrafted(), may: "200 foreigner abroad, 404 others"},
		{op: "listRecommendationHistory", what: "tabled", id: i.textTabled(), may: "200 foreigner abroad, 404 others"},
		{op: "listRecommendationHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "listAssessmentHistory", id: i.helpAsked("drafting"), may: "200 focal approver reader secretary, 404 others"},
		{op: "listAssessmentHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "listDuplicateHistory", id: i.duplicateDecided(), may: "200 focal approver reader provider sponsor neighbour clerk rival secretary member, 404 others"},
		{op: "listDuplicateHistory", what: "absent", id: nobody, may: "404 others"},
	}
}

// What was a draft, and to which mailbox a body is written, stays with those who
// may know it, also in a history.
func TestAHistoryOfABodyTellsNoMoreThanTheBodyDoes(t *testing.T) {
	i := install(t)
	i.seated()
	i.ask("secretary", "PUT", "/api/v1/committees/bureau/contact?"+inFCTC, `{"contact":"bureau@example.org"}`, "If-Match", "*").is(200)
	history := func(who, path string) (h records) {
		i.ask(who, "GET", path, nil).is(200).into(&h)
		return h
	}
	of := "/api/v1/committees/bureau/history?" + inFCTC
	own, open := history("secretary", of), history("focal", of)
	if len(own.Items) < 6 || own.Items[0].Command == "" || own.Items[0].Actor == "" || own.Items[0].Changes[0].After != "bureau@example.org" {
		t.Errorf("the secretariat reads %+v", own.Items[0])
	}
	if got := open.Items[0]; len(open.Items) != len(own.Items) || got.Actor != "" || len(got.Changes) != 1 || !got.Changes[0].Withheld || got.Changes[0].After != nil {
		t.Errorf("others read %+v", got)
	}
	text := i.textTabled()
	i.ask("foreigner", "POST", "/api/v1/recommendations/"+text+"/adopt", `{"body":"enhancement","date":"2026-01-15"}`, "If-Match", "*").is(200)
	of = "/api/v1/recommendations/" + text + "/history"
	if whole, public := history("foreigner", of), history("neighbour", of); len(whole.Items) != 3 || len(public.Items) != 1 || public.Items[0].Status != "adopted" {
		t.Errorf("the secretariat reads %d versions, others %+v", len(whole.Items), public.Items)
	}
	decided := history("secretary", "/api/v1/duplicates/"+i.duplicateDecided()+"/history")
	if len(decided.Items) != 1 || decided.Items[0].Command != "duplicate.decide" {
		t.Errorf("of a duplicate one reads %+v", decided.Items)
	}
}
