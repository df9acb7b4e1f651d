package store_test

import (
	"errors"
	"testing"
	"time"

	"entente/store"
)

func sample() store.Commit {
	c := store.Commit{
		Log: "apmbc", Number: 7, ID: "c7", Command: "need.submit", Actor: "u1", Reason: "why",
		Time: time.Date(2026, 1, 2, 3, 4, 5, 6_789_000, time.FixedZone("", 3600)), Fence: "f",
		Versions: []store.Version{
			{Kind: "need", ID: "a", Number: 1, Schema: 1, Body: []byte(`{"a":1}`)},
			{Kind: "need", ID: "b", Number: 2, Schema: 1, Body: []byte(`{"b":2}`)},
		},
	}
	store.Seal(store.Hash{1}, &c)
	return c
}

func TestASealedCommitVerifiesAfterItsPredecessorOnly(t *testing.T) {
	c := sample()
	if err := c.Verify(store.Hash{1}); err != nil {
		t.Fatal(err)
	}
	if err := c.Verify(store.Hash{2}); !errors.Is(err, store.ErrBroken) {
		t.Fatalf("after another commit: %v", err)
	}
	if c.Time.Location() != time.UTC || c.Time.Nanosecond() != 6_000_000 {
		t.Fatalf("time %v is not UTC in whole milliseconds", c.Time)
	}
}

func TestEveryChangeOfACommitIsNoticed(t *testing.T) {
	changes := map[string]func(*store.Commit){
		"log":             func(c *store.Commit) { c.Log = "untoc" },
		"number":          func(c *store.Commit) { c.Number++ },
		"id":              func(c *store.Commit) { c.ID = "x" },
		"command":         func(c *store.Commit) { c.Command = "x" },
		"actor":           func(c *store.Commit) { c.Actor = "x" },
		"reason":          func(c *store.Commit) { c.Reason = "" },
		"time":            func(c *store.Commit) { c.Time = c.Time.Add(time.Millisecond) },
		"fence":           func(c *store.Commit) { c.Fence = "" },
		"text moved over": func(c *store.Commit) { c.Command, c.Actor = c.Command+"u", "1" },
		"version gone":    func(c *store.Commit) { c.Versions = c.Versions[:1] },
		"versions swapped": func(c *store.Commit) {
			c.Versions[0], c.Versions[1] = c.Versions[1], c.Versions[0]
		},
		"kind":                func(c *store.Commit) { c.Versions[0].Kind = "offer" },
		"document":            func(c *store.Commit) { c.Versions[0].ID = "b" },
		"document's version":  func(c *store.Commit) { c.Versions[0].Number = 9 },
		"schema":              func(c *store.Commit) { c.Versions[0].Schema = 2 },
		"body":                func(c *store.Commit) { c.Versions[0].Body = []byte(`{"a":2}`) },
		"salt":                func(c *store.Commit) { c.Versions[0].Salt = make([]byte, store.SaltSize) },
		"digest":              func(c *store.Commit) { c.Versions[0].Digest = store.Hash{} },
		"digest of an erased": func(c *store.Commit) { erase(&c.Versions[0]); c.Versions[0].Digest = store.Hash{} },
		"body without salt":   func(c *store.Commit) { c.Versions[0].Salt = nil },
		"salt without body":   func(c *store.Commit) { c.Versions[0].Body = nil },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			c := sample()
			change(&c)
			if err := c.Verify(store.Hash{1}); !errors.Is(err, store.ErrBroken) {
				t.Fatalf("not noticed: %v", err)
			}
		})
	}
}

func erase(v *store.Version) { v.Body, v.Salt = nil, nil }

func TestAnErasureLeavesTheCommitTrue(t *testing.T) {
	c := sample()
	erase(&c.Versions[0])
	if err := c.Verify(store.Hash{1}); err != nil {
		t.Fatal(err)
	}
}

func TestEqualBodiesHaveDifferentDigests(t *testing.T) {
	if a, b := sample(), sample(); a.Versions[0].Digest == b.Versions[0].Digest {
		t.Fatal("an erased body could be guessed from its digest")
	}
}

func TestAHashIsTextAndBack(t *testing.T) {
	h := sample().Hash
	text, err := h.MarshalText()
	if err != nil || len(text) != 64 {
		t.Fatalf("%q, %v", text, err)
	}
	var back store.Hash
	if err := back.UnmarshalText(text); err != nil || back != h {
		t.Fatalf("%v, %v", back, err)
	}
	for _, bad := range []string{"", "00", string(text[:63]) + "g", string(text) + "00"} {
		if back.UnmarshalText([]byte(bad)) == nil {
			t.Fatalf("%q was read as a hash", bad)
		}
	}
}
