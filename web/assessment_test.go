package web_test

import (
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
)

// office makes an account of the secretariat of a convention.
func (s *site) office(convention string) *cooperation.User {
	s.t.Helper()
	u, err := s.platform.CreateUser(s.t.Context(), cooperation.System("test"), cooperation.User{Name: "Secretariat", Mail: "office@example.org", Language: "en", Grants: []cooperation.Grant{{Convention: convention, Role: cooperation.Secretariat}}})
	if err != nil {
		s.t.Fatal(err)
	}
	return u
}

// does takes a step that stands on a page, and returns the page to which it
// leads.
func (s *site) does(at, step string, form ...string) string {
	s.t.Helper()
	page := s.ask(http.MethodGet, at, http.StatusOK)
	return s.ask(http.MethodGet, s.choose(at+"/"+step, append(form, "version", version(s.t, page, step))...), http.StatusOK)
}

func TestAJointNeedsAssessmentGoesItsWholeWayOnPages(t *testing.T) {
	s := newSite(t)
	one := narrow(t, s)
	kenya, office := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.office("fctc")
	s.as(kenya)
	need := s.begin("Something about smoking")
	s.has(s.ask(http.MethodGet, need+"/edit", http.StatusOK), "Ask for help with writing it")
	s.choose(need+"/edit/help-request", "sort", "mission", "text", "Please <come>.", "key", "k")
	at := linkTo(t, s.ask(http.MethodGet, need+"/edit", http.StatusOK), "assessments")
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), at, "Help with needs")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "Please &lt;come&gt;.", "Joint needs assessment", "Requested", "Waiting for: </strong><bdi>The secretariat", at+"/withdraw")
	s.as(s.person("Focal point of Fiji", cooperation.FocalPoint, "FJ"))
	s.ask(http.MethodGet, at, http.StatusNotFound)
	if page := s.ask(http.MethodGet, "/c/fctc/assessments", http.StatusOK); strings.Contains(page, at) {
		t.Error("another State knows of the request")
	}

	s.as(office)
	s.has(s.ask(http.MethodGet, "/c/fctc/assessments?status=requested", http.StatusOK), at, "Kenya")
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(s.ask(http.MethodPost, at+"/accept", http.StatusUnprocessableEntity, "version", version(t, page, "accept"), "partner1", "Norwey"), `href="#accept-partner1"`, `value="Norwey"`, "Norway")
	s.has(s.does(at, "accept", "partner1", "Norway"), "Norway", "You have accepted to help", at+"/propose_dates")
	day := func(days int) string { return cooperation.DateOf(time.Now()).AddDays(days).String() }
	s.has(s.ask(http.MethodPost, at+"/propose_dates", http.StatusUnprocessableEntity, "from", "2001-01-01", "until", "2001-01-02"), `href="#propose_dates-from"`)
	s.has(s.does(at, "propose_dates", "from", day(3), "until", day(6)), "Dates that whoever facilitates proposes")
	s.as(kenya)
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Agree to these dates", `name="from" value="`+day(3)+`"`, "Propose other dates", "Waiting for: </strong><bdi>Kenya")
	s.has(s.does(at, "propose_dates", "from", day(3), "until", day(6)), "Dates of the mission, agreed")
	s.ahead = 7 * 24 * time.Hour
	s.as(kenya)
	s.has(s.does(at, "hold", "until", day(5)), "Mission held")
	s.ask(http.MethodGet, at+"/report", http.StatusForbidden)

	s.as(office)
	s.reports(at, one)
	s.as(kenya)
	s.takesOver(at, need)
	for _, language := range i18n.Languages() {
		for _, below := range []string{at, at + "/history", "/c/fctc/assessments", "/c/fctc/desk", need + "/edit"} {
			s.ask(http.MethodGet, below+"?lang="+language, http.StatusOK)
		}
	}
}

// reports writes the report on a need. What is left as it is is not proposed.
func (s *site) reports(at, theme string) {
	s.t.Helper()
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, at+"/report")
	page = s.ask(http.MethodGet, at+"/report", http.StatusOK)
	s.has(page, `name="title"`, "Something about smoking", `name="themes[0]"`, `name="costs[0].activity"`, `list="known-languages"`)
	if strings.Contains(page, `name="beneficiaries`) || strings.Contains(page, `name="excluded`) || strings.Contains(page, `name="asked_elsewhere"`) {
		s.t.Error("a report is asked who asks and whom it wants")
	}
	form := []string{"version", version(s.t, page, "report/hand"), "title", "Something about smoking", "report", "Two days of <interviews>.", "problem", "Nobody answers the telephone.",
		"themes[0]", theme, "places[0].country", "Kenya", "languages[0].language", "English", "languages[0].strength", "required", "costs.currency", "USD", "costs[0].activity", "Course", "costs[0].cost", "5000"}
	s.has(s.ask(http.MethodPost, at+"/report/hand", http.StatusUnprocessableEntity, append(form, "report", "", "start", "soon", "kinds[1].kind", "training")...), `value="soon"`, `href="#start"`)
	empty := append([]string(nil), form...)
	empty[5] = " "
	s.has(s.ask(http.MethodPost, at+"/report/hand", http.StatusUnprocessableEntity, append(form, "themes[1]", "nothing")...), `href="#themes-1"`, "Nobody answers the telephone.")
	s.has(s.ask(http.MethodPost, at+"/report/hand", http.StatusUnprocessableEntity, empty...), `href="#report"`)
	page = s.ask(http.MethodGet, s.choose(at+"/report/hand", form...), http.StatusOK)
	s.has(page, "Two days of &lt;interviews&gt;.", "Nobody answers the telephone.", "The State decides what it takes over.", "5,000")
	a, err := s.platform.Assessment(cooperation.System("test"), path.Base(at))
	if err != nil {
		s.t.Fatal(err)
	}
	if len(a.Report.Proposed) != 4 || a.Report.Proposed["title"] != nil || string(a.Report.Proposed["problem"]) != `"Nobody answers the telephone."` {
		s.t.Errorf("proposed are %s", a.Report.Proposed)
	}
}

// takesOver has the State choose of a report.
func (s *site) takesOver(at, need string) {
	s.t.Helper()
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, `name="fields" value="problem"`, `name="fields" value="costs"`, need+"/edit")
	s.has(s.ask(http.MethodPost, at+"/fill", http.StatusUnprocessableEntity, "version", version(s.t, page, "fill")), `href="#fields"`)
	page = s.does(at, "fill", "fields", "problem", "fields", "costs")
	if taken := regexp.MustCompile(`name="fields" value="(problem|costs)"`).FindString(page); taken != "" || strings.Count(page, "Taken over") != 2 {
		s.t.Errorf("what was taken over can be chosen again:\n%s", page)
	}
	n, _, err := s.platform.Need(cooperation.System("test"), path.Base(need))
	if err != nil {
		s.t.Fatal(err)
	}
	if n.Problem != "Nobody answers the telephone." || len(n.Costs) != 1 || n.Costs[0].Sought != "5000.00" || len(n.Themes) != 0 {
		s.t.Errorf("the need became %+v", n.NeedContent)
	}
}

func TestHelpWithDraftingIsDeclinedAndWithdrawnOnItsPage(t *testing.T) {
	s := newSite(t)
	kenya, office := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.office("fctc")
	s.as(kenya)
	need := s.begin("Something about smoking")
	s.choose(need+"/edit/help-request", "sort", "drafting", "key", "k")
	at := linkTo(t, s.ask(http.MethodGet, need, http.StatusOK), "assessments")
	s.has(s.does(at, "withdraw", "text", "We write it ourselves."), "We write it ourselves.", "Withdrawn")
	s.choose(need+"/edit/help-request", "sort", "drafting", "key", "l")
	second := ""
	for _, m := range regexp.MustCompile(`href="(/c/fctc/assessments/[a-z0-9]+)"`).FindAllStringSubmatch(s.ask(http.MethodGet, need+"/edit", http.StatusOK), -1) {
		if m[1] != at {
			second = m[1]
		}
	}
	s.as(office)
	page := s.ask(http.MethodGet, second, http.StatusOK)
	s.has(s.ask(http.MethodPost, second+"/decline", http.StatusUnprocessableEntity, "version", version(t, page, "decline"), "text", ""), `href="#decline-text"`)
	s.does(second, "accept")
	s.has(s.ask(http.MethodGet, second, http.StatusOK), second+"/report", second+"/decline")
	s.has(s.does(second, "decline", "text", "Nobody is free."), "Nobody is free.", "Declined")
	s.as(kenya)
	s.has(s.ask(http.MethodGet, second, http.StatusOK), "Nobody is free.")
	if page := s.ask(http.MethodGet, "/c/fctc/assessments", http.StatusOK); strings.Contains(page, second) {
		t.Error("what has ended waits for somebody")
	}
}
