package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
)

const officeImports = "/c/fctc/office/imports"

// checked uploads a file for a check and returns where its outcome stands.
func (s *site) checked(sort, content string, more ...string) string {
	s.t.Helper()
	w := s.sendFile(officeImports+"/"+sort+"/check", "past.csv", content, more...)
	if w.Code != http.StatusSeeOther {
		s.t.Fatalf("a file of %s: %d\n%s", sort, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// asSecretariat is a site with a secretariat that reads it.
func asSecretariat(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	return s
}

func TestAFileIsCheckedBeforeItIsImportedAndIsTheSameFile(t *testing.T) {
	s := asSecretariat(t)
	one, _ := themes(t, s)
	const header = "external_id,convention,beneficiary,title,themes,kinds,languages,deadline\n"
	file := header +
		"n-1,fctc,KE,Quitlines for the north," + one + ",training,en,2028-12-31\n" +
		"n-2,fctc,Kenya,Quitlines," + one + ",training,en,31/12/2028\n" +
		"n-3,cms,KE,Birds," + one + ",training,en,\n"
	at := s.checked("needs", file)
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Finished", "Check of a file of needs", "past.csv", "<dt>Rows read</dt><dd>3</dd>", "<dt>New</dt><dd>1</dd>", "<dt>With mistakes</dt><dd>2</dd>", "Mistakes found: 3. Shown here: 3.",
		"Unknown country: ", "Write the two-letter code", "This is not a date.", "This row is of another convention: ", "nothing was written", "Confirm and import")
	if page := s.ask(http.MethodGet, "/c/fctc/needs", http.StatusOK); strings.Contains(page, "Quitlines for the north") {
		t.Error("a check wrote something")
	}
	list := s.ask(http.MethodGet, at+"/mistakes", http.StatusOK)
	s.has(list, "Line,external_id,Column,What is wrong\n", "3,n-2,beneficiary,", "4,n-3,convention,")

	done := s.choose(at + "/import")
	s.has(s.ask(http.MethodGet, done, http.StatusOK), "Import of needs", "<dt>New</dt><dd>1</dd>", "without the rows that have mistakes")
	s.has(s.ask(http.MethodGet, "/c/fctc/needs", http.StatusOK), "Quitlines for the north")
	again := s.choose(at + "/import")
	s.has(s.ask(http.MethodGet, again, http.StatusOK), "<dt>New</dt><dd>0</dd>", "<dt>Unchanged</dt><dd>1</dd>")
	if page := s.ask(http.MethodGet, s.checked("needs", file), http.StatusOK); strings.Contains(page, "Confirm and import") || !strings.Contains(page, "There is nothing to import") {
		t.Errorf("what is there already can be imported:\n%s", page)
	}
	s.has(s.ask(http.MethodGet, "/c/fctc/office/work", http.StatusOK), `href="`+at+`"`, `href="`+done+`"`, "Secretariat", "past.csv")
	for _, language := range i18n.Languages() {
		for _, page := range []string{"", "/needs", "/offers", "/activities", "/history"} {
			s.ask(http.MethodGet, officeImports+page+"?lang="+language, http.StatusOK)
		}
		s.ask(http.MethodGet, at+"?lang="+language, http.StatusOK)
		s.ask(http.MethodGet, "/c/fctc/office/work?lang="+language, http.StatusOK)
	}

	s.ahead = 25 * time.Hour
	if _, err := s.platform.SweepFiles(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.as(s.person("Secretariat again", cooperation.Secretariat, ""))
	page = s.ask(http.MethodGet, at, http.StatusOK)
	if strings.Contains(page, "Confirm and import") || !strings.Contains(page, "kept for one day only") {
		t.Error("a file that is gone can be imported")
	}
	s.has(s.ask(http.MethodGet, s.choose(at+"/import"), http.StatusOK), "Refused", "kept for one day only", "did not come to its end")
}

func TestWhatIsNoSuchFileIsRefusedWithTheRemedy(t *testing.T) {
	s := asSecretariat(t)
	page := s.ask(http.MethodGet, s.checked("offers", "external_id;colour\n1;red\n"), http.StatusOK)
	s.has(page, "Refused", "The header row needs correction", "No column of this form is named ", "The column convention is missing", "Check it again")
	s.has(s.ask(http.MethodGet, s.checked("needs", "PK\x03\x04\x00\x00"), http.StatusOK), "Refused", "not a table in CSV form")

	w := s.sendFile(officeImports+"/history/check", "past.csv", "year\n", "source", "", "url", "https://example.org/report")
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("past help without a source: %d", w.Code)
	}
	s.has(w.Body.String(), `href="#check-source"`, `value="https://example.org/report"`)
	if w := s.sendFile(officeImports+"/needs/check", "", ""); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `href="#check-file"`) {
		t.Errorf("no file: %d", w.Code)
	}
	if w := s.sendFile(officeImports+"/history/check", "past.csv", "year\n", "source", "Report", "themes.csv", strings.Repeat("x", 1<<20+1)); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `href="#check-themes"`) || !strings.Contains(w.Body.String(), "maximum size of each: 1 MiB") {
		t.Errorf("more than may be sent: %d\n%s", w.Code, w.Body)
	}
	s.ask(http.MethodGet, officeImports+"/people", http.StatusNotFound)
	s.ask(http.MethodGet, officeImports+"/people/example", http.StatusNotFound)
	if w := s.sendFile(officeImports+"/people/check", "past.csv", "x"); w.Code != http.StatusNotFound {
		t.Errorf("a sort of file that there is not: %d", w.Code)
	}

	at := s.checked("needs", "external_id,convention,beneficiary,title,themes,kinds,languages\n")
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	for _, page := range []string{at, at + "/mistakes", "/c/fctc/office/work", officeImports, officeImports + "/needs"} {
		s.ask(http.MethodGet, page, http.StatusForbidden)
	}
	s.ask(http.MethodPost, at+"/import", http.StatusForbidden)
	if w := s.sendFile(officeImports+"/needs/check", "past.csv", "x"); w.Code != http.StatusForbidden {
		t.Errorf("a focal point sends a file: %d", w.Code)
	}
}

func TestPastHelpIsImportedWithItsSourceAndItsThemes(t *testing.T) {
	s := asSecretariat(t)
	one, _ := themes(t, s)
	file := "year,beneficiary,theme,provider\n2019,KE," + one + ",NO\n2020,KE,Mine Action,NO\n2021,KE,Mine Action,NO\n"
	page := s.ask(http.MethodGet, s.checked("history", file, "source", "Reports of the Parties"), http.StatusOK)
	s.has(page, "Reports of the Parties", "<dt>New</dt><dd>1</dd>", "<dt>With mistakes</dt><dd>2</dd>", "No thematic area of the convention has this id or name", "(and 1 more row)")
	at := s.checked("history", file, "source", "Reports of the Parties", "themes.csv", "name,theme\nMine Action,\n")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "<dt>Left out</dt><dd>2</dd>", "<dt>With mistakes</dt><dd>0</dd>")
	s.has(s.ask(http.MethodGet, s.choose(at+"/import"), http.StatusOK), "Import of past help", "The file was imported.")
	state, _ := s.platform.State("fctc")
	if state.HistoryRows() != 1 {
		t.Errorf("%d rows of past help", state.HistoryRows())
	}
	s.has(s.ask(http.MethodGet, s.checked("history", file, "source", "Reports of the Parties", "themes.csv", "name,theme\nMine Action,\n"), http.StatusOK), "There is nothing to import", "<dt>Unchanged</dt><dd>1</dd>")
}

func TestTheExampleOfEveryConventionIsImportedAsItStands(t *testing.T) {
	s := newSite(t)
	for _, conv := range s.platform.Conventions() {
		who, err := s.platform.CreateUser(t.Context(), cooperation.System("test"), cooperation.User{Name: "Secretariat", Mail: conv.ID + "@example.org", Language: "ar",
			Grants: []cooperation.Grant{{Convention: conv.ID, Role: cooperation.Secretariat}}})
		if err != nil {
			t.Fatal(err)
		}
		s.as(who)
		for _, sort := range []string{"needs", "offers", "activities", "history"} {
			at := "/c/" + conv.ID + "/office/imports/" + sort
			file := s.ask(http.MethodGet, at+"/example", http.StatusOK)
			w := s.sendFile(at+"/check", sort+".csv", file, "source", "Report")
			if page := s.ask(http.MethodGet, w.Header().Get("Location")+"?lang=en", http.StatusOK); !strings.Contains(page, "<dt>New</dt><dd>1</dd>") || strings.Contains(page, "Mistakes") {
				t.Errorf("%s of %s:\n%s\n%s", sort, conv.ID, file, page)
			}
		}
	}
}

// A table that is opened in a spreadsheet program computes nothing.
func TestTheListOfMistakesHasNoFormulas(t *testing.T) {
	s := asSecretariat(t)
	var rows strings.Builder
	rows.WriteString("external_id,convention,beneficiary,title,themes,kinds,languages\n")
	for i := range 60 {
		fmt.Fprintf(&rows, "=1+%d,fctc,KE,,none,training,en\n", i)
	}
	at := s.checked("needs", rows.String())
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Mistakes found: 120. Shown here: 50.", "Download the list of mistakes (120)")
	list := s.ask(http.MethodGet, at+"/mistakes?lang=fr", http.StatusOK)
	if strings.Count(list, "\n") != 121 || strings.Contains(list, ",=") || !strings.Contains(list, ",'=1+59,") || regexp.MustCompile(`(?m)^[=+@-]`).MatchString(list) {
		t.Errorf("the list is\n%s", list)
	}
}
