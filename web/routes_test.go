package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"entente/i18n/i18ntest"
	"entente/web"
)

// The program hands a request to the pages only where Paths says so: a page
// outside of them would answer in tests, and nowhere else.
func TestEveryPageIsAmongThePathsThatTheProgramHandsOver(t *testing.T) {
	texts := i18ntest.Catalogue(t)
	routes := web.Routes(texts)
	if len(routes) < 20 {
		t.Fatalf("only %d routes: %v", len(routes), routes)
	}
	program := http.NewServeMux()
	for _, path := range web.Paths() {
		program.Handle(path, http.NotFoundHandler())
	}
	parameter := regexp.MustCompile(`[:*][a-z]+`)
	for _, route := range routes {
		method, pattern, _ := strings.Cut(route, " ")
		r := httptest.NewRequest(method, parameter.ReplaceAllString(pattern, "x"), nil)
		if _, found := program.Handler(r); found == "" {
			t.Errorf("%s is handed to nobody: add it to Paths", route)
		}
	}
}
