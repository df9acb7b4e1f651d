package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/exchange"
	"entente/i18n/i18ntest"
	"entente/message"
)

// fullActivity is a row with every column.
func fullActivity() [][2]string {
	return [][2]string{{"external_id", "x-1"}, {"convention", "fctc"}, {"beneficiaries", "AO MZ"}, {"providers", "BR health-fund"}, {"title", "Title"},
		{"themes", "fctc-art6 fctc-art8"}, {"kinds", "training legal"}, {"description", "What"}, {"status", "planned"}, {"start", "2027-01-01"},
		{"end", "2028-12-31"}, {"currency", "EUR"}, {"amount", "5000.50"}, {"source", "Report"}, {"evidence", "https://example.org/report"},
		{"content_language", "pt-BR"},
	}
}

func TestEveryColumnOfAnActivityArrivesInItsField(t *testing.T) {
	rows, err := exchange.ReadActivities(strings.NewReader(table(fullActivity()...)))
	if err != nil || len(rows.Rows) != 1 {
		t.Fatalf("%d rows, errors %v, %v", len(rows.Rows), toldOf(rows.Errors), err)
	}
	want := cooperation.ActivityContent{
		Beneficiaries: []cooperation.Participant{"AO", "MZ"}, Providers: []cooperation.Participant{"BR", "health-fund"}, Title: "Title",
		Themes: []string{"fctc-art6", "fctc-art8"}, Kinds: []cooperation.Kind{cooperation.Training, cooperation.Legal}, Description: "What",
		Status: cooperation.ActivityPlanned, Start: day("2027-01-01"), End: day("2028-12-31"), Amount: cooperation.Money{Amount: "5000.50", Currency: "EUR"},
		Source: "Report", Evidence: "https://example.org/report", ContentLanguage: "pt-BR",
	}
	if diff := cmp.Diff(want, rows.Rows[0].Content, byDay()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(exchange.ActivityColumns(), firsts(fullActivity())); diff != "" {
		t.Errorf("columns that this test leaves out (-columns +test):\n%s", diff)
	}
}

func TestABadCellOfAnActivityIsToldByColumn(t *testing.T) {
	var said []message.Message
	for column, tc := range map[string]struct{ text, key string }{
		"beneficiaries":    {"?", "error.invalid.unknown_participant"},
		"providers":        {"BR ?", "error.invalid.unknown_participant"},
		"kinds":            {"dance", "error.invalid.unknown_kind"},
		"start":            {"soon", "error.invalid.date"},
		"end":              {"2027", "error.invalid.date"},
		"content_language": {"en fr", "error.invalid.too_many"},
	} {
		cells := fullActivity()
		for i := range cells {
			if cells[i][0] == column {
				cells[i][1] = tc.text
			}
		}
		rows, err := exchange.ReadActivities(strings.NewReader(table(cells...)))
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, sentences(rows.Errors)...)
		if got := toldOf(rows.Errors); len(got) != 1 || got[0].Column != column || got[0].Key != tc.key || got[0].Line != 2 || got[0].ID != "x-1" {
			t.Errorf("%s %q was told as %v", column, tc.text, got)
		}
	}
	i18ntest.Renders(t, nil, said...)
}
