package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/store"
	"entente/store/sqlite"
	"entente/store/storetest"
)

func TestFileAndFolderAreTheirOwnersAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "folder")
	s, err := sqlite.Open(t.Context(), "sqlite://"+filepath.Join(folder, "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) < 2 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
	for _, f := range []string{folder, filepath.Dir(folder)} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v, %v", f, info.Mode(), err)
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for uri, file := range map[string]string{
		"sqlite://" + folder + "/a.db":            "a.db",
		"sqlite://" + folder + "/a%20b%3Fc%23.db": "a b?c#.db",
		"sqlite://" + folder + "/100%25 ü.db":     "100% ü.db",
		"sqlite:relative.db":                      "relative.db",
	} {
		s, err := sqlite.Open(t.Context(), uri)
		if err != nil {
			t.Errorf("%s: %v", uri, err)
			continue
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if s.Path() != filepath.Join(folder, file) {
			t.Errorf("%s names %s", uri, s.Path())
		}
		if info, err := os.Stat(filepath.Join(folder, file)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", uri, err)
		}
	}
	for _, uri := range []string{
		"", "entente.db", "mongodb://host/db", "sqlite:", "sqlite:///", "sqlite://host/entente.db",
		"sqlite:///x/entente.db?mode=ro", "sqlite:///x/%zz", "sqlite:///x/%00",
	} {
		if s, err := sqlite.Open(t.Context(), uri); err == nil {
			t.Errorf("%q was opened as %s", uri, s.Path())
		}
	}
}

func TestAPlaceThatCannotBeUsedIsNamedWithARemedy(t *testing.T) {
	folder := t.TempDir()
	blocker := filepath.Join(folder, "file")
	if err := os.WriteFile(blocker, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"below a file": filepath.Join(blocker, "entente.db"), "a folder": folder} {
		_, err := sqlite.Open(t.Context(), "sqlite://"+path)
		var unavailable *store.Unavailable
		if !errors.As(err, &unavailable) || unavailable.Place != path || unavailable.Remedy == "" ||
			!strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilesOfOthersAreLeftAlone(t *testing.T) {
	e := engine()
	newer := e.Fresh(t)
	s, err := e.Open(t.Context(), newer)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, newer, "PRAGMA user_version = 3")
	foreign := e.Fresh(t)
	execute(t, foreign, "CREATE TABLE theirs (a)")
	text := e.Fresh(t)
	if err := os.WriteFile(path(text), []byte(strings.Repeat("a text, not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for uri, want := range map[string]error{newer: store.ErrNewer, foreign: store.ErrBroken, text: store.ErrBroken} {
		if _, err := e.Open(t.Context(), uri); !errors.Is(err, want) || !strings.Contains(err.Error(), path(uri)) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	if b, err := os.ReadFile(path(text)); err != nil || !strings.HasPrefix(string(b), "a text") {
		t.Error("the text file was changed")
	}
}

func TestAFileOfAnEarlierProgramIsTakenOver(t *testing.T) {
	e := engine()
	uri := e.Fresh(t)
	s, err := e.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	commits := storetest.Chain("cms", 0, store.Hash{}, "c", 3, `{}`)
	if _, err := s.Append(t.Context(), "cms", commits); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, uri, "DROP TABLE blob_chunks; DROP TABLE blobs; PRAGMA user_version = 1")
	for range 2 {
		s, err := e.Open(t.Context(), uri)
		if err != nil {
			t.Fatal(err)
		}
		if number, _, err := s.Head(t.Context(), "cms"); number != 3 || err != nil {
			t.Errorf("%d commits, %v", number, err)
		}
		if _, err := s.Blobs().Put(t.Context(), strings.NewReader("a file"), 10, time.Now); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFullDiskIsUnavailableAndLosesNothing(t *testing.T) {
	e := engine()
	uri := e.Fresh(t)
	s, err := sqlite.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.LimitPages(t, 80)
	number, previous := uint64(0), store.Hash{}
	body := `"` + strings.Repeat("x", 10_000) + `"`
	for {
		c := storetest.Chain("cms", number, previous, "c", 1, body)
		n, err := s.Append(t.Context(), "cms", c)
		if err == nil {
			if number++; number > 100 {
				t.Fatal("the disk does not get full")
			}
			previous = c[0].Hash
			continue
		}
		var unavailable *store.Unavailable
		if n != 0 || !errors.As(err, &unavailable) || !strings.Contains(err.Error(), path(uri)) || !strings.Contains(unavailable.Remedy, "full") {
			t.Fatalf("%d stored, %v", n, err)
		}
		break
	}
	if number == 0 {
		t.Fatal("nothing was stored before")
	}
	if got, hash, err := s.Head(t.Context(), "cms"); err != nil || got != number || hash != previous {
		t.Errorf("the head is %d, want %d; %v", got, number, err)
	}
	s.LimitPages(t, 100_000)
	c := storetest.Chain("cms", number, previous, "c", 1, body)
	if n, err := s.Append(t.Context(), "cms", c); n != 1 || err != nil {
		t.Errorf("with room again: %d stored, %v", n, err)
	}
}

func TestALockedFileIsUnavailableToWritersAndReadOn(t *testing.T) {
	e := engine()
	uri := e.Fresh(t)
	s, err := sqlite.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Impatient(t)
	unlock := lock(t, uri)
	n, err := s.Append(t.Context(), "cms", storetest.Chain("cms", 0, store.Hash{}, "c", 1, `{}`))
	var unavailable *store.Unavailable
	if n != 0 || !errors.As(err, &unavailable) || !strings.Contains(err.Error(), path(uri)) {
		t.Errorf("%d stored, %v", n, err)
	}
	if err := s.Ping(t.Context()); !errors.As(err, &unavailable) {
		t.Errorf("ping: %v", err)
	}
	if _, _, err := s.Head(t.Context(), "cms"); err != nil {
		t.Errorf("reading: %v", err)
	}
	unlock()
	if n, err := s.Append(t.Context(), "cms", storetest.Chain("cms", 0, store.Hash{}, "c", 1, `{}`)); n != 1 || err != nil {
		t.Errorf("unlocked: %d stored, %v", n, err)
	}
}
