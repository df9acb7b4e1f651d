package web_test

import (
	"context"
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

// days counts those that passed.
type days struct{ passed int }

func (d *days) Pass(_ context.Context, n int) error {
	if n == 7 {
		return cooperation.Refuse(cooperation.State, "error.state.demo.far")
	}
	d.passed += n
	return nil
}

func TestTheDemoLetsDaysPassWhereItHasATimeOfItsOwn(t *testing.T) {
	s, time := newSite(t), &days{}
	s.options.Demo = []web.DemoRole{{Convention: "fctc", Name: "Secretariat", User: "x"}}
	s.handler = s.access.Guard(web.New(s.options))
	s.ask(http.MethodPost, "/demo/days", http.StatusNotFound, "days", "1")
	if page := s.ask(http.MethodGet, "/demo", http.StatusOK); strings.Contains(page, "/demo/days") {
		t.Error("days pass where nothing lets them pass")
	}
	s.options.DemoTime = time
	s.handler = s.access.Guard(web.New(s.options))
	s.has(s.ask(http.MethodGet, "/demo", http.StatusOK), "Let 1 day pass", "Let 7 days pass", `action="/demo/days"`)
	s.ask(http.MethodPost, "/demo/days", http.StatusNotFound, "days", "300")
	s.has(s.ask(http.MethodPost, "/demo/days", http.StatusConflict, "days", "7"), "The demo does not go further ahead.")
	if to := s.choose("/demo/days", "days", "1"); to != "/demo?done=demo" || time.passed != 1 {
		t.Errorf("it leads to %s after %d days", to, time.passed)
	}
	s.has(s.ask(http.MethodGet, "/demo?done=demo", http.StatusOK), "The days have passed.")
}
