package matching_test

import (
	"testing"

	"entente/matching"
	"entente/matching/matchtest"
)

func TestTheClosenessOfThemesGivesThePartOfTheScore(t *testing.T) {
	s := matchtest.Setting()
	compared := 0
	for seed := range uint64(10) {
		needs, offers := matchtest.Random(seed, 60, 60)
		for i := range needs {
			for j := range offers {
				result := matching.Definition(matchtest.Now, s, &needs[i], &offers[j])
				if result.Reason != matching.Candidate {
					continue
				}
				compared++
				want := result.Parts[matching.PartTheme]
				got := matching.NewPart(matching.PartTheme, matching.ThemeValue(s.Closeness(&needs[i], &offers[j])), want.Weight)
				if got.Value != want.Value || got.Points != want.Points {
					t.Fatalf("need %+v, offer %+v: %+v, want %+v", needs[i].Themes, offers[j].Themes, got, want)
				}
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d pairs compared", compared)
	}
	if matching.ThemeValue(nil) != 0 {
		t.Error("a need without themes has a theme in common")
	}
}
