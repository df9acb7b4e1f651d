package archive_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"entente/store"
	"entente/store/archive"
)

var errCut = errors.New("the power went")

// cut is a store that breaks down after some calls that write.
type cut struct {
	store.Store
	left  int
	how   string
	calls int
}

// step counts a call, and tells whether it is the one that breaks down.
func (c *cut) step() bool { c.calls++; c.left--; return c.left < 0 }

func (c *cut) Restore(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if !c.step() {
		return c.Store.Restore(ctx, log, commits)
	}
	stored := map[string]int{"before": 0, "halfway": len(commits) / 2, "after": len(commits)}[c.how]
	if _, err := c.Store.Restore(ctx, log, commits[:stored]); err != nil {
		return 0, err
	}
	return 0, errCut
}

func (c *cut) Ephemeral() store.Ephemeral { return &cutValues{c.Store.Ephemeral(), c} }

type cutValues struct {
	store.Ephemeral
	cut *cut
}

func (v *cutValues) Set(ctx context.Context, key string, value []byte, expiry time.Time) error {
	if v.cut.step() {
		return errCut
	}
	return v.Ephemeral.Set(ctx, key, value, expiry)
}

func (v *cutValues) Delete(ctx context.Context, key string) error {
	if v.cut.step() {
		return errCut
	}
	return v.Ephemeral.Delete(ctx, key)
}

func TestAnInterruptedRestoreIsMarkedAndResumed(t *testing.T) {
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			source := freshSQLite(t)
			furnish(t, source)
			file := backup(t, source)
			ways := []string{"halfway"} // the most that may differ between engines
			if name == "sqlite" {
				ways = []string{"halfway", "after"}
			}
			for _, how := range ways {
				done := false
				for n := 0; !done; n++ {
					target := fresh(t)
					broken := &cut{Store: target, left: n, how: how}
					_, err := read(t.Context(), file, broken)
					if done = err == nil; done {
						if n < 7 {
							t.Fatalf("the restore made only %d writes", n)
						}
						continue
					}
					if !errors.Is(err, errCut) {
						t.Fatalf("cut %s write %d: %v", how, n, err)
					}
					expectUnfinished(t, target, n > 0)
					s, err := read(t.Context(), file, target)
					if err != nil {
						t.Fatalf("resumed after a cut %s write %d: %v", how, n, err)
					}
					if n > 2 && s.Kept == 0 {
						t.Errorf("cut %s write %d: everything was begun anew", how, n)
					}
					expectSame(t, source, target)
				}
			}
		})
	}
}

func TestACopyIsResumedUpToWhatWasWrittenMeanwhile(t *testing.T) {
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			source, target := freshSQLite(t), fresh(t)
			furnish(t, source)
			if _, err := archive.Copy(t.Context(), source, &cut{Store: target, left: 3, how: "after"}, now); !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			grow(t, source, "cms", 5)
			grow(t, source, "apmbc", 1)
			// What is erased at the source before the copy goes on is erased in it.
			erase(t, source, "cms", 5, 60)
			if _, err := archive.Copy(t.Context(), source, target, now); err != nil {
				t.Fatal(err)
			}
			expectSame(t, source, target)
		})
	}
}

func TestOtherContentIsNotRestoredOver(t *testing.T) {
	source, other := freshSQLite(t), freshSQLite(t)
	furnish(t, source)
	grow(t, other, "cms", 80)
	grow(t, other, "fctc", 3)
	file := backup(t, source)
	t.Run("a store in use", func(t *testing.T) {
		was := contents(t, other)
		if _, err := read(t.Context(), file, other); !errors.Is(err, archive.ErrNotEmpty) {
			t.Errorf("%v", err)
		}
		if _, err := archive.Copy(t.Context(), source, other, now); !errors.Is(err, archive.ErrNotEmpty) {
			t.Errorf("%v", err)
		}
		expectUnfinished(t, other, false)
		if len(contents(t, other)) != len(was) {
			t.Error("it was written to")
		}
	})
	t.Run("a store that holds the same already", func(t *testing.T) {
		if _, err := read(t.Context(), file, source); !errors.Is(err, archive.ErrNotEmpty) {
			t.Errorf("%v", err)
		}
	})
	for name, writes := range map[string]int{"begun with other commits": 2, "begun with other logs": 4} {
		t.Run(name, func(t *testing.T) {
			target := freshSQLite(t)
			if _, err := archive.Copy(t.Context(), other, &cut{Store: target, left: writes, how: "before"}, now); !errors.Is(err, errCut) && err != nil {
				t.Fatal(err)
			} else if err == nil {
				t.Fatal("it was not interrupted")
			}
			if _, err := read(t.Context(), file, target); !errors.Is(err, archive.ErrDiffers) {
				t.Errorf("%v", err)
			}
			expectUnfinished(t, target, true)
		})
	}
}

// busy is a store to which somebody else writes while it is filled.
type busy struct {
	store.Store
	once func()
}

func (b *busy) Restore(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if b.once != nil {
		b.once()
		b.once = nil
	}
	return b.Store.Restore(ctx, log, commits)
}

func TestAStoreThatIsWrittenToMeanwhileIsNotCalledRestored(t *testing.T) {
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			source, target := freshSQLite(t), fresh(t)
			furnish(t, source)
			for _, log := range []string{"cms", "accounts"} {
				_, err := read(t.Context(), backup(t, source), &busy{target, func() { grow(t, target, log, 1) }})
				if !errors.Is(err, archive.ErrDiffers) {
					t.Errorf("%v", err)
				}
				expectUnfinished(t, target, true)
			}
		})
	}
}

func TestADamagedTargetIsNotCalledRestored(t *testing.T) {
	source, target := freshSQLite(t), freshSQLite(t)
	furnish(t, source)
	if _, err := read(t.Context(), backup(t, source), forged{target}); !errors.Is(err, store.ErrBroken) {
		t.Errorf("%v", err)
	}
	expectUnfinished(t, target, true)
}

func TestAnEndedContextStopsEverything(t *testing.T) {
	source, target := freshSQLite(t), freshSQLite(t)
	furnish(t, source)
	file := slices.Clone(backup(t, source))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := read(ctx, file, target); !errors.Is(err, context.Canceled) {
		t.Errorf("Read: %v", err)
	}
	if _, err := archive.Copy(ctx, source, target, now); !errors.Is(err, context.Canceled) {
		t.Errorf("Copy: %v", err)
	}
	expectUntouched(t, target)
}
