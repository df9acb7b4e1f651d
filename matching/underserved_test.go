package matching_test

import (
	"testing"

	"entente/matching"
	"entente/matching/record"
	"entente/reference"
)

func TestWhoHadLessHelpThanOthersIsUnderserved(t *testing.T) {
	t.Parallel()
	country := func(code string) reference.Country {
		c, _ := reference.ParseCountry(code)
		return c
	}
	model := record.Model{HalfLife: 5, Span: 1}
	rows := []record.Row{{Year: 2024, Beneficiary: country("KE"), Theme: "law", Provider: "NO"}, {Year: 2024, Beneficiary: country("KE"), Theme: "law", Provider: "FR"},
		{Year: 2024, Beneficiary: country("KE"), Theme: "law", Provider: "SE"}, {Year: 2024, Beneficiary: country("TD"), Theme: "law", Provider: "NO"}}
	with := func(table *record.Table) *matching.Setting {
		s, err := matching.NewSetting(matching.Convention{ID: "pilot", Themes: map[string]string{"law": ""}, Weights: matching.Weights{Version: 1, Theme: 1_000_000}, Record: table})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	known := with(record.NewTable(rows, 2025, model))
	for code, want := range map[string]bool{"KE": false, "TD": true, "UG": true} {
		if less, asked := known.Underserved(country(code)); less != want || !asked {
			t.Errorf("%s is underserved: %v, known: %v", code, less, asked)
		}
	}
	if less, asked := with(nil).Underserved(country("UG")); less || asked {
		t.Errorf("with nothing on record: %v, known: %v", less, asked)
	}
}
