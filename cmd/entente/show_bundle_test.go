package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOffersThatCoverANeedTogetherAreShownAtTheCommandLine(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	for kind, text := range map[string]string{
		"needs": "external_id,convention,beneficiary,title,themes,kinds,languages\n" +
			"n1,fctc,AO,Smoke-free places,fctc-art8,finance training,pt\n",
		"offers": "external_id,convention,provider,title,themes,kinds,languages\n" +
			"o1,fctc,BR,Trainers,fctc-art8,training,pt\n" +
			"o2,fctc,NO,A fund,fctc-art8,finance,en\n",
	} {
		path := filepath.Join(t.TempDir(), kind+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		must(t, env, "import", kind, path)
	}
	shown := must(t, env, "match", "--convention", "fctc")
	for _, want := range []string{
		"← Trainers (Brazil)", "South-South cooperation: every provider",
		"Several offers together: ", "Together the offers give every kind of assistance asked for: Finance and Training.",
		"Triangular cooperation: a developing country helps another",
		"+ Trainers (Brazil)", "This offer gives: Training.", "+ A fund (Norway)", "It has no language in common with the need",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
	r := decodeRanked(t, must(t, env, "match", "--convention", "fctc", "--json"))
	if len(r.Needs) != 1 || len(r.Needs[0].Bundles) != 1 || len(r.Needs[0].Bundles[0].Members) != 2 || r.Needs[0].Bundles[0].Marks[0] != "triangular" {
		t.Errorf("the JSON says %+v", r.Needs)
	}
}
