package matching_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/matching/record"
)

func TestDiscoveriesOfTheIndexEqualThoseOfTheDefinition(t *testing.T) {
	s := matchtest.SettingWithPast()
	listed, fewer := 0, 0
	for seed := range uint64(12) {
		needs, offers := matchtest.Random(seed, 30, 80)
		k := []int{0, 1, 5}[seed%3]
		x := matching.NewIndex(matchtest.Now, s, nil, offers[:40])
		now := slices.Clone(offers[:40])
		for i, o := range offers[40:] {
			x = x.PutOffer(&offers[40+i])
			now = put(now, o, func(o matching.Offer) string { return o.ID })
		}
		if seed%4 == 0 { // as built at once, with ids that occur twice
			x, now = matching.NewIndex(matchtest.Now, s, needs, offers), offers
		}
		for i := range needs {
			want := matching.Discover(matchtest.Now, s, &needs[i], now, k)
			if diff := cmp.Diff(want, x.Discover(&needs[i], k)); diff != "" {
				t.Fatalf("seed %d, need %d (-definition +index):\n%s", seed, i, diff)
			}
			listed += len(want)
			if k == 0 && len(want) < matching.Rank(matchtest.Now, s, needs[i:i+1], now, 0)[0].Candidates {
				fewer++
			}
		}
	}
	if listed < 300 || fewer < 20 {
		t.Errorf("%d discoveries, %d lists shorter than the main one: the input proves little", listed, fewer)
	}
}

func TestADiscoveryHasNotHelpedTheBeneficiaryAndIsExplained(t *testing.T) {
	s := matchtest.SettingWithPast()
	helped, foreign := matchtest.Offer(), matchtest.Offer(func(o *matching.Offer) { o.ID, o.Provider = "new", "PE" })
	joint := matchtest.Offer(func(o *matching.Offer) {
		o.ID, o.Provider, o.CoProviders = "joint", "PE", []matching.Party{"BR"}
	})
	unknown := matchtest.Offer(func(o *matching.Offer) { o.ID, o.Provider = "unknown", "CO" })
	need := matchtest.Need()
	offers := []matching.Offer{helped, foreign, joint, unknown}
	list := matching.Discover(matchtest.Now, s, &need, offers, 0)
	found := map[string]matching.Match{}
	for _, m := range list {
		found[m.ID] = m
	}
	if len(list) != 2 || found["new"].ID == "" || found["unknown"].ID == "" {
		t.Fatalf("the list is %v, not the two whose providers never helped Mozambique", list)
	}
	for i, o := range offers {
		m, listed := found[o.ID]
		if !listed {
			continue
		}
		result := matching.ExplainDiscovery(matchtest.Now, s, &need, &offers[i])
		if result.Score != m.Score {
			t.Errorf("%s: explained with %d, listed with %d", o.ID, result.Score, m.Score)
		}
		sum := matching.Score(0)
		for _, p := range result.Parts {
			sum += matching.Score(p.Points)
			if p.Message.Zero() {
				t.Errorf("%s: part %s has no sentence", o.ID, p.Name)
			}
		}
		if sum != result.Score {
			t.Errorf("%s: the parts add up to %d, the score is %d", o.ID, sum, result.Score)
		}
	}
	if got := matching.Discover(matchtest.Now, matchtest.Setting(), &need, offers, 0); got != nil {
		t.Errorf("without a record %v is listed", got)
	}
}

func TestPastHelpIsPreferredAsFarAsItIsClose(t *testing.T) {
	s := matchtest.SettingWithPast()
	by := func(p ...matching.Party) matching.Offer {
		return matchtest.Offer(func(o *matching.Offer) { o.Provider, o.CoProviders = p[0], p[1:] })
	}
	value := func(n matching.Need, o matching.Offer) (int32, string) {
		p := matching.Definition(matchtest.Now, s, &n, &o).Parts[matching.PartRecord]
		return p.Value, p.Message.Key
	}
	need := matchtest.Need()
	for _, c := range []struct {
		because     string
		need        matching.Need
		first, next matching.Offer
		says        string
	}{
		{"it clears mines there every year", need, by("BR"), by("agency"), "match.part.record.pair"},
		{"it helped there, if with something else", matchtest.Need(func(n *matching.Need) { n.Themes = []string{"clearance"}; n.Beneficiaries = matchtest.Countries("AO") }), by("BR"), by("PE"), "match.part.record.pair"},
		{"a partner in the team counts", need, by("HR", "BR"), by("HR"), "match.part.record.pair"},
		{"it has done something somewhere, of the other nothing is known", need, by("HR"), by("CO"), "match.part.record.elsewhere"},
	} {
		first, says := value(c.need, c.first)
		next, _ := value(c.need, c.next)
		if first <= next || says != c.says {
			t.Errorf("%v is worth %d (%s), %v %d; but %s", c.first.Provider, first, says, c.next.Provider, next, c.because)
		}
	}
}

func TestFairnessLiftsWhoHasHadOrGivenLess(t *testing.T) {
	s := matchtest.SettingWithPast()
	fairness := func(beneficiary, theme string, provider matching.Party) int32 {
		n := matchtest.Need(func(n *matching.Need) {
			n.Beneficiaries, n.Themes = matchtest.Countries(beneficiary), []string{theme}
		})
		o := matchtest.Offer(func(o *matching.Offer) { o.Provider, o.Themes = provider, []string{theme} })
		return matching.Definition(matchtest.Now, s, &n, &o).Parts[matching.PartFairness].Value
	}
	for _, c := range []struct {
		because    string
		more, less int32
	}{
		{"Chad had less help than Mozambique", fairness("TD", "clearance", "agency"), fairness("MZ", "clearance", "agency")},
		{"Fiji had none", fairness("FJ", "clearance", "agency"), fairness("TD", "clearance", "agency")},
		{"stockpiles draw less help than clearance", fairness("TD", "stockpiles", "agency"), fairness("TD", "clearance", "agency")},
		{"Peru has given less than Brazil", fairness("TD", "clearance", "PE"), fairness("TD", "clearance", "BR")},
		{"Colombia has given nothing yet", fairness("TD", "clearance", "CO"), fairness("TD", "clearance", "PE")},
	} {
		if c.more <= c.less {
			t.Errorf("%d is not more than %d, but %s", c.more, c.less, c.because)
		}
	}
}

func TestTheRecordOfSeveralThemesAndBeneficiariesIsTheirMean(t *testing.T) {
	table := record.NewTable(matchtest.Past(), 2023, record.Plain())
	number := table.Number("BR")
	at := func(b, theme string) int64 { return int64(table.Row(matchtest.Countries(b)[0], theme).Main[number]) }
	want := ((2*at("MZ", "clearance")+at("MZ", "victims"))/3 + (2*at("FJ", "clearance")+at("FJ", "victims"))/3) / 2
	// "release" is not on record, so it counts as what it is a part of.
	n := matchtest.Need(func(n *matching.Need) {
		n.Beneficiaries, n.Themes = matchtest.Countries("MZ", "FJ"), []string{"release", "victims"}
	})
	o := matchtest.Offer(func(o *matching.Offer) { o.Themes = []string{"clearance"} })
	if got := matching.Definition(matchtest.Now, matchtest.SettingWithPast(), &n, &o).Parts[matching.PartRecord].Value; int64(got) != want {
		t.Errorf("the value is %d, not %d", got, want)
	}
}
