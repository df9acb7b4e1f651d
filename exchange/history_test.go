package exchange_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/exchange"
)

func TestPastHelpIsReadWithCountriesInTwoOrThreeLetters(t *testing.T) {
	got, err := exchange.ReadHistory(strings.NewReader("Year;Beneficiary;Provider;Theme;Amount\n2015;AGO;SE;Mine Action;1200.5\n\n2016;MZ;EU;\"Protection; housing\";\n2016;MZ;who;x;0\n"))
	if err != nil || len(got.Errors) != 0 {
		t.Fatal(err, got.Errors)
	}
	row := func(line, year int, beneficiary, theme string, provider cooperation.Participant, cents int64) cooperation.ImportRow[cooperation.HistoryRow] {
		return cooperation.ImportRow[cooperation.HistoryRow]{Line: line, Content: cooperation.HistoryRow{Year: year, Beneficiary: lands(beneficiary)[0], Theme: theme, Provider: provider, Cents: cents}}
	}
	want := []cooperation.ImportRow[cooperation.HistoryRow]{row(2, 2015, "AO", "Mine Action", "SE", 120_050), row(4, 2016, "MZ", "Protection; housing", "EU", 0), row(5, 2016, "MZ", "x", "who", 0)}
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRowsOfPastHelpThatCannotBeReadAreTold(t *testing.T) {
	got, err := exchange.ReadHistory(strings.NewReader("year,beneficiary,theme,provider,amount,\n15,Angola,,Sweden,many,\n2015,AO,x,SE,,lost\n2015,AO,x\n2015,AO,\"x\"y,SE,,\n2015,AO,\xff,SE,,\n2015,AO,x,SE,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []told{
		{2, "", "year", "error.invalid.year", "", ""}, {2, "", "beneficiary", "error.import.country", "value", "Angola"}, {2, "", "theme", "error.invalid.required", "", ""},
		{2, "", "provider", "error.import.provider", "value", "Sweden"}, {2, "", "amount", "error.invalid.amount", "currency", "USD"},
		{3, "", "", "error.import.unnamed_column", "number", "6"}, {4, "", "", "error.import.columns", "found", "3"}, {5, "", "", "error.import.quotes", "line", "5"},
		{6, "", "theme", "error.import.encoding", "", ""},
	}
	if diff := cmp.Diff(want, toldOf(got.Errors)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	words(t, got.Errors)
	if len(got.Rows) != 1 || got.Rows[0].Line != 7 {
		t.Errorf("rows %+v", got.Rows)
	}
}

func TestAFileOfPastHelpWithTooManyRowsIsRefusedWhole(t *testing.T) {
	file := "year,beneficiary,theme,provider\n" + strings.Repeat("2015,AO,x,SE\n", cooperation.MaxHistoryRows+1)
	_, err := exchange.ReadHistory(strings.NewReader(file))
	var refusal *cooperation.Error
	if !errors.As(err, &refusal) || refusal.Message.Key != "error.import.rows" {
		t.Errorf("refused with %v", err)
	}
}

func TestAMapOfThemesSaysWhatOtherNamesAre(t *testing.T) {
	got, err := exchange.ReadThemeMap(strings.NewReader("name,theme\nMine Action,apmbc-clearance\nLogistics,\n"))
	if diff := cmp.Diff(map[string]string{"Mine Action": "apmbc-clearance", "Logistics": ""}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	var refusal *cooperation.Error
	if _, err := exchange.ReadThemeMap(strings.NewReader("name,theme\n,apmbc-clearance\n")); !errors.As(err, &refusal) || refusal.Message.Key != "error.import.map" {
		t.Errorf("a name that is none: %v", err)
	}
}

// FuzzReadHistory reads anything at all: what goes in is a row that a set could
// hold, every mistake has a line and a column, and packing loses nothing.
func FuzzReadHistory(f *testing.F) {
	for _, seed := range []string{"", "year,beneficiary,theme,provider\n2015,AFG,x,SE\n", "year;beneficiary;theme;provider;amount\n2015;AO;a b;who;12.5\n",
		"\uFEFFyear,beneficiary,theme,provider,amount\r\n2015,AO,\"x\ny\",EU,\r\n", "year,beneficiary,theme,provider\n2015,AO,\"x,SE\n", "year,beneficiary,theme,provider,,\n1,2,3,4,5,6\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := exchange.ReadHistory(bytes.NewReader(data))
		var refusal *cooperation.Error
		if err != nil && !errors.As(err, &refusal) {
			t.Fatalf("failed for no reason of the file: %v", err)
		}
		for _, row := range rows.Rows {
			if r := row.Content; row.Line < 2 || r.Beneficiary == 0 || r.Theme == "" || !r.Provider.Valid() || r.Cents < 0 || r.Year < 0 || r.Year > 9999 {
				t.Errorf("row of line %d: %+v", row.Line, r)
			}
		}
		columns := map[string]bool{"": true}
		for _, c := range exchange.HistoryColumns() {
			columns[c] = true
		}
		for _, e := range rows.Errors {
			if e.Line < 2 || len(e.Err.Fields) == 0 {
				t.Errorf("an error of line %d with %d mistakes", e.Line, len(e.Err.Fields))
			}
			for _, m := range e.Err.Fields {
				if !columns[m.Field] {
					t.Errorf("%q is not a column", m.Field)
				}
			}
		}
	})
}
