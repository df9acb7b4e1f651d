package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/cooperation"
)

func TestWhatTrainingWritesIsTriedAdoptedAndShown(t *testing.T) {
	t.Parallel()
	env := []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_LANGUAGE=en"}
	must(t, env, "import", "needs", rows(t, "needs", 20))
	must(t, env, "import", "offers", rows(t, "offers", 10))
	past := written(t, "past.csv", "year,beneficiary,theme,provider\n2019,AGO,fctc-art6,NOR\n2020,AO,fctc-art8,NO\n2021,MZ,fctc-art8,BR\n2022,AO,fctc-art8,BR\n")
	file := filepath.Join(t.TempDir(), "weights.json")
	must(t, env, "train", "--history", past, "--convention", "fctc", "--out", file)
	if out := must(t, env, "weights", "adopt", file, "--convention", "fctc", "--preview"); !strings.Contains(out, "first place") {
		t.Errorf("the preview says %s", out)
	}
	if _, errs, code := entente(t, env, "weights", "adopt", file, "--convention", "fctc"); code != exitFail || !strings.Contains(errs, "reason") {
		t.Errorf("without a reason: exit %d: %s", code, errs)
	}
	before := decodeRanked(t, must(t, env, "match", "--convention", "fctc", "--json"))
	must(t, env, "weights", "adopt", file, "--convention", "fctc", "--reason", "Learned from reports.")
	if out := must(t, env, "weights", "show", "--convention", "fctc"); !strings.Contains(out, "Learned from reports.") || !strings.Contains(out, "of the profile") {
		t.Errorf("shown is %s", out)
	}
	must(t, env, "match", "--convention", "fctc")
	if v, code := verified(t, env, before.Run.ID); code != exitDone {
		t.Errorf("the run before is not confirmed: %+v", v)
	}
	var adopted, trained cooperation.WeightsFile
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	shown := must(t, env, "weights", "show", "--convention", "fctc", "--json")
	if err := json.Unmarshal([]byte(shown), &adopted); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &trained); err != nil {
		t.Fatal(err)
	}
	if adopted.Weights.Record != trained.Weights.Record || adopted.Record == nil || adopted.Record.Span != trained.Record.Span || adopted.Engine != trained.Engine {
		t.Errorf("adopted\n%s\ntrained\n%s", shown, text)
	}
	must(t, env, "weights", "adopt", written(t, "shown.json", shown), "--convention", "fctc", "--reason", "What is shown can be adopted.")
	for _, wrong := range []string{"{}", "no JSON", `{"weight":{}}`} {
		if _, errs, code := entente(t, env, "weights", "adopt", written(t, "wrong.json", wrong), "--convention", "fctc", "--reason", "x"); code != exitFail || errs == "" {
			t.Errorf("%s: exit %d: %s", wrong, code, errs)
		}
	}
	if _, errs, code := entente(t, env, "weights", "show", "--convention", "atlantis"); code != exitFail || !strings.Contains(errs, "atlantis") {
		t.Errorf("of a convention that is not served: exit %d: %s", code, errs)
	}
	must(t, env, "verify")
}
