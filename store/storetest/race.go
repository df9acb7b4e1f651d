package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"entente/store"
)

// writer is somebody who decides on the state at the head and appends.
type writer struct {
	s        store.Store
	log      string
	number   uint64
	previous store.Hash
}

// follow reads what was written meanwhile, and tells at which number it found
// the command with that id, or 0.
func (w *writer) follow(ctx context.Context, id string) (own uint64, err error) {
	for c, err := range w.s.Read(ctx, w.log, w.number) {
		if err != nil {
			return own, err
		}
		if err := c.Verify(w.previous); err != nil {
			return own, err
		}
		w.number, w.previous = c.Number, c.Hash
		if c.ID == id {
			own = c.Number
		}
	}
	return own, nil
}

// commit appends commits with those ids, however often others are first. It
// returns the numbers that they got.
func (w *writer) commit(ctx context.Context, ids ...string) ([]uint64, error) {
	var numbers []uint64
	for len(ids) > 0 {
		commits := Chain(w.log, w.number, w.previous, "", len(ids), `{"race":true}`)
		previous := w.previous
		for i := range commits {
			commits[i].ID = ids[i]
			store.Seal(previous, &commits[i])
			previous = commits[i].Hash
		}
		n, err := w.s.Append(ctx, w.log, commits)
		for _, c := range commits[:n] {
			numbers = append(numbers, c.Number)
			w.number, w.previous = c.Number, c.Hash
		}
		ids = ids[n:]
		if errors.Is(err, store.ErrTaken) {
			var own uint64
			if own, err = w.follow(ctx, ids[0]); own != 0 {
				// An earlier attempt, which was given up, had arrived.
				numbers, ids = append(numbers, own), ids[1:]
			}
		}
		if err != nil {
			return numbers, err
		}
	}
	return numbers, nil
}

// expectOnce checks that the log holds each id once, at its number.
func expectOnce(t *testing.T, log []store.Commit, want map[string]uint64) {
	t.Helper()
	if len(log) != len(want) {
		t.Errorf("the log has %d commits, want %d", len(log), len(want))
	}
	seen := map[string]bool{}
	for _, c := range log {
		if seen[c.ID] {
			t.Errorf("%s is there twice", c.ID)
		}
		seen[c.ID] = true
		if number, ok := want[c.ID]; !ok || number != c.Number {
			t.Errorf("%s is at %d, want %d", c.ID, c.Number, number)
		}
	}
}

// racingWriters lets 64 writers on four stores of one database append one
// commit each, while a follower on a fifth reads along.
func racingWriters(t *testing.T, e Engine) {
	race(t, e, 64, 1)
}

// racingBatches lets writers race with batches, of which a prefix may be
// stored.
func racingBatches(t *testing.T, e Engine) {
	race(t, e, 8, 12)
}

func race(t *testing.T, e Engine, writers, each int) {
	uri := e.Fresh(t)
	stores := []store.Store{e.open(t, uri), e.open(t, uri), e.open(t, uri), e.open(t, uri)}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()

	var mutex sync.Mutex
	want := map[string]uint64{}
	var group, followers sync.WaitGroup
	start := make(chan struct{})
	for i := range writers {
		group.Go(func() {
			w := &writer{s: stores[i%len(stores)], log: "race"}
			ids := make([]string, each)
			for j := range ids {
				ids[j] = fmt.Sprintf("w%d-%d", i, j)
			}
			<-start
			numbers, err := w.commit(ctx, ids...)
			if err != nil {
				t.Errorf("writer %d: %v", i, err)
				return
			}
			mutex.Lock()
			defer mutex.Unlock()
			for j, number := range numbers {
				want[ids[j]] = number
			}
		})
	}
	follower := &writer{s: e.open(t, uri), log: "race"}
	followers.Go(func() {
		<-start
		for follower.number < uint64(writers*each) && ctx.Err() == nil {
			if _, err := follower.follow(ctx, ""); err != nil {
				t.Errorf("the follower at %d: %v", follower.number, err)
				return
			}
		}
	})
	close(start)
	group.Wait()
	if t.Failed() {
		cancel()
	}
	followers.Wait()
	expectOnce(t, read(t, stores[0], "race", 0, store.Hash{}), want)
	if follower.number != uint64(writers*each) {
		t.Errorf("the follower got to %d", follower.number)
	}
}

// ambiguousTimeout gives up on insertions at all moments of their course and
// finds out by the command's id what became of them.
func ambiguousTimeout(t *testing.T, e Engine) {
	s := e.fresh(t)
	w := &writer{s: s, log: "cms"}
	want := map[string]uint64{}
	unknown := 0
	for i := range 60 {
		id := fmt.Sprintf("c%d", i)
		patience := time.Duration(i) * 50 * time.Microsecond
		for want[id] == 0 {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			numbers, err := w.commit(ctx, id)
			cancel()
			patience *= 2
			if len(numbers) > 0 { // perhaps with an error of what came after
				want[id] = numbers[0]
				break
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
			if unknown++; unknown > 2000 {
				t.Fatal("nothing gets through")
			}
			patience = max(patience, 100*time.Microsecond)
			// What cannot be told from the error is told by the log; and what
			// arrives only after this look, by the next attempt.
			// A server may break off, with what was given up, what comes next.
			for look := 0; want[id] == 0; look++ {
				own, err := w.follow(t.Context(), id)
				if own != 0 {
					want[id] = own
				}
				if err == nil {
					break
				}
				if look == 3 {
					t.Fatal(err)
				}
			}
		}
	}
	if unknown == 0 {
		t.Fatal("no insertion was given up: the test shows nothing")
	}
	expectOnce(t, read(t, s, "cms", 0, store.Hash{}), want)
}

func severalStores(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	var stores []store.Store
	for range 5 {
		stores = append(stores, e.open(t, uri))
	}
	for i := range 20 {
		w := &writer{s: stores[i%5], log: "cms"}
		if _, err := w.follow(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		if w.number != uint64(i) {
			t.Fatalf("store %d sees %d commits, want %d", i%5, w.number, i)
		}
		if _, err := w.commit(t.Context(), fmt.Sprint("c", i)); err != nil {
			t.Fatal(err)
		}
	}
	// One that is closed takes nothing from the others.
	extra, err := e.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := extra.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range stores {
		if got := read(t, s, "cms", 0, store.Hash{}); len(got) != 20 {
			t.Errorf("store %d reads %d commits", i, len(got))
		}
	}
}
