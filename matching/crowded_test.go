package matching_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/matching/record"
	"entente/reference"
)

// TestTheIndexEqualsTheDefinitionForPostingsThatSayMuch is about offers of which
// a brief does not hold all: more languages, States and providers on record
// than there is room for, and themes in trees of any depth.
func TestTheIndexEqualsTheDefinitionForPostingsThatSayMuch(t *testing.T) {
	candidates, ties := 0, 0
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 77))
		s, themes := deepSetting(t, int(2*seed))
		needs, offers := matchtest.Random(seed, 24, 260)
		pick := func(n int) (list []string) {
			for range 1 + r.IntN(n) {
				list = append(list, themes[r.IntN(len(themes))])
			}
			return list
		}
		for i := range needs {
			needs[i].Themes = pick(4)
		}
		for i := range offers {
			o := &offers[i]
			o.Themes = pick(4)
			for range r.IntN(7) {
				o.CoProviders = append(o.CoProviders, []matching.Party{"BR", "HR", "agency", "institute", "EU", "PE", "unheard of"}[r.IntN(7)])
			}
			for range r.IntN(9) {
				o.Languages = append(o.Languages, []reference.Language{"ar", "en", "fr", "ru", "zh", "pt", "es", "sw"}[r.IntN(8)])
			}
			if i > 130 && r.IntN(3) == 0 { // the same again under another id
				id := o.ID
				*o = offers[r.IntN(i)]
				o.ID = id
			}
		}
		k := []int{0, 3, 10}[seed%3]
		want := matching.Rank(matchtest.Now, s, needs, offers, k)
		got := reports(t)(matching.NewIndex(matchtest.Now, s, needs, offers).Needs(t.Context(), k, 2))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d (-definition +index):\n%s", seed, diff)
		}
		x, last := matching.NewIndex(matchtest.Now, s, needs, nil), []matching.Offer(nil)
		for i := range offers {
			x, last = x.PutOffer(&offers[i]), put(last, offers[i], offerID)
		}
		if diff := cmp.Diff(matching.Rank(matchtest.Now, s, needs[:10], last, k), reports(t)(x.Needs(t.Context(), k, 1))[:10]); diff != "" {
			t.Fatalf("seed %d, put one by one (-definition +index):\n%s", seed, diff)
		}
		for _, report := range want {
			candidates += report.Candidates
			for j := 1; j < len(report.Matches); j++ {
				if report.Matches[j].Score == report.Matches[j-1].Score {
					ties++
				}
			}
		}
	}
	if candidates < 800 || ties < 50 {
		t.Errorf("%d candidates with %d ties prove little", candidates, ties)
	}
}

// deepSetting is a convention with trees of so many levels and five more themes
// below each of them, and a history; it returns its themes.
func deepSetting(t *testing.T, levels int) (*matching.Setting, []string) {
	t.Helper()
	parents, themes := map[string]string{}, []string{"unknown"}
	add := func(theme, parent string) {
		parents[theme] = parent
		themes = append(themes, theme)
	}
	for tree := range 2 {
		parent := ""
		for level := range levels + 1 {
			theme := fmt.Sprintf("%d-%d", tree, level)
			add(theme, parent)
			add(theme+"-side", parent)
			parent = theme
		}
	}
	s, err := matching.NewSetting(matching.Convention{
		ID: matchtest.Convention, Themes: parents, Parties: matchtest.Countries("AO", "BA", "BR", "MZ", "PE"),
		Weights: matching.Weights{
			Version: 1, Theme: 250_000, Kind: 150_000, Language: 150_000, Region: 100_000, Size: 50_000, Time: 50_000,
			Record: 150_000, Fairness: 100_000,
		},
		Record: record.NewTable(matchtest.Past(), 2023, record.Plain()),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, themes
}
