package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestASearchFindsEverythingInGroupsAndNothingThatOneMayNotSee(t *testing.T) {
	s := newSite(t)
	one, _ := themes(t, s)
	hidden := need(t, "Quitlines for students", "KE", one, cooperation.Training)
	hidden.Problem, hidden.Barrier = "There are <b>no</b> counsellors in Nairobi.", "The budget was vetoed."
	s.posted([]cooperation.NeedContent{hidden, need(t, "Tobacco taxes", "AO", one, cooperation.Expertise)}, []cooperation.OfferContent{offer("Trainers of counsellors", "NO", one, cooperation.Training)})
	line, err := s.platform.CreateProgrammeActivity(t.Context(), secretary(), "fctc", cooperation.ProgrammeContent{Number: "1.1", Title: "Courses for counsellors", Currency: "USD", Cost: "5", Sought: "5", Themes: []string{one}, Domain: firstDomain(t, s)}, "one")
	if err != nil {
		t.Fatal(err)
	}
	home := s.ask(http.MethodGet, "/c/fctc", 200)
	s.has(home, `action="/c/fctc/search" role="search"`)
	page := s.ask(http.MethodGet, "/c/fctc/search?q=counsellors", 200)
	s.has(page, "3 results", `id="needs">Needs`, `id="offers">Offers`, `id="programme">`, "Quitlines for students", "<mark>counsellors</mark>", "&lt;b&gt;no&lt;/b&gt;", "Trainers of counsellors", `href="/c/fctc/programme/`+line.ID+`"`, `value="counsellors"`)
	if strings.Contains(page, "Tobacco taxes") {
		t.Error("what does not have the words is found")
	}
	for _, who := range []*cooperation.User{nil, s.person("Focal point of Kenya", cooperation.FocalPoint, "KE")} {
		s.as(who)
		if page := s.ask(http.MethodGet, "/c/fctc/search?q=vetoed", 200); !strings.Contains(page, "0 results") || strings.Contains(page, "Quitlines") {
			t.Errorf("a need is found by what it withholds:\n%s", page)
		}
	}
	s.as(nil)
	s.has(s.ask(http.MethodGet, "/c/fctc/search?q=kenya", 200), `href="/c/fctc/countries/KE"`, `id="partys"`)
	s.has(s.ask(http.MethodGet, "/c/fctc/search?q=bureau", 200), `href="/c/fctc/committees/bureau"`)
	many := s.ask(http.MethodGet, "/c/fctc/search?q="+url.QueryEscape(strings.Join(strings.Split("abcdefghijklmnopqrstuvwxyz0123456789", ""), " ")), 422)
	s.has(many, `id="mistakes"`, `href="#words"`)
	for tag, angola := range map[string]string{"ar": "أنغولا", "zh": "安哥拉", "ru": "Ангола", "fr": "Angola", "es": "Angola"} {
		s.language = tag
		s.has(s.ask(http.MethodGet, "/c/fctc/search?q="+url.QueryEscape(angola), 200), `href="/c/fctc/countries/AO"`, `lang="`+tag+`"`)
	}
	if len(i18n.Languages()) != 6 {
		t.Error("there are other languages than those that were tried")
	}
}

// firstDomain is a domain of the programme of the tobacco convention; "" where
// it has none.
func firstDomain(t *testing.T, s *site) string {
	t.Helper()
	state, ok := s.platform.State("fctc")
	if !ok {
		t.Fatal("no state")
	}
	if d := state.Convention().Programme; len(d) > 0 {
		return d[0].ID
	}
	return ""
}

func TestTheProgrammeAddsUpAndSaysWhatIsStillToBeFound(t *testing.T) {
	s := newSite(t)
	s.has(s.ask(http.MethodGet, "/c/fctc/programme", 200), "The programme has no activities yet.")
	one, _ := themes(t, s)
	domain := firstDomain(t, s)
	make := func(number, title, currency, cost, core, sought string) string {
		x, err := s.platform.CreateProgrammeActivity(t.Context(), secretary(), "fctc", cooperation.ProgrammeContent{Number: number, Title: title, Currency: currency, Cost: cost, Core: core, Sought: sought, Themes: []string{one}, Domain: domain}, title)
		if err != nil {
			t.Fatal(err)
		}
		return x.ID
	}
	id := make("1.1", "Toolkits <i>", "USD", "5000", "2000", "3000")
	make("1.2", "Workshops", "USD", "1000", "", "1000")
	make("1.3", "Ateliers", "EUR", "700", "", "700")
	part := need(t, "Toolkit for Kenya", "KE", one, cooperation.Finance)
	part.ProgrammeActivity = "1.1"
	ids := s.posted([]cooperation.NeedContent{part}, nil)
	page := s.ask(http.MethodGet, "/c/fctc/programme", 200)
	s.has(page, "Toolkits &lt;i&gt;", `href="/c/fctc/programme/`+id+`"`, "<tfoot>", `href="/api/v1/data/fctc/programme.xlsx"`)
	foot := page[strings.Index(page, "<tfoot>"):strings.Index(page, "</tfoot>")]
	dollars, euros, apart := strings.Cut(foot, "</tr>")
	if !apart || !strings.Contains(dollars, "6,000") || !strings.Contains(dollars, "4,000") || !strings.Contains(euros, "700") || strings.Contains(foot, "6,700") {
		t.Errorf("the sums are %s", foot)
	}
	line := s.ask(http.MethodGet, "/c/fctc/programme/"+id, 200)
	s.has(line, "5,000", "3,000", "Available from the core budget", "Still to be found", `href="/c/fctc/needs/`+ids["Toolkit for Kenya"]+`"`)
	s.ask(http.MethodGet, "/c/apmbc/programme/"+id, 404)
	s.has(s.ask(http.MethodGet, "/c/fctc", 200), `href="/c/fctc/programme"`)
}
