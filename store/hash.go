package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"time"
)

// SaltSize is the number of random bytes that go before a body into its
// digest, so that an erased short body cannot be guessed from the digest.
const SaltSize = 16

// Hash is a SHA-256 value. Its text is lower-case hexadecimal.
type Hash [sha256.Size]byte

// String is the hexadecimal text of the hash.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash in hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(h)) {
		return fmt.Errorf("store: a hash has %d hexadecimal digits, not %d", hex.EncodedLen(len(h)), len(text))
	}
	if _, err := hex.Decode(h[:], text); err != nil {
		return fmt.Errorf("store: hash: %w", err)
	}
	return nil
}

// Seal makes c the successor of the commit whose hash is previous: it sets
// the time to whole milliseconds of UTC, gives every version a fresh salt (if
// it has none) and its digest, and fills Previous and Hash. All other fields
// must be final. Seal may be called again after a lost race, with another
// Number and previous.
func Seal(previous Hash, c *Commit) {
	c.Time = time.UnixMilli(c.Time.UnixMilli()).UTC()
	for i := range c.Versions {
		v := &c.Versions[i]
		if v.Salt == nil {
			v.Salt = make([]byte, SaltSize)
			rand.Read(v.Salt) // documented never to fail
		}
		v.Digest = digest(v.Salt, v.Body)
	}
	c.Previous = previous
	c.Hash = c.sum()
}

// Verify checks that c follows the commit whose hash is previous, that what
// is not erased of its bodies matches the digests, and that nothing of its
// envelope was changed. It returns an error that wraps ErrBroken.
func (c Commit) Verify(previous Hash) error {
	if c.Previous != previous {
		return fmt.Errorf("%w: commit %d of log %q does not follow the one before it", ErrBroken, c.Number, c.Log)
	}
	for _, v := range c.Versions {
		if v.Erased() {
			continue
		}
		if digest(v.Salt, v.Body) != v.Digest {
			return fmt.Errorf("%w: commit %d of log %q: the body of %s %s version %d was changed",
				ErrBroken, c.Number, c.Log, v.Kind, v.ID, v.Number)
		}
	}
	if c.sum() != c.Hash {
		return fmt.Errorf("%w: commit %d of log %q was changed", ErrBroken, c.Number, c.Log)
	}
	return nil
}

func digest(salt, body []byte) Hash {
	h := sha256.New()
	h.Write(salt)
	h.Write(body)
	return Hash(h.Sum(nil))
}

// sum hashes the envelope and the digests, never the bodies, so that an
// erasure leaves it true. Every text goes in with its length before it, so no
// two commits share an encoding.
func (c Commit) sum() Hash {
	h := sum{sha256.New()}
	h.text("entente commit")
	h.number(Envelope)
	h.Write(c.Previous[:])
	h.text(c.Log)
	h.number(c.Number)
	h.text(c.ID)
	h.text(c.Command)
	h.text(c.Actor)
	h.text(c.Reason)
	h.number(uint64(c.Time.UnixMilli()))
	h.text(c.Fence)
	h.number(uint64(len(c.Versions)))
	for _, v := range c.Versions {
		h.text(v.Kind)
		h.text(v.ID)
		h.number(v.Number)
		h.number(uint64(v.Schema))
		h.Write(v.Digest[:])
	}
	return Hash(h.Sum(nil))
}

type sum struct{ hash.Hash }

func (s sum) number(n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	s.Write(b[:])
}

func (s sum) text(t string) {
	s.number(uint64(len(t)))
	s.Write([]byte(t))
}
