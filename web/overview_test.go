package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestWhoNeedsAndOffersWhatWhereIsShownToAll(t *testing.T) {
	s := newSite(t)
	one, other := themes(t, s)
	ids := s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training), need(t, "A law", "FJ", other, cooperation.Legal)},
		[]cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	page := s.ask(http.MethodGet, "/c/fctc/matrix", http.StatusOK)
	s.has(page, "1 need", "1 offer", "Gap", "&amp;theme="+other, `href="/c/fctc/themes/`+one+`"`)
	if gaps := page[strings.Index(page, `id="gaps"`):]; !strings.Contains(gaps, "theme="+other) || strings.Contains(gaps, "theme="+one+`"`) {
		t.Errorf("the gaps are\n%s", gaps)
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/themes/"+one, http.StatusOK), "Quitlines", "Trainers", "Articles of the treaty")
	if page := s.ask(http.MethodGet, "/c/fctc/themes/"+other, http.StatusOK); strings.Contains(page, "Quitlines") || !strings.Contains(page, "No open offers.") {
		t.Error("a theme shows what belongs to another")
	}
	s.ask(http.MethodGet, "/c/fctc/themes/none", http.StatusNotFound)
	s.has(s.ask(http.MethodGet, "/c/fctc/countries", http.StatusOK), `href="/c/fctc/countries/KE"`, "Kenya")
	page = s.ask(http.MethodGet, "/c/fctc/countries/KE", http.StatusOK)
	s.has(page, "Quitlines", ids["Quitlines"], "Party since", "No open offers.")
	s.has(s.ask(http.MethodGet, "/c/fctc/countries/NO", http.StatusOK), "Trainers", "No open needs.")
	s.ask(http.MethodGet, "/c/fctc/countries/ke", http.StatusNotFound)
	s.ask(http.MethodGet, "/c/fctc/countries/ZZ", http.StatusNotFound)
	for _, language := range i18n.Languages() {
		for _, at := range []string{"/matrix", "/countries", "/countries/KE", "/themes/" + one} {
			s.ask(http.MethodGet, "/c/fctc"+at+"?lang="+language, http.StatusOK)
		}
	}
}

func TestThePlanNamesTheLinesOfTheProgrammeThatItProvidesFor(t *testing.T) {
	s := newSite(t, bench(t))
	one, _ := themes(t, s)
	grants := offer("Grants", "NO", one, cooperation.Finance)
	grants.Ceiling = cooperation.Money{Amount: "500", Currency: "USD"}
	s.posted(nil, []cooperation.OfferContent{grants})
	line, err := s.platform.CreateProgrammeActivity(t.Context(), secretary(), "fctc", cooperation.ProgrammeContent{Number: "1.1", Title: "Courses for counsellors", Currency: "USD", Cost: "500", Sought: "500", Themes: []string{one}, Domain: firstDomain(t, s)}, "one")
	if err != nil {
		t.Fatal(err)
	}
	s.as(s.member("SE"))
	s.has(s.ask(http.MethodGet, "/c/fctc/plan", http.StatusOK), `<a href="/c/fctc/programme/`+line.ID+`">Courses for counsellors</a>`, "Costed work programme", `value="need:`+line.ID+`"`)
}

func TestThePlanIsForThoseWhoFacilitateAndAnswersWhatIf(t *testing.T) {
	s, _, gives, ids, _ := pairedAt(newSite(t, bench(t)))
	// One proposal is too few to be told of to all.
	s.has(s.ask(http.MethodGet, "/", http.StatusOK), "<dt>Proposed partnerships</dt><dd>0</dd>")
	if home := s.ask(http.MethodGet, "/", http.StatusOK); strings.Contains(home, "<dt>Proposed partnerships</dt><dd>1</dd>") {
		t.Error("the first page tells the public of a single proposal")
	}
	s.as(gives)
	s.ask(http.MethodGet, "/c/fctc/plan", http.StatusForbidden)
	s.as(s.member("SE"))
	page := s.ask(http.MethodGet, "/c/fctc/plan", http.StatusOK)
	s.has(page, "Quitlines", "Trainers", "100%", "The plan is advice", `value="offer:`+ids["Trainers"]+`"`)
	page = s.ask(http.MethodGet, "/c/fctc/plan?of=offer:"+ids["Trainers"]+"&what=out", http.StatusOK)
	s.has(page, "1 need that gets something now would get nothing.")
	s.ask(http.MethodGet, "/c/fctc/plan?of=offer:"+ids["Trainers"]+"&what=amount&amount=much", http.StatusUnprocessableEntity)
	s.ask(http.MethodGet, "/c/fctc/plan?of=offer:none&what=out", http.StatusUnprocessableEntity)
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, "/c/fctc/plan?share=30&lang="+language, http.StatusOK)
	}
}
