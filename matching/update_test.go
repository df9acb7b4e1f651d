package matching_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchtest"
)

// replica is the plain list that an updated index must be equal to.
type replica struct {
	needs  []matching.Need
	offers []matching.Offer
}

// put replaces what has the id of the posting in the place of the first of
// them, or appends it.
func put[P any](list []P, posting P, id func(P) string) []P {
	var out []P
	done := false
	for _, p := range list {
		switch {
		case id(p) != id(posting):
			out = append(out, p)
		case !done:
			out, done = append(out, posting), true
		}
	}
	if !done {
		out = append(out, posting)
	}
	return out
}

func needID(n matching.Need) string   { return n.ID }
func offerID(o matching.Offer) string { return o.ID }

func TestAnUpdatedIndexEqualsTheDefinitionAfterEveryChange(t *testing.T) {
	s := matchtest.SettingWithPast()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 9))
		needs, offers := matchtest.Random(seed, 400, 400)
		now := replica{slices.Clone(needs[:20]), slices.Clone(offers[:40])}
		x := matching.NewIndex(matchtest.Now, s, slices.Clone(now.needs), slices.Clone(now.offers))
		for step := range 260 {
			n, o := needs[r.IntN(len(needs))], offers[r.IntN(len(offers))]
			n.ID, o.ID = needs[r.IntN(60)].ID, offers[r.IntN(220)].ID
			switch r.IntN(9) {
			case 0:
				x, now.needs = x.RemoveNeed(n.ID), slices.DeleteFunc(now.needs, func(m matching.Need) bool { return m.ID == n.ID })
			case 1:
				x, now.offers = x.RemoveOffer(o.ID), slices.DeleteFunc(now.offers, func(m matching.Offer) bool { return m.ID == o.ID })
			case 2, 3, 4:
				x, now.needs = x.PutNeed(&n), put(now.needs, n, needID)
			default:
				x, now.offers = x.PutOffer(&o), put(now.offers, o, offerID)
			}
			if step%20 != 19 {
				continue
			}
			k := []int{0, 1, 7}[r.IntN(3)]
			if diff := cmp.Diff(matching.Rank(matchtest.Now, s, now.needs, now.offers, k), reports(t)(x.Needs(t.Context(), k, 1))); diff != "" {
				t.Fatalf("seed %d, step %d, needs (-definition +index):\n%s", seed, step, diff)
			}
			if diff := cmp.Diff(matching.RankOffers(matchtest.Now, s, now.needs, now.offers, k), reports(t)(x.Offers(t.Context(), k, 1))); diff != "" {
				t.Fatalf("seed %d, step %d, offers (-definition +index):\n%s", seed, step, diff)
			}
		}
	}
}

func TestAnIndexStaysAsItWasWhenAnotherIsMadeFromIt(t *testing.T) {
	needs, offers := matchtest.Random(5, 30, 300)
	before := matching.NewIndex(matchtest.Now, matchtest.SettingWithPast(), needs, offers[:200])
	want := reports(t)(before.Needs(t.Context(), 5, 1))
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for range 5 {
				if got, err := before.Needs(t.Context(), 5, 2); err != nil || !cmp.Equal(want, got) {
					t.Error("a reader saw the index change")
				}
			}
		})
	}
	after := before
	for i := range 100 {
		after = after.PutOffer(&offers[200+i]).RemoveOffer(offers[i].ID)
	}
	readers.Wait()
	if cmp.Equal(want, reports(t)(after.Needs(t.Context(), 5, 1))) {
		t.Error("a hundred changed offers changed nothing")
	}
}

func TestTiesAcrossSegmentsAreBrokenById(t *testing.T) {
	s := matchtest.SettingWithPast()
	needs := []matching.Need{matchtest.Need()}
	var offers []matching.Offer
	x := matching.NewIndex(matchtest.Now, s, needs, nil)
	ids := rand.New(rand.NewPCG(3, 3)).Perm(900)
	for _, i := range ids {
		o := matchtest.Offer(func(o *matching.Offer) { o.ID = string([]rune{rune('a' + i%26), rune('0' + i/26)}) })
		offers = append(offers, o)
		x = x.PutOffer(&o)
	}
	for _, k := range []int{0, 1, 10, 500} {
		if diff := cmp.Diff(matching.Rank(matchtest.Now, s, needs, offers, k), reports(t)(x.Needs(t.Context(), k, 1))); diff != "" {
			t.Fatalf("first %d (-definition +index):\n%s", k, diff)
		}
	}
}
