package matching

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestTheTableOfThemesIsThePartThatTheDefinitionFinds(t *testing.T) {
	compared := 0
	for levels := range 7 {
		r := rand.New(rand.NewPCG(uint64(levels), 3))
		parents, names := map[string]string{}, []string{"unknown"}
		for tree := range 3 {
			parent := ""
			for level := range levels + 1 {
				theme := fmt.Sprintf("%d-%d", tree, level)
				parents[theme], parents[theme+"-side"] = parent, parent
				names, parent = append(names, theme, theme+"-side"), theme
			}
		}
		s := Setting{taxonomy: parents}
		v := newVocabulary(&s)
		for _, name := range names {
			v.theme(name)
		}
		var c closeness
		some := func(list []uint16) []uint16 {
			for range r.IntN(MaxThemes + 1) {
				list = append(list, uint16(1+r.IntN(len(names))))
			}
			return list
		}
		for range 400 {
			n, o := needFeatures{themes: some(nil)}, offerFeatures{themes: some(nil)}
			weight := []int32{0, 1, 270_001, WeightSum}[r.IntN(4)]
			want := points(v.themePart(&n, &o).value, weight)
			if !c.prepare(v, n.themes, weight) {
				if levels < 4 {
					t.Fatalf("no table for %d levels", levels+1)
				}
				break
			}
			h, words := newHead(&o), c.words
			if got := c.points[words[h.theme(0)]|words[h.theme(1)]|words[h.theme(2)]]; got != want {
				t.Fatalf("%d levels, %v and %v: %d points, not %d", levels+1, n.themes, o.themes, got, want)
			}
			compared++
		}
	}
	if compared < 1600 {
		t.Errorf("only %d compared", compared)
	}
}
