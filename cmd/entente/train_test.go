package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/matching/learn"
)

// pastFile is a history of six years: each provider has a region of its own.
func pastFile(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("year,beneficiary,theme,provider\n")
	for year := 2014; year <= 2019; year++ {
		for i, place := range []string{"KEN,UGA,TZA,RWA", "VNM,LAO,KHM,THA", "PER,BOL,ECU,COL"} {
			for j, b2 := range strings.Split(place, ",") {
				if (year+j)%2 == 0 {
					fmt.Fprintf(&b, "%d,%s,law,%s\n", year, b2, []string{"NOR", "JPN", "ESP"}[i])
				}
			}
		}
		fmt.Fprintf(&b, "%d,KEN,law,USA\n%d,VNM,law,USA\n", year, year)
	}
	path := filepath.Join(t.TempDir(), "past.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestABacktestPrintsItsFiguresForPeopleAndForPrograms(t *testing.T) {
	t.Parallel()
	past := pastFile(t)
	out := must(t, nil, "backtest", "--history", past, "--train-until", "2017", "--test", "2018-2019", "--json")
	var r struct {
		Pairs      int
		NewPairs   int `json:"new_pairs"`
		Candidates int
		Rankers    map[string]map[string]float64
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if r.Pairs != 16 || r.Candidates != 4 || r.NewPairs != 0 || r.Rankers["entente"]["r1"] < 0.9 || r.Rankers["popularity"]["r1"] > 0.9 {
		t.Errorf("%+v", r)
	}
	for _, name := range []string{"discovery", "popularity_there", "incumbent"} {
		if _, there := r.Rankers[name]; !there {
			t.Errorf("%s is missing", name)
		}
	}
	text := must(t, []string{"LANG=fr_FR.UTF-8"}, "backtest", "--history", past, "--train-until", "2017", "--test", "2018-2019")
	if !strings.Contains(text, "entente") || !strings.Contains(text, "macro R@5") || !strings.Contains(text, "Paires") {
		t.Errorf("it prints\n%s", text)
	}
	for _, wrong := range [][]string{{"--train-until", "2017", "--test", "2016"}, {"--train-until", "2000", "--test", "2018"}, {"--train-until", "2017", "--test", "2030"}, {"--train-until", "2017", "--test", "soon"}} {
		if _, errs, code := entente(t, nil, append([]string{"backtest", "--history", past}, wrong...)...); code == 0 || strings.Contains(errs, "error.") {
			t.Errorf("%v: exit %d, %s", wrong, code, errs)
		}
	}
}

func TestWeightsAreLearnedFromAFileAndAConvention(t *testing.T) {
	t.Parallel()
	past, uri := pastFile(t), freshSQLite(t)
	file := filepath.Join(t.TempDir(), "weights.json")
	env := []string{"ENTENTE_STORE=" + uri}
	said := must(t, env, "train", "--history", past, "--convention", "fctc", "--out", file)
	if !strings.Contains(said, file) {
		t.Errorf("it says %q", said)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	learned, err := learn.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if learned.Weights.Language != 170_000 || learned.Weights.Theme != 300_000 || learned.LearnedFrom.Until != 2019 || learned.Fit.Main.Choices == 0 {
		t.Errorf("%+v", learned)
	}
	if again := must(t, nil, "train", "--history", past); !strings.Contains(again, `"format": "entente-weights/1"`) {
		t.Errorf("without a file it prints %q", again)
	}
	if _, errs, code := entente(t, env, "train", "--history", past, "--convention", "nowhere"); code == 0 || strings.Contains(errs, "error.") {
		t.Errorf("an unknown convention: exit %d, %s", code, errs)
	}
}
