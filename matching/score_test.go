package matching

import (
	"testing"

	"entente/reference"
)

func TestScoringDoesNotAllocate(t *testing.T) {
	s, err := NewSetting(Convention{ID: "c", Themes: map[string]string{"a": "", "b": "a"}, Weights: Weights{Theme: WeightSum}})
	if err != nil {
		t.Fatal(err)
	}
	mozambique, _ := reference.ParseCountry("MZ")
	need := Need{Beneficiaries: []reference.Country{mozambique}, Themes: []string{"a", "b"}, Kinds: Kinds(Training, Legal), Languages: []LanguageWish{{Language: "pt"}}, Gap: 3, Urgency: UrgencyHigh}
	offer := Offer{Provider: "BR", Themes: []string{"b"}, Kinds: Kinds(Training), Languages: []reference.Language{"en", "pt"}, Ceiling: 2, LeadDays: 40}
	w := newWorkshop(20_000, s)
	n, o := w.need(&need), w.offer(&offer)
	weights := s.weights.byPart()
	var score Score
	if allocations := testing.AllocsPerRun(100, func() {
		found := w.vocabulary.find(&n, &o)
		score = found.score(&weights)
	}); allocations != 0 {
		t.Errorf("scoring a pair allocates %v times", allocations)
	}
	// a is a parent of b: 2/3 with weight 2, and b itself with weight 1.
	if score != 77_777_700 {
		t.Errorf("the score is %d", score)
	}
}

func TestPointsAreExactAtTheEnds(t *testing.T) {
	for _, c := range []struct{ value, weight, want int32 }{
		{Whole, WeightSum, int32(MaxScore)}, {0, WeightSum, 0}, {Whole, 0, 0}, {1, 1, 0}, {Whole, 1, 100}, {333_333, 333_333, 11_111_088},
	} {
		if got := points(c.value, c.weight); got != c.want {
			t.Errorf("points(%d, %d) = %d, not %d", c.value, c.weight, got, c.want)
		}
	}
}

func TestAShareNeverOverflows(t *testing.T) {
	const huge = int64(1<<63 - 1)
	for _, c := range []struct {
		part, whole int64
		want        int32
	}{{0, 1, 0}, {1, 3, 333_333}, {2, 3, 666_666}, {1, huge, 0}, {huge / 2, huge, 499_999}, {huge, huge, Whole}} {
		if got := share(c.part, c.whole); got != c.want {
			t.Errorf("share(%d, %d) = %d, not %d", c.part, c.whole, got, c.want)
		}
	}
}

func TestThemesAreSimilarByTheirPlaceInTheTree(t *testing.T) {
	tree, err := newTaxonomy(map[string]string{"top": "", "a": "top", "b": "top", "a1": "a", "other": ""})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		a, b       string
		similarity int32
		common     bool
	}{
		{"a", "a", Whole, true}, {"a", "top", 666_666, true}, {"a1", "top", 500_000, true}, {"a", "b", 250_000, false},
		{"a1", "b", 0, false}, {"top", "other", 0, false}, {"unknown", "unknown", Whole, true}, {"unknown", "top", 0, false}, {"", "top", 0, false}, {"", "", 0, false},
	} {
		if got := tree.similarity(c.a, c.b); got != c.similarity || tree.similarity(c.b, c.a) != got {
			t.Errorf("similarity of %q and %q is %d, not %d", c.a, c.b, got, c.similarity)
		}
		if tree.common(c.a, c.b) != c.common || tree.common(c.b, c.a) != c.common {
			t.Errorf("%q and %q in common: %t", c.a, c.b, !c.common)
		}
	}
}

func TestOneOfficialLanguageServesForAnotherOneWay(t *testing.T) {
	if got := serves("gn", "es"); got != reference.Official {
		t.Errorf("Spanish for Guaraní: %s", got)
	}
	if got := serves("es", "gn"); got != reference.None {
		t.Errorf("Guaraní for Spanish: %s", got)
	}
	if got := serves("hr", "bs"); got != reference.Macro {
		t.Errorf("Bosnian for Croatian: %s", got)
	}
}
