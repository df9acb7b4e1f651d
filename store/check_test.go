package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"entente/store"
)

func chain(n int, change func(*store.Commit)) []store.Commit {
	commits, previous := make([]store.Commit, n), store.Hash{}
	for i := range commits {
		commits[i] = store.Commit{
			Log: "apmbc", Number: uint64(i + 1), ID: "c", Command: "test", Time: time.UnixMilli(1),
			Versions: []store.Version{{Kind: "need", ID: "a", Number: uint64(i + 1), Body: []byte(`{}`)}},
		}
		if change != nil {
			change(&commits[i])
		}
		store.Seal(previous, &commits[i])
		previous = commits[i].Hash
	}
	return commits
}

func TestWhatMayBeAppended(t *testing.T) {
	big := func(size int) func(*store.Commit) {
		return func(c *store.Commit) {
			c.Versions[0].Body = []byte(`"` + strings.Repeat("x", size) + `"`)
		}
	}
	after := func(commits []store.Commit, change func([]store.Commit)) []store.Commit {
		change(commits)
		return commits
	}
	cases := map[string]struct {
		commits []store.Commit
		want    error
	}{
		"nothing":            {nil, nil},
		"a chain":            {chain(3, nil), nil},
		"the most":           {chain(store.MaxBatch, nil), nil},
		"one too many":       {chain(store.MaxBatch+1, nil), store.ErrTooLarge},
		"just under 1 MiB":   {chain(1, big(store.MaxCommit-400)), nil},
		"over 1 MiB":         {chain(1, big(store.MaxCommit)), store.ErrTooLarge},
		"over 8 MiB in all":  {chain(12, big(900_000)), store.ErrTooLarge},
		"another log":        {chain(1, func(c *store.Commit) { c.Log = "untoc" }), store.ErrInvalid},
		"number 0":           {chain(1, func(c *store.Commit) { c.Number = 0 }), store.ErrInvalid},
		"no command id":      {chain(1, func(c *store.Commit) { c.ID = "" }), store.ErrInvalid},
		"a NUL in the actor": {chain(1, func(c *store.Commit) { c.Actor = "a\x00" }), store.ErrInvalid},
		"not UTF-8":          {chain(1, func(c *store.Commit) { c.Reason = "\xff" }), store.ErrInvalid},
		"no body":            {chain(1, func(c *store.Commit) { c.Versions[0].Body = nil }), store.ErrInvalid},
		"a body not JSON":    {chain(1, func(c *store.Commit) { c.Versions[0].Body = []byte("{") }), store.ErrInvalid},
		"no document id":     {chain(1, func(c *store.Commit) { c.Versions[0].ID = "" }), store.ErrInvalid},
		"a gap":              {after(chain(3, nil), func(c []store.Commit) { c[2].Number = 4 }), store.ErrInvalid},
		"changed after Seal": {after(chain(2, nil), func(c []store.Commit) { c[1].Actor = "b" }), store.ErrInvalid},
		"not chained":        {after(chain(2, nil), func(c []store.Commit) { store.Seal(store.Hash{}, &c[1]) }), store.ErrInvalid},
		"a first that follows": {
			after(chain(1, nil), func(c []store.Commit) { store.Seal(store.Hash{1}, &c[0]) }), store.ErrInvalid,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if err := store.CheckBatch("apmbc", c.commits); !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestNamesOfLogs(t *testing.T) {
	for name, ok := range map[string]bool{
		"apmbc": true, "a": true, "accounts": true, "x-1_b": true, strings.Repeat("a", 64): true,
		"": false, "A": false, "1a": false, "a/b": false, "a b": false, "é": false, strings.Repeat("a", 65): false,
	} {
		if err := store.CheckLog(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestLimitsOfEphemeralEntries(t *testing.T) {
	cases := []struct {
		key   string
		value []byte
		want  error
	}{
		{"session/1", nil, nil},
		{strings.Repeat("k", store.MaxKey), bytes.Repeat([]byte{0}, store.MaxValue), nil},
		{"", nil, store.ErrInvalid},
		{"a\x00", nil, store.ErrInvalid},
		{strings.Repeat("k", store.MaxKey+1), nil, store.ErrInvalid},
		{"k", make([]byte, store.MaxValue+1), store.ErrTooLarge},
	}
	for _, c := range cases {
		if err := store.CheckEntry(c.key, c.value); !errors.Is(err, c.want) {
			t.Errorf("%.20q with %d bytes: got %v, want %v", c.key, len(c.value), err, c.want)
		}
	}
}
