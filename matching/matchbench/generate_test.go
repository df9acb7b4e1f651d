package matchbench_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching/matchbench"
)

func TestTheSameSeedGivesTheSamePostings(t *testing.T) {
	needs, offers := matchbench.Generate(7, 50, 50)
	again, offersAgain := matchbench.Generate(7, 50, 50)
	if diff := cmp.Diff(needs, again) + cmp.Diff(offers, offersAgain); diff != "" {
		t.Error(diff)
	}
	if other, _ := matchbench.Generate(8, 50, 50); cmp.Equal(needs, other) {
		t.Error("another seed gives the same needs")
	}
}

func TestPostingsAreSkewedAndRarelyAlike(t *testing.T) {
	needs, offers := matchbench.Generate(1, 2000, 2000)
	themes, alike := map[string]int{}, map[string]int{}
	for _, n := range needs {
		themes[n.Themes[0]]++
		n.ID = ""
		alike[fmt.Sprint(n)]++
	}
	most := 0
	for _, count := range themes {
		most = max(most, count)
	}
	if even := len(needs) / len(themes); most < 3*even {
		t.Errorf("the most frequent theme comes %d times; evenly it would be %d", most, even)
	}
	if len(alike) < len(needs)*9/10 {
		t.Errorf("only %d of %d needs differ", len(alike), len(needs))
	}
	worldwide := 0
	for _, o := range offers {
		if len(o.Coverage.Countries)+len(o.Coverage.Regions) == 0 {
			worldwide++
		}
	}
	if worldwide < 900 || worldwide > 1100 {
		t.Errorf("%d of 2000 offers hold everywhere, not about half", worldwide)
	}
}
