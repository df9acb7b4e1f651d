package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestHowADocumentCameToBeIsToldToWhomItConcerns(t *testing.T) {
	s, needs, _, ids, proposal := paired(t)
	at := "/c/fctc/needs/" + ids["Quitlines"]
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "/history") {
		t.Error("the public is led to a history that asks it to sign in")
	}
	s.as(s.person("Focal point of Fiji", cooperation.FocalPoint, "FJ"))
	s.ask(http.MethodGet, proposal+"/history", http.StatusNotFound)
	s.as(needs)
	s.has(s.ask(http.MethodGet, at, http.StatusOK), at+"/history")
	s.has(s.ask(http.MethodGet, at+"/history", http.StatusOK), "Open", "The document today")
	page := s.ask(http.MethodGet, proposal, http.StatusOK)
	s.choose(proposal+"/interest", "version", version(t, page, "interest"))
	page = s.ask(http.MethodGet, proposal+"/history", http.StatusOK)
	if s.has(page, "Introduced", "Proposed"); strings.Index(page, "Introduced") > strings.Index(page, `">Proposed<`) {
		t.Error("the latest does not come first")
	}
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, proposal+"/history?lang="+language, http.StatusOK)
	}
}
