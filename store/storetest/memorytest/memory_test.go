package memorytest_test

import (
	"errors"
	"testing"

	"entente/store"
	"entente/store/storetest"
	"entente/store/storetest/memorytest"
)

func TestACopyKnowsNothingOfWhatComesAfter(t *testing.T) {
	s := memorytest.New()
	commits := storetest.Chain("fctc", 0, store.Hash{}, "first", 2, `{"a":1}`)
	if n, err := s.Append(t.Context(), "fctc", commits); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	c := s.Clone()
	for name, on := range map[string]*memorytest.Store{"the original": s, "the copy": c} {
		if n, err := on.Append(t.Context(), "fctc", storetest.Chain("fctc", 2, commits[1].Hash, name, 1, `{}`)); n != 1 || err != nil {
			t.Fatal(name, n, err)
		}
		if third, ok, err := on.At(t.Context(), "fctc", 3); err != nil || !ok || third.ID != name+"-3" {
			t.Errorf("%s has %+v, %v, %v", name, third, ok, err)
		}
	}
	if err := s.Erase(t.Context(), "fctc", []store.VersionRef{{Commit: 1, Kind: "need", ID: "first1", Number: 1}}); err != nil {
		t.Fatal(err)
	}
	one, _, _ := s.At(t.Context(), "fctc", 1)
	other, _, _ := c.At(t.Context(), "fctc", 1)
	if !one.Versions[0].Erased() || other.Versions[0].Erased() || one.Verify(store.Hash{}) != nil {
		t.Errorf("erased in the original %v, in the copy %v", one.Versions[0].Erased(), other.Versions[0].Erased())
	}
}

func TestANumberIsTakenOnceAndNothingFollowsAGap(t *testing.T) {
	s := memorytest.New()
	commits := storetest.Chain("fctc", 0, store.Hash{}, "c", 3, `{}`)
	if _, err := s.Append(t.Context(), "fctc", commits[:1]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), "fctc", commits[:1]); !errors.Is(err, store.ErrTaken) {
		t.Errorf("taken twice: %v", err)
	}
	if _, err := s.Append(t.Context(), "fctc", commits[2:]); !errors.Is(err, store.ErrGap) {
		t.Errorf("after a gap: %v", err)
	}
}
