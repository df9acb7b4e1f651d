package bundle_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/bundle"
	"entente/matching/matchbench"
	"entente/matching/matchtest"
	"entente/reference"
)

// finder finds bundles among offers.
func finder(s *matching.Setting, offers []matching.Offer) *bundle.Finder {
	byID := map[string]*matching.Offer{}
	for i := range offers {
		byID[offers[i].ID] = &offers[i]
	}
	return &bundle.Finder{Now: matchtest.Now, Setting: s, Ranker: matching.NewIndex(matchtest.Now, s, nil, offers),
		Offer: func(id string) *matching.Offer { return byID[id] }}
}

// draw makes a need and offers that often cover it together: few kinds, amounts
// around the gap to the cent, languages that fit every other time, ties.
func draw(r *rand.Rand, most int) (matching.Need, []matching.Offer) {
	kinds := func(n int) (set matching.KindSet) {
		for range 1 + r.IntN(n) {
			set = set.With([]matching.Kind{matching.Finance, matching.Equipment, matching.Training, matching.Expertise}[r.IntN(4)])
		}
		return set
	}
	themes := func(n int) (list []string) {
		for range 1 + r.IntN(n) {
			list = append(list, []string{"clearance", "survey", "clearance", "release", "victims"}[r.IntN(5)])
		}
		return list
	}
	need := matchtest.Need(func(n *matching.Need) {
		n.Kinds, n.Themes, n.Gap = kinds(4), themes(3), []int64{0, 0, 1, 2, 100, 100, 101}[r.IntN(7)]
		n.Interpretation = r.IntN(4) == 0
		if r.IntN(5) == 0 {
			n.Languages = nil
		}
		if r.IntN(6) == 0 {
			n.ExcludedParties = []matching.Party{"agency"}
		}
	})
	offers := make([]matching.Offer, 2+r.IntN(most-1))
	for i := range offers {
		offers[i] = matchtest.Offer(func(o *matching.Offer) {
			o.ID = fmt.Sprintf("%02d", i)
			o.Kinds, o.Themes = kinds(2), themes(2)
			o.Ceiling = []int64{0, 1, 24, 25, 25, 33, 34, 50, 99}[r.IntN(9)]
			o.Languages = [][]reference.Language{{"pt"}, {"en"}, {"es", "pt"}, {"pt"}, nil}[r.IntN(5)]
			o.InterpretationProvided = r.IntN(4) == 0
			o.Provider = []matching.Party{"BR", "NO", "agency", "ZA", "AO"}[r.IntN(5)]
			if r.IntN(3) == 0 {
				o.Coverage = matching.Coverage{Regions: matchtest.Regions([]string{"014", "002", "419"}[r.IntN(3)])}
			}
			if r.IntN(3) == 0 {
				o.LeadDays = int32(50 * r.IntN(5))
			}
			o.Exhausted = r.IntN(12) == 0
			o.Unlimited = false
			if r.IntN(10) == 0 {
				o.ExcludedParties = []matching.Party{"MZ"}
			}
		})
	}
	if i := r.IntN(len(offers)); r.IntN(3) == 0 { // a tie in all but the id
		id := offers[i].ID
		offers[i] = offers[r.IntN(len(offers))]
		offers[i].ID = id
	}
	return need, offers
}

func TestTheBundlesAreThoseOfTheNaiveEnumeration(t *testing.T) {
	settings := []*matching.Setting{matchtest.Setting(), matchtest.SettingWithPast()}
	r := rand.New(rand.NewPCG(4, 4))
	sizes, contributors, ties, none := map[int]int{}, 0, 0, 0
	for round := range 2500 {
		s := settings[round%2]
		need, offers := draw(r, 12)
		want := enumerate(s, &need, offers)
		k := []int{1, 3, 10, 1000}[r.IntN(4)]
		report := finder(s, offers).Find(&need, k)
		if report.Suitable != report.Searched || report.Suitable != len(members(s, &need, offers)) {
			t.Fatalf("round %d: %d suitable, %d searched", round, report.Suitable, report.Searched)
		}
		if diff := cmp.Diff(want[:min(k, len(want))], plain(report.Bundles)); diff != "" && len(want)+len(report.Bundles) > 0 {
			t.Fatalf("round %d, first %d (-enumeration +search):\n%s", round, k, diff)
		}
		if len(want) == 0 {
			none++
		}
		for i, b := range report.Bundles {
			sizes[len(b.Members)]++
			sum := matching.Score(0)
			for _, p := range b.Parts {
				sum += matching.Score(p.Points)
			}
			if sum != b.Score || b.Score > matching.MaxScore {
				t.Fatalf("the parts add up to %d, the score is %d", sum, b.Score)
			}
			if i > 0 && report.Bundles[i-1].Score == b.Score {
				ties++
			}
			for _, m := range b.Members {
				if m.Contributor {
					contributors++
				}
			}
		}
	}
	if sizes[2] < 200 || sizes[3] < 200 || sizes[4] < 100 || contributors < 200 || ties < 200 || none < 200 {
		t.Errorf("the input proves little: sizes %v, %d contributors, %d ties, %d needs without", sizes, contributors, ties, none)
	}
}

// crowd is a need and very many offers that nothing but their ids tells apart,
// so that nothing can be given up for its score.
func crowd(size int, amount int64) (matching.Need, []matching.Offer) {
	need := matchtest.Need(func(n *matching.Need) { n.Gap = 100 })
	offers := make([]matching.Offer, size)
	for i := range offers {
		offers[i] = matchtest.Offer(func(o *matching.Offer) { o.ID, o.Ceiling = fmt.Sprintf("%05d", i), amount })
	}
	return need, offers
}

func TestOfVeryManyOffersABoundedNumberIsCombined(t *testing.T) {
	need, offers := crowd(3000, 30)
	report := finder(matchtest.Setting(), offers).Find(&need, 5)
	if report.Suitable != bundle.Depth || report.Searched != bundle.PoolSize || len(report.Bundles) != 5 {
		t.Fatalf("%d suitable, %d searched, %d bundles", report.Suitable, report.Searched, len(report.Bundles))
	}
	for _, b := range report.Bundles {
		if len(b.Members) != bundle.MaxMembers {
			t.Errorf("a bundle has %d members", len(b.Members))
		}
	}
}

func TestWithoutAnAmountMoreOffersAreCombined(t *testing.T) {
	need, offers := crowd(3000, 0)
	need.Gap, need.Kinds = 0, matching.Kinds(matching.Training, matching.Legal)
	for i := range offers {
		offers[i].Kinds = matching.Kinds([]matching.Kind{matching.Training, matching.Legal}[i%2])
	}
	report := finder(matchtest.Setting(), offers).Find(&need, 3)
	if report.Searched != bundle.WidePoolSize || report.Suitable != bundle.Depth {
		t.Errorf("%d suitable, %d searched", report.Suitable, report.Searched)
	}
	want := [][]string{{"00000", "00001"}, {"00000", "00003"}, {"00000", "00005"}}
	for i, b := range plain(report.Bundles) {
		if diff := cmp.Diff(want[i], b.IDs); diff != "" {
			t.Errorf("bundle %d of ties (-first ids +found):\n%s", i, diff)
		}
	}
}

func TestWhatIsRareIsNotLostAmongWhatIsFrequent(t *testing.T) {
	need := matchtest.Need(func(n *matching.Need) {
		n.Kinds, n.Gap = matching.Kinds(matching.Training, matching.Finance, matching.Legal), 1_000
	})
	var offers []matching.Offer
	for i := range 500 {
		offers = append(offers, matchtest.Offer(func(o *matching.Offer) {
			o.ID, o.Kinds = fmt.Sprintf("%05d", i), matching.Kinds(matching.Training)
		}))
	}
	offers = append(offers,
		matchtest.Offer(func(o *matching.Offer) {
			o.ID, o.Kinds, o.Themes = "jurist", matching.Kinds(matching.Legal), []string{"drones"}
		}),
		matchtest.Offer(func(o *matching.Offer) {
			o.ID, o.Kinds, o.Themes, o.Ceiling, o.Languages = "donor", matching.Kinds(matching.Finance), []string{"drones"}, 1_000, nil
		}))
	bundles := finder(matchtest.Setting(), offers).Find(&need, 1).Bundles
	if len(bundles) != 1 {
		t.Fatal("no bundle was found")
	}
	if diff := cmp.Diff([]string{"00000", "donor", "jurist"}, plain(bundles)[0].IDs); diff != "" {
		t.Error(diff)
	}
	for _, m := range bundles[0].Members {
		if m.Contributor != (m.Offer.ID == "donor") || (m.Share == matching.Whole) != (m.Offer.ID == "donor") {
			t.Errorf("%s contributes: %t, with %d of the gap", m.Offer.ID, m.Contributor, m.Share)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	s := matchtest.Setting()
	b.Run("ties of four among 1000", func(b *testing.B) {
		need, offers := crowd(1000, 30)
		f := finder(s, offers)
		for b.Loop() {
			f.Find(&need, 5)
		}
	})
	b.Run("ties of three kinds among 1000", func(b *testing.B) {
		need, offers := crowd(1000, 0)
		need.Kinds, need.Gap = matching.Kinds(matching.Training, matching.Equipment, matching.Legal), 0
		for i := range offers {
			offers[i].Kinds = matching.Kinds([]matching.Kind{matching.Training, matching.Equipment, matching.Legal}[i%3])
		}
		f := finder(s, offers)
		for b.Loop() {
			f.Find(&need, 5)
		}
	})
	b.Run("four of 1000 that all differ", func(b *testing.B) {
		need, offers := crowd(1000, 26)
		need.Themes, need.Start, need.End = []string{"survey", "release", "rehabilitation"}, matchtest.Now, matchtest.Now+1000
		r := rand.New(rand.NewPCG(1, 1))
		for i := range offers {
			o := &offers[i]
			o.Themes = []string{"survey", "release", "rehabilitation", "clearance", "victims", "drones"}[r.IntN(6):]
			o.Themes = o.Themes[:1+r.IntN(min(3, len(o.Themes)))]
			o.Languages = append([]reference.Language{"pt"}, "en")
			o.LeadDays = int32(r.IntN(900))
			o.Provider = matching.Party([]string{"BR", "NO", "ZA", "AO", "JP", "KE", "PT", "agency"}[r.IntN(8)])
		}
		f := finder(matchtest.SettingWithPast(), offers)
		for b.Loop() {
			f.Find(&need, 5)
		}
	})
	b.Run("amounts a little too small among 1000", func(b *testing.B) {
		need, offers := crowd(1000, 24)
		for i := range offers[:1] {
			offers[i].Ceiling = 28
		}
		f := finder(s, offers)
		for b.Loop() {
			f.Find(&need, 5)
		}
	})
}

func BenchmarkFindAsInAConvention(b *testing.B) {
	s, err := matchbench.Setting()
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{2_000, 20_000} {
		b.Run(fmt.Sprint(size, " offers"), func(b *testing.B) {
			needs, offers := matchbench.Generate(1, 500, size)
			byID := map[string]*matching.Offer{}
			for i := range offers {
				byID[offers[i].ID] = &offers[i]
			}
			f := bundle.Finder{Now: matchbench.Now, Setting: s, Ranker: matching.NewIndex(matchbench.Now, s, nil, offers),
				Offer: func(id string) *matching.Offer { return byID[id] }}
			i, found, exact := 0, 0, 0
			for b.Loop() {
				r := f.Find(&needs[i%len(needs)], 5)
				if i++; len(r.Bundles) > 0 {
					found++
				}
				if r.Suitable == r.Searched {
					exact++
				}
			}
			b.ReportMetric(float64(found)/float64(i), "found")
			b.ReportMetric(float64(exact)/float64(i), "exact")
		})
	}
}
