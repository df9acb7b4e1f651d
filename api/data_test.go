package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// recordsOf are the rows of a file of open data, by the names of their columns.
func recordsOf(t *testing.T, body []byte) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%v: %q", err, body)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		one := map[string]string{}
		for i, name := range rows[0] {
			one[name] = row[i]
		}
		out = append(out, one)
	}
	return out
}

func TestOpenDataIsWhatThePublicSeesWhoeverAsks(t *testing.T) {
	i := install(t)
	i.draftNeed()
	need, offer := i.openNeed("=Smoke-free places"), i.openOffer("Drafting of laws")
	const at = "/api/v1/data/fctc/"
	public := i.ask("", "GET", at+"needs.csv", nil).is(200)
	if own := i.ask("focal", "GET", at+"needs.csv", nil).is(200); !bytes.Equal(own.Body, public.Body) {
		t.Errorf("who is signed in reads other data: %s", own.Body)
	}
	rows := recordsOf(t, public.Body)
	if len(rows) != 1 || rows[0]["id"] != need.ID || rows[0]["title"] != "'=Smoke-free places" || rows[0]["beneficiary"] != "AO" || !strings.Contains(rows[0]["withheld"], "focal_point") || strings.Contains(string(public.Body), "unit@example.org") {
		t.Errorf("the needs are %v", rows)
	}
	if h := public.Header; h.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.HasPrefix(h.Get("X-Entente-Position"), "fctc:") || !strings.HasPrefix(h.Get("Content-Disposition"), `attachment; filename="fctc-needs-`) {
		t.Errorf("with %v", h)
	}
	i.ask("", "GET", at+"needs.csv", nil, "If-None-Match", public.Header.Get("ETag")).is(304)
	i.ask("", "GET", at+"needs.jsonl", nil, "If-None-Match", public.Header.Get("ETag")).is(200)
	var line struct {
		ID       string
		Ceiling  string
		Withheld []string
	}
	if a := i.ask("", "GET", at+"offers.jsonl", nil).is(200); json.Unmarshal(a.Body, &line) != nil || line.ID != offer.ID || line.Ceiling != "" || !slices.Contains(line.Withheld, "ceiling") {
		t.Errorf("the offers are %s", a.Body)
	}
	if row := recordsOf(t, i.ask("", "GET", at+"offers.csv", nil).is(200).Body)[0]; row["ceiling"] != "withheld" || row["currency"] != "withheld" {
		t.Errorf("what is withheld of an offer is %v", row)
	}
	if rows := recordsOf(t, i.ask("", "GET", at+"partnerships.csv", nil).is(200).Body); len(rows) != 0 {
		t.Errorf("there are partnerships: %v", rows)
	}
	i.ask("", "GET", at+"iati.xml", nil).is(404)
	id := i.line()
	if row := recordsOf(t, i.ask("", "GET", at+"programme.csv", nil).is(200).Body)[0]; row["id"] != id || row["title"] != "Develop tools" || row["rest"] != row["sought"] {
		t.Errorf("the programme is %v", row)
	}
	i.ask("", "GET", "/api/v1/data/none/needs.csv", nil).is(404)
	i.ask("", "GET", at+"needs.xml", nil).is(400)
	i.openNeed("Another")
	i.ask("", "GET", at+"needs.csv", nil, "If-None-Match", public.Header.Get("ETag")).is(200)
}

func TestAWorkbookOfOpenDataNamesItsColumnsAndCodesInSixLanguages(t *testing.T) {
	i := install(t)
	i.openNeed("Smoke-free places")
	book, err := excelize.OpenReader(bytes.NewReader(i.ask("", "GET", "/api/v1/data/fctc/needs.xlsx", nil).is(200).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	find := func(sheet string, at int, code string) []string {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if len(row) > at && row[at] == code {
				return row[at+1:]
			}
		}
		t.Fatalf("%s has no %s: %v", sheet, code, rows)
		return nil
	}
	if column := find("columns", 0, "deadline"); len(column) != 6 || column[1] != "Treaty deadline served. A day: year-month-day." {
		t.Errorf("the column is %q", column)
	}
	for code, english := range map[string]string{"AO": "Angola", "open": "Open", "legal": "Legislation, policy and litigation"} {
		if names := find("codes", 1, code); len(names) != 6 || names[1] != english || names[0] == english {
			t.Errorf("%s is named %q", code, names)
		}
	}
	if names := find("about", 0, "fctc"); len(names) != 6 {
		t.Errorf("the convention is named %q", names)
	}
	if use := find("about", 0, "use"); !strings.HasPrefix(use[1], "These data") {
		t.Errorf("for use: %q", use)
	}
}
