package archive_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/store"
	"entente/store/archive"
)

func TestWhatIsRestoredIsWhatWasThere(t *testing.T) {
	for from, fresh := range engines {
		for to, other := range engines {
			t.Run(from+" to "+to, func(t *testing.T) {
				source, target := fresh(t), other(t)
				furnish(t, source)
				var file bytes.Buffer
				written, err := archive.Write(t.Context(), source, &file, now)
				if err != nil {
					t.Fatal(err)
				}
				restored, err := read(t.Context(), file.Bytes(), target)
				if err != nil {
					t.Fatal(err)
				}
				expectSame(t, source, target)
				if diff := cmp.Diff(written, restored); diff != "" {
					t.Errorf("written and restored are told differently:\n%s", diff)
				}
				if n := len(written.Logs); n != 3 || written.Logs[1].Commits != 137 || written.Logs[1].Erased != 2 || written.Logs[2].Erased != 1 {
					t.Errorf("%+v", written)
				}
			})
		}
	}
}

func TestACopyToMongoDBAndBackIsTheSame(t *testing.T) {
	source, there, back := freshSQLite(t), freshMongo(t), freshSQLite(t)
	furnish(t, source)
	out, err := archive.Copy(t.Context(), source, there, now)
	if err != nil {
		t.Fatal(err)
	}
	in, err := archive.Copy(t.Context(), there, back, now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(out, in); diff != "" {
		t.Error(diff)
	}
	expectSame(t, source, back)
}

func TestARestoredStoreGoesOn(t *testing.T) {
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			source, target := freshSQLite(t), fresh(t)
			furnish(t, source)
			if _, err := archive.Copy(t.Context(), source, target, now); err != nil {
				t.Fatal(err)
			}
			grow(t, target, "cms", 3)
			erase(t, target, "cms", 4)
			if got := contents(t, target)["cms"]; len(got) != 140 || !got[3].Versions[0].Erased() {
				t.Errorf("%d commits", len(got))
			}
		})
	}
}

func TestABackupUnderLoadIsAPrefixOfEveryLog(t *testing.T) {
	source := freshSQLite(t)
	names := []string{"accounts", "cms", "fctc"}
	before := map[string]int{}
	for _, log := range names {
		grow(t, source, log, 100)
		before[log] = 100
	}
	var writers sync.WaitGroup
	stop := make(chan struct{})
	for _, log := range names {
		writers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					grow(t, source, log, 3)
				}
			}
		})
	}
	var files [][]byte
	for seen := uint64(100); len(files) < 2 && !t.Failed(); {
		number, _, err := source.Head(t.Context(), "cms")
		if err != nil {
			t.Fatal(err)
		}
		if number == seen {
			continue // until the writers have written since the last one
		}
		seen = number
		files = append(files, backup(t, source))
	}
	close(stop)
	writers.Wait()
	whole := contents(t, source)
	for _, file := range files {
		target := freshSQLite(t)
		if _, err := read(t.Context(), file, target); err != nil {
			t.Fatal(err)
		}
		for log, got := range contents(t, target) {
			if len(got) < before[log] || len(got) > len(whole[log]) {
				t.Fatalf("log %s has %d commits, %d were there before", log, len(got), before[log])
			}
			if diff := cmp.Diff(whole[log][:len(got)], got); diff != "" {
				t.Errorf("log %s is not a prefix:\n%.2000s", log, diff)
			}
			before[log] = len(got)
		}
	}
	if before["cms"] == 100 {
		t.Error("nothing was written meanwhile: the test shows nothing")
	}
}

// late is a store in which an account and what it did come into being while
// the heads are looked at.
type late struct {
	store.Store
	first func()
}

func (l *late) Head(ctx context.Context, log string) (uint64, store.Hash, error) {
	number, hash, err := l.Store.Head(ctx, log)
	if l.first != nil {
		l.first()
		l.first = nil
	}
	return number, hash, err
}

func TestEveryActorOfABackupIsInIt(t *testing.T) {
	source := freshSQLite(t)
	grow(t, source, "accounts", 1)
	grow(t, source, "cms", 1)
	target := freshSQLite(t)
	from := &late{source, func() { grow(t, source, "accounts", 1); grow(t, source, "cms", 1) }}
	if _, err := archive.Copy(t.Context(), from, target, now); err != nil {
		t.Fatal(err)
	}
	got := contents(t, target)
	if len(got["cms"]) == 2 && len(got["accounts"]) == 1 || len(got["accounts"]) != 2 {
		t.Errorf("%d commits of people, %d of their work", len(got["accounts"]), len(got["cms"]))
	}
}

func TestNothingIsNotBackedUp(t *testing.T) {
	var file bytes.Buffer
	if _, err := archive.Write(t.Context(), freshSQLite(t), &file, now); !errors.Is(err, archive.ErrNothing) {
		t.Errorf("%v", err)
	}
	target := freshSQLite(t)
	if _, err := archive.Copy(t.Context(), freshSQLite(t), target, now); !errors.Is(err, archive.ErrNothing) {
		t.Errorf("%v", err)
	}
	expectUntouched(t, target)
}

func TestABrokenChainIsNotBackedUp(t *testing.T) {
	source := freshSQLite(t)
	furnish(t, source)
	var file bytes.Buffer
	if _, err := archive.Write(t.Context(), forged{source}, &file, now); !errors.Is(err, store.ErrBroken) {
		t.Errorf("%v", err)
	}
}

// forged is a store in which somebody changed a body.
type forged struct{ store.Store }

func (f forged) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	return func(yield func(store.Commit, error) bool) {
		for c, err := range f.Store.Read(ctx, log, after) {
			if c.Number == 7 {
				c.Versions[0].Body = []byte(`{"amount":"1000000"}`)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}
