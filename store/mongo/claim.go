package mongo

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"entente/store"
)

// attempts is how often Claim starts over when it and others gave way to each
// other.
const attempts = 5

// attemptDocument is an attempt at a claim. Attempts are only ever inserted,
// under the number after the last one that is there, so that the _id decides
// who is first. One that releases another is the note that this was given up.
type attemptDocument struct {
	ID       string    `bson:"_id"`
	Number   int64     `bson:"number"`
	Value    []byte    `bson:"value"`
	Expiry   time.Time `bson:"expiry"`
	Releases int64     `bson:"releases"` // the number of the attempt that was given up, or 0
}

// attemptPrefix is what the _ids of a key's attempts start with. The escape
// keeps one key's from starting like another's.
func attemptPrefix(key string) string {
	return strings.NewReplacer("%", "%25", "#", "%23").Replace(key) + "#"
}

// chain is the attempts at one claim.
type chain struct {
	prefix   string
	attempts []attemptDocument
}

func (e ephemeral) chain(ctx context.Context, key string) (chain, error) {
	c := chain{prefix: attemptPrefix(key)}
	return c, e.all(ctx, e.claims, between(c.prefix), &c.attempts)
}

// last is the number of the last attempt, or 0.
func (c chain) last() int64 {
	last := int64(0)
	for _, a := range c.attempts {
		last = max(last, a.Number)
	}
	return last
}

// holder returns the attempt that holds the claim at now, but for the one
// with the number except.
func (c chain) holder(now time.Time, except int64) (attemptDocument, bool) {
	released := map[int64]bool{}
	for _, a := range c.attempts {
		released[a.Releases] = true
	}
	for _, a := range c.attempts {
		if a.Releases == 0 && !released[a.Number] && a.Number != except && before(now, a.Expiry) {
			return a, true
		}
	}
	return attemptDocument{}, false
}

func (c chain) attempt(number int64, value []byte, expiry time.Time, releases int64) attemptDocument {
	return attemptDocument{fmt.Sprintf("%s%010d", c.prefix, number), number, bytes.Clone(value), expiry, releases}
}

// Claim inserts the attempt after the last one, if nobody holds the claim, and
// then looks again: a sweep may have taken the last attempts away between the
// look and the insertion of one of two claimants, so that they inserted under
// different numbers. Who sees another holder then gives up. Of two that both
// insert before they look both give up and start over, so never two win.
func (e ephemeral) Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (bool, error) {
	if err := store.CheckEntry(key, value); err != nil {
		return false, err
	}
	for range attempts {
		seen, err := e.chain(ctx, key)
		if err != nil {
			return false, err
		}
		if _, held := seen.holder(now, 0); held {
			return false, nil
		}
		mine := seen.attempt(seen.last()+1, value, expiry, 0)
		inserted, err := e.insert(ctx, e.claims, mine)
		if err != nil {
			return false, err
		}
		if !inserted {
			continue // somebody else's attempt, or a note that one was given up
		}
		if seen, err = e.chain(ctx, key); err != nil {
			return false, err
		}
		if _, held := seen.holder(now, mine.Number); !held {
			return true, nil
		}
		if err := e.giveUp(ctx, seen, mine); err != nil {
			return false, err
		}
	}
	return false, nil
}

// giveUp notes that an attempt is given up. The note is kept as long as the
// attempt.
func (e ephemeral) giveUp(ctx context.Context, c chain, a attemptDocument) error {
	for number := c.last() + 1; ; number++ {
		done, err := e.insert(ctx, e.claims, c.attempt(number, nil, a.Expiry, a.Number))
		if err != nil || done {
			return err
		}
	}
}

func (e ephemeral) Holder(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	c, err := e.chain(ctx, key)
	if err != nil {
		return nil, false, err
	}
	a, held := c.holder(now, 0)
	return a.Value, held, nil
}

func (e ephemeral) Release(ctx context.Context, key string, value []byte, now time.Time) error {
	c, err := e.chain(ctx, key)
	if err != nil {
		return err
	}
	a, held := c.holder(now, 0)
	if !held || !bytes.Equal(a.Value, value) {
		return nil
	}
	return e.giveUp(ctx, c, a)
}
