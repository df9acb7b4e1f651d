package platform_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"entente/cooperation"
	"entente/platform"
)

func TestOfTwoWhoTakeUpARunThatWasCutOffOneDoesIt(t *testing.T) {
	p := newPlace(t)
	s := &faulty{Store: p.store()}
	first := p.open(s)
	secretariat(t, first)
	contents := make([]cooperation.NeedContent, 600)
	for i := range contents {
		contents[i] = needContent(t, fmt.Sprintf("Law %d", i))
	}
	if r, err := first.ImportNeeds(t.Context(), system, rowsOf(contents...), false); err != nil || r.Created != 600 {
		t.Fatal(r, explain(err))
	}
	for i := range 5 {
		openOffer(t, first, fmt.Sprintf("Advisers %d", i))
	}
	appends := 0
	s.before = func() error {
		if appends++; appends > 1 {
			return errors.New("the process was killed here")
		}
		return nil
	}
	if _, err := first.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"}); err == nil {
		t.Fatal("the run was not cut off: the test shows nothing")
	}
	first.Close()

	g := newGate(p.store(), "fctc")
	on := p.open(g)
	var mu sync.Mutex
	done := 0
	take := func() {
		_, err := on.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"})
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			done++
		case cooperation.CodeOf(err) != cooperation.Conflict:
			t.Error(explain(err))
		}
	}
	together(t, on, g, take, take)
	if done == 0 {
		t.Error("nobody finished the run")
	}
	again := p.open() // reads the whole log
	if r := run(t, again); !r.Unchanged {
		t.Errorf("the next run changed something: %+v", r.Run)
	}
	if got := pending(t, again); got != 1 {
		t.Errorf("%d messages, want 1", got)
	}
	p.verify()
}

func TestARunThatReadLaterDoesNotTellAgainWhatAnEarlierOneTold(t *testing.T) {
	p := newPlace(t)
	three := p.open()
	secretariat(t, three)
	openNeed(t, three, "Smoke-free law")
	openOffer(t, three, "Advisers")
	early, late := newGate(p.store(), "fctc"), newGate(p.store(), "fctc")
	one, two := p.open(early), p.open(late)
	var wg sync.WaitGroup
	start := func(on *platform.Platform) {
		wg.Go(func() {
			if _, err := on.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
				t.Error(explain(err))
			}
		})
	}
	start(one)
	<-early.came // it has read, and not written yet
	if _, err := three.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Another law"), ""); err != nil {
		t.Fatal(explain(err))
	}
	await(t, two, three.Position("fctc"))
	start(two)
	<-late.came // it has read later
	before := three.Position("fctc")
	close(early.open)
	await(t, three, before+1)
	close(late.open)
	wg.Wait()
	await(t, three, max(one.Position("fctc"), two.Position("fctc")))
	if got := pending(t, three); got != 1 {
		t.Errorf("%d messages about one pairing, want 1", got)
	}
	p.verify()
}
