package platform

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// ShortestKey is the length of the shortest secret that is taken from the
// configuration as the installation's key, in bytes.
const ShortestKey = 32

// keeper is the platform making its own key.
var keeper = cooperation.System("key")

// Derive returns 32 bytes that follow from the installation's key, the purpose
// and the parts, and from which neither the key nor other derived bytes
// follow. The secrets of webhooks, calendars, unsubscribe and one-time links
// are such bytes: no secret is ever written to a log, and one is replaced by
// raising a number among its parts.
//
// The first who derives makes the key. When that cannot be recorded, the bytes
// are random ones of this process, to which nothing will ever compare equal:
// whoever issues a secret records something in the same store, which fails
// too. Derive must not be called while a command on the log of accounts is
// being decided, unless EnsureKey was.
func (p *Platform) Derive(purpose string, parts ...string) []byte {
	ctx, cancel := context.WithTimeout(context.Background(), p.patience)
	defer cancel()
	key, err := p.installationKey(ctx)
	if err != nil {
		p.log.Error("the installation's key cannot be recorded", "error", err)
		key = p.stray
	}
	mac := hmac.New(sha256.New, key)
	for _, part := range append([]string{purpose}, parts...) {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		mac.Write([]byte(part))
	}
	return mac.Sum(nil)
}

// EnsureKey makes the installation's key if there is none, so that Derive need
// not.
func (p *Platform) EnsureKey(ctx context.Context) error {
	_, err := p.installationKey(ctx)
	return err
}

// installationKey is the configured key, or the one in the log of accounts,
// which the first who needs it makes. Of replicas that make one at the same
// moment, one writes it, and the others decide again and find it.
func (p *Platform) installationKey(ctx context.Context) ([]byte, error) {
	if len(p.key) > 0 {
		return p.key, nil
	}
	if k, ok := p.accounts.Key(); ok {
		return k.Secret, nil
	}
	made := &cooperation.Key{Schema: cooperation.Schema, ID: cooperation.KeyID, Version: 1, Secret: random(sha256.Size),
		Created: p.clock().UTC().Truncate(time.Millisecond)}
	err := p.people.do(ctx, "key.create", keeper, "", "", func(d *draft) error {
		if _, ok := decided[*cooperation.Key](d, catalogue.KindKey, cooperation.KeyID); ok {
			return nil
		}
		if _, ok := p.accounts.Key(); !ok {
			d.put(catalogue.KindKey, made.ID, made.Version, made)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	k, ok := p.accounts.Key()
	if !ok {
		return nil, cooperation.Refuse(cooperation.Unavailable, "error.unavailable.store")
	}
	return k.Secret, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // documented never to fail
	return b
}
