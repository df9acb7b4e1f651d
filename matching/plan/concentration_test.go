package plan_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/matching/plan"
	"entente/reference"
)

func TestConcentrationCountsWhoGivesAndWhoReceives(t *testing.T) {
	// Six providers; the first has the best offer for all, but money for one.
	var needs []matching.Need
	var offers []matching.Offer
	for i := range 6 {
		needs = append(needs, matchtest.Need(func(n *matching.Need) {
			n.ID, n.Gap = fmt.Sprintf("n%d", i), 100_000_00
		}))
		offers = append(offers, matchtest.Offer(func(o *matching.Offer) {
			o.ID, o.Provider = fmt.Sprintf("o%d", i), matching.Party(fmt.Sprintf("agency %d", i))
			o.Unlimited, o.Ceiling, o.Remaining = false, 100_000_00, 100_000_00
			if i > 0 {
				o.Languages = append(o.Languages, "en")
				o.Themes = []string{"survey"}
			}
		}))
	}
	in := inputs(t, needs, offers)
	ranked := in.Ranked()
	one := plan.Spread{Holders: 1, TopFive: plan.Whole}
	want := plan.Concentration{Providers: plan.Spread{Holders: 6, TopFive: plan.Whole, Gini: 833_333}, Beneficiaries: one, Choice: [4]int{0, 0, 0, 6}}
	if diff := cmp.Diff(want, ranked); diff != "" {
		t.Errorf("the rankings: %s", diff)
	}
	planned := in.Planned(solve(t, in.Problem()))
	want = plan.Concentration{Providers: plan.Spread{Holders: 6, TopFive: 833_333, Gini: 0}, Beneficiaries: one, Choice: [4]int{0, 6, 0, 0}}
	if diff := cmp.Diff(want, planned); diff != "" {
		t.Errorf("the plan: %s", diff)
	}
}

func TestWithoutFairnessTheOtherWeightsStillAddUp(t *testing.T) {
	w := plan.WithoutFairness(matching.Weights{Version: 3, Theme: 250_001, Kind: 150_000, Language: 199_999, Region: 100_000,
		Size: 100_000, Time: 50_000, Record: 50_000, Fairness: 100_000})
	sum := w.Theme + w.Kind + w.Language + w.Region + w.Size + w.Time + w.Record + w.Fairness
	if sum != matching.WeightSum || w.Fairness != 0 || w.Kind != 166_666 || w.Version != 3 {
		t.Errorf("%+v adds up to %d", w, sum)
	}
}

func TestWhatIsFirstInTheListsIsWhatTheIndexPutsFirst(t *testing.T) {
	needs, offers := postings(5, 40)
	index := matching.NewIndex(matchtest.Now, matchtest.Setting(), needs, offers)
	ranked := inputs(t, needs, offers).Ranked()
	var choice [4]int
	for i := range needs {
		choice[min(index.ForNeed(&needs[i], 0).Candidates, 3)]++
	}
	first, helped := map[reference.Country]int64{}, 0
	for i := range offers {
		matches := index.ForOffer(&offers[i], 1).Matches
		if len(matches) == 0 {
			continue
		}
		for j := range needs {
			if needs[j].ID == matches[0].ID && len(needs[j].Beneficiaries) > 0 {
				helped++
				for _, c := range needs[j].Beneficiaries {
					first[c] += plan.Whole / int64(len(needs[j].Beneficiaries))
				}
			}
		}
	}
	largest := int64(0)
	for _, amount := range first {
		largest = max(largest, amount)
	}
	if ranked.Choice != choice || helped < 5 {
		t.Errorf("needs by candidates: %v, not %v; %d offers have a first need", ranked.Choice, choice, helped)
	}
	if share := plan.Share(largest, int64(helped)*plan.Whole); ranked.Beneficiaries.TopFive < share {
		t.Errorf("the five first beneficiaries have %d, the first alone %d", ranked.Beneficiaries.TopFive, share)
	}
}
