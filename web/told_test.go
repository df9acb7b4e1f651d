package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"entente/cooperation"
)

func TestAllThatOneWasToldStandsOnAPageIsNarrowedDownAndRead(t *testing.T) {
	s, needs, gives, ids, _ := paired(t)
	if to := s.send(http.MethodGet, "/c/fctc/notifications").Header().Get("Location"); to != "/sign-in?back=%2Fc%2Ffctc%2Fnotifications" {
		t.Errorf("the public is sent to %q", to)
	}
	s.as(needs)
	if _, err := s.platform.ExpressInterestIn(t.Context(), cooperation.ActorOf(gives, false), ids["Quitlines"], ids["Trainers"]); err != nil {
		t.Fatal(err)
	}
	const at = "/c/fctc/notifications"
	page := s.ask(http.MethodGet, at, 200)
	fresh := strings.Count(page, `name="id"`)
	if fresh == 0 {
		t.Fatalf("nothing was told:\n%s", page)
	}
	s.has(page, "new)", "Mark all as read", `action="`+at+`/read-all"`)
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", 200), `href="`+at+`"`)
	kinds := 0
	for _, kind := range []string{"need", "offer", "proposal", "introduction", "agreement", "partnership"} {
		kinds += strings.Count(s.ask(http.MethodGet, at+"?kind="+kind, 200), `name="id"`)
	}
	if kinds != fresh {
		t.Errorf("%d of %d notifications are of a kind", kinds, fresh)
	}
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(page)[1]
	s.as(gives)
	if w := s.send(http.MethodPost, at+"/read", "id", id); w.Code != http.StatusNotFound {
		t.Errorf("somebody else marks it as read: %d", w.Code)
	}
	s.as(needs)
	if to := s.choose(at+"/read", "id", id); to != at+"?done=told.read" {
		t.Errorf("after reading one is led to %q", to)
	}
	if left := strings.Count(s.ask(http.MethodGet, at+"?unread=1", 200), `name="id"`); left != fresh-1 {
		t.Errorf("%d are new, after reading one of %d", left, fresh)
	}
	s.choose(at + "/read-all")
	page = s.ask(http.MethodGet, at+"?unread=1&kind=nothing", 200)
	if strings.Contains(page, `name="id"`) || strings.Contains(page, "new)") || strings.Contains(page, "read-all") || !strings.Contains(page, "0 notifications") {
		t.Errorf("after reading all something is new:\n%s", page)
	}
}
