package catalogue

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/reference"
)

// TestTheMatrixIsThatOfCountingOneByOne compares the matrix with needs looked
// at one by one.
func TestTheMatrixIsThatOfCountingOneByOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := newLog(t)
		var needs []*cooperation.Need
		for i := range rapid.IntRange(0, 14).Draw(r, "needs") {
			n := openNeed(i, "A need")
			n.Themes = []string{anyTheme.Draw(r, "theme")}
			n.Beneficiaries = rapid.SliceOfNDistinct(anyCountry, 1, 2, rapid.ID).Draw(r, "of")
			n.Status = rapid.SampledFrom([]cooperation.NeedStatus{cooperation.NeedOpen, cooperation.NeedPartlyCovered, cooperation.NeedClosed, cooperation.NeedSubmitted}).Draw(r, "status")
			l.commit(needChange(n))
			needs = append(needs, n)
		}
		m := l.state.Matrix(cooperation.Actor{})
		for i, theme := range m.Themes {
			for j, code := range m.Regions {
				want := 0
				for _, n := range needs {
					under := slices.ContainsFunc(n.Themes, func(x string) bool { return x == theme || testAncestors(x) == theme })
					if under && (n.Status == cooperation.NeedOpen || n.Status == cooperation.NeedPartlyCovered) && slices.ContainsFunc(n.Beneficiaries, func(c reference.Country) bool { return inRegion(c, code) }) {
						want++
					}
				}
				if diff := cmp.Diff(want, m.Cells[i][j].Needs); diff != "" {
					r.Fatalf("%s in %s (-plain +got):\n%s", theme, code, diff)
				}
				if gap := m.Cells[i][j].Gap(m.World[i]); gap != (want > 0) { // there are no offers
					r.Fatalf("%s in %s: %d needs, a gap: %v", theme, code, want, gap)
				}
			}
		}
	})
}
