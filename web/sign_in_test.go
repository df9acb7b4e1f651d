package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
)

const phrase = "correct horse battery"

func (s *site) link(purpose cooperation.LinkPurpose, user string) string {
	s.t.Helper()
	id, err := s.platform.IssueLink(s.t.Context(), purpose, user, time.Hour)
	if err != nil {
		s.t.Fatal(err)
	}
	return "/link/" + s.platform.LinkSecret(id)
}

func TestTheFirstAdministratorMakesAnAccountAndSignsInAndOut(t *testing.T) {
	s := newSite(t)
	at := s.link(cooperation.LinkFirstAdministrator, "")
	page := s.ask("GET", at, 200)
	s.has(page, `<h1>First administrator</h1>`, `name="name"`, `name="mail"`, `name="language"`, `name="password"`, `autocomplete="new-password"`)
	if strings.Contains(page, strings.TrimPrefix(at, "/link/")) {
		t.Error("the page repeats the secret of its address")
	}
	page = s.ask("POST", at, 422, "name", "Legal <b>officer", "mail", "officer@example.org", "language", "en", "password", "password1234")
	s.has(page, `aria-invalid="true"`, "guessed first", `value="Legal &lt;b&gt;officer"`)
	if strings.Contains(page, "password1234") {
		t.Error("the password is sent back")
	}
	s.ask("POST", at, 303, "name", "Legal officer", "mail", "officer@example.org", "language", "en", "password", phrase)
	s.has(s.ask("GET", "/", 200), "<bdi>Legal officer</bdi>", `href="/sign-out"`)
	s.has(s.ask("GET", at, 404), "This link opens nothing")
	s.ask("GET", "/sign-out", 200)
	s.has(s.ask("GET", "/", 200), "Legal officer") // looking ends nothing
	s.ask("POST", "/sign-out", 303)
	s.has(s.ask("GET", "/", 200), `href="/sign-in"`)
	s.has(s.ask("POST", "/sign-in", 401, "mail", "officer@example.org", "password", "a guess"), "do not belong together", `value="officer@example.org"`)
	s.ask("POST", "/sign-in", 303, "mail", "officer@example.org", "password", phrase)
	s.has(s.ask("GET", "/", 200), "Legal officer")
}

func TestAForgottenPasswordIsReplacedByALink(t *testing.T) {
	s := newSite(t)
	s.ask("POST", s.link(cooperation.LinkFirstAdministrator, ""), 303, "name", "Officer", "mail", "officer@example.org", "language", "en", "password", phrase)
	ana, _ := s.platform.UserByMail("officer@example.org")
	s.cookies = map[string]string{}
	s.has(s.ask("GET", "/sign-in", 200), `href="/sign-in/link?for=reset"`)
	s.has(s.ask("GET", "/sign-in/link?for=reset", 200), "Choose a new password")
	for _, mail := range []string{"officer@example.org", "nobody@example.org"} {
		s.has(s.ask("POST", "/sign-in/link?for=reset", 200, "mail", mail), "If there is an account")
	}
	at := s.link(cooperation.LinkReset, ana.ID)
	s.has(s.ask("GET", at, 200), "officer@example.org")
	s.ask("POST", at, 303, "password", "a wholly other phrase")
	s.has(s.ask("GET", "/", 200), "<bdi>Officer</bdi>")
	s.cookies = map[string]string{}
	s.ask("POST", "/sign-in", 401, "mail", "officer@example.org", "password", phrase)
	s.ask("POST", s.link(cooperation.LinkSignIn, ana.ID), 303)
}

func TestThePagesOfSigningInAreInEveryLanguage(t *testing.T) {
	s := newSite(t)
	at := s.link(cooperation.LinkFirstAdministrator, "")
	titles := map[string]bool{}
	for _, language := range i18n.Languages() {
		s.language = language
		for _, path := range []string{"/sign-in", "/sign-in/link", "/sign-out", at, "/link/dead"} {
			status := 200
			if path == "/link/dead" {
				status = 404
			}
			page := s.ask("GET", path, status)
			s.has(page, `<html lang="`+language+`" dir="`+i18n.Direction(language)+`">`)
			_, title, _ := strings.Cut(page, "<h1>")
			title, _, _ = strings.Cut(title, "</h1>")
			if titles[title] {
				t.Errorf("%s in %s has the title of another page: %s", path, language, title)
			}
			titles[title] = true
		}
	}
}

func TestAFormFromAnotherSiteAndOneThatIsTooLargeAreRefused(t *testing.T) {
	s := newSite(t)
	r := httptest.NewRequest(http.MethodPost, "http://entente.example.org/sign-in", strings.NewReader("mail=a&password=b"))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	if s.handler.ServeHTTP(w, r); w.Code != 403 {
		t.Errorf("a post of another site: %d", w.Code)
	}
	s.ask("POST", "/sign-in", 401, "mail", strings.Repeat("a", 1<<20), "password", phrase)
}
