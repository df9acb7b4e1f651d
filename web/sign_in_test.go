package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/access"
	"entente/cooperation"
	"entente/i18n"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
	"entente/store/sqlite"
	"entente/web"
)

// site is the pages over a whole installation, with one reader and a browser.
type site struct {
	t        *testing.T
	platform *platform.Platform
	access   *access.Access
	handler  http.Handler
	cookie   string
	language string
}

func newSite(t *testing.T) *site {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), "sqlite://"+filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: notify.NewTeller()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	texts, err := i18n.New(i18n.Report(func(p *i18n.Problem) { t.Error(p) }))
	if err != nil {
		t.Fatal(err)
	}
	a, err := access.New(access.Options{People: p, Values: s.Ephemeral(), Texts: texts, PublicURL: "http://entente.example.org", Mail: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return &site{t: t, platform: p, access: a, handler: a.Guard(web.New(web.Options{Platform: p, Access: a, Texts: texts})), language: "en"}
}

// ask sends a request, a form when there is one, and keeps the cookie.
func (s *site) ask(method, path string, status int, form ...string) string {
	s.t.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	r := httptest.NewRequest(method, "http://entente.example.org"+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", s.language)
	if s.cookie != "" {
		r.Header.Set("Cookie", s.cookie)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != status {
		s.t.Fatalf("%s %s: %d and not %d\n%s", method, path, w.Code, status, w.Body)
	}
	if set := w.Header().Get("Set-Cookie"); set != "" {
		s.cookie, _, _ = strings.Cut(set, ";")
	}
	body := w.Body.String()
	if strings.Contains(body, "<form") && (!strings.Contains(w.Header().Get("Content-Security-Policy"), "form-action 'self'") || w.Header().Get("Cache-Control") != "no-store") {
		s.t.Errorf("%s %s: %v", method, path, w.Header())
	}
	if strings.Contains(body, "<script") || strings.Contains(body, " style=") || strings.Contains(body, "web.") {
		s.t.Errorf("%s %s needs more than its policy allows, or lacks a text:\n%s", method, path, body)
	}
	return body
}

func (s *site) has(page string, wanted ...string) {
	s.t.Helper()
	for _, want := range wanted {
		if !strings.Contains(page, want) {
			s.t.Errorf("%q is missing:\n%s", want, page)
		}
	}
}

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
	s.cookie = ""
	s.has(s.ask("GET", "/sign-in", 200), `href="/sign-in/link?for=reset"`)
	s.has(s.ask("GET", "/sign-in/link?for=reset", 200), "Choose a new password")
	for _, mail := range []string{"officer@example.org", "nobody@example.org"} {
		s.has(s.ask("POST", "/sign-in/link?for=reset", 200, "mail", mail), "If there is an account")
	}
	at := s.link(cooperation.LinkReset, ana.ID)
	s.has(s.ask("GET", at, 200), "officer@example.org")
	s.ask("POST", at, 303, "password", "a wholly other phrase")
	s.has(s.ask("GET", "/", 200), "<bdi>Officer</bdi>")
	s.cookie = ""
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
