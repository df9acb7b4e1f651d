package matching

import (
	"math/rand/v2"
	"testing"
)

func TestAnExtractCountsAsTheSetItWasTakenFrom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	random := func(words, filled int) bitset {
		b := make(bitset, words)
		for i := range b {
			if r.IntN(10) < filled {
				b[i] = r.Uint64() & r.Uint64()
			}
		}
		return b
	}
	var e extract
	for round := range 300 {
		words := r.IntN(40)
		near := random(words, round%11)
		e.take(near)
		sets := make([]bitset, 1+r.IntN(atOnce))
		var want, got [atOnce]int
		for j := range sets {
			sets[j] = random(words, 8)
			got[j] = j
			want[j] = j + near.countBoth(sets[j])
			if near.meets(sets[j]) != (want[j] > j) {
				t.Fatalf("%v and %v meet, or not", near, sets[j])
			}
		}
		e.countEach(sets, &got)
		if got != want {
			t.Fatalf("%v, not %v", got, want)
		}
	}
}
