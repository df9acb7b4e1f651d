package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAPlanIsMadeAndQuestionedAtTheCommandLine(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	must(t, env, "import", "needs", rows(t, "needs", 4))
	must(t, env, "import", "offers", rows(t, "offers", 3))
	before := must(t, env, "verify")
	var made struct {
		Plan struct {
			Needs, Helped int
			Pairings      []struct {
				Need, Offer struct {
					ExternalID string `json:"external_id"`
				}
				Share int64
			}
		}
		Concentration map[string]struct{ Providers struct{ Holders int } }
		Then          *struct {
			Helped int
			Moved  []struct{ After int64 }
		}
	}
	read := func(args ...string) {
		t.Helper()
		made.Then = nil
		if err := json.Unmarshal([]byte(must(t, env, append([]string{"plan", "--convention", "fctc", "--json"}, args...)...)), &made); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if made.Plan.Needs != 4 || made.Plan.Helped != 4 || made.Then != nil || made.Concentration["planned"].Providers.Holders != 3 {
		t.Errorf("%+v", made)
	}
	used := made.Plan.Pairings[0].Offer.ExternalID
	read("--what-if", "offer:"+used+":out", "--what-if", "share=50%")
	if made.Then == nil || made.Then.Helped != 4 || len(made.Then.Moved) == 0 {
		t.Errorf("without %s: %+v", used, made.Then)
	}
	text := must(t, env, "plan", "--convention", "fctc", "--share", "30%", "--what-if", "need:needs-00000:out", "--list", "2")
	for _, want := range []string{"of 4 that have an offer that fits", "No provider gives more than 30%", "1. ", "2. ", "What if:", "1 need that gets something now would get nothing."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	if strings.Contains(text, "3. ") {
		t.Errorf("more is shown than was asked for:\n%s", text)
	}
	if after := must(t, env, "verify"); after != before {
		t.Error("a plan has written to the log")
	}
	for _, wrong := range [][]string{{"--share", "0%"}, {"--share", "100.00001%"}, {"--share", "30"}, {"--what-if", "offer:x"}, {"--what-if", "committee:x:out"},
		{"--what-if", "offer:x:amount=much"}, {"--what-if", "offer:x:language="}, {"--what-if", "offer:x:colour=red"}, {"--what-if", "share=2"}} {
		if _, errs, code := entente(t, env, append([]string{"plan", "--convention", "fctc"}, wrong...)...); code != exitFail || errs == "" {
			t.Errorf("%v: exit %d: %s", wrong, code, errs)
		}
	}
}
