package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"entente/i18n"
	"entente/i18n/i18ntest"
	"entente/web"
)

// templatesOfPages are the names that values of pages give their templates.
func templatesOfPages(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\) template\(\) string\s*\{ return "([a-z-]+)" \}`).FindAllStringSubmatch(string(content), -1) {
			names = append(names, m[1])
		}
	}
	return names
}

// What is bad in them stands there as text; the rest is what every page keeps.
func TestEveryPageIsInTheGalleryWithWhatIsWorst(t *testing.T) {
	texts := i18ntest.Catalogue(t)
	gallery := web.Gallery(texts, slog.New(slog.NewTextHandler(io.Discard, nil)))
	names := templatesOfPages(t)
	if len(names) < 20 {
		t.Fatalf("only %d pages: %v", len(names), names)
	}
	for _, name := range names {
		for _, language := range i18n.Languages() {
			for _, how := range []string{"?", "?bare=1&"} {
				address := "/" + name + how + "lang=" + language
				w := httptest.NewRecorder()
				gallery.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
				body := w.Body.String()
				if w.Code != http.StatusOK {
					t.Errorf("%s: %d %s (a new page is added to exhibits)", address, w.Code, body)
					continue
				}
				if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img") || strings.Contains(body, "<b onmouseover") || inline.MatchString(body) || strings.Contains(body, " style=") {
					t.Errorf("%s has more than text:\n%s", address, body)
				}
				if strings.Count(body, "<h1") != 1 || !strings.Contains(body, `<html lang="`+language+`"`) {
					t.Errorf("%s is no whole page", address)
				}
			}
		}
	}
}
