package bundle_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/bundle"
	"entente/matching/matchtest"
)

func TestGivenOffersAreABundleWhenTheEnumerationListsThem(t *testing.T) {
	s := matchtest.SettingWithPast()
	r := rand.New(rand.NewPCG(6, 6))
	are, areNot := 0, 0
	for range 600 {
		need, offers := draw(r, 9)
		f := finder(s, offers)
		want := enumerate(s, &need, offers)
		all := f.Find(&need, 1000).Bundles
		for range 10 {
			var picked []*matching.Offer
			var ids []string
			for _, i := range r.Perm(len(offers))[:min(len(offers), 2+r.IntN(3))] {
				picked, ids = append(picked, &offers[i]), append(ids, offers[i].ID)
			}
			if len(all) > 0 && r.IntN(2) == 0 {
				picked, ids = nil, nil
				for _, m := range all[r.IntN(len(all))].Members {
					picked, ids = append(picked, m.Offer), append(ids, m.Offer.ID)
				}
				r.Shuffle(len(picked), func(i, j int) { picked[i], picked[j] = picked[j], picked[i] })
			}
			slices.Sort(ids)
			at := slices.IndexFunc(want, func(w result) bool { return slices.Equal(w.IDs, ids) })
			got, ok := f.Of(&need, picked...)
			if ok != (at >= 0) {
				t.Fatalf("%v are a bundle: %t, want %t", ids, ok, at >= 0)
			}
			if !ok {
				areNot++
				continue
			}
			are++
			if diff := cmp.Diff(all[at], got); diff != "" {
				t.Fatalf("%v (-found +given):\n%s", ids, diff)
			}
		}
	}
	if are < 300 || areNot < 300 {
		t.Errorf("the input proves little: %d bundles, %d others", are, areNot)
	}
}

func TestTheSameOfferTwiceAndOneAloneAreNoBundle(t *testing.T) {
	need := matchtest.Need(func(n *matching.Need) { n.Gap = 100 })
	offers := []matching.Offer{matchtest.Offer(func(o *matching.Offer) { o.Ceiling = 50 })}
	f := finder(matchtest.Setting(), offers)
	for _, picked := range [][]*matching.Offer{nil, {&offers[0]}, {&offers[0], &offers[0]}, slices.Repeat([]*matching.Offer{&offers[0]}, bundle.MaxMembers+1)} {
		if _, ok := f.Of(&need, picked...); ok {
			t.Errorf("the same offer %d times is a bundle", len(picked))
		}
	}
}

func TestARefusedOfferLeavesNoTraceInBundles(t *testing.T) {
	s := matchtest.Setting()
	r := rand.New(rand.NewPCG(7, 7))
	compared := 0
	for range 1500 {
		need, offers := draw(r, 10)
		rest := slices.DeleteFunc(slices.Clone(offers), func(o matching.Offer) bool {
			return slices.Contains(need.ExcludedParties, o.Provider) || slices.Contains(o.ExcludedParties, "MZ")
		})
		if len(rest) == len(offers) {
			continue
		}
		compared++
		with, without := finder(s, offers).Find(&need, 5), finder(s, rest).Find(&need, 5)
		if diff := cmp.Diff(without, with); diff != "" {
			t.Fatalf("(-without the refused +with them):\n%s", diff)
		}
	}
	if compared < 500 {
		t.Errorf("only %d reports compared", compared)
	}
}
