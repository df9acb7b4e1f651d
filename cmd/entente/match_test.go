package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"entente/store/storetest/mongotest"
)

// ranked is what match --json prints, as a reader of the documentation would
// decode it.
type ranked struct {
	Run struct {
		ID, Convention         string
		Position               uint64
		Needs, Offers, Pairs   int
		Unchanged              bool
		Proposals, Added, Told int
		Seconds                *float64
		Unit                   string
		Superseded, Kept       int
	}
	Needs []struct {
		ID         string
		ExternalID string `json:"external_id"`
		Matches    []struct {
			Offer struct {
				ID         string
				ExternalID string `json:"external_id"`
			}
			Score int64
			Parts []struct {
				Name                  string
				Value, Weight, Points int64
			}
		}
		Bundles []struct {
			Members []struct {
				Offer struct {
					ID         string
					ExternalID string `json:"external_id"`
				}
				Kinds []string
			}
			Score int64
			Parts []struct{ Points int64 }
			Marks []string
		}
		Filtered map[string]int
	}
}

func decodeRanked(t *testing.T, text string) ranked {
	t.Helper()
	var r ranked
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatalf("%v:\n%.2000s", err, text)
	}
	return r
}

// needsOf is the needs array as it was printed, byte for byte.
func needsOf(t *testing.T, text string) []byte {
	t.Helper()
	var r struct{ Needs json.RawMessage }
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r.Needs
}

// table reads a CSV file into rows by column.
func table(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		out = append(out, row)
	}
	return out
}

// expectedPairs recomputes from the files which pairings pass: a common theme
// and kind, different States, and a common language unless the need's kinds
// are only finance and equipment.
func expectedPairs(t *testing.T, needs, offers string) map[string][]string {
	t.Helper()
	common := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
	}
	bases := func(text string) []string {
		tags := strings.Fields(text)
		for i := range tags {
			tags[i], _, _ = strings.Cut(tags[i], "-")
		}
		return tags
	}
	out := map[string][]string{}
	for _, n := range table(t, needs) {
		out[n["external_id"]] = nil
		exempt := !slices.ContainsFunc(strings.Fields(n["kinds"]), func(k string) bool { return k != "finance" && k != "equipment" })
		for _, o := range table(t, offers) {
			if n["beneficiary"] != o["provider"] && common(strings.Fields(n["themes"]), strings.Fields(o["themes"])) &&
				common(strings.Fields(n["kinds"]), strings.Fields(o["kinds"])) && (exempt || common(bases(n["languages"]), bases(o["languages"]))) {
				out[n["external_id"]] = append(out[n["external_id"]], o["external_id"])
			}
		}
		slices.Sort(out[n["external_id"]])
	}
	return out
}

func TestTheReportsOfRealPartiesAreMatchedAsTheFilesSay(t *testing.T) {
	needs, offers := beside(t, "fctc/needs.csv"), beside(t, "fctc/offers.csv")
	env := []string{"ENTENTE_STORE=" + freshSQLite(t)}
	for file, kind := range map[string]string{needs: "needs", offers: "offers"} {
		var report importReport
		if err := json.Unmarshal([]byte(must(t, env, "import", kind, "--json", file)), &report); err != nil {
			t.Fatal(err)
		}
		if want := map[string]int{"needs": 104, "offers": 40}[kind]; report.Created != want || report.Rejected != 0 {
			t.Errorf("%s: %+v, want %d created", kind, report, want)
		}
	}
	out := must(t, env, "match", "--convention", "fctc", "--json")
	r := decodeRanked(t, out)
	expected := expectedPairs(t, needs, offers)
	pairs, none := 0, 0
	for i, n := range r.Needs {
		if i > 0 && r.Needs[i-1].ExternalID >= n.ExternalID {
			t.Errorf("%s stands after %s", n.ExternalID, r.Needs[i-1].ExternalID)
		}
		var got []string
		for j, m := range n.Matches {
			got = append(got, m.Offer.ExternalID)
			var sum int64
			for _, p := range m.Parts {
				sum += p.Points
			}
			if sum != m.Score || m.Score < 0 || m.Score > 100_000_000 {
				t.Errorf("%s with %s: points add up to %d, score %d", n.ExternalID, m.Offer.ExternalID, sum, m.Score)
			}
			if j > 0 && (n.Matches[j-1].Score < m.Score || n.Matches[j-1].Score == m.Score && n.Matches[j-1].Offer.ID >= m.Offer.ID) {
				t.Errorf("%s: match %d is out of order", n.ExternalID, j)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, expected[n.ExternalID]) {
			t.Errorf("%s: candidates %v, want %v", n.ExternalID, got, expected[n.ExternalID])
		}
		pairs += len(n.Matches)
		if len(n.Matches) == 0 {
			none++
		}
		delete(expected, n.ExternalID)
	}
	bundlesCover(t, r, needs)
	if pairs != 927 || none != 15 || len(expected) != 0 {
		t.Errorf("%d pairings pass, %d needs have none, %d needs are not listed; want 927, 15 and 0", pairs, none, len(expected))
	}
	before := must(t, env, "verify")
	again := must(t, env, "match", "--convention", "fctc", "--json")
	if !decodeRanked(t, again).Run.Unchanged || !bytes.Equal(needsOf(t, again), needsOf(t, out)) {
		t.Error("the second run differs from the first")
	}
	for _, file := range []string{needs, needs} {
		must(t, env, "import", "needs", file)
	}
	if after := must(t, env, "verify"); after != before {
		t.Errorf("the same files and a second run wrote to the log:\n%s\n%s", before, after)
	}
}

// bundlesCover holds the bundles against the file: together the members give
// every kind that the need asks for.
func bundlesCover(t *testing.T, r ranked, needs string) {
	t.Helper()
	asked, found := map[string][]string{}, 0
	for _, n := range table(t, needs) {
		asked[n["external_id"]] = strings.Fields(n["kinds"])
	}
	for _, n := range r.Needs {
		for _, b := range n.Bundles {
			found++
			var sum int64
			for _, p := range b.Parts {
				sum += p.Points
			}
			given := map[string]bool{}
			for _, m := range b.Members {
				for _, k := range m.Kinds {
					given[k] = true
				}
			}
			if sum != b.Score || len(b.Members) < 2 || len(b.Members) > 4 || b.Marks == nil || len(given) != len(asked[n.ExternalID]) {
				t.Errorf("%s: %v asked, %v given, points add up to %d: %+v", n.ExternalID, asked[n.ExternalID], given, sum, b)
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d bundles were found", found)
	}
}

func TestBothEnginesGiveTheSameNeedsByteForByte(t *testing.T) {
	needs, offers := rows(t, "needs", 40), rows(t, "offers", 30)
	if _, err := os.Stat("../../../shared/data/fctc/needs.csv"); err == nil {
		needs, offers = beside(t, "fctc/needs.csv"), beside(t, "fctc/offers.csv")
	}
	var arrays [][]byte
	for _, uri := range []string{freshSQLite(t), mongotest.Start(t)} {
		env := []string{"ENTENTE_STORE=" + uri}
		must(t, env, "import", "offers", offers)
		must(t, env, "import", "needs", needs)
		arrays = append(arrays, needsOf(t, must(t, env, "match", "--convention", "fctc", "--json")))
		must(t, env, "verify")
	}
	if !bytes.Equal(arrays[0], arrays[1]) {
		t.Errorf("the engines differ:\n%.500s\n%.500s", arrays[0], arrays[1])
	}
}

func TestAnUnknownConventionIsRefusedByName(t *testing.T) {
	_, errs, code := entente(t, []string{"ENTENTE_STORE=" + freshSQLite(t)}, "match", "--convention", "atlantis")
	if code != 1 || !strings.Contains(errs, "atlantis") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
