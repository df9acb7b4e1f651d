package platform_test

import (
	"testing"
	"time"

	"entente/platform"
)

func TestWhoeverWaitsForAnotherProcessNeedNotWaitForTheNextLookAtTheLog(t *testing.T) {
	p := newPlace(t)
	s := p.store()
	open := func() *platform.Platform {
		on, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now, Poll: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(on.Close)
		return on
	}
	one, other := open(), open()
	for range 3 {
		made, err := one.CreateNeed(t.Context(), focal, "fctc", needContent(t, "A law"), "")
		if err != nil {
			t.Fatal(explain(err))
		}
		if err := other.Await(t.Context(), "fctc", one.Position("fctc")); err != nil {
			t.Fatal(explain(err))
		}
		if _, _, err := other.Need(focal, made.ID); err != nil {
			t.Fatal(explain(err))
		}
	}
	if err := other.Await(t.Context(), "fctc", one.Position("fctc")+1); err == nil {
		t.Error("a position that does not exist was reached")
	}
}
