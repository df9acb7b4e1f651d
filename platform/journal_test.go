package platform_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"testing"

	"entente/cooperation"
	"entente/platform"
	"entente/store"
)

func TestOfManyWhoChangeTheSameVersionOneWins(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), "")
	if err != nil {
		t.Fatal(explain(err))
	}
	const rivals = 64
	var won, stale atomic.Int32
	var wg sync.WaitGroup
	for i := range rivals {
		wg.Go(func() {
			_, err := on.ReplaceNeed(t.Context(), focal, n.ID, 1, needContent(t, fmt.Sprintf("Smoke-free law, version of %d", i)))
			switch {
			case err == nil:
				won.Add(1)
			case cooperation.CodeOf(err) == cooperation.Conflict:
				stale.Add(1)
			default:
				t.Error(explain(err))
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || stale.Load() != rivals-1 {
		t.Errorf("%d won and %d were stale, want 1 and %d", won.Load(), stale.Load(), rivals-1)
	}
	p.verify()
}

func TestTwoReplicasShareOneLogWithoutLosingAnything(t *testing.T) {
	p := newPlace(t)
	one, two := p.open(), p.open()
	const each = 25
	var wg sync.WaitGroup
	for i := range each {
		wg.Go(func() {
			if _, err := one.CreateNeed(t.Context(), focal, "fctc", needContent(t, fmt.Sprintf("At one, %d", i)), ""); err != nil {
				t.Error(explain(err))
			}
		})
		wg.Go(func() {
			if _, err := two.CreateNeed(t.Context(), focal, "fctc", needContent(t, fmt.Sprintf("At two, %d", i)), ""); err != nil {
				t.Error(explain(err))
			}
		})
	}
	wg.Wait()
	await(t, one, 2*each)
	await(t, two, 2*each)
	for name, on := range map[string]interface{ Position(string) uint64 }{"one": one, "two": two} {
		if got := on.Position("fctc"); got != 2*each {
			t.Errorf("replica %s is at %d, want %d: one commit for each need", name, got, 2*each)
		}
	}
	a, _ := one.State("fctc")
	b, _ := two.State("fctc")
	if got, want := b.Counts()["need"]["draft"], a.Counts()["need"]["draft"]; got != want || got != 2*each {
		t.Errorf("replicas count %d and %d drafts, want %d", want, got, 2*each)
	}
	p.verify()
}

// faulty is a store whose next appends go wrong in a chosen way.
type faulty struct {
	store.Store
	before func() error // fails without writing
	after  func() error // fails although the commits were written
}

func (f *faulty) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if f.before != nil {
		if err := f.before(); err != nil {
			return 0, err
		}
	}
	n, err := f.Store.Append(ctx, log, commits)
	if err == nil && f.after != nil {
		if err := f.after(); err != nil {
			return 0, err
		}
	}
	return n, err
}

// once fails the first time only.
func once() func() error {
	var done atomic.Bool
	return func() error {
		if done.CompareAndSwap(false, true) {
			return errors.New("the line went dead")
		}
		return nil
	}
}

func TestAWriteWhoseAnswerWasLostCountsOnce(t *testing.T) {
	p := newPlace(t)
	on := p.open(&faulty{Store: p.store(), after: once()})
	n, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), "")
	if err != nil {
		t.Fatalf("the commit is durable, yet the command failed: %v", explain(err))
	}
	if got := on.Position("fctc"); got != 1 {
		t.Errorf("position %d, want 1", got)
	}
	if _, _, err := on.Need(focal, n.ID); err != nil {
		t.Error(explain(err))
	}
	p.verify()
}

func TestAWriteThatFailedIsUnavailableAndMayBeTriedAgain(t *testing.T) {
	p := newPlace(t)
	on := p.open(&faulty{Store: p.store(), before: once()})
	_, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), "")
	wantCode(t, err, cooperation.Unavailable, "error.unavailable.store")
	if err := on.Ready(t.Context()); err == nil {
		t.Error("ready although the last write failed")
	}
	if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), ""); err != nil {
		t.Errorf("second try: %v", explain(err))
	}
	if err := on.Ready(t.Context()); err != nil {
		t.Errorf("not ready after a write succeeded: %v", err)
	}
	if got := on.Position("fctc"); got != 1 {
		t.Errorf("position %d, want 1", got)
	}
}

func TestACreateIsRepeatedWithItsKeyAndNotWithOtherContent(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	first, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), "key-1")
	if err != nil {
		t.Fatal(explain(err))
	}
	again, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), "key-1")
	if err != nil || again.ID != first.ID {
		t.Errorf("repeated create gave %v, %v; want need %s again", again, explain(err), first.ID)
	}
	_, err = on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Another law"), "key-1")
	wantCode(t, err, cooperation.Conflict, "error.conflict.idempotency")
	other, err := on.CreateNeed(t.Context(), approver, "fctc", needContent(t, "Smoke-free law"), "key-1")
	if err != nil || other.ID == first.ID {
		t.Errorf("the key of one actor served another: %v, %v", other, explain(err))
	}
	if got := on.Position("fctc"); got != 2 {
		t.Errorf("position %d, want 2", got)
	}
}

func TestAStoppedPlatformStartsFromItsCheckpointWithTheSameState(t *testing.T) {
	p := newPlace(t)
	first := p.open()
	n := openNeed(t, first, "Smoke-free law")
	openOffer(t, first, "Advisers")
	run(t, first)
	position := first.Position("fctc")
	first.Close()

	s := p.store()
	at, content, found, err := s.LoadCheckpoint(t.Context(), "fctc", "state/2")
	if err != nil || !found || at.Number != position {
		t.Fatalf("checkpoint %+v, found %v, error %v; want one at %d", at, found, err, position)
	}
	content.Close()

	again := p.open()
	if got := again.Position("fctc"); got != position {
		t.Errorf("started at %d, want %d", got, position)
	}
	if got, _, err := again.Need(focal, n.ID); err != nil || got.Status != cooperation.NeedOpen {
		t.Errorf("need after the start: %v, %v", got, explain(err))
	}
	if got := len(standing(t, again)); got != 1 {
		t.Errorf("%d proposals after the start, want 1", got)
	}
	if r := run(t, again); !r.Unchanged {
		t.Error("a run after the start changed something")
	}
}

// tampered is a store in whose second commit somebody has changed a body.
type tampered struct{ store.Store }

func (t tampered) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	return func(yield func(store.Commit, error) bool) {
		for c, err := range t.Store.Read(ctx, log, after) {
			if err == nil && c.Number == 2 {
				c.Versions[0].Body = bytes.Replace(c.Versions[0].Body, []byte("Smoke-free"), []byte("Smoke-full"), 1)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func TestADamagedLogStopsTheStart(t *testing.T) {
	p := newPlace(t)
	openNeed(t, p.open(), "Smoke-free law")
	e, err := platform.Open(t.Context(), platform.Options{Store: tampered{p.store()}, Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now})
	if err == nil {
		e.Close()
	}
	if !errors.Is(err, store.ErrBroken) {
		t.Errorf("start on a log whose chain is broken: %v, want ErrBroken", err)
	}
}
