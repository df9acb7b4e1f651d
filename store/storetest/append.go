package storetest

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/store"
)

func freshStoreIsEmpty(t *testing.T, e Engine) {
	s := e.fresh(t)
	if number, hash := head(t, s, "apmbc"); number != 0 || hash != (store.Hash{}) {
		t.Errorf("head %d %s", number, hash)
	}
	if logs, err := s.Logs(t.Context()); err != nil || len(logs) != 0 {
		t.Errorf("logs %q, %v", logs, err)
	}
	if _, found, err := s.At(t.Context(), "apmbc", 1); err != nil || found {
		t.Errorf("commit 1 found: %v, %v", found, err)
	}
	if commits := read(t, s, "apmbc", 0, store.Hash{}); len(commits) != 0 {
		t.Errorf("%d commits", len(commits))
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	if n, err := s.Append(t.Context(), "apmbc", nil); n != 0 || err != nil {
		t.Errorf("appending nothing: %d, %v", n, err)
	}
}

// every is a commit in which each field has a value, with bodies that are
// easily damaged on their way.
func every() store.Commit {
	c := store.Commit{
		Log: "fctc", Number: 1, ID: "0j9c", Command: "need.submit", Actor: "u-17",
		Reason: "Причина — 原因 — السبب\n\"'\\", Time: time.Date(2026, 11, 22, 23, 59, 59, 987e6, time.UTC),
		Fence: "claim-3",
		Versions: []store.Version{
			{Kind: "need", ID: "a", Number: 3, Schema: 2, Body: []byte(`{"b":1.50,"a":" \u0000 é 😀 \" ","z":[1e2]}`)},
			{Kind: "offer", ID: "b", Number: 1 << 62, Schema: 1, Body: []byte(`null`)},
			{Kind: "offer", ID: "a", Number: 1, Schema: 0, Body: []byte(" {\n} ")},
		},
	}
	store.Seal(store.Hash{}, &c)
	return c
}

func appendedIsRead(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	first := every()
	bare := store.Commit{Log: "fctc", Number: 2, ID: "1", Time: time.UnixMilli(0)}
	store.Seal(first.Hash, &bare)
	want := []store.Commit{first, bare}

	writer := e.open(t, uri)
	if n, err := writer.Append(t.Context(), "fctc", want); n != 2 || err != nil {
		t.Fatalf("%d stored, %v", n, err)
	}
	for name, s := range map[string]store.Store{"the writer": writer, "another store": e.open(t, uri)} {
		if diff := cmp.Diff(want, read(t, s, "fctc", 0, store.Hash{})); diff != "" {
			t.Errorf("%s reads (-want +got):\n%s", name, diff)
		}
		for _, w := range want {
			got, found, err := s.At(t.Context(), "fctc", w.Number)
			if err != nil || !found || !cmp.Equal(w, got) {
				t.Errorf("%s at %d: %v %v\n%s", name, w.Number, found, err, cmp.Diff(w, got))
			}
		}
		if number, hash := head(t, s, "fctc"); number != 2 || hash != bare.Hash {
			t.Errorf("%s: head %d %s", name, number, hash)
		}
		if _, found, err := s.At(t.Context(), "fctc", 3); found || err != nil {
			t.Errorf("%s: commit 3: %v %v", name, found, err)
		}
	}
}

func batchInOrder(t *testing.T, e Engine) {
	s := e.fresh(t)
	want := fill(t, s, "cms", store.MaxBatch+5, `{"n":1}`)
	if diff := cmp.Diff(want, read(t, s, "cms", 0, store.Hash{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[60:], read(t, s, "cms", 60, want[59].Hash)); diff != "" {
		t.Error(diff)
	}
	last := want[len(want)-1].Number
	if rest := read(t, s, "cms", last, store.Hash{}); len(rest) != 0 {
		t.Errorf("%d commits after the last", len(rest))
	}
	if rest := read(t, s, "cms", last+100, store.Hash{}); len(rest) != 0 {
		t.Errorf("%d commits far after the last", len(rest))
	}
}

func takenNumber(t *testing.T, e Engine) {
	s := e.fresh(t)
	there := fill(t, s, "cms", 5, `{}`)
	cases := map[string][]store.Commit{
		"the first":         Chain("cms", 0, store.Hash{}, "mine", 1, `{}`),
		"in the middle":     Chain("cms", 2, there[1].Hash, "mine", 1, `{}`),
		"the last":          Chain("cms", 4, there[3].Hash, "mine", 1, `{}`),
		"a batch over more": Chain("cms", 3, there[2].Hash, "mine", 4, `{}`),
		"the same again":    there[4:],
	}
	for name, commits := range cases {
		if n, err := s.Append(t.Context(), "cms", commits); n != 0 || !errors.Is(err, store.ErrTaken) {
			t.Errorf("%s: %d stored, %v", name, n, err)
		}
	}
	if diff := cmp.Diff(there, read(t, s, "cms", 0, store.Hash{})); diff != "" {
		t.Error(diff)
	}
}

func gapRefused(t *testing.T, e Engine) {
	s := e.fresh(t)
	there := fill(t, s, "cms", 2, `{}`)
	for _, after := range []uint64{3, 10} {
		n, err := s.Append(t.Context(), "cms", Chain("cms", after, there[1].Hash, "mine", 2, `{}`))
		if n != 0 || !errors.Is(err, store.ErrGap) {
			t.Errorf("after %d: %d stored, %v", after, n, err)
		}
	}
	if n, err := s.Append(t.Context(), "new", Chain("new", 1, store.Hash{1}, "mine", 1, `{}`)); n != 0 || !errors.Is(err, store.ErrGap) {
		t.Errorf("in a log without commits: %d stored, %v", n, err)
	}
	if got := read(t, s, "cms", 0, store.Hash{}); len(got) != 2 {
		t.Errorf("%d commits", len(got))
	}
}

func otherChainRefused(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	fill(t, e.open(t, uri), "cms", 2, `{}`)
	for _, s := range []store.Store{e.open(t, uri)} {
		n, err := s.Append(t.Context(), "cms", Chain("cms", 2, store.Hash{9}, "mine", 1, `{}`))
		if n != 0 || !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%d stored, %v", n, err)
		}
	}
}

func limits(t *testing.T, e Engine) {
	s := e.fresh(t)
	body := func(size int) string { return `"` + strings.Repeat("x", size-2) + `"` }
	const fits = store.MaxCommit - 400
	if n, err := s.Append(t.Context(), "cms", Chain("cms", 0, store.Hash{}, "m", 1, body(store.MaxCommit))); n != 0 || !errors.Is(err, store.ErrTooLarge) {
		t.Errorf("a commit over 1 MiB: %d stored, %v", n, err)
	}
	if n, err := s.Append(t.Context(), "cms", Chain("cms", 0, store.Hash{}, "m", 9, body(fits))); n != 0 || !errors.Is(err, store.ErrTooLarge) {
		t.Errorf("9 MiB: %d stored, %v", n, err)
	}
	if n, err := s.Append(t.Context(), "cms", Chain("cms", 0, store.Hash{}, "m", store.MaxBatch+1, `{}`)); n != 0 || !errors.Is(err, store.ErrTooLarge) {
		t.Errorf("65 commits: %d stored, %v", n, err)
	}
	if n, err := s.Append(t.Context(), "untoc", Chain("cms", 0, store.Hash{}, "m", 1, `{}`)); n != 0 || !errors.Is(err, store.ErrInvalid) {
		t.Errorf("another log's: %d stored, %v", n, err)
	}
	most := Chain("cms", 0, store.Hash{}, "m", 8, body(fits))
	if n, err := s.Append(t.Context(), "cms", most); n != 8 || err != nil {
		t.Fatalf("almost 8 MiB: %d stored, %v", n, err)
	}
	if !reflect.DeepEqual(most, read(t, s, "cms", 0, store.Hash{})) { // cmp takes seconds for it
		t.Error("the largest commits changed on their way")
	}
}

func logsApart(t *testing.T, e Engine) {
	s := e.fresh(t)
	fill(t, s, "untoc", 3, `{}`)
	fill(t, s, "accounts", 1, `{}`)
	fill(t, s, "untoc2", 2, `{}`)
	fill(t, s, "unto", 4, `{}`)
	for log, want := range map[string]int{"untoc": 3, "accounts": 1, "untoc2": 2, "unto": 4, "un": 0} {
		if got := read(t, s, log, 0, store.Hash{}); len(got) != want {
			t.Errorf("log %q has %d commits, want %d", log, len(got), want)
		}
		if number, _ := head(t, s, log); number != uint64(want) {
			t.Errorf("log %q ends at %d, want %d", log, number, want)
		}
	}
	logs, err := s.Logs(t.Context())
	if diff := cmp.Diff([]string{"accounts", "unto", "untoc", "untoc2"}, logs); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func endedContext(t *testing.T, e Engine) {
	s := e.fresh(t)
	fill(t, s, "cms", 1, `{}`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	now := time.UnixMilli(1_800_000_000_000)
	calls := map[string]func() error{
		"Append": func() error {
			_, err := s.Append(ctx, "new", Chain("new", 0, store.Hash{}, "m", 1, `{}`))
			return err
		},
		"Restore": func() error {
			_, err := s.Restore(ctx, "new", Chain("new", 0, store.Hash{}, "m", 1, `{}`))
			return err
		},
		"Read": func() error {
			for _, err := range s.Read(ctx, "cms", 0) {
				return err
			}
			return nil
		},
		"At":   func() error { _, _, err := s.At(ctx, "cms", 1); return err },
		"Head": func() error { _, _, err := s.Head(ctx, "cms"); return err },
		"Logs": func() error { _, err := s.Logs(ctx); return err },
		"Erase": func() error {
			return s.Erase(ctx, "cms", []store.VersionRef{{Commit: 1, Kind: "need", ID: "fill1", Number: 1}})
		},
		"SaveCheckpoint": func() error {
			return s.SaveCheckpoint(ctx, "cms", store.Checkpoint{Number: 1, Format: "f"}, strings.NewReader("x"))
		},
		"LoadCheckpoint": func() error { _, _, _, err := s.LoadCheckpoint(ctx, "cms", "f"); return err },
		"Ping":           func() error { return s.Ping(ctx) },
		"Set":            func() error { return s.Ephemeral().Set(ctx, "k", nil, now) },
		"Value":          func() error { _, _, err := s.Ephemeral().Value(ctx, "k", now); return err },
		"Delete":         func() error { return s.Ephemeral().Delete(ctx, "k") },
		"Consume":        func() error { _, _, err := s.Ephemeral().Consume(ctx, "k", now); return err },
		"Claim":          func() error { _, err := s.Ephemeral().Claim(ctx, "k", nil, now, now); return err },
		"Holder":         func() error { _, _, err := s.Ephemeral().Holder(ctx, "k", now); return err },
		"Release":        func() error { return s.Ephemeral().Release(ctx, "k", nil, now) },
		"Sweep":          func() error { _, err := s.Ephemeral().Sweep(ctx, now); return err },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if commits := read(t, s, "cms", 0, store.Hash{}); len(commits) != 1 || commits[0].Versions[0].Erased() {
		t.Error("something was done all the same")
	}
}
