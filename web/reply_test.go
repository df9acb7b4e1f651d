package web_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
)

// replyLink is the address in the mail that somebody was sent.
func (s *site) replyLink(to *cooperation.User) string {
	s.t.Helper()
	state, _ := s.platform.State("fctc")
	page, err := state.NotificationsOf(to.ID, catalogue.NotificationQuery{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, n := range page.Items {
		if n.Link != "" {
			return "/reply/" + s.platform.LinkSecret(n.Link)
		}
	}
	s.t.Fatal("no mail has a link")
	return ""
}

// From the mail to the answer, without signing in: looking decides nothing, and
// what is sent is heard once.
func TestAnIntroductionIsAnsweredFromTheMailOnce(t *testing.T) {
	s, needs, gives, ids, _ := paired(t)
	if _, err := s.platform.ExpressInterestIn(t.Context(), cooperation.ActorOf(gives, false), ids["Quitlines"], ids["Trainers"]); err != nil {
		t.Fatal(err)
	}
	proposal := cooperation.ProposalID("fctc", ids["Quitlines"], ids["Trainers"])
	status := func() cooperation.ProposalStatus {
		q, err := s.platform.Proposal(cooperation.System("test"), proposal)
		if err != nil {
			t.Fatal(err)
		}
		return q.Status
	}
	at := s.replyLink(needs)
	for _, language := range i18n.Languages() {
		s.has(s.ask(http.MethodGet, at+"?lang="+language, http.StatusOK), `value="interested"`, `value="more_information"`, `value="declined"`, `value="timing"`, "Trainers", "Provider of Norway")
	}
	s.send(http.MethodHead, at)
	if status() != cooperation.Introduced {
		t.Fatal("looking at it has decided something")
	}
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "Nothing is decided until you press the button", "provider.of.norway@example.org")
	for _, dead := range []string{"/reply/x", at + "x", strings.Replace(at, "-0-0-", "-1-0-", 1), strings.Replace(at, "/reply/", "/link/", 1)} {
		s.has(s.ask(http.MethodGet, dead, http.StatusNotFound), "This link opens nothing")
		s.ask(http.MethodPost, dead, http.StatusNotFound, "reply", "interested")
	}
	s.has(s.ask(http.MethodPost, at, http.StatusUnprocessableEntity, "reply", "declined", "text", "Later <b>"), "Later &lt;b&gt;", `role="alert"`)
	s.ask(http.MethodPost, at, http.StatusUnprocessableEntity, "reply", "perhaps")
	s.has(s.ask(http.MethodPost, at, http.StatusOK, "reply", "more_information", "text", "In which month?"), "The other side has your question")
	s.ask(http.MethodGet, at, http.StatusNotFound) // it has acted
	x, _ := s.platform.Introduction(cooperation.System("test"), cooperation.IntroductionID(proposal, 1))
	if _, err := s.platform.AnswerIntroduction(t.Context(), cooperation.ActorOf(gives, false), x.ID, 0, 1, "In May."); err != nil {
		t.Fatal(err)
	}
	at = s.replyLink(needs)
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "In which month?", "In May.")
	var heard atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if s.platform.ReplyByLink(t.Context(), strings.TrimPrefix(at, "/reply/"), cooperation.ReplyContent{Reply: cooperation.ReplyInterested}) == nil {
				heard.Add(1)
			}
		})
	}
	if all.Wait(); heard.Load() != 1 || status() != cooperation.InTalks {
		t.Errorf("%d were heard, and it is %s", heard.Load(), status())
	}
	s.ask(http.MethodPost, at, http.StatusNotFound, "reply", "declined", "reason", "timing")
}

func TestALinkToAnswerDiesWithTheRoleAndARefusalExcludes(t *testing.T) {
	s, needs, gives, ids, _ := paired(t)
	second := s.person("Approver of Kenya", cooperation.Approver, "KE")
	if _, err := s.platform.ExpressInterestIn(t.Context(), cooperation.ActorOf(gives, false), ids["Quitlines"], ids["Trainers"]); err != nil {
		t.Fatal(err)
	}
	at, other := s.replyLink(needs), s.replyLink(second)
	if _, err := s.platform.DisablePerson(t.Context(), cooperation.System("test"), needs.ID, 0); err != nil {
		t.Fatal(err)
	}
	s.ask(http.MethodGet, at, http.StatusNotFound)
	s.ask(http.MethodPost, at, http.StatusNotFound, "reply", "interested")
	s.has(s.ask(http.MethodPost, other, http.StatusOK, "reply", "declined", "reason", "timing", "never", "1"), "It is noted that you decline")
	n, _, err := s.platform.Need(cooperation.ActorOf(second, true), ids["Quitlines"])
	if err != nil || len(n.Excluded) != 1 || n.Excluded[0] != "NO" {
		t.Errorf("the need excludes %v, %v", n.Excluded, err)
	}
}
