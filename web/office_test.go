package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestOnlyTheSecretariatIsLetIntoItsOffice(t *testing.T) {
	s := newSite(t)
	pages := []string{"", "/people", "/runs", "/weights", "/audit"}
	if to := s.send(http.MethodGet, "/c/fctc/office").Header().Get("Location"); !strings.HasPrefix(to, "/sign-in?back=") {
		t.Errorf("the public is led to %q", to)
	}
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	for _, page := range pages {
		s.ask(http.MethodGet, "/c/fctc/office"+page, http.StatusForbidden)
	}
	s.ask(http.MethodPost, "/c/fctc/office/runs/start", http.StatusForbidden)
	if page := s.ask(http.MethodGet, "/c/fctc", http.StatusOK); strings.Contains(page, "/c/fctc/office") {
		t.Error("a focal point is led to the office")
	}
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	s.has(s.ask(http.MethodGet, "/c/fctc", http.StatusOK), `href="/c/fctc/office"`)
	for _, language := range i18n.Languages() {
		for _, page := range pages {
			s.ask(http.MethodGet, "/c/fctc/office"+page+"?lang="+language, http.StatusOK)
		}
	}
	s.ask(http.MethodGet, "/c/wba/office", http.StatusNotFound)
}

func TestRunsAreStartedComparedAndConfirmed(t *testing.T) {
	s, _, _, ids, _ := paired(t)
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	const runs = "/c/fctc/office/runs"
	again := s.choose(runs + "/start")
	if !strings.Contains(again, "unchanged=1") {
		t.Errorf("a run that found nothing new leads to %s", again)
	}
	s.has(s.ask(http.MethodGet, again, http.StatusOK), "The matcher has run.", "Nothing has changed since the last run", "Quitlines", "On request")

	one, _ := themes(t, s)
	s.posted(nil, []cooperation.OfferContent{offer("More trainers", "SE", one, cooperation.Training)})
	at, _, _ := strings.Cut(s.choose(runs+"/start"), "?")
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Difference", `<bdi dir="ltr">&#43;1</bdi>`, "The rankings differ.", "More trainers")
	if strings.Contains(page, "came to exactly the same") {
		t.Error("rankings that differ are said to be the same")
	}
	listed := regexp.MustCompile(regexp.QuoteMeta(runs)+`/[0-9a-zA-Z-]+"`).FindAllString(s.ask(http.MethodGet, runs, http.StatusOK), -1)
	if len(listed) < 2 {
		t.Errorf("listed are %v", listed)
	}
	if to := s.choose(at + "/verify"); to != at+"?done=office.verified" {
		t.Errorf("confirmed, it leads to %s", to)
	}
	s.ask(http.MethodGet, runs+"/none", http.StatusNotFound)
	s.has(s.ask(http.MethodGet, "/c/fctc/office/audit", http.StatusOK), "need.import", "run", "the chain between them holds", "matcher")
	if page := s.ask(http.MethodGet, "/c/fctc/office/audit?command=run", http.StatusOK); strings.Contains(page, "need.import") || strings.Contains(page, "chain between them holds") {
		t.Error("what was not asked for is listed")
	}
	_ = ids
}
