package archive_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"entente/store"
	"entente/store/archive"
)

// The file was written by the program before there were blobs.
func TestAnArchiveFromBeforeBlobsIsRestored(t *testing.T) {
	file, err := os.ReadFile("testdata/version1.entente")
	if err != nil {
		t.Fatal(err)
	}
	if first := lines(t, file)[0]; !strings.Contains(first, `"version":1,`) {
		t.Fatalf("it begins with %s", first)
	}
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			target := fresh(t)
			s, err := read(t.Context(), file, target)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Logs) != 3 || s.Logs[1].Commits != 137 || s.Logs[1].Erased != 2 || s.Blobs != 0 {
				t.Errorf("%+v", s)
			}
			if got := contents(t, target); len(got["cms"]) != 137 || len(got["accounts"]) != 2 {
				t.Errorf("%d and %d commits", len(got["cms"]), len(got["accounts"]))
			}
			expectUnfinished(t, target, false)
		})
	}
}

func TestTheSummaryCountsBlobs(t *testing.T) {
	source := freshSQLite(t)
	furnish(t, source)
	s, err := archive.Check(t.Context(), bytes.NewReader(backup(t, source)))
	if err != nil || s.Blobs != 3 || s.Bytes != 700_012 {
		t.Errorf("%d blobs with %d bytes, %v", s.Blobs, s.Bytes, err)
	}
}

// shaky is a store whose blobs go wrong.
type shaky struct {
	store.Store
	store.Blobs
	puts int                               // how many more succeed; all when negative
	open func(content io.Reader) io.Reader // what becomes of a content that is read
}

func (s *shaky) Put(ctx context.Context, content io.Reader, limit int64, clock func() time.Time) (store.Blob, error) {
	if s.puts == 0 {
		return store.Blob{}, errCut
	}
	s.puts--
	return s.Blobs.Put(ctx, content, limit, clock)
}

func (s *shaky) Open(ctx context.Context, sum store.Hash) (store.Blob, io.ReadCloser, bool, error) {
	b, content, found, err := s.Blobs.Open(ctx, sum)
	if s.open == nil || !found {
		return b, content, found, err
	}
	return b, struct {
		io.Reader
		io.Closer
	}{s.open(content), content}, found, err
}

// with is the store with these blobs.
type with struct {
	store.Store
	blobs store.Blobs
}

func (w with) Blobs() store.Blobs { return w.blobs }

func (s *shaky) asStore() store.Store {
	s.Blobs = s.Store.Blobs()
	return with{s.Store, s}
}

func TestARestoreThatWasCutOffAmongTheBlobsGoesOn(t *testing.T) {
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			source, target := freshSQLite(t), fresh(t)
			furnish(t, source)
			file := backup(t, source)
			for cutAfter := range 3 {
				if _, err := read(t.Context(), file, (&shaky{Store: target, puts: cutAfter}).asStore()); cutAfter < 2 && !errors.Is(err, errCut) {
					t.Fatalf("after %d: %v", cutAfter, err)
				}
				expectUnfinished(t, target, cutAfter < 2)
			}
			expectSame(t, source, target)
		})
	}
}

func TestBlobsErasedAtTheSourceDoNotStayInAnUnfinishedCopy(t *testing.T) {
	for name, fresh := range engines {
		t.Run(name, func(t *testing.T) {
			source, target := freshSQLite(t), fresh(t)
			furnish(t, source)
			if _, err := archive.Copy(t.Context(), source, (&shaky{Store: target, puts: 2}).asStore(), now); !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			if n := len(blobs(t, target)); n != 2 {
				t.Fatalf("%d blobs were copied", n)
			}
			for b, err := range source.Blobs().All(t.Context(), store.Hash{}) {
				if err != nil {
					t.Fatal(err)
				}
				if _, err := source.Blobs().Delete(t.Context(), b); err != nil {
					t.Fatal(err)
				}
			}
			putBlob(t, source, "a later file")
			s, err := archive.Copy(t.Context(), source, target, now)
			if err != nil || s.Blobs != 1 {
				t.Fatalf("%+v, %v", s, err)
			}
			expectSame(t, source, target)
		})
	}
}

func TestABlobThatIsErasedWhileItIsReadIsLeftOut(t *testing.T) {
	for _, way := range []string{"backup", "copy", "copy that goes on"} {
		t.Run(way, func(t *testing.T) {
			source, target := freshSQLite(t), freshSQLite(t)
			furnish(t, source)
			large, _, err := source.Blobs().Find(t.Context(), putBlob(t, source, files[1]).Sum)
			if err != nil {
				t.Fatal(err)
			}
			if way == "copy that goes on" {
				if _, err := archive.Copy(t.Context(), source, &cutAtEnd{Store: target}, now); !errors.Is(err, errCut) {
					t.Fatal(err)
				}
			}
			erasing := (&shaky{Store: source, puts: -1, open: func(content io.Reader) io.Reader {
				return &after{Reader: content, n: 100_000, do: func() {
					if _, err := source.Blobs().Delete(t.Context(), large); err != nil {
						t.Error(err)
					}
				}}
			}}).asStore()
			if way == "backup" {
				var file bytes.Buffer
				if _, err := archive.Write(t.Context(), erasing, &file, now); err != nil {
					t.Fatal(err)
				}
				s, err := read(t.Context(), file.Bytes(), target)
				if err != nil || s.Blobs != 2 {
					t.Fatalf("%d blobs, %v", s.Blobs, err)
				}
			} else if s, err := archive.Copy(t.Context(), erasing, target, now); err != nil || s.Blobs != 2 {
				t.Fatalf("%d blobs, %v", s.Blobs, err)
			}
			expectSame(t, source, target)
		})
	}
}

// after does something once n bytes were read.
type after struct {
	io.Reader
	n  int
	do func()
}

func (a *after) Read(p []byte) (int, error) {
	if a.n <= 0 && a.do != nil {
		a.do()
		a.do = nil
	}
	n, err := a.Reader.Read(p[:min(len(p), 50_000)])
	a.n -= n
	return n, err
}

// cutAtEnd is a store whose filling is cut off when all is there.
type cutAtEnd struct{ store.Store }

func (c *cutAtEnd) Ephemeral() store.Ephemeral { return lasting{c.Store.Ephemeral()} }

type lasting struct{ store.Ephemeral }

func (lasting) Delete(context.Context, string) error { return errCut }

func TestADamagedBlobIsNotBackedUp(t *testing.T) {
	source := freshSQLite(t)
	furnish(t, source)
	broken := (&shaky{Store: source, puts: -1, open: func(content io.Reader) io.Reader {
		return io.MultiReader(io.LimitReader(content, 5), iotest.ErrReader(store.ErrBroken))
	}}).asStore()
	if _, err := archive.Write(t.Context(), broken, io.Discard, now); !errors.Is(err, store.ErrBroken) {
		t.Errorf("Write: %v", err)
	}
	target := freshSQLite(t)
	if _, err := archive.Copy(t.Context(), broken, target, now); !errors.Is(err, store.ErrBroken) {
		t.Errorf("Copy: %v", err)
	}
	expectUnfinished(t, target, true)
}

func TestAnArchiveWithOtherBlobsIsDamaged(t *testing.T) {
	source := freshSQLite(t)
	grow(t, source, "cms", 1)
	putBlob(t, source, files[0])
	putBlob(t, source, files[1])
	whole := lines(t, backup(t, source)) // header, commit, small, chunk, large, two chunks, trailer or the other way round
	first := slices.IndexFunc(whole, func(l string) bool { return strings.HasPrefix(l, `{"blob"`) })
	if first != 2 || len(whole) != 8 {
		t.Fatalf("the archive has %d lines, the first blob on %d", len(whole), first)
	}
	last := len(whole) - 1
	for name, change := range map[string]func(l []string) []string{
		"a chunk less":                func(l []string) []string { return slices.Delete(l, last-1, last) },
		"a chunk twice":               func(l []string) []string { return slices.Insert(l, last, l[last-1]) },
		"no chunk":                    func(l []string) []string { return slices.Delete(l, 3, 4) },
		"another content":             func(l []string) []string { l[3] = strings.Replace(l[3], `"chunk":"`, `"chunk":"AAAA`, 1); return l },
		"another sum":                 func(l []string) []string { l[2] = strings.Replace(l[2], `"blob":"`, `"blob":"00`, 1); return l },
		"another size":                func(l []string) []string { l[2] = strings.Replace(l[2], `"size":`, `"size":1`, 1); return l },
		"a negative size":             func(l []string) []string { l[2] = strings.Replace(l[2], `"size":`, `"size":-`, 1); return l },
		"a line that is no blob":      func(l []string) []string { l[2] = "{}\n"; return l },
		"a chunk without blob":        func(l []string) []string { return slices.Delete(l, 2, 3) },
		"a blob that went, uncounted": func(l []string) []string { l[3] = `{"gone":true}` + "\n"; return l },
		"a blob twice": func(l []string) []string {
			return slices.Insert(l, last, whole[2:last]...)
		},
		"the form of before": func(l []string) []string { l[0] = strings.Replace(l[0], `"version":2`, `"version":1`, 1); return l },
	} {
		target := freshSQLite(t)
		file := zipped(t, change(slices.Clone(whole)))
		if _, err := read(t.Context(), file, target); !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		expectUntouched(t, target)
	}
	if _, err := archive.Check(t.Context(), bytes.NewReader(zipped(t, whole))); err != nil {
		t.Errorf("the test's own archive: %v", err)
	}
}

func TestAStoreWithNothingButBlobsIsNotEmpty(t *testing.T) {
	source, target := freshSQLite(t), freshSQLite(t)
	furnish(t, source)
	putBlob(t, target, "of somebody else")
	if _, err := read(t.Context(), backup(t, source), target); !errors.Is(err, archive.ErrNotEmpty) {
		t.Errorf("%v", err)
	}
	if len(blobs(t, target)) != 1 {
		t.Error("it was touched")
	}
}
