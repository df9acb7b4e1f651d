package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestTheFirstPageIsInTheReadersLanguage(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct{ address, accept, language, direction, word string }{
		{"/", "fr-CD,fr;q=0.9,en;q=0.5", "fr", "ltr", "Offres ouvertes"},
		{"/", "ar", "ar", "rtl", "العروض المفتوحة"},
		{"/?lang=zh", "fr", "zh", "ltr", "公约"},
		{"/?lang=xx", "es", "es", "ltr", "Necesidades abiertas"},
		{"/", "ru", "ru", "ltr", "Проекты партнерства"},
		{"/", "", "en", "ltr", "Proposed partnerships"},
	} {
		s.language = c.accept
		body := s.ask(http.MethodGet, c.address, http.StatusOK)
		for _, want := range []string{`<html lang="` + c.language + `" dir="` + c.direction + `">`, c.word, "/openapi.json", `href="/c/fctc"`, `href="/c/apmbc"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s for %q: %q is missing:\n%s", c.address, c.accept, want, body)
			}
		}
	}
}

func TestALanguageAndColoursThatWereChosenStay(t *testing.T) {
	s := newSite(t)
	s.language = "fr"
	back := s.choose("/settings", "language", "es", "back", "/c/fctc/needs?theme=x&lang=fr")
	if back != "/c/fctc/needs?theme=x" {
		t.Errorf("the choice led to %q", back)
	}
	if body := s.ask(http.MethodGet, "/c/fctc", http.StatusOK); !strings.Contains(body, `<html lang="es"`) {
		t.Error("the language was not kept")
	}
	s.choose("/settings", "theme", "dark", "back", "/")
	if body := s.ask(http.MethodGet, "/", http.StatusOK); !strings.Contains(body, `data-theme="dark"`) {
		t.Error("the colours were not kept")
	}
	for _, elsewhere := range []string{"https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", ""} {
		if back := s.choose("/settings", "language", "es", "back", elsewhere); back != "/" {
			t.Errorf("%q led to %q", elsewhere, back)
		}
	}
}

func TestFilesAreServedUnderNamesThatChangeWithThem(t *testing.T) {
	s := newSite(t)
	body := s.ask(http.MethodGet, "/", http.StatusOK)
	for name, kind := range map[string]string{"style": "text/css", "page": "text/javascript", "icon": "image/svg+xml"} {
		address := regexp.MustCompile(`/static/` + name + `\.[0-9a-f]{12}\.[a-z]+`).FindString(body)
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "http://entente.example.org"+address, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		s.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, headers %v", address, w.Code, w.Header())
		}
	}
	s.ask(http.MethodGet, "/static/style.css", http.StatusNotFound)
}
