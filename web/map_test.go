package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
)

func TestTheMapShowsWhereHelpIsNeededAndATableSaysTheSame(t *testing.T) {
	s := newSite(t)
	one, _ := themes(t, s)
	before := s.ask(http.MethodGet, "/c/fctc", http.StatusOK)
	if strings.Count(before, `class="m0"`) < 200 {
		t.Errorf("the map has %d areas", strings.Count(before, `class="m0"`))
	}
	s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training), need(t, "Courses", "KE", one, cooperation.Training), need(t, "A law", "FJ", one, cooperation.Legal)},
		[]cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	page := s.ask(http.MethodGet, "/c/fctc", http.StatusOK)
	for class, want := range map[string]int{`class="m4"`: 1, `class="m2"`: 1, `class="mo"`: 1} {
		if got := strings.Count(page, class); got != want {
			t.Errorf("%d areas are %s, and not %d", got, class, want)
		}
	}
	table := page[strings.Index(page, `id="map"`):]
	s.has(table, `href="/c/fctc/countries/KE"`, `href="/c/fctc/countries/FJ"`, `href="/c/fctc/countries/NO"`, "do not imply")
	if strings.Index(table, "countries/KE") > strings.Index(table, "countries/FJ") {
		t.Error("who needs more does not come first")
	}
}
