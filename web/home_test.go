package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entente/catalogue"
	"entente/cooperation"
	"entente/i18n"
	"entente/profiles"
	"entente/web"
)

type installation struct{ set *profiles.Set }

func (i installation) Conventions() []*cooperation.Convention { return i.set.All() }

func (i installation) State(id string) (*catalogue.State, bool) {
	c, ok := i.set.Convention(id)
	if !ok {
		return nil, false
	}
	return catalogue.New(c), true
}

func pages(t *testing.T) http.Handler {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.New()
	if err != nil {
		t.Fatal(err)
	}
	return web.New(web.Options{Platform: installation{set}, Texts: texts})
}

func TestTheFirstPageIsInTheReadersLanguage(t *testing.T) {
	h := pages(t)
	for _, c := range []struct{ address, accept, language, direction, word string }{
		{"/", "fr-CD,fr;q=0.9,en;q=0.5", "fr", "ltr", "Offres ouvertes"},
		{"/", "ar", "ar", "rtl", "العروض المفتوحة"},
		{"/?lang=zh", "fr", "zh", "ltr", "公约"},
		{"/?lang=xx", "es", "es", "ltr", "Necesidades abiertas"},
		{"/", "ru", "ru", "ltr", "Проекты партнерства"},
		{"/", "", "en", "ltr", "Proposed partnerships"},
	} {
		r := httptest.NewRequest(http.MethodGet, c.address, nil)
		r.Header.Set("Accept-Language", c.accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		body := w.Body.String()
		for _, want := range []string{`<html lang="` + c.language + `" dir="` + c.direction + `">`, c.word, "/openapi.json"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s for %q: %q is missing:\n%s", c.address, c.accept, want, body)
			}
		}
		if got := strings.Count(body, `<th scope="row">`); w.Code != http.StatusOK || got != 4 {
			t.Errorf("%s for %q: status %d, %d conventions; want 200 and 4", c.address, c.accept, w.Code, got)
		}
		if got := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'") || strings.Contains(body, "<script") || strings.Contains(body, "style=") {
			t.Errorf("%s: policy %q with a page that needs more", c.address, got)
		}
	}
}

func TestTheStyleIsServed(t *testing.T) {
	w := httptest.NewRecorder()
	pages(t).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/style.css", nil))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
		t.Errorf("status %d, type %s", w.Code, w.Header().Get("Content-Type"))
	}
}
