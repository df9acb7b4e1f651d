package bundle

import (
	"fmt"
	"slices"
	"testing"

	"entente/matching"
)

// crowded makes candidates that give a few combinations of kinds, with scores
// that fall and amounts that rise.
func crowded(n int) []*candidate {
	kinds := []matching.KindSet{matching.Kinds(matching.Training), matching.Kinds(matching.Finance), matching.Kinds(matching.Training, matching.Finance)}
	list := make([]*candidate, n)
	for i := range list {
		list[i] = &candidate{
			offer: &matching.Offer{ID: fmt.Sprintf("%03d", i)}, kinds: kinds[i%3], amount: int64(i),
			score: matching.Score(1000 - i), worth: int32(1000 - i), contributor: i%3 == 1 && i%2 == 1,
		}
	}
	return list
}

func TestThePoolTakesTurnsAmongWhatOffersGive(t *testing.T) {
	all := crowded(400)
	for _, wanted := range []bool{false, true} {
		pool := choose(all, 64, wanted)
		if len(pool) != 64 {
			t.Fatalf("the pool has %d", len(pool))
		}
		of := map[class][]int64{}
		for _, c := range pool {
			of[class{c.kinds, c.contributor}] = append(of[class{c.kinds, c.contributor}], c.amount)
		}
		if len(of) != 4 {
			t.Errorf("%d of 4 sorts of offers are in the pool", len(of))
		}
		for sort, amounts := range of {
			if len(amounts) < 15 || len(amounts) > 17 {
				t.Errorf("%d of %+v are in the pool", len(amounts), sort)
			}
			// Scores fall as amounts rise: both ends are there where amounts count.
			if large := slices.Max(amounts) > 380; large != wanted {
				t.Errorf("the largest of %+v is %d", sort, slices.Max(amounts))
			}
			if slices.Min(amounts) > 5 {
				t.Errorf("the best of %+v is %d", sort, slices.Min(amounts))
			}
		}
		if !slices.IsSortedFunc(pool, func(a, b *candidate) int { return int(b.worth - a.worth) }) {
			t.Error("those of the most worth do not come first")
		}
	}
}

func TestASmallNumberIsThePoolAsItIs(t *testing.T) {
	all := crowded(64)
	if pool := choose(all, 64, true); len(pool) != 64 {
		t.Errorf("%d of 64 are in the pool", len(pool))
	}
}
