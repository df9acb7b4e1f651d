package storetest

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/store"
)

// instant is an instant to which the tests' expiries refer.
func instant() time.Time { return time.UnixMilli(1_800_000_000_000) }

func expectValue(t *testing.T, value []byte, found bool, err error, want string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if found != (want != "") || string(value) != want {
		t.Errorf("%q, %v; want %q", value, found, want)
	}
}

func values(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri).Ephemeral(), e.open(t, uri).Ephemeral()
	now, ctx := instant(), t.Context()
	set := func(key, value string, expiry time.Time) {
		t.Helper()
		if err := s.Set(ctx, key, []byte(value), expiry); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(key string, now time.Time, want string) {
		t.Helper()
		for _, s := range []store.Ephemeral{s, other} {
			value, found, err := s.Value(ctx, key, now)
			expectValue(t, value, found, err, want)
		}
	}
	expect("a", now, "")
	set("a", "first", now.Add(time.Second))
	expect("a", now, "first")
	expect("a", now.Add(999*time.Millisecond), "first")
	expect("a", now.Add(time.Second), "")
	set("a", "second", now.Add(time.Minute))
	expect("a", now.Add(time.Second), "second")
	set("A", "other case", now.Add(time.Minute))
	set("a/b", "below", now.Add(time.Minute))
	expect("a", now, "second")
	for range 2 {
		if err := other.Delete(ctx, "a"); err != nil {
			t.Fatal(err)
		}
		expect("a", now, "")
	}
	expect("A", now, "other case")
	expect("a/b", now, "below")

	big := bytes.Repeat([]byte{0, 255, '"'}, store.MaxValue/3)
	set("ключ $.\"'", string(big), now.Add(time.Hour))
	expect("ключ $.\"'", now, string(big))
	if err := s.Set(ctx, "empty", nil, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if value, found, err := s.Value(ctx, "empty", now); err != nil || !found || len(value) != 0 {
		t.Errorf("the empty value: %q %v %v", value, found, err)
	}
	if won, err := s.Claim(ctx, "A", []byte("me"), now.Add(time.Hour), now); err != nil || !won {
		t.Errorf("a value keeps a claim from being won: %v", err)
	}
	expect("A", now, "other case")
}

func consumeOnce(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	now, ctx := instant(), t.Context()
	stores := []store.Ephemeral{e.open(t, uri).Ephemeral(), e.open(t, uri).Ephemeral()}
	// A key that is set again can be consumed again.
	for round := range 3 {
		want := fmt.Sprint("link ", round)
		if err := stores[0].Set(ctx, "link", []byte(want), now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		value, found, err := stores[1].Consume(ctx, "link", now.Add(time.Hour))
		expectValue(t, value, found, err, "")
		var won atomic.Int32
		var group sync.WaitGroup
		for i := range 32 {
			group.Go(func() {
				value, found, err := stores[i%2].Consume(ctx, "link", now)
				if err != nil {
					t.Error(err)
				}
				if found {
					won.Add(1)
					if string(value) != want {
						t.Errorf("consumed %q, want %q", value, want)
					}
				}
			})
		}
		group.Wait()
		if won.Load() != 1 {
			t.Errorf("round %d: consumed %d times", round, won.Load())
		}
		value, found, err = stores[0].Value(ctx, "link", now)
		expectValue(t, value, found, err, "")
	}
}

// contend lets 32 goroutines on two stores claim a key, and returns who won.
func contend(t *testing.T, stores []store.Ephemeral, key string, expiry, now time.Time) []string {
	t.Helper()
	var mutex sync.Mutex
	var winners []string
	var group sync.WaitGroup
	start := make(chan struct{})
	for i := range 32 {
		group.Go(func() {
			me := fmt.Sprintf("claimant %d at %d", i, now.UnixMilli())
			<-start
			won, err := stores[i%len(stores)].Claim(t.Context(), key, []byte(me), expiry, now)
			if err != nil {
				t.Error(err)
			}
			if won {
				mutex.Lock()
				defer mutex.Unlock()
				winners = append(winners, me)
			}
		})
	}
	close(start)
	group.Wait()
	return winners
}

func expectHolder(t *testing.T, s store.Ephemeral, key string, now time.Time, want string) {
	t.Helper()
	value, found, err := s.Holder(t.Context(), key, now)
	expectValue(t, value, found, err, want)
}

func claimOnce(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	stores := []store.Ephemeral{e.open(t, uri).Ephemeral(), e.open(t, uri).Ephemeral()}
	now := instant()
	expectHolder(t, stores[0], "slot", now, "")
	for _, key := range []string{"slot", "slot/1", "slot/10"} {
		winners := contend(t, stores, key, now.Add(time.Minute), now)
		if len(winners) != 1 {
			t.Fatalf("%s: %d won", key, len(winners))
		}
		expectHolder(t, stores[1], key, now, winners[0])
		expectHolder(t, stores[1], key, now.Add(time.Minute), "")
		if won, err := stores[0].Claim(t.Context(), key, []byte(winners[0]), now.Add(time.Hour), now); won || err != nil {
			t.Errorf("%s: its holder wins it again: %v", key, err)
		}
	}
}

func claimTakenOver(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	stores := []store.Ephemeral{e.open(t, uri).Ephemeral(), e.open(t, uri).Ephemeral()}
	now := instant()
	// A minute, then a year after the one before.
	for _, pause := range []time.Duration{0, time.Minute, time.Minute, time.Minute, 365 * 24 * time.Hour, time.Minute} {
		now = now.Add(pause)
		winners := contend(t, stores, "slot", now.Add(time.Minute), now)
		if len(winners) != 1 {
			t.Fatalf("after %v: %d won", pause, len(winners))
		}
		expectHolder(t, stores[0], "slot", now, winners[0])
		if won, err := stores[0].Claim(t.Context(), "slot", []byte("x"), now.Add(time.Hour), now.Add(time.Minute-time.Millisecond)); won || err != nil {
			t.Fatalf("won before it expired: %v", err)
		}
	}
}

func claimReleased(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	stores := []store.Ephemeral{e.open(t, uri).Ephemeral(), e.open(t, uri).Ephemeral()}
	now, ctx := instant(), t.Context()
	for range 3 {
		winners := contend(t, stores, "slot", now.Add(time.Minute), now)
		if len(winners) != 1 {
			t.Fatalf("%d won", len(winners))
		}
		if err := stores[0].Release(ctx, "slot", []byte("somebody else"), now); err != nil {
			t.Fatal(err)
		}
		expectHolder(t, stores[1], "slot", now, winners[0])
		for range 2 {
			if err := stores[1].Release(ctx, "slot", []byte(winners[0]), now); err != nil {
				t.Fatal(err)
			}
			expectHolder(t, stores[0], "slot", now, "")
		}
		now = now.Add(time.Second)
	}
	if err := stores[0].Release(ctx, "never claimed", nil, now); err != nil {
		t.Error(err)
	}
}

func sweep(t *testing.T, e Engine) {
	s := e.fresh(t).Ephemeral()
	now, ctx := instant(), t.Context()
	const expired = 150
	for i := range expired {
		if err := s.Set(ctx, fmt.Sprint("old", i), []byte("x"), now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Set(ctx, "young", []byte("kept"), now.Add(25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	for key, expiry := range map[string]time.Duration{"old": time.Minute, "young": 25 * time.Hour} {
		if won, err := s.Claim(ctx, key, []byte("me"), now.Add(expiry), now); !won || err != nil {
			t.Fatal(won, err)
		}
	}
	expectSwept := func(at time.Time, want int) {
		t.Helper()
		if n, err := s.Sweep(ctx, at); n != want || err != nil {
			t.Errorf("%d swept, want %d; %v", n, want, err)
		}
	}
	expectSwept(now, 0)
	expectSwept(now.Add(24*time.Hour), expired+1)
	expectSwept(now.Add(24*time.Hour), 0)
	later := now.Add(24 * time.Hour)
	value, found, err := s.Value(ctx, "young", later)
	expectValue(t, value, found, err, "kept")
	expectHolder(t, s, "young", later, "me")
	value, found, err = s.Value(ctx, "old3", now)
	expectValue(t, value, found, err, "")
	if won, err := s.Claim(ctx, "old", []byte("again"), later.Add(time.Hour), later); !won || err != nil {
		t.Errorf("the swept claim: %v %v", won, err)
	}
}
