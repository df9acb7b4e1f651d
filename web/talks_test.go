package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
)

// link finds the address of a page of a kind on another.
func linkTo(t *testing.T, page, kind string) string {
	t.Helper()
	m := regexp.MustCompile(`href="(/c/fctc/` + kind + `/[a-z0-9]+)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("there is no link to %s:\n%s", kind, page)
	}
	return m[1]
}

// terms fill the form on which terms are proposed.
func (s *site) terms(page string, more ...string) []string {
	s.t.Helper()
	form := []string{"terms.providers[0].kinds", "training", "terms.start", cooperation.DateOf(time.Now()).String(), "terms.end", cooperation.DateOf(time.Now()).AddMonths(6).String(),
		"terms.plan", "Two courses & a visit.", "terms.milestones[0].title", "First course", "terms.milestones[0].due", cooperation.DateOf(time.Now()).AddMonths(2).String(), "terms.providers[0].lead", "1", "terms.languages", "en"}
	for _, m := range regexp.MustCompile(`type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if strings.HasPrefix(m[1], "terms.") || m[1] == "version" {
			form = append(form, m[1], m[2])
		}
	}
	return append(form, more...)
}

func TestWhoeverFacilitatesMayEndTalksAndBothReadWhy(t *testing.T) {
	s, needs, gives, _, proposal := paired(t)
	office, err := s.platform.CreateUser(t.Context(), cooperation.System("test"), cooperation.User{Name: "Secretariat", Mail: "office@example.org", Language: "en", Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.Secretariat}}})
	if err != nil {
		t.Fatal(err)
	}
	s.as(gives)
	s.choose(proposal+"/interest", "version", version(t, s.ask(http.MethodGet, proposal, http.StatusOK), "interest"))
	meeting := linkTo(t, s.ask(http.MethodGet, proposal, http.StatusOK), "introductions")
	s.as(needs)
	s.choose(meeting+"/interested", "version", version(t, s.ask(http.MethodGet, meeting, http.StatusOK), "interested"))
	if page := s.ask(http.MethodGet, meeting, http.StatusOK); strings.Contains(page, meeting+"/end") {
		t.Error("a side is offered what is the facilitator's")
	}
	s.as(office)
	page := s.ask(http.MethodGet, meeting, http.StatusOK)
	s.choose(meeting+"/end", "version", version(t, page, "end"), "reason", "timing", "text", "Nobody has <written> for months.")
	s.as(needs)
	s.has(s.ask(http.MethodGet, meeting, http.StatusOK), "The talks have ended", "Nobody has &lt;written&gt; for months.")
}

func TestTwoSidesMeetAgreeAndDeliverOnTheirPages(t *testing.T) {
	s, needs, gives, _, proposal := paired(t)
	s.as(gives)
	s.choose(proposal+"/interest", "version", version(t, s.ask(http.MethodGet, proposal, http.StatusOK), "interest"))
	meeting := linkTo(t, s.ask(http.MethodGet, proposal, http.StatusOK), "introductions")

	s.as(nil)
	if to := s.send(http.MethodGet, meeting).Header().Get("Location"); !strings.HasPrefix(to, "/sign-in") {
		t.Errorf("the public is led to %q", to)
	}
	s.as(s.person("Focal point of Fiji", cooperation.FocalPoint, "FJ"))
	s.ask(http.MethodGet, meeting, http.StatusNotFound)

	s.as(needs)
	page := s.ask(http.MethodGet, meeting, http.StatusOK)
	s.has(page, "Whom to write to", "provider.of.norway@example.org", "Not answered yet", "We are interested", "We decline")
	s.has(s.ask(http.MethodPost, meeting+"/more", http.StatusUnprocessableEntity, "version", version(t, page, "more"), "text", ""), `role="alert"`, `href="#more-text"`)
	s.choose(meeting+"/more", "version", version(t, page, "more"), "text", "Who pays for <the> interpreters?")
	s.as(gives)
	page = s.ask(http.MethodGet, meeting, http.StatusOK)
	s.has(page, "Who pays for &lt;the&gt; interpreters?", "Answer the question")
	s.choose(meeting+"/answer", "version", version(t, page, "answer"), "question", "1", "text", "We do.")
	s.as(needs)
	page = s.ask(http.MethodGet, meeting, http.StatusOK)
	s.has(page, "We do.")
	s.choose(meeting+"/interested", "version", version(t, page, "interested"))
	s.has(s.ask(http.MethodGet, meeting+"?done=introduction.interested", http.StatusOK), "Your interest was recorded.", "Propose terms", proposal+"/terms")

	s.as(gives)
	page = s.ask(http.MethodGet, proposal+"/terms", http.StatusOK)
	s.has(page, "Norway", `name="terms.providers[0].kinds" value="training" checked`)
	if page = s.ask(http.MethodPost, proposal+"/terms", http.StatusUnprocessableEntity, "terms.plan", "Only <this>"); !strings.Contains(page, "Only &lt;this&gt;") || !strings.Contains(page, `role="alert"`) {
		t.Errorf("what was typed is lost:\n%s", page)
	}
	to := s.choose(proposal+"/terms", s.terms(s.ask(http.MethodGet, proposal+"/terms", http.StatusOK), "note", "See & say.")...)
	agreement := strings.TrimSuffix(to, "?done=agreement.propose")
	s.has(s.ask(http.MethodGet, to, http.StatusOK), "The terms are on the table", "Two courses &amp; a visit.", "Waiting for", "Kenya", "Take the terms back")

	s.as(needs)
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), agreement)
	page = s.ask(http.MethodGet, proposal+"/terms", http.StatusOK)
	s.has(page, "Propose other terms", "Two courses &amp; a visit.")
	s.choose(proposal+"/terms", s.terms(page)...)
	s.as(gives)
	page = s.ask(http.MethodGet, agreement, http.StatusOK)
	s.has(page, "Version 1", `name="number" value="2"`)
	s.ask(http.MethodPost, agreement+"/accept", http.StatusConflict, "version", version(t, page, "accept"), "number", "1")
	partnership := strings.TrimSuffix(s.choose(agreement+"/accept", "version", version(t, page, "accept"), "number", "2"), "?done=agreement.accept")
	if !strings.HasPrefix(partnership, "/c/fctc/partnerships/") {
		t.Fatalf("accepted, it leads to %s", partnership)
	}
	s.delivers(needs, gives, partnership)
}

// delivers goes the way from a partnership to lessons that all can read.
func (s *site) delivers(needs, gives *cooperation.User, partnership string) {
	t := s.t
	step := func(name string, form ...string) {
		t.Helper()
		page := s.ask(http.MethodGet, partnership, http.StatusOK)
		to := s.choose(partnership+"/"+name, append(form, "version", version(t, page, name))...)
		s.ask(http.MethodGet, to, http.StatusOK)
	}
	today := cooperation.DateOf(time.Now()).String()
	step("begin", "on", today)
	step("report_milestone", "milestone", "1", "done", today, "text", "Held.")
	step("deviate", "aspect", "schedule", "text", "A week late.")
	s.has(s.ask(http.MethodGet, partnership, http.StatusOK), "Held.", "Deviation: Schedule", "A week late.")
	s.ahead = 100 * 24 * time.Hour
	s.as(needs)
	s.has(s.ask(http.MethodGet, partnership, http.StatusOK), "Follow-up")
	step("follow_up", "course", "on_track", "text", "It goes well.")
	s.as(gives)
	step("complete", "delivered[0].kinds", "training", "text", "All was held.")
	s.as(needs)
	s.has(s.ask(http.MethodGet, partnership, http.StatusOK), "Stated as delivered", "All was held.")
	step("confirm")
	step("give_feedback", "rating", "5", "text", "Secret praise.")
	step("draft_lessons", "text", "Begin early.", "public", "1")
	s.as(gives)
	if page := s.ask(http.MethodGet, partnership, http.StatusOK); strings.Contains(page, "Secret praise") {
		t.Error("the other side reads the feedback")
	}
	step("clear_lessons", "draft", "1", "public", "1")
	s.as(nil)
	s.has(s.ask(http.MethodGet, "/c/fctc/lessons", http.StatusOK), "Begin early.", partnership)
	page := s.ask(http.MethodGet, partnership, http.StatusOK)
	if strings.Contains(page, "A week late.") || strings.Contains(page, "It goes well.") {
		t.Error("the public reads how it went")
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/partnerships", http.StatusOK), partnership, "Norway")
	s.has(s.ask(http.MethodGet, "/c/fctc/search?q=quitlines", http.StatusOK), `id="partnerships"`, partnership)
	s.has(s.ask(http.MethodGet, "/c/fctc/search?q=begin+early", http.StatusOK), `id="lessons"`, "<mark>Begin", partnership)
	s.has(s.ask(http.MethodGet, "/c/fctc/data", http.StatusOK), "/api/v1/data/fctc/iati.xml")
	s.as(gives)
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, partnership+"?lang="+language, http.StatusOK)
	}
}
