package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/web"
)

func TestTheDemoLetsItsReaderChooseARoleAndNothingElseDoes(t *testing.T) {
	s := newSite(t)
	kenya, other := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.person("Provider of Norway", cooperation.ProviderRole, "NO")
	s.ask(http.MethodGet, "/demo", http.StatusNotFound)
	s.ask(http.MethodPost, "/demo", http.StatusNotFound, "user", kenya.ID)
	s.options.Demo = []web.DemoRole{{Convention: "fctc", Name: kenya.Name, User: kenya.ID}}
	s.handler = s.access.Guard(web.New(s.options))
	s.has(s.ask(http.MethodGet, "/demo", http.StatusOK), kenya.Name, `value="`+kenya.ID+`"`)
	s.ask(http.MethodPost, "/demo", http.StatusNotFound, "user", other.ID)
	if page := s.ask(http.MethodGet, "/", http.StatusOK); strings.Contains(page, kenya.Name) {
		t.Error("somebody is signed in before he chose")
	}
	if to := s.choose("/demo", "user", kenya.ID); to != "/c/fctc/desk" {
		t.Errorf("the choice leads to %s", to)
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), "<bdi>Focal point of Kenya</bdi>")
}
