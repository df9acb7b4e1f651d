package store

import (
	"context"
	"time"
)

// Ephemeral holds short-lived values: sessions, idempotency keys, one-time
// links, and the claims of job slots. Values and claims are apart: a value
// and a claim under the same key do not know of each other. Keys are 1 to 512
// bytes of UTF-8, values at most 1 MiB. A thing is there while now is before
// its expiry; instants count in milliseconds. Callers of one database are
// expected to have clocks that agree within minutes.
type Ephemeral interface {
	// Set writes the value, over one that may be there.
	Set(ctx context.Context, key string, value []byte, expiry time.Time) error

	// Value returns the value, and whether it is there.
	Value(ctx context.Context, key string, now time.Time) ([]byte, bool, error)

	// Delete removes the value, if it is there.
	Delete(ctx context.Context, key string) error

	// Consume returns the value and removes it. Of any number of callers, one
	// is told true for one Set. After an error it is unknown whether the value
	// was consumed.
	Consume(ctx context.Context, key string, now time.Time) ([]byte, bool, error)

	// Claim takes the claim until expiry, and tells whether the caller won it.
	// A claim that somebody holds is not won, not even with the same value. An
	// expired or released one is won by exactly one of those who try. The
	// value names the holder. After an error, ask Holder.
	Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (won bool, err error)

	// Holder returns the value of who holds the claim at now, and whether
	// anybody does.
	Holder(ctx context.Context, key string, now time.Time) ([]byte, bool, error)

	// Release gives the claim up before its expiry. It does nothing when it is
	// not held with that value at now.
	Release(ctx context.Context, key string, value []byte, now time.Time) error

	// Sweep removes what expired some time ago, and returns how many entries
	// it removed. It changes nothing that the other methods tell.
	Sweep(ctx context.Context, now time.Time) (int, error)
}

// The limits of an ephemeral entry, in bytes.
const (
	MaxKey   = 512
	MaxValue = 1 << 20
)
