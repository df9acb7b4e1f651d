package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestWeightsAreTriedBeforeTheyAreAdopted(t *testing.T) {
	s, needs, _, _, _ := paired(t)
	const at = "/c/fctc/office/weights"
	other := []string{"weights.theme", "20", "weights.kind", "12,5", "weights.language", "12.5", "weights.region", "10", "weights.size", "10", "weights.time", "10", "weights.record", "10", "weights.fairness", "15"}
	s.as(needs)
	s.ask(http.MethodGet, at, http.StatusForbidden)
	s.ask(http.MethodPost, at+"/adopt", http.StatusForbidden, other...)
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "In force", "Show what would change")
	if strings.Contains(page, "Adopt these weights") {
		t.Error("weights are adopted untried")
	}
	tooMuch := append([]string{}, other...)
	tooMuch[1] = "30"
	s.has(s.ask(http.MethodPost, at+"/try", http.StatusUnprocessableEntity, tooMuch...), `role="alert"`, "1,100,000", `value="30"`, `href="#try-weights.theme"`)
	tooMuch[1] = "a lot"
	s.has(s.ask(http.MethodPost, at+"/try", http.StatusUnprocessableEntity, tooMuch...), "This is not a percentage", `value="a lot"`)
	tried := s.choose(at+"/try", other...)
	page = s.ask(http.MethodGet, tried, http.StatusOK)
	s.has(page, "Needs with a pairing", "Adopt these weights", `name="weights.theme" value="20"`)
	form := append([]string{"version", version(t, page, "adopt"), "reason", ""}, other...)
	s.has(s.ask(http.MethodPost, at+"/adopt", http.StatusUnprocessableEntity, form...), `role="alert"`, `href="#adopt-reason"`, `name="weights.theme" value="20"`)
	form[3] = "Decided <today>."
	s.choose(at+"/adopt", form...)
	w, err := s.platform.Weights(secretary(), "fctc")
	if err != nil || w.Weights.Theme != 200_000 || w.Weights.Kind != 125_000 {
		t.Errorf("adopted are %+v, %v", w, err)
	}
	for _, language := range i18n.Languages() {
		s.has(s.ask(http.MethodGet, at+"?lang="+language, http.StatusOK), "Decided &lt;today&gt;.")
	}
}

func TestTheChairOfTheBodyThatMayReachesTheWeights(t *testing.T) {
	s := newSite(t, bench(t))
	const at = "/c/fctc/office/weights"
	form := []string{"version", "1", "reason", "Decided by the Bureau.", "weights.theme", "20", "weights.kind", "12.5", "weights.language", "12.5", "weights.region", "10", "weights.size", "10", "weights.time", "10", "weights.record", "10", "weights.fairness", "15"}
	s.as(s.member("SE"))
	s.ask(http.MethodGet, at, http.StatusForbidden)
	s.ask(http.MethodPost, at+"/try", http.StatusForbidden, form...)
	s.ask(http.MethodPost, at+"/adopt", http.StatusForbidden, form...)
	if page := s.ask(http.MethodGet, "/c/fctc/committees/bureau", http.StatusOK); strings.Contains(page, at) {
		t.Error("a member that does not preside is led to the weights")
	}
	s.as(s.member("KE"))
	s.has(s.ask(http.MethodGet, "/c/fctc/committees/bureau", http.StatusOK), `href="`+at+`"`)
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Show what would change", `<p class="back"><a href="/c/fctc">`)
	s.has(s.ask(http.MethodGet, s.choose(at+"/try", form...), http.StatusOK), "Adopt these weights")
	s.choose(at+"/adopt", form...)
	if w, err := s.platform.Weights(secretary(), "fctc"); err != nil || w.As != cooperation.AsChair || w.Weights.Theme != 200_000 {
		t.Errorf("adopted are %+v, %v", w, err)
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/rules", http.StatusOK), "Decided by the Bureau.", "Thematic area: 20%")
	s.ask(http.MethodGet, "/c/fctc/office", http.StatusForbidden)
}
