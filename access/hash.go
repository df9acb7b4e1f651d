package access

import (
	"context"
	"time"

	"github.com/alexedwards/argon2id"

	"entente/cooperation"
)

// hasher hashes passwords, few at a time: each takes 19 MiB, and a crowd at
// the door must not take all the memory there is.
type hasher struct {
	places chan struct{}
}

// queueing is how long somebody waits for a place.
const queueing = 5 * time.Second

// cost is the second recommended setting of OWASP for argon2id.
func cost() *argon2id.Params {
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// nobodys is a hash, made at the same cost, of a password that nobody has. It
// is compared with where an account is unknown or has no password, so that the
// time of the answer does not tell.
const nobodys = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

func newHasher(places int) *hasher { return &hasher{places: make(chan struct{}, places)} }

// hash is what is kept of a password.
func (h *hasher) hash(ctx context.Context, password string) (hash string, err error) {
	err = h.seated(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, cost())
		return err
	})
	return hash, err
}

// matches compares a password with a hash; "" is nobody's.
func (h *hasher) matches(ctx context.Context, password, hash string) (is bool, err error) {
	known := hash != ""
	if !known {
		hash = nobodys
	}
	err = h.seated(ctx, func() (err error) {
		is, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return is && known, err
}

// seated does the work when there is a place for it.
func (h *hasher) seated(ctx context.Context, work func() error) error {
	ctx, cancel := context.WithTimeout(ctx, queueing)
	defer cancel()
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
		return work()
	case <-ctx.Done():
		return cooperation.Refuse(cooperation.Unavailable, "error.unavailable.busy")
	}
}
