package matching_test

import (
	"slices"
	"testing"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/reference"
)

// refused reports whether one side of a pair refuses the other, in the plainest
// terms.
func refused(n *matching.Need, o *matching.Offer) bool {
	for _, p := range append([]matching.Party{o.Provider}, o.CoProviders...) {
		if slices.Contains(n.ExcludedParties, p) {
			return true
		}
	}
	return slices.ContainsFunc(n.Beneficiaries, func(c reference.Country) bool {
		return slices.Contains(o.ExcludedParties, matching.PartyOf(c))
	})
}

// A report may say nothing that the refused postings are needed for: it lists
// the same candidates and suggests the same change, with the same count, when
// they are not there at all.
func TestARefusedPairLeavesNoTraceInCandidatesAndChanges(t *testing.T) {
	s := matchtest.Setting()
	traceless, changes := 0, map[matching.ChangeSort]int{}
	same := func(what string, seed uint64, with, without matching.Report) {
		t.Helper()
		if with.Candidates != without.Candidates || with.Change != without.Change {
			t.Fatalf("seed %d, %s %s: %d candidates and %+v, but %d and %+v without the refused", seed, what, with.ID,
				with.Candidates, with.Change, without.Candidates, without.Change)
		}
		traceless++
		changes[with.Change.Sort]++
	}
	for seed := range uint64(12) {
		needs, offers := matchtest.Random(seed, 40, 60)
		x := matching.NewIndex(matchtest.Now, s, needs, offers)
		byNeed, byOffer := matching.Rank(matchtest.Now, s, needs, offers, 1), matching.RankOffers(matchtest.Now, s, needs, offers, 1)
		for i := range needs {
			rest := slices.DeleteFunc(slices.Clone(offers), func(o matching.Offer) bool { return refused(&needs[i], &o) })
			if len(rest) < len(offers) {
				same("need", seed, byNeed[i], matching.Rank(matchtest.Now, s, needs[i:i+1], rest, 1)[0])
				same("need of the index", seed, x.ForNeed(&needs[i], 1), matching.NewIndex(matchtest.Now, s, nil, rest).ForNeed(&needs[i], 1))
			}
		}
		for j := range offers {
			rest := slices.DeleteFunc(slices.Clone(needs), func(n matching.Need) bool { return refused(&n, &offers[j]) })
			if len(rest) < len(needs) {
				same("offer", seed, byOffer[j], matching.RankOffers(matchtest.Now, s, rest, offers[j:j+1], 1)[0])
				same("offer of the index", seed, x.ForOffer(&offers[j], 1), matching.NewIndex(matchtest.Now, s, rest, nil).ForOffer(&offers[j], 1))
			}
		}
	}
	for sort := matching.ChangeLanguage; sort <= matching.ChangeBeneficiary; sort++ {
		if changes[sort] < 2 {
			t.Errorf("only %d changes of %s: the input proves little", changes[sort], sort)
		}
	}
	if traceless < 1000 {
		t.Errorf("only %d reports compared", traceless)
	}
}

func TestAJointNeedIsNotToldThatAnOfferRefusesOneOfItsStates(t *testing.T) {
	need := matchtest.Need(func(n *matching.Need) { n.Beneficiaries = matchtest.Countries("MZ", "AO") })
	forMozambique := func(id string, refused ...matching.Party) matching.Offer {
		return matchtest.Offer(func(o *matching.Offer) {
			o.ID, o.ExcludedParties, o.Coverage.Countries = id, refused, matchtest.Countries("MZ")
		})
	}
	for name, c := range map[string]struct {
		offers []matching.Offer
		want   matching.Change
	}{
		"an offer that holds for one of them": {
			[]matching.Offer{forMozambique("a")}, matching.Change{Sort: matching.ChangeBeneficiary, Value: "MZ", Count: 1},
		},
		"one that refuses the other beside it": {
			[]matching.Offer{forMozambique("a"), forMozambique("b", "AO")}, matching.Change{Sort: matching.ChangeBeneficiary, Value: "MZ", Count: 1},
		},
		"one that refuses the other alone": {[]matching.Offer{forMozambique("b", "AO")}, matching.Change{}},
	} {
		if got := matching.Rank(matchtest.Now, matchtest.Setting(), []matching.Need{need}, c.offers, 0)[0].Change; got != c.want {
			t.Errorf("%s: the definition suggests %+v, not %+v", name, got, c.want)
		}
		if got := matching.NewIndex(matchtest.Now, matchtest.Setting(), nil, c.offers).ForNeed(&need, 0).Change; got != c.want {
			t.Errorf("%s: the index suggests %+v, not %+v", name, got, c.want)
		}
	}
}

func TestAnOfferIsToldWhomItCouldReachBesides(t *testing.T) {
	offer := func(change func(*matching.Offer)) matching.Offer { return matchtest.Offer(change) }
	fiji := matchtest.Need(func(n *matching.Need) { n.ID, n.Beneficiaries = "fiji", matchtest.Countries("FJ") })
	peru := matchtest.Need(func(n *matching.Need) { n.ID, n.Beneficiaries = "peru", matchtest.Countries("PE") })
	needs := []matching.Need{matchtest.Need(), fiji, peru}
	for name, c := range map[string]struct {
		offer matching.Offer
		want  matching.Change
	}{
		"capacity again": {
			offer(func(o *matching.Offer) { o.Unlimited, o.Exhausted = false, true }),
			matching.Change{Sort: matching.ChangeCapacity, Count: 3},
		},
		"States that are not Parties": {
			offer(func(o *matching.Offer) { o.Eligibility.PartiesOnly = true }),
			matching.Change{Sort: matching.ChangeEligibility, Value: "non_parties", Count: 1},
		},
		"one more group, of two the larger": {
			offer(func(o *matching.Offer) { o.Eligibility.LDC = true }),
			matching.Change{Sort: matching.ChangeEligibility, Value: "upper-middle", Count: 2},
		},
	} {
		if got := matching.RankOffers(matchtest.Now, matchtest.Setting(), needs, []matching.Offer{c.offer}, 0)[0].Change; got != c.want {
			t.Errorf("%s: the definition suggests %+v, not %+v", name, got, c.want)
		}
		if got := matching.NewIndex(matchtest.Now, matchtest.Setting(), needs, nil).ForOffer(&c.offer, 0).Change; got != c.want {
			t.Errorf("%s: the index suggests %+v, not %+v", name, got, c.want)
		}
	}
}
