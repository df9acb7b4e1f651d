package web_test

import (
	"net/http"
	"path"
	"strings"
	"testing"

	"entente/cooperation"
)

// takes takes a step on the page of a posting.
func (s *site) takes(at, step string, form ...string) string {
	s.t.Helper()
	page := s.ask(http.MethodGet, at, http.StatusOK)
	if !strings.Contains(page, `action="`+at+"/"+step+`"`) {
		s.t.Fatalf("the page does not offer to %s:\n%s", step, page)
	}
	return s.choose(at+"/"+step, append([]string{"version", versionOf.FindStringSubmatch(page)[1]}, form...)...)
}

func TestTheLifeOfANeedIsLedOnItsPage(t *testing.T) {
	s := newSite(t)
	one := narrow(t, s)
	focal, approver := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.person("Approver of Kenya", cooperation.Approver, "KE")
	secretariat := s.person("Secretariat", cooperation.Secretariat, "")
	s.as(focal)
	at := s.begin("Quitlines")
	s.fill(at, "what", "title", "Quitlines", "problem", "Nobody answers.")
	s.fill(at, "help", "themes[0]", one, "kinds[0].kind", "training")
	s.fill(at, "languages", "languages[0].language", "English", "languages[0].strength", "required")
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, at+"/edit", at+"/withdraw", "Still unspecific")
	for _, step := range []string{"/admit", "/return", "/close", "/reconfirm", "/settle"} {
		if strings.Contains(page, `"`+at+step+`"`) {
			t.Errorf("the focal point of a draft is offered %s", step)
		}
	}
	s.as(secretariat)
	s.ask(http.MethodGet, at, http.StatusNotFound)
	s.as(approver)
	submit := func() {
		t.Helper()
		page := s.ask(http.MethodGet, at+"/edit/check", http.StatusOK)
		s.has(page, `name="insist"`)
		version := versionOf.FindStringSubmatch(page)[1]
		s.has(s.ask(http.MethodPost, at+"/edit/check/submit", http.StatusUnprocessableEntity, "version", version, "date", "2026-01-15", "reference", "NV 7"), "not yet specific enough")
		s.choose(at+"/edit/check/submit", "version", version, "date", "2026-01-15", "reference", "NV 7", "insist", "true")
	}
	submit()
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, at+"/admit") || !strings.Contains(page, "NV 7") {
		t.Errorf("the approver admits, or sees no clearance:\n%s", page)
	}
	s.as(secretariat)
	version := versionOf.FindStringSubmatch(s.ask(http.MethodGet, at, http.StatusOK))[1]
	s.has(s.ask(http.MethodPost, at+"/return", http.StatusUnprocessableEntity, "version", version, "text", " "), `href="#return-text"`)
	if to := s.takes(at, "return", "text", "Which counties?"); to != at+"?done=posting_return" {
		t.Errorf("who sends back is led to %s", to)
	}
	s.as(focal)
	s.has(s.ask(http.MethodGet, at+"/edit", http.StatusOK), "Which counties?")
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), "Drafts", at+"/edit")
	s.as(approver)
	submit()
	s.as(secretariat)
	if to := s.takes(at, "admit"); to != at+"?done=posting_admit" {
		t.Errorf("who admits is led to %s", to)
	}
	s.as(nil)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "NV 7") || strings.Contains(page, at+"/close") || strings.Contains(page, "Still unspecific") {
		t.Errorf("the public sees too much:\n%s", page)
	}
	s.as(focal)
	page = s.ask(http.MethodGet, at, http.StatusOK)
	if strings.Contains(page, at+"/edit") {
		t.Error("a focal point is led to change an open need")
	}
	s.has(s.ask(http.MethodPost, at+"/reconfirm", http.StatusUnprocessableEntity, "version", versionOf.FindStringSubmatch(page)[1], "valid_until", "2001-01-01"), `href="#reconfirm-valid_until"`, `value="2001-01-01"`)
	s.takes(at, "reconfirm")
	s.ask(http.MethodPost, at+"/admit", http.StatusForbidden)
	s.ask(http.MethodPost, at+"/settle", http.StatusConflict)
	s.takes(at, "close", "reason", "helped_elsewhere", "text", "A neighbour helped.")
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Assistance is received from elsewhere", "A neighbour helped.", "/c/fctc/needs/new/carry")
	n, _, err := s.platform.Need(cooperation.System("test"), path.Base(at))
	if err != nil || n.Status != cooperation.NeedClosed || !n.Insisted {
		t.Errorf("the need is %+v, %v", n, err)
	}
}

func TestTheLifeOfAnOfferIsLedOnItsPage(t *testing.T) {
	s := newSite(t)
	one := narrow(t, s)
	provider, secretariat := s.person("Provider of Norway", cooperation.ProviderRole, "NO"), s.person("Secretariat", cooperation.Secretariat, "")
	s.as(provider)
	at := s.beginOffer("title", "Trainers", "kind", "training", "theme", one, "description", "Two trainers.")
	submit := func() {
		t.Helper()
		version := versionOf.FindStringSubmatch(s.ask(http.MethodGet, at+"/edit/check", http.StatusOK))[1]
		s.choose(at+"/edit/check/submit", "version", version)
	}
	submit()
	s.as(secretariat)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "Which needs it fits") {
		t.Error("a count of nothing is shown for an offer that is not open yet")
	}
	if to := s.takes(at, "return", "text", "For whom?"); to != "/c/fctc/desk?done=posting_return" {
		t.Errorf("who does not see the offer any more is led to %s", to)
	}
	s.as(provider)
	s.has(s.ask(http.MethodGet, at+"/edit", http.StatusOK), "For whom?")
	submit()
	s.as(secretariat)
	s.takes(at, "admit")
	s.as(provider)
	s.takes(at, "reconfirm")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), at+"/edit", at+"/close")
	s.takes(at, "withdraw", "text", "Money is gone.")
	for _, language := range []string{"ar", "es", "fr", "ru", "zh"} {
		s.has(s.ask(http.MethodGet, at+"?lang="+language+"&done=posting_withdraw", http.StatusOK), "Money is gone.", `class="done"`)
	}
}
