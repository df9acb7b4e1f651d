package matching_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/matching"
	"entente/reference"
)

// The files hold needs and offers of real Parties. The counts follow from the
// files alone: a common theme and kind, a common base language unless only
// finance and equipment are asked for, different States.
func TestRealNeedsAndOffersGiveThePairingsThatTheFilesImply(t *testing.T) {
	folder := sharedData(t, "fctc")
	var needs []matching.Need
	for _, row := range readCSV(t, filepath.Join(folder, "needs.csv")) {
		need := matching.Need{
			ID: row["external_id"], ExternalID: row["external_id"], Convention: row["convention"], Open: true,
			Beneficiaries: []reference.Country{country(t, row["beneficiary"])},
			Themes:        strings.Fields(row["themes"]), Kinds: kinds(t, row["kinds"]),
		}
		for _, l := range languages(t, row["languages"]) {
			need.Languages = append(need.Languages, matching.LanguageWish{Language: l, Required: true})
		}
		needs = append(needs, need)
	}
	var offers []matching.Offer
	for _, row := range readCSV(t, filepath.Join(folder, "offers.csv")) {
		offers = append(offers, matching.Offer{
			ID: row["external_id"], ExternalID: row["external_id"], Convention: row["convention"], Open: true,
			Unlimited: true, Provider: matching.PartyOf(country(t, row["provider"])),
			Themes: strings.Fields(row["themes"]), Kinds: kinds(t, row["kinds"]),
			Languages: languages(t, row["languages"]),
		})
	}
	if len(needs) != 104 || len(offers) != 40 {
		t.Fatalf("read %d needs and %d offers, not 104 and 40", len(needs), len(offers))
	}
	themes := map[string]string{}
	for _, n := range needs {
		for _, theme := range n.Themes {
			themes[theme] = ""
		}
	}
	s, err := matching.NewSetting(matching.Convention{
		ID: "fctc", Themes: themes,
		Weights: matching.Weights{Theme: 400_000, Kind: 200_000, Language: 200_000, Region: 200_000},
	})
	if err != nil {
		t.Fatal(err)
	}
	x := matching.NewIndex(20_000, s, needs, offers)
	for name, all := range map[string][]matching.Report{
		"definition": matching.Rank(20_000, s, needs, offers, 0),
		"index":      reports(t)(x.Needs(t.Context(), 0, 2)),
	} {
		pairs, without := 0, 0
		for _, r := range all {
			pairs += len(r.Matches)
			if r.Candidates == 0 {
				without++
			}
			removed := 0
			for _, count := range r.Filtered {
				removed += count
			}
			if removed+len(r.Matches) != len(offers) {
				t.Errorf("%s: %s: %d matches and %d removed are not all %d offers", name, r.ID, len(r.Matches), removed, len(offers))
			}
		}
		if pairs != 927 || without != 15 {
			t.Errorf("%s: %d pairings and %d needs without any, not 927 and 15", name, pairs, without)
		}
	}
}

// sharedData returns a folder of the data that may lie beside the clone.
func sharedData(t *testing.T, name string) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; at != filepath.Dir(at); at = filepath.Dir(at) {
		folder := filepath.Join(at, "shared", "data", name)
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
	}
	t.Skip("no folder shared/data beside the clone")
	return ""
}

func readCSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, value := range record {
			row[records[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}

func country(t *testing.T, code string) reference.Country {
	t.Helper()
	c, ok := reference.ParseCountry(code)
	if !ok {
		t.Fatalf("%q is not a country", code)
	}
	return c
}

func kinds(t *testing.T, codes string) matching.KindSet {
	t.Helper()
	set, err := matching.ParseKinds(codes)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func languages(t *testing.T, tags string) []reference.Language {
	t.Helper()
	var list []reference.Language
	for tag := range strings.FieldsSeq(tags) {
		l, ok := reference.ParseLanguage(tag)
		if !ok {
			t.Fatalf("%q is not a language", tag)
		}
		list = append(list, l)
	}
	return list
}
