package matching_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchtest"
)

func TestTheIndexEqualsTheDefinitionOnAwkwardInput(t *testing.T) {
	settings := []*matching.Setting{matchtest.Setting(), matchtest.SettingWithPast()}
	candidates, changes := 0, map[matching.ChangeSort]int{}
	filtered := map[matching.Reason]int{}
	for seed := range uint64(24) {
		needs, offers := matchtest.Random(seed, 30+int(seed), 60)
		s, k := settings[seed%2], []int{0, 1, 5}[seed%3]
		x := matching.NewIndex(matchtest.Now, s, needs, offers)
		for _, side := range []struct {
			name      string
			want, got []matching.Report
		}{
			{"needs", matching.Rank(matchtest.Now, s, needs, offers, k), reports(t)(x.Needs(t.Context(), k, 1))},
			{"offers", matching.RankOffers(matchtest.Now, s, needs, offers, k), reports(t)(x.Offers(t.Context(), k, 1))},
		} {
			if diff := cmp.Diff(side.want, side.got); diff != "" {
				t.Fatalf("seed %d, %s (-definition +index):\n%s", seed, side.name, diff)
			}
			for _, r := range side.want {
				candidates += r.Candidates
				changes[r.Change.Sort]++
				for reason, count := range r.Filtered {
					filtered[reason] += count
				}
			}
		}
	}
	if candidates < 1000 {
		t.Errorf("only %d candidates: the input proves little", candidates)
	}
	for reason := matching.NeedClosed; reason <= matching.CapacityUsed; reason++ {
		if filtered[reason] < 100 {
			t.Errorf("only %d pairs removed for %s: the input proves little", filtered[reason], reason)
		}
	}
	for sort := matching.ChangeLanguage; sort <= matching.ChangeBeneficiary; sort++ {
		if changes[sort] < 3 {
			t.Errorf("only %d changes of %s: the input proves little", changes[sort], sort)
		}
	}
}

func reports(t *testing.T) func([]matching.Report, error) []matching.Report {
	return func(r []matching.Report, err error) []matching.Report {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func TestTheIndexAnswersForPostingsThatAreNotInIt(t *testing.T) {
	s := matchtest.SettingWithPast()
	needs, offers := matchtest.Random(7, 40, 60)
	needs[0].Themes = []string{"stockpiles", "a theme of its own"}
	needs[1].Languages = []matching.LanguageWish{{Language: "km", Required: true}}
	offers[0].Languages = append(offers[0].Languages, "th")
	ofOffers := matching.NewIndex(matchtest.Now, s, nil, offers)
	for i, want := range matching.Rank(matchtest.Now, s, needs, offers, 0) {
		if diff := cmp.Diff(want, ofOffers.ForNeed(&needs[i], 0)); diff != "" {
			t.Fatalf("need %d (-definition +index):\n%s", i, diff)
		}
	}
	ofNeeds := matching.NewIndex(matchtest.Now, s, needs, nil)
	for i, want := range matching.RankOffers(matchtest.Now, s, needs, offers, 0) {
		if diff := cmp.Diff(want, ofNeeds.ForOffer(&offers[i], 0)); diff != "" {
			t.Fatalf("offer %d (-definition +index):\n%s", i, diff)
		}
	}
}

func TestTheNumberOfGoroutinesDoesNotShow(t *testing.T) {
	needs, offers := matchtest.Random(11, 500, 300)
	x := matching.NewIndex(matchtest.Now, matchtest.SettingWithPast(), needs, offers)
	want := reports(t)(x.Needs(t.Context(), 3, 1))
	for _, workers := range []int{2, 7, runtime.NumCPU()} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			if diff := cmp.Diff(want, reports(t)(x.Needs(t.Context(), 3, workers))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExplainGivesTheScoreAndPartsOfTheRankedList(t *testing.T) {
	needs, offers := matchtest.Random(3, 60, 60)
	for i := range offers {
		offers[i].ID = fmt.Sprintf("offer-%02d", i)
	}
	x := matching.NewIndex(matchtest.Now, matchtest.SettingWithPast(), needs, offers)
	explained := 0
	for i := range needs {
		for _, m := range x.ForNeed(&needs[i], 0).Matches {
			var j int
			if _, err := fmt.Sscanf(m.ID, "offer-%d", &j); err != nil {
				t.Fatal(err)
			}
			result := x.Explain(&needs[i], &offers[j])
			if diff := cmp.Diff(matching.Definition(matchtest.Now, matchtest.SettingWithPast(), &needs[i], &offers[j]), result); diff != "" {
				t.Errorf("the definition explains it otherwise (-definition +index):\n%s", diff)
			}
			sum := matching.Score(0)
			for p, part := range result.Parts {
				if part.Message.Zero() {
					t.Errorf("part %s of %s has no sentence", part.Name, m.ID)
				}
				sum += matching.Score(part.Points)
				part.Message = m.Parts[p].Message
				if diff := cmp.Diff(m.Parts[p], part); diff != "" {
					t.Error(diff)
				}
			}
			if result.Score != m.Score || sum != m.Score {
				t.Errorf("the list says %d, the explanation %d, its parts %d", m.Score, result.Score, sum)
			}
			explained++
		}
	}
	if explained < 50 {
		t.Errorf("only %d pairs explained", explained)
	}
}
