package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestThePageOfOpenDataLinksEveryFileAndSaysWhatItsColumnsMean(t *testing.T) {
	s := newSite(t)
	s.has(s.ask(http.MethodGet, "/c/fctc", 200), `href="/c/fctc/data"`)
	page := s.ask(http.MethodGet, "/c/fctc/data", 200)
	for _, table := range []string{"needs", "offers", "partnerships", "programme"} {
		for _, format := range []string{"csv", "xlsx", "jsonl"} {
			s.has(page, `href="/api/v1/data/fctc/`+table+"."+format+`"`)
		}
	}
	s.has(page, "<code>deadline</code>", "Treaty deadline served. A day: year-month-day.", "withheld")
	if strings.Contains(page, "iati.xml") {
		t.Error("a file that does not exist is linked")
	}
	s.language = "ar"
	s.has(s.ask(http.MethodGet, "/c/fctc/data", 200), `dir="rtl"`, "البيانات المفتوحة", "<code>deadline</code>")
	s.ask(http.MethodGet, "/c/none/data", 404)
}
