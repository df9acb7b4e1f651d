package storetest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"entente/store"
)

// marked is a body of about size bytes that cannot occur by chance.
func marked(size int) (body, mark string) {
	mark = rand.Text()
	return `{"name":"` + strings.Repeat(mark, 1+size/len(mark)) + `"}`, mark
}

func erasure(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri), e.open(t, uri)
	var versions []store.Version
	var marks []string
	for i, size := range []int{10, 100, 5000, 300_000} {
		body, mark := marked(size)
		marks = append(marks, mark)
		versions = append(versions, store.Version{Kind: "user", ID: "u1", Number: uint64(i + 1), Body: []byte(body)})
	}
	kept, keptMark := marked(100)
	versions = append(versions, store.Version{Kind: "user", ID: "u2", Number: 1, Body: []byte(kept)})
	c := store.Commit{Log: "accounts", Number: 1, ID: "c", Versions: versions}
	store.Seal(store.Hash{}, &c)
	if _, err := s.Append(t.Context(), "accounts", []store.Commit{c}); err != nil {
		t.Fatal(err)
	}
	fill(t, s, "accounts", 30, `{}`)
	if e.Bytes != nil {
		for _, mark := range append(marks, keptMark) {
			if !bytes.Contains(e.Bytes(t, uri), []byte(mark)) {
				t.Fatal("the body is not in the files: the test shows nothing")
			}
		}
	}
	refs := make([]store.VersionRef, len(marks))
	for i := range refs {
		refs[i] = store.VersionRef{Commit: 1, Kind: "user", ID: "u1", Number: uint64(i + 1)}
	}
	for range 2 {
		if err := s.Erase(t.Context(), "accounts", refs); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []store.Store{s, other, e.open(t, uri)} {
		expectErased(t, s, c, len(marks))
	}
	if e.Bytes != nil {
		files := e.Bytes(t, uri)
		for i, mark := range marks {
			if bytes.Contains(files, []byte(mark)) {
				t.Errorf("body %d is still in the files", i)
			}
		}
		if !bytes.Contains(files, []byte(keptMark)) {
			t.Error("a body that was not erased is gone")
		}
	}
}

// expectErased checks that the first n versions of the first commit are
// erased, the others as they were, and that the chain is whole.
func expectErased(t *testing.T, s store.Store, was store.Commit, n int) {
	t.Helper()
	commits := read(t, s, was.Log, 0, store.Hash{})
	at, found, err := s.At(t.Context(), was.Log, 1)
	if err != nil || !found {
		t.Fatalf("%v %v", found, err)
	}
	if err := at.Verify(store.Hash{}); err != nil {
		t.Error(err)
	}
	for _, c := range []store.Commit{commits[0], at} {
		for i, v := range c.Versions {
			w := was.Versions[i]
			if v.Digest != w.Digest || v.Kind != w.Kind || v.ID != w.ID || v.Number != w.Number {
				t.Errorf("version %d is %s %s %d", i, v.Kind, v.ID, v.Number)
			}
			if i < n && !v.Erased() {
				t.Errorf("version %d is not erased", i)
			}
			if i >= n && !bytes.Equal(v.Body, w.Body) {
				t.Errorf("version %d is erased too", i)
			}
		}
	}
}

func erasureMissing(t *testing.T, e Engine) {
	s := e.fresh(t)
	commits := fill(t, s, "cms", 3, `{"x":1}`)
	there := store.VersionRef{Commit: 2, Kind: "need", ID: "fill2", Number: 1}
	for name, change := range map[string]func(*store.VersionRef){
		"another commit":  func(r *store.VersionRef) { r.Commit = 3 },
		"no such commit":  func(r *store.VersionRef) { r.Commit = 4 },
		"another kind":    func(r *store.VersionRef) { r.Kind = "offer" },
		"another id":      func(r *store.VersionRef) { r.ID = "fill1" },
		"another version": func(r *store.VersionRef) { r.Number = 2 },
	} {
		missing := there
		change(&missing)
		if err := s.Erase(t.Context(), "cms", []store.VersionRef{missing}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Erase(t.Context(), "untoc", []store.VersionRef{there}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another log: %v", err)
	}
	if c, _, err := s.At(t.Context(), "cms", 2); err != nil || c.Versions[0].Erased() {
		t.Fatalf("it was erased all the same: %v", err)
	}
	// One that is missing does not save the others.
	missing := there
	missing.ID = "nobody"
	if err := s.Erase(t.Context(), "cms", []store.VersionRef{missing, there}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one of two: %v", err)
	}
	for i, c := range read(t, s, "cms", 0, store.Hash{}) {
		if erased := c.Versions[0].Erased(); erased != (i == 1) || c.Hash != commits[i].Hash {
			t.Errorf("commit %d: erased %v", i+1, erased)
		}
	}
}

// RandomErasures erases many bodies of all sizes in random order, among
// others that are written meanwhile, and looks for them in the files. It is
// for engines with Bytes.
func RandomErasures(t *testing.T, e Engine, rounds int) {
	uri := e.Fresh(t)
	s := e.open(t, uri)
	marks := map[store.VersionRef]string{}
	for round := range rounds {
		number, previous := head(t, s, "accounts")
		for i := range 20 {
			body, mark := marked(20 << (i % 11))
			c := Chain("accounts", number, previous, "r", 1, body)[0]
			if _, err := s.Append(t.Context(), "accounts", []store.Commit{c}); err != nil {
				t.Fatal(err)
			}
			number, previous = c.Number, c.Hash
			v := c.Versions[0]
			marks[store.VersionRef{Commit: c.Number, Kind: v.Kind, ID: v.ID, Number: v.Number}] = mark
		}
		var refs []store.VersionRef
		var gone []string
		for ref, mark := range marks { // in random order
			if refs = append(refs, ref); len(refs) > 12 {
				break
			}
			gone = append(gone, mark)
			delete(marks, ref)
		}
		if err := s.Erase(t.Context(), "accounts", refs[:len(gone)]); err != nil {
			t.Fatal(err)
		}
		files := e.Bytes(t, uri)
		for _, mark := range gone {
			if bytes.Contains(files, []byte(mark)) {
				t.Fatalf("round %d: an erased body is still in the files", round)
			}
		}
	}
	if got := read(t, s, "accounts", 0, store.Hash{}); len(got) != 20*rounds {
		t.Errorf("%d commits", len(got))
	}
}
