package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// written is a file with a content.
func written(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPastHelpIsImportedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	env := []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_LANGUAGE=en"}
	file := written(t, "past.csv", "year,beneficiary,theme,provider\n2019,AGO,Price and tax measures,NOR\n2020,AO,fctc-art6,NO\n2020,AO,Mine Action,NO\n2021,AO,Mine Action,NO\n2021,AO,Logistics,NO\n")
	args := []string{"import", "history", file, "--convention", "fctc", "--source", "Reports"}
	out, errs, code := entente(t, env, append(args, "--dry-run")...)
	if code != exitFail || !strings.Contains(out, "nothing was written") || !strings.Contains(errs, "past.csv:4: theme: ") || !strings.Contains(errs, "(and 1 more row)") {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	args = append(args, "--theme-map", written(t, "map.csv", "name,theme\nMine Action,fctc-art8\nLogistics,\n"))
	var report historyReport
	if err := json.Unmarshal([]byte(must(t, env, append(args, "--json")...)), &report); err != nil {
		t.Fatal(err)
	}
	if !report.Changed || report.Rows != 5 || report.Taken != 4 || report.LeftOut != 1 || report.Rejected != 0 || report.Set == "" {
		t.Errorf("%+v", report)
	}
	if out := must(t, env, args...); !strings.Contains(out, "nothing was written") {
		t.Errorf("the same again: %s", out)
	}
	must(t, env, "verify")
	for _, wrong := range [][]string{{"--convention", "atlantis", "--source", "x"}, {"--convention", "fctc", "--source", "x", "--theme-map", "absent.csv"}} {
		if _, errs, code := entente(t, env, append([]string{"import", "history", file}, wrong...)...); code != exitFail || errs == "" {
			t.Errorf("%v: exit %d: %s", wrong, code, errs)
		}
	}
}

func TestTheSharedHistoriesAreTakenOver(t *testing.T) {
	t.Parallel()
	file := beside(t, "backtest/humanitarian.csv")
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	var report historyReport
	out, _, code := entente(t, env, "import", "history", file, "--convention", "apmbc", "--source", "FTS", "--json", "--dry-run")
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exitFail {
		t.Fatal(err, code, out)
	}
	themes := map[string]bool{}
	for _, e := range report.Errors {
		if e.Column != "theme" {
			t.Errorf("%+v", e)
		}
		themes[e.Message] = true
	}
	if report.Rows != 6752 || len(themes) < 10 {
		t.Errorf("%d rows, %d unknown themes", report.Rows, len(themes))
	}
}
