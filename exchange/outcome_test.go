package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/exchange"
)

func TestOutcomesAreReadInTheWordsOfTheFile(t *testing.T) {
	rows, err := exchange.ReadOutcomes(strings.NewReader("\ufeffProvider,theme,year,Beneficiary,amount\nNOR,Mine Action,2019,AGO,5\nUNMAS,\"Land, law\",2020,XKX,\nEU,Mine Action,2020,KE,\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []exchange.Outcome{{2019, "AO", "Mine Action", "NO"}, {2020, "XKX", "Land, law", "UNMAS"}, {2020, "KE", "Mine Action", "EU"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestARowThatSaysTooLittleIsRefusedWithItsLine(t *testing.T) {
	for text, says := range map[string]string{
		"year,beneficiary,theme,provider\n2019,AGO,law,NOR\nsoon,AGO,law,NOR\n": "error.import.outcome_row",
		"year,beneficiary,theme,provider\n2019,AGO,,NOR\n":                      "error.import.outcome_row",
		"year,beneficiary,theme,provider\n2019,AGO\n":                           "error.import.outcome_row",
		"year,beneficiary,theme,provider\n\"2019,AGO":                           "error.import.outcome_row",
		"year,beneficiary,provider\n":                                           "error.import.outcome_column",
		"":                                                                      "error.import.outcome_row",
	} {
		if _, err := exchange.ReadOutcomes(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, not %s", text, err, says)
		}
	}
}

func FuzzReadOutcomes(f *testing.F) {
	f.Add("year,beneficiary,theme,provider\n2019,AGO,law,NOR\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := exchange.ReadOutcomes(strings.NewReader(text))
		for _, r := range rows {
			if err == nil && (r.Year < 1 || r.Beneficiary == "" || r.Theme == "" || r.Provider == "") {
				t.Errorf("%q gives %+v", text, r)
			}
		}
	})
}
