package archive_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/store"
	"entente/store/archive"
	"entente/store/mongo"
	"entente/store/sqlite"
	"entente/store/storetest"
	"entente/store/storetest/mongotest"
)

var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// engines make a fresh store of each engine, which is closed with the test.
var engines = map[string]func(testing.TB) store.Store{"sqlite": freshSQLite, "mongodb": freshMongo}

func freshSQLite(t testing.TB) store.Store {
	t.Helper()
	path := strings.ReplaceAll(filepath.Join(t.TempDir(), "entente.db"), "#", "%23") // of a fuzz test's name
	s, err := sqlite.Open(t.Context(), "sqlite://"+path)
	return closing(t, s, err)
}

func freshMongo(t testing.TB) store.Store {
	t.Helper()
	s, err := mongo.Open(t.Context(), mongotest.Start(t))
	return closing(t, s, err)
}

func closing(t testing.TB, s store.Store, err error) store.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// grow appends n commits to a log.
func grow(t testing.TB, s store.Store, log string, n int) {
	t.Helper()
	for n > 0 {
		number, hash, err := s.Head(t.Context(), log)
		if err != nil {
			t.Fatal(err)
		}
		commits := storetest.Chain(log, number, hash, log, min(n, store.MaxBatch), `{"a":"é\n<b>\u2028 😀"}`)
		if _, err := s.Append(t.Context(), log, commits); err != nil {
			t.Fatal(err)
		}
		n -= len(commits)
	}
}

// erase erases the version of the commits with those numbers.
func erase(t testing.TB, s store.Store, log string, numbers ...uint64) {
	t.Helper()
	var refs []store.VersionRef
	for _, n := range numbers {
		refs = append(refs, store.VersionRef{Commit: n, Kind: "need", ID: fmt.Sprintf("%s%d", log, n), Number: 1})
	}
	if err := s.Erase(t.Context(), log, refs); err != nil {
		t.Fatal(err)
	}
}

// furnish fills a store with three logs, one of them of several batches, with
// erased versions in two of them.
func furnish(t testing.TB, s store.Store) {
	t.Helper()
	odd := store.Commit{Log: "accounts", Number: 1, ID: "odd", Command: "c", Actor: "a", Reason: "Причина — السبب\n\"<&>", Fence: "f", Time: now,
		Versions: []store.Version{{Kind: "user", ID: "u", Number: 1 << 60, Schema: 3, Body: []byte(" {\n} ")}, {Kind: "user", ID: "v", Number: 1, Body: []byte(`null`)}}}
	store.Seal(store.Hash{}, &odd)
	bare := store.Commit{Log: "accounts", Number: 2, ID: "bare", Time: time.UnixMilli(0)}
	store.Seal(odd.Hash, &bare)
	if _, err := s.Append(t.Context(), "accounts", []store.Commit{odd, bare}); err != nil {
		t.Fatal(err)
	}
	grow(t, s, "cms", 2*store.MaxBatch+9)
	grow(t, s, "untoc", 1)
	erase(t, s, "cms", 3, 130)
	erase(t, s, "untoc", 1)
	for _, content := range files {
		putBlob(t, s, content)
	}
}

// files are the contents of the blobs of a furnished store.
var files = []string{"a small file", strings.Repeat("0123456789", 70_000), ""}

func putBlob(t testing.TB, s store.Store, content string) store.Blob {
	t.Helper()
	b, err := s.Blobs().Put(t.Context(), strings.NewReader(content), 1<<20, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// blobs are the contents that a store holds, by their sums.
func blobs(t testing.TB, s store.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	for b, err := range s.Blobs().All(t.Context(), store.Hash{}) {
		if err != nil {
			t.Fatal(err)
		}
		_, content, found, err := s.Blobs().Open(t.Context(), b.Sum)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		text, err := io.ReadAll(content)
		if err = errors.Join(err, content.Close()); err != nil {
			t.Fatal(err)
		}
		all[b.Sum.String()] = string(text)
	}
	return all
}

// contents is everything that a store's logs have.
func contents(t testing.TB, s store.Store) map[string][]store.Commit {
	t.Helper()
	logs, err := s.Logs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]store.Commit{}
	for _, log := range logs {
		previous := store.Hash{}
		for c, err := range s.Read(t.Context(), log, 0) {
			if err == nil {
				err = c.Verify(previous)
			}
			if err != nil {
				t.Fatal(err)
			}
			previous = c.Hash
			all[log] = append(all[log], c)
		}
	}
	return all
}

// expectSame checks that two stores hold the same, and that the second may be
// used.
func expectSame(t testing.TB, want, got store.Store) {
	t.Helper()
	if diff := cmp.Diff(contents(t, want), contents(t, got)); diff != "" {
		t.Errorf("what arrived is not what left (-left +arrived):\n%.3000s", diff)
	}
	if diff := cmp.Diff(blobs(t, want), blobs(t, got)); diff != "" {
		t.Errorf("other blobs arrived (-left +arrived):\n%.3000s", diff)
	}
	expectUnfinished(t, got, false)
}

func expectUnfinished(t testing.TB, s store.Store, want bool) {
	t.Helper()
	if got, err := archive.Unfinished(t.Context(), s, now.AddDate(20, 0, 0)); err != nil || got != want {
		t.Errorf("unfinished: %v, %v; want %v", got, err, want)
	}
}

// expectUntouched checks that nothing was written to the store.
func expectUntouched(t testing.TB, s store.Store) {
	t.Helper()
	if got := contents(t, s); len(got) != 0 {
		t.Errorf("%d logs were written", len(got))
	}
	if got := blobs(t, s); len(got) != 0 {
		t.Errorf("%d blobs were written", len(got))
	}
	expectUnfinished(t, s, false)
}

// backup is the archive of a store.
func backup(t testing.TB, s store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := archive.Write(t.Context(), s, &b, now); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(ctx context.Context, from []byte, to store.Store) (archive.Summary, error) {
	return archive.Read(ctx, bytes.NewReader(from), to, now)
}

// lines are those of an archive, with the trailer.
func lines(t testing.TB, data []byte) []string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
}

// zipped compresses lines, of which the last gets the sum that is right for
// those before it: the work of somebody who knows the form.
func zipped(t testing.TB, lines []string) []byte {
	t.Helper()
	before := strings.Join(lines[:len(lines)-1], "")
	last := lines[len(lines)-1]
	if start, _, ok := strings.Cut(last, `"sha256":"`); ok {
		sum := sha256.Sum256([]byte(before))
		last = start + `"sha256":"` + hex.EncodeToString(sum[:]) + `"}` + "\n"
	}
	return compressed(t, before+last)
}

func compressed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	if _, err := io.WriteString(zip, text); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
