package exchange_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"entente/cooperation"
	"entente/exchange"
	"entente/i18n/i18ntest"
	"entente/reference"
)

// hostile is what a spreadsheet program would take for a formula, a separator
// or the end of a line.
const hostile = "=HYPERLINK(\"http://x\");\"a\",b\r\n-1"

func openNeeds(t *testing.T) (columns []exchange.Column, rows []exchange.Row) {
	t.Helper()
	angola, _ := reference.ParseCountry("AO")
	table := exchange.OpenNeeds()
	need := &cooperation.Need{Status: cooperation.NeedOpen}
	need.ID, need.Title, need.Problem, need.Interpretation = "n1", hostile, "+1", true
	need.Beneficiaries, need.Themes = []reference.Country{angola}, []string{"fctc-art6", "fctc-art8"}
	need.Kinds = []cooperation.Outcome{{Kind: cooperation.Training}}
	need.Costs = []cooperation.CostLine{{Currency: "USD", Cost: "100.50", Sought: "100.50"}, {Currency: "USD", Cost: "9.50", National: "9.50"}}
	need.Reached = &cooperation.Reached{Women: 1200}
	secret := &cooperation.Need{}
	secret.ID, secret.Title = "n2", "مكان خالٍ من التدخين"
	return table.Columns(), []exchange.Row{table.Row(need, nil), table.Row(secret, []string{"costs", "problem", "focal_point"})}
}

// cellsOf are the cells of a row by the names of their columns.
func cellsOf(header, row []string) map[string]string {
	cells := map[string]string{}
	for i, name := range header {
		if i < len(row) {
			cells[name] = row[i]
		}
	}
	return cells
}

func TestACSVFileKeepsCellsApartAndHasNoFormula(t *testing.T) {
	columns, rows := openNeeds(t)
	var text bytes.Buffer
	if err := exchange.WriteCSV(&text, columns, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text.Bytes())).ReadAll()
	if err != nil || len(records) != 3 {
		t.Fatalf("%v: %q", err, text.String())
	}
	first, second := cellsOf(records[0], records[1]), cellsOf(records[0], records[2])
	for name, want := range map[string]string{"id": "n1", "title": "'" + strings.ReplaceAll(hostile, "\r\n", "\n"), "problem": "'+1", "beneficiary": "AO", "themes": "fctc-art6 fctc-art8", "kinds": "training",
		"interpretation": "yes", "currency": "USD", "cost": "110.00", "national_budget": "9.50", "amount_sought": "100.50", "other_support": "", "reached_women": "1200", "withheld": ""} {
		if first[name] != want {
			t.Errorf("%s is %q and not %q", name, first[name], want)
		}
	}
	for name, want := range map[string]string{"currency": "withheld", "cost": "withheld", "amount_agreed": "withheld", "problem": "withheld", "barrier": "", "withheld": "costs problem focal_point"} {
		if second[name] != want {
			t.Errorf("of what is withheld, %s is %q and not %q", name, second[name], want)
		}
	}
	semicolons := csv.NewReader(bytes.NewReader(text.Bytes()))
	semicolons.Comma, semicolons.LazyQuotes, semicolons.FieldsPerRecord = ';', true, -1
	wrong, err := semicolons.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range wrong {
		for _, cell := range record {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") {
				t.Errorf("read with semicolons, a cell is a formula: %q", cell)
			}
		}
	}
}

func TestLinesOfJSONHoldListsAndNumbersAndLeaveOutWhatIsWithheld(t *testing.T) {
	columns, rows := openNeeds(t)
	var text bytes.Buffer
	if err := exchange.WriteLines(&text, columns, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	for line := range strings.Lines(text.String()) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		got = append(got, one)
	}
	want := []map[string]any{
		{"id": "n1", "status": "open", "beneficiary": []any{"AO"}, "title": hostile, "themes": []any{"fctc-art6", "fctc-art8"}, "kinds": []any{"training"}, "interpretation": true, "problem": "+1",
			"currency": "USD", "cost": "110.00", "national_budget": "9.50", "amount_sought": "100.50", "reached_women": 1200.0},
		{"id": "n2", "title": "مكان خالٍ من التدخين", "interpretation": false, "withheld": []any{"costs", "problem", "focal_point"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAWorkbookExplainsItsCodesAndHasNoFormula(t *testing.T) {
	columns, rows := openNeeds(t)
	var file bytes.Buffer
	var met exchange.Used
	err := exchange.WriteWorkbook(&file, "needs", columns, slices.Values(rows), func(used exchange.Used) []exchange.Sheet {
		met = used
		return []exchange.Sheet{{Name: "codes", Rows: [][]string{{"code", "en"}, {"AO", "=Angola"}}}}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := met[exchange.CountryForm]["AO"]; !ok || len(met[exchange.ThemeForm]) != 2 || len(met[exchange.IDForm]) > 0 || met[exchange.CodeForm]["status.need.open"].Name != "status" {
		t.Errorf("the codes are %v", met)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if diff := cmp.Diff([]string{"needs", "codes"}, book.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, err := book.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s %s is the formula %q (%v)", sheet, at, formula, err)
				}
			}
		}
		if sheet == "codes" {
			if rows[1][1] != "'=Angola" {
				t.Errorf("the name is %q", rows[1][1])
			}
			continue
		}
		first, second := cellsOf(rows[0], rows[1]), cellsOf(rows[0], rows[2])
		if !strings.HasPrefix(first["title"], "'=HYPERLINK") || first["cost"] != "110" || second["cost"] != "withheld" || second["title"] != "مكان خالٍ من التدخين" {
			t.Errorf("the rows are %v and %v", first, second)
		}
	}
	at, _ := excelize.CoordinatesToCellName(slices.IndexFunc(columns, func(c exchange.Column) bool { return c.Name == "cost" })+1, 2)
	if kind, err := book.GetCellType("needs", at); err != nil || kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		t.Errorf("an amount cannot be added up: %v %v", kind, err)
	}
}

// What a column means is a text in every language; what is withheld of a
// document is known by a field that it has.
func TestEveryColumnOfOpenDataSaysWhatItMeans(t *testing.T) {
	keys := exchange.Notes()
	for _, form := range exchange.Forms() {
		keys = append(keys, "open.form."+string(form))
	}
	for name, columns := range map[string][]exchange.Column{"needs": exchange.OpenNeeds().Columns(), "offers": exchange.OpenOffers().Columns(), "partnerships": exchange.OpenPartnerships().Columns(), "programme": exchange.OpenProgramme().Columns()} {
		seen := map[string]bool{}
		for _, c := range columns {
			keys = append(keys, c.Label)
			if seen[c.Name] || !slices.Contains(exchange.Forms(), c.Form) || c.Form == exchange.CodeForm && c.Words == "" {
				t.Errorf("%s: column %+v", name, c)
			}
			seen[c.Name] = true
		}
		keys = append(keys, "page.open.table."+name)
	}
	i18ntest.Has(t, keys...)
}
