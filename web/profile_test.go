package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestPeopleLookAfterTheirOwnAccount(t *testing.T) {
	s := newSite(t)
	if to := s.send(http.MethodGet, "/profile").Header().Get("Location"); to != "/sign-in?back=%2Fprofile" {
		t.Errorf("the public is led to %q", to)
	}
	u := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE")
	s.as(u)
	page := s.ask(http.MethodGet, "/profile", http.StatusOK)
	s.has(page, u.Mail, "Focal point: Kenya", "This browser", "You", "Tokens for programs")

	refused := s.ask(http.MethodPost, "/profile/own", http.StatusUnprocessableEntity, "version", version(t, page, "own"), "name", "", "language", "fr")
	s.has(refused, `role="alert"`, `href="#own-name"`)
	s.choose("/profile/own", "version", version(t, page, "own"), "name", "Point focal du <Kenya>", "language", "fr")
	s.has(s.ask(http.MethodGet, "/profile", http.StatusOK), `lang="fr"`, "Point focal du &lt;Kenya&gt;")
	page = s.ask(http.MethodGet, "/profile?lang=en", http.StatusOK)
	s.choose("/profile/told?lang=en", "version", version(t, page, "told"), "mail", "weekly", "groups.proposals", "none", "time_zone", "Africa/Nairobi")
	now, _ := s.platform.User(u.ID)
	if p := now.Preferences; p.Mail != cooperation.Weekly || p.Groups[cooperation.GroupProposals] != cooperation.Never || p.Zone != "Africa/Nairobi" {
		t.Errorf("what was chosen is kept as %+v", p)
	}
	page = s.ask(http.MethodGet, "/profile?lang=en", http.StatusOK)
	s.has(s.ask(http.MethodPost, "/profile/told?lang=en", http.StatusUnprocessableEntity, "version", version(t, page, "told"), "mail", "weekly", "time_zone", "Nowhere/None"), `role="alert"`, "Nowhere/None")

	made := s.ask(http.MethodPost, "/profile/token?lang=en", http.StatusOK, "name", "Our database", "scope", "read", "days", "30")
	secret := regexp.MustCompile(`<code class="secret" dir="ltr">([^<]+)</code>`).FindStringSubmatch(made)
	if secret == nil {
		t.Fatalf("no secret is shown:\n%s", made)
	}
	page = s.ask(http.MethodGet, "/profile?lang=en", http.StatusOK)
	s.has(page, "Our database")
	if strings.Contains(page, secret[1]) {
		t.Error("the secret is shown twice")
	}
	s.ask(http.MethodPost, "/profile/token?lang=en", http.StatusUnprocessableEntity, "name", "Long", "scope", "read", "days", "100000")
	tokens, err := s.platform.Tokens(cooperation.System("test"), u.ID)
	if err != nil || len(tokens) != 1 {
		t.Fatal(tokens, err)
	}
	s.choose("/profile/revoke", "id", tokens[0].ID)
	if page := s.ask(http.MethodGet, "/profile?lang=en", http.StatusOK); strings.Contains(page, "Our database") {
		t.Error("a revoked token is listed")
	}
	s.choose("/profile/password", "password", "a wholly other phrase")
	s.has(s.ask(http.MethodGet, "/profile?done=profile.password&lang=en", http.StatusOK), "Your password was changed.")
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, "/profile?lang="+language, http.StatusOK)
	}
}
