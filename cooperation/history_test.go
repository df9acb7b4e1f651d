package cooperation_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

var keeper = cooperation.Actor{ID: "keeper", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.Secretariat}}}

func helped(year int, beneficiary, theme string, provider cooperation.Participant, cents int64) cooperation.HistoryRow {
	return cooperation.HistoryRow{Year: year, Beneficiary: land(beneficiary), Theme: theme, Provider: provider, Cents: cents}
}

func reports() cooperation.HistorySource {
	return cooperation.HistorySource{Source: " Reports  2015 ", URL: "https://example.org/reports"}
}

// unpacked are the rows of all parts.
func unpacked(t *testing.T, parts []*cooperation.HistoryPart) (all []cooperation.HistoryRow) {
	t.Helper()
	for _, p := range parts {
		rows, err := p.Unpack()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	return all
}

func TestASetOfPastHelpHoldsEachRowOnceWhateverTheirOrder(t *testing.T) {
	rows := []cooperation.HistoryRow{helped(2016, "KE", "victims", "DE", 500), helped(2015, "MZ", "survey", "demining-trust", 0),
		helped(2015, "MZ", "survey", "FR", 120_000), helped(2016, "KE", "victims", "DE", 250)}
	set, parts, err := cooperation.NewHistory(pilot(), reports(), rows, keeper, noon)
	if err != nil {
		t.Fatal(err)
	}
	want := []cooperation.HistoryRow{helped(2015, "MZ", "survey", "FR", 120_000), helped(2015, "MZ", "survey", "demining-trust", 0), helped(2016, "KE", "victims", "DE", 750)}
	if got := unpacked(t, parts); !slices.Equal(got, want) {
		t.Errorf("rows %+v", got)
	}
	if !slices.Equal(parts[0].Lines, []string{"2015 MZ survey FR=120000 demining-trust", "2016 KE victims DE=750"}) {
		t.Errorf("lines %q", parts[0].Lines)
	}
	if set.Rows != 3 || set.Beneficiaries != 2 || set.Providers != 3 || set.Themes != 2 || !reflect.DeepEqual(set.Years, []cooperation.YearCount{{Year: 2015, Rows: 2}, {Year: 2016, Rows: 1}}) {
		t.Errorf("counted as %+v", set)
	}
	slices.Reverse(rows)
	again, _, err := cooperation.NewHistory(pilot(), cooperation.HistorySource{Source: "reports 2015", URL: reports().URL}, rows, keeper, noon)
	if err != nil || again.ID != set.ID || again.Digest != set.Digest || !slices.Equal(again.Parts, set.Parts) {
		t.Errorf("the same rows in another order are %+v, %v", again, err)
	}
}

func TestALargeSetIsCutIntoPartsThatACommitHolds(t *testing.T) {
	var rows []cooperation.HistoryRow
	codes := []string{"KE", "MZ", "UG", "TZ"}
	random := rand.New(rand.NewPCG(1, 2))
	for len(rows) < 60_000 {
		rows = append(rows, helped(1900+random.IntN(126), codes[random.IntN(4)], "survey", cooperation.Participant("organisation-"+string(rune('a'+random.IntN(26)))+string(rune('a'+random.IntN(26)))), random.Int64N(1_000_000_000)))
	}
	set, parts, err := cooperation.NewHistory(pilot(), reports(), rows, keeper, noon)
	if err != nil || len(parts) < 3 || len(unpacked(t, parts)) != set.Rows {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	for i, p := range parts {
		if size := len(strings.Join(p.Lines, `","`)); size > 210_000 || p.ID != set.Parts[i] || p.Set != set.ID {
			t.Errorf("part %d has %d bytes: %+v", i, size, p.Meta)
		}
	}
}

func TestPastHelpIsForTheSecretariatToKeep(t *testing.T) {
	for _, h := range holders() {
		if may, want := cooperation.MayKeepHistory(h.actor(), pilotID), h.inOffice() && h.role == cooperation.Secretariat; may != want {
			t.Errorf("%+v may: %v", h, may)
		}
	}
	_, _, err := cooperation.NewHistory(pilot(), reports(), nil, cooperation.Actor{}, noon)
	wantCode(t, err, cooperation.Forbidden)
	set, _, _ := cooperation.NewHistory(pilot(), reports(), []cooperation.HistoryRow{helped(2015, "KE", "survey", "FR", 0)}, keeper, noon)
	if shown := set.Shown(cooperation.Actor{}); shown == nil || shown.CreatedBy != "" || set.Shown(keeper).CreatedBy != "keeper" {
		t.Errorf("the public sees %+v", shown)
	}
	if err := set.Remove("Withdrawn by its publisher.", keeper, noon); err != nil || set.Version != 2 || set.Shown(cooperation.Actor{}) != nil || set.Shown(keeper) == nil || len(set.Parts) != 0 {
		t.Errorf("removed, it is %+v: %v", set, err)
	}
	wantCode(t, set.Remove("", keeper, noon), cooperation.NotFound)
}

func TestTheSourceOfPastHelpIsNamed(t *testing.T) {
	for field, source := range map[string]cooperation.HistorySource{"source": {Source: "  "}, "url": {Source: "Reports", URL: "reports"}} {
		_, _, err := cooperation.NewHistory(pilot(), source, nil, keeper, noon)
		wantField(t, err, field, map[string]string{"source": "error.invalid.required", "url": "error.invalid.link"}[field])
	}
}

func TestALineThatNobodyHasPackedIsNotRead(t *testing.T) {
	for _, line := range []string{"", "2015 KE survey", "year KE survey FR", "2015 XX survey FR", "2015 KE survey FR=much"} {
		if rows, err := (&cooperation.HistoryPart{Lines: []string{line}}).Unpack(); err == nil {
			t.Errorf("%q is read as %+v", line, rows)
		}
	}
}

// named is the pilot with names of themes, two of which are the same in French.
func named() *cooperation.Convention {
	c := pilot()
	for i := range c.Themes {
		c.Themes[i].Name = cooperation.Names{"en": strings.ToUpper(c.Themes[i].ID) + " work", "fr": "Thème " + c.Themes[i].ID}
	}
	c.Themes[3].Name["fr"] = c.Themes[2].Name["fr"]
	return c
}

func inRows(rows ...cooperation.HistoryRow) (all []cooperation.ImportRow[cooperation.HistoryRow]) {
	for i, r := range rows {
		all = append(all, cooperation.ImportRow[cooperation.HistoryRow]{Line: i + 2, Content: r})
	}
	return all
}

func TestThemesOfPastHelpAreFoundByIdNameAndMap(t *testing.T) {
	themes, err := cooperation.NewThemeNames(named(), map[string]string{"Mine Action": "clearance", "Logistics": " "})
	if err != nil {
		t.Fatal(err)
	}
	taken := named().TakeHistory(inRows(helped(2015, "KE", "survey", "FR", 0), helped(2015, "KE", "Survey  WORK", "FR", 0), helped(2015, "KE", "thème survey", "FR", 0),
		helped(2015, "KE", "mine action", "FR", 0), helped(2015, "KE", "logistics", "FR", 0), helped(2015, "KE", "Thème victims", "FR", 0), helped(2015, "KE", "Health", "FR", 0),
		helped(2016, "KE", "Health", "FR", 0)), themes, noon)
	var got []string
	for _, r := range taken.Rows {
		got = append(got, r.Theme)
	}
	if !slices.Equal(got, []string{"survey", "survey", "survey", "clearance"}) || taken.Left != 1 {
		t.Errorf("taken %q, %d left out", got, taken.Left)
	}
	told := cooperation.Repeated(taken.Errors)
	if len(told) != 2 || told[0].Message.Key != "error.import.theme_twice" || told[0].Line != 7 || told[1].Message.Key != "error.import.theme" || told[1].Line != 8 || told[1].Rows != 2 || told[1].Field != "theme" {
		t.Errorf("told %+v", told)
	}
	for name, to := range map[string]string{"Health": "medicine", "Relief": "Thème victims"} {
		_, err := cooperation.NewThemeNames(named(), map[string]string{name: to})
		wantField(t, err, name, "error.import.map_theme")
	}
}

func TestARowOfPastHelpThatCannotBeTrueIsRefused(t *testing.T) {
	themes, err := cooperation.NewThemeNames(pilot(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		row        cooperation.HistoryRow
		field, key string
	}{
		{helped(2027, "KE", "survey", "FR", 0), "year", "error.import.year"},
		{helped(1815, "KE", "survey", "FR", 0), "year", "error.import.year"},
		{helped(2015, "KE", "survey", "KE", 0), "provider", "error.import.own_help"},
		{helped(2015, "KE", "survey", "nobody-knows", 0), "provider", "error.invalid.unknown_organisation"},
		{helped(2015, "KE", "survey", "newcomer", 0), "provider", "error.invalid.unknown_organisation"},
	} {
		taken := pilot().TakeHistory(inRows(c.row), themes, noon)
		if len(taken.Rows) != 0 || len(taken.Errors) != 1 {
			t.Fatalf("%+v is taken: %+v", c.row, taken)
		}
		wantField(t, taken.Errors[0].Err, c.field, c.key)
		i18ntest.Renders(t, nil, taken.Errors[0].Err.Fields[0].Message)
	}
	if taken := pilot().TakeHistory(inRows(helped(2026, "KE", "survey", "suspended-fund", 0)), themes, noon); len(taken.Rows) != 1 {
		t.Errorf("who was admitted once has helped: %+v", taken)
	}
}
