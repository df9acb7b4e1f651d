package storetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/store"
)

func restoredErased(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	first := every()
	v := &first.Versions[1]
	v.Body, v.Salt = nil, nil
	whole := Chain("fctc", 1, first.Hash, "whole", 1, `{"x":1}`)
	want := append([]store.Commit{first}, whole...)

	writer := e.open(t, uri)
	if n, err := writer.Append(t.Context(), "fctc", want); n != 0 || !errors.Is(err, store.ErrInvalid) {
		t.Fatalf("Append took an erased version: %d stored, %v", n, err)
	}
	if n, err := writer.Restore(t.Context(), "fctc", want); n != 2 || err != nil {
		t.Fatalf("%d stored, %v", n, err)
	}
	for name, s := range map[string]store.Store{"the writer": writer, "another store": e.open(t, uri)} {
		if diff := cmp.Diff(want, read(t, s, "fctc", 0, store.Hash{})); diff != "" {
			t.Errorf("%s reads (-want +got):\n%s", name, diff)
		}
	}
	// Erasing it again succeeds, and erasing another one beside it works.
	refs := []store.VersionRef{{Commit: 1, Kind: v.Kind, ID: v.ID, Number: v.Number}, {Commit: 1, Kind: "need", ID: "a", Number: 3}}
	if err := writer.Erase(t.Context(), "fctc", refs); err != nil {
		t.Fatal(err)
	}
	c := read(t, writer, "fctc", 0, store.Hash{})[0]
	if !c.Versions[0].Erased() || !c.Versions[1].Erased() || c.Versions[2].Erased() {
		t.Error("the versions that were named are not those that are erased")
	}
	if n, err := writer.Append(t.Context(), "fctc", Chain("fctc", 2, whole[0].Hash, "next", 1, `{}`)); n != 1 || err != nil {
		t.Errorf("appending to a restored log: %d stored, %v", n, err)
	}
}

func restoredIsChecked(t *testing.T, e Engine) {
	s := e.fresh(t)
	there := fill(t, s, "cms", 2, `{}`)
	after := func(change func(*store.Commit)) []store.Commit {
		c := Chain("cms", 2, there[1].Hash, "mine", 1, `{}`)
		change(&c[0])
		return c
	}
	for name, c := range map[string]struct {
		commits []store.Commit
		want    error
	}{
		"a taken number":         {there[1:], store.ErrTaken},
		"after a gap":            {Chain("cms", 3, store.Hash{1}, "mine", 1, `{}`), store.ErrGap},
		"after another chain":    {Chain("cms", 2, store.Hash{1}, "mine", 1, `{}`), store.ErrInvalid},
		"a body without salt":    {after(func(c *store.Commit) { c.Versions[0].Salt = nil }), store.ErrInvalid},
		"a salt without body":    {after(func(c *store.Commit) { c.Versions[0].Body = nil }), store.ErrInvalid},
		"a changed body":         {after(func(c *store.Commit) { c.Versions[0].Body = []byte(`1`) }), store.ErrInvalid},
		"an erased one's digest": {after(func(c *store.Commit) { c.Versions[0] = store.Version{Kind: "need", ID: "mine3", Number: 1, Schema: 1} }), store.ErrInvalid},
	} {
		if n, err := s.Restore(t.Context(), "cms", c.commits); n != 0 || !errors.Is(err, c.want) {
			t.Errorf("%s: %d stored, %v; want %v", name, n, err, c.want)
		}
	}
	if diff := cmp.Diff(there, read(t, s, "cms", 0, store.Hash{})); diff != "" {
		t.Error(diff)
	}
}
