package cooperation_test

import (
	"testing"

	"entente/cooperation"
)

func TestIdsAreDistinctAndHaveTheFormOfIds(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := cooperation.NewID()
		if !cooperation.ValidID(id) || seen[id] {
			t.Fatalf("%q is not valid or came twice", id)
		}
		seen[id] = true
	}
}

func TestADerivedIdBelongsToItsParts(t *testing.T) {
	id := cooperation.DerivedID("need", "fctc", "N-1")
	if !cooperation.ValidID(id) {
		t.Errorf("%q has not the form of an id", id)
	}
	if cooperation.DerivedID("need", "fctc", "N-1") != id {
		t.Error("the same parts give another id")
	}
	// Imports of an earlier release must find their documents again.
	if want := "bqthdklijzvnvlvaq4sxn5atzq"; id != want {
		t.Errorf("the id of a known row is %q, want %q", id, want)
	}
	for _, parts := range [][]string{{"offer", "fctc", "N-1"}, {"need", "untoc", "N-1"}, {"need", "fctc", "N-10"}, {"need", "fctcN", "-1"}, {"need", "fctc", "N", "1"}} {
		if cooperation.DerivedID(parts...) == id {
			t.Errorf("%q give the same id", parts)
		}
	}
}

func TestWhatIsNoIdIsRefused(t *testing.T) {
	good := cooperation.DerivedID("x")
	for _, s := range []string{"", good[:25], good + "a", "A" + good[1:], "1" + good[1:], "é" + good[2:], "../../../etc/passwd/0000000"} {
		if cooperation.ValidID(s) {
			t.Errorf("%q counts as an id", s)
		}
	}
}
