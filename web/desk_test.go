package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/platform"
)

// person makes an account that acts for a State in the tobacco convention.
func (s *site) person(name string, role cooperation.Role, of cooperation.Participant) *cooperation.User {
	s.t.Helper()
	grant := cooperation.Grant{Convention: "fctc", Role: role, Participant: of}
	u, err := s.platform.CreateUser(s.t.Context(), cooperation.System("test"), cooperation.User{Name: name, Mail: strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.org", Language: "en", Grants: []cooperation.Grant{grant}})
	if err != nil {
		s.t.Fatal(err)
	}
	return u
}

// as goes on as somebody else.
func (s *site) as(u *cooperation.User) {
	s.t.Helper()
	s.cookies = map[string]string{}
	if u != nil {
		s.ask(http.MethodPost, s.link(cooperation.LinkSignIn, u.ID), http.StatusSeeOther)
	}
}

// paired is a site with a need of Kenya, an offer of Norway that fits it, the
// proposal that a run made of them, and people for both sides.
func paired(t *testing.T) (s *site, needs, gives *cooperation.User, ids map[string]string, proposal string) {
	t.Helper()
	return pairedAt(newSite(t))
}

// pairedAt makes it of a site.
func pairedAt(on *site) (s *site, needs, gives *cooperation.User, ids map[string]string, proposal string) {
	s, t := on, on.t
	t.Helper()
	one, _ := themes(t, s)
	ids = s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training)}, []cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	if _, err := s.platform.Run(t.Context(), secretary(), "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
		t.Fatal(err)
	}
	return s, s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.person("Provider of Norway", cooperation.ProviderRole, "NO"), ids, "/c/fctc/proposals/" + cooperation.ProposalID("fctc", ids["Quitlines"], ids["Trainers"])
}

func TestADeskShowsWhatIsOnesOwnAndWhatWaits(t *testing.T) {
	s, needs, gives, ids, proposal := paired(t)
	if to := s.send(http.MethodGet, "/c/fctc/desk").Header().Get("Location"); to != "/sign-in?back=%2Fc%2Ffctc%2Fdesk" {
		t.Errorf("the public is sent to %q", to)
	}
	if to := s.choose(s.link(cooperation.LinkSignIn, needs.ID) + "?back=%2Fc%2Ffctc%2Fdesk"); to != "/c/fctc/desk" {
		t.Errorf("who has signed in is led to %q", to)
	}
	page := s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK)
	s.has(page, "My desk", `href="`+proposal+`"`, "Look by both sides", "Your needs", "/c/fctc/needs/"+ids["Quitlines"])
	if strings.Contains(page, "Your offers") {
		t.Error("offers of others are on the desk")
	}
	s.as(gives)
	s.has(s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), "Your offers", `href="`+proposal+`"`)
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, "/c/fctc/desk?lang="+language, http.StatusOK)
		s.ask(http.MethodGet, proposal+"?lang="+language, http.StatusOK)
	}
}

func TestWhoFitsIsShownWithReasonsToWhomItConcerns(t *testing.T) {
	s, needs, gives, ids, _ := paired(t)
	at := "/c/fctc/needs/" + ids["Quitlines"]
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "Who fits") || strings.Contains(page, "Score out of 100") {
		t.Error("the public sees who fits")
	}
	s.as(needs)
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Who fits, and why", "1 fits.", "Trainers", "Score out of 100", `name="other" value="`+ids["Trainers"]+`"`)
	if parts := strings.Count(page, `class="why"`); parts < 8 {
		t.Errorf("%d parts are explained", parts)
	}
	s.has(page, `href="`+at+`/matches"`)
	s.has(s.ask(http.MethodGet, at+"/matches", http.StatusOK), "Who fits: ", "Trainers", "Score out of 100", `action="`+at+`/interest"`)
	s.as(gives)
	s.ask(http.MethodGet, at+"/matches", http.StatusNotFound)
	s.has(s.ask(http.MethodGet, "/c/fctc/offers/"+ids["Trainers"], http.StatusOK), "Which needs it fits, and why", "Quitlines")
	s.has(s.ask(http.MethodGet, "/c/fctc/offers/"+ids["Trainers"]+"/matches", http.StatusOK), "Which needs fit: ", "Quitlines", "Score out of 100")
	s.ask(http.MethodGet, "/c/apmbc/offers/"+ids["Trainers"]+"/matches", http.StatusNotFound)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "Who fits") {
		t.Error("the other side sees who else fits")
	}
}

func TestInterestIntroducesBothSides(t *testing.T) {
	s, needs, gives, ids, proposal := paired(t)
	s.ask(http.MethodGet, proposal, http.StatusNotFound)
	s.as(s.person("Focal point of Fiji", cooperation.FocalPoint, "FJ"))
	s.ask(http.MethodGet, proposal, http.StatusNotFound)
	s.ask(http.MethodPost, proposal+"/interest", http.StatusNotFound)
	s.as(gives)
	page := s.ask(http.MethodGet, proposal, http.StatusOK)
	s.has(page, "Quitlines", "Trainers", proposal+"/interest", proposal+"/withdraw")
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)[1]
	s.has(s.ask(http.MethodPost, proposal+"/interest", http.StatusConflict, "version", "999"), `role="alert"`, "Quitlines")
	if to := s.send(http.MethodGet, proposal+"/interest").Header().Get("Location"); to != proposal {
		t.Errorf("the address of a refused step leads to %q", to)
	}
	if to := s.choose("/c/fctc/offers/"+ids["Trainers"]+"/interest", "other", ids["Quitlines"]); to != proposal+"?done=interest" {
		t.Errorf("interest leads to %s", to)
	}
	s.has(s.ask(http.MethodGet, proposal+"?done=interest", http.StatusOK), "Both sides are introduced", "Introduced on")
	s.as(needs)
	s.ask(http.MethodPost, proposal+"/withdraw", http.StatusConflict, "version", version)
	if page := s.ask(http.MethodGet, proposal, http.StatusOK); strings.Contains(page, proposal+"/withdraw") {
		t.Error("what would be refused is offered")
	}
	if q, _ := s.platform.Proposal(cooperation.System("test"), proposal[strings.LastIndex(proposal, "/")+1:]); q.Introduced.Before(time.Now().Add(-time.Hour)) {
		t.Errorf("introduced at %v", q.Introduced)
	}
}
