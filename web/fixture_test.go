package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/access"
	"entente/i18n/i18ntest"
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
	options  web.Options
	cookies  map[string]string
	language string
	ahead    time.Duration // of the clock
}

func newSite(t *testing.T, changes ...func(*profiles.Set)) *site {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		change(set)
	}
	made := &site{t: t, cookies: map[string]string{}, language: "en"}
	s, err := sqlite.Open(t.Context(), "sqlite://"+filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: notify.NewTeller(), Clock: func() time.Time { return time.Now().Add(made.ahead) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	texts := i18ntest.Strict(t)
	a, err := access.New(access.Options{People: p, Values: s.Ephemeral(), Texts: texts, PublicURL: "http://entente.example.org", Mail: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	made.platform, made.access, made.options = p, a, web.Options{Platform: p, Access: a, Texts: texts}
	made.handler = a.Guard(web.New(made.options))
	return made
}

// ask sends a request, a form when there is one, keeps the cookies, and holds
// the page to what every page keeps.
func (s *site) ask(method, path string, status int, form ...string) string {
	s.t.Helper()
	w := s.send(method, path, form...)
	if w.Code != status {
		s.t.Fatalf("%s %s: %d and not %d\n%s", method, path, w.Code, status, w.Body)
	}
	body := w.Body.String()
	if body == "" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return body
	}
	if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		s.t.Errorf("%s %s: policy %q", method, path, policy)
	}
	if strings.Contains(body, " style=") || strings.Contains(body, "<style") || inline.MatchString(body) {
		s.t.Errorf("%s %s needs more than its policy allows:\n%s", method, path, body)
	}
	if strings.Count(body, "<h1") != 1 {
		s.t.Errorf("%s %s has %d first headings", method, path, strings.Count(body, "<h1"))
	}
	if key := bareKey.FindString(body); key != "" {
		s.t.Errorf("%s %s shows the key of a text: %s", method, path, key)
	}
	return body
}

var (
	inline  = regexp.MustCompile(`<script[^>]*>[^<]|<[a-z0-9]+(?:\s+[a-z-]+(?:="[^"]*")?)*\s+on[a-z]+=`)
	bareKey = regexp.MustCompile(`\b(page|web|field|status)\.[a-z_]+\.[a-z_.]+\b`)
)

// send sends a request and keeps the cookies.
func (s *site) send(method, path string, form ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	r := httptest.NewRequest(method, "http://entente.example.org"+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", s.language)
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		if s.cookies[cookie.Name] = cookie.Value; cookie.MaxAge < 0 || cookie.Value == "" {
			delete(s.cookies, cookie.Name)
		}
	}
	return w
}

// choose sends a form and returns where it leads.
func (s *site) choose(path string, form ...string) string {
	s.t.Helper()
	w := s.send(http.MethodPost, path, form...)
	if w.Code != http.StatusSeeOther {
		s.t.Fatalf("%s: %d", path, w.Code)
	}
	return w.Header().Get("Location")
}

func (s *site) has(page string, wanted ...string) {
	s.t.Helper()
	for _, want := range wanted {
		if !strings.Contains(page, want) {
			s.t.Errorf("%q is missing:\n%s", want, page)
		}
	}
}
