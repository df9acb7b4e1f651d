package matching_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchbench"
	"entente/matching/matchtest"
)

// TestALargeIndexEqualsTheDefinitionOverAMillionPairs compares segments that
// are large enough for bounds. The awkward offers have few words, so that whole
// crowds of them tie.
func TestALargeIndexEqualsTheDefinitionOverAMillionPairs(t *testing.T) {
	awkward, realistic := matchtest.SettingWithPast(), benchSetting(t)
	pairs, ties := 0, 0
	for seed := range uint64(2) {
		for _, input := range []struct {
			setting  *matching.Setting
			generate func(uint64, int, int) ([]matching.Need, []matching.Offer)
		}{{awkward, matchtest.Random}, {realistic, matchbench.Generate}} {
			needs, offers := input.generate(100+seed, 60, 4500)
			for i := range offers[1500:] { // three of each, under ids of their own
				id := offers[1500+i].ID
				offers[1500+i] = offers[i%1500]
				offers[1500+i].ID = id
			}
			x := matching.NewIndex(matchbench.Now, input.setting, needs, offers)
			want, err := matching.BruteForce(t.Context(), matchbench.Now, input.setting, needs, offers, 10, 2)
			if err != nil {
				t.Fatal(err)
			}
			got := reports(t)(x.Needs(t.Context(), 10, 2))
			for i := range got {
				got[i].Change = matching.Change{} // the brute force finds none
				for j := 1; j < len(got[i].Matches); j++ {
					if got[i].Matches[j].Score == got[i].Matches[j-1].Score {
						ties++
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d (-definition +index):\n%s", seed, diff)
			}
			pairs += len(needs) * len(offers)
		}
	}
	if pairs < 1_000_000 || ties < 300 {
		t.Errorf("%d pairs with %d ties prove little", pairs, ties)
	}
}

func TestTheChangesOfALargeIndexAreThoseOfTheDefinition(t *testing.T) {
	found := map[matching.ChangeSort]bool{}
	for _, input := range []struct {
		setting  *matching.Setting
		generate func(uint64, int, int) ([]matching.Need, []matching.Offer)
		needs    int
	}{{matchtest.SettingWithPast(), matchtest.Random, 30}, {benchSetting(t), matchbench.Generate, 5}} {
		needs, offers := input.generate(3, input.needs, 4200)
		x := matching.NewIndex(matchbench.Now, input.setting, needs, offers)
		want := matching.Rank(matchbench.Now, input.setting, needs, offers, 3)
		if diff := cmp.Diff(want, reports(t)(x.Needs(t.Context(), 3, 2))); diff != "" {
			t.Fatalf("(-definition +index):\n%s", diff)
		}
		for _, r := range want {
			found[r.Change.Sort] = true
		}
	}
	if len(found) < 3 {
		t.Errorf("only the changes %v: the input proves little", found)
	}
}
