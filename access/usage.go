package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"time"

	"entente/cooperation"
)

// usage is what changes of a session, under session-use/ID: when it was last
// used, and the hash of its present secret. The secret is turned every so
// often; the one before stands for a moment more, for requests under way.
type usage struct {
	Hash   string    `json:"hash"`
	Before string    `json:"before,omitempty"`
	Turned time.Time `json:"turned"`
	Used   time.Time `json:"used"`
}

// How often a session is written: not at every request.
const (
	touching = 5 * time.Minute // its use is noted as often as that
	turning  = time.Hour       // its secret changes as often as that
	parting  = 2 * time.Minute // the secret before is accepted as long as that
)

// newSecret makes 256 random bits.
func newSecret() string {
	var random [32]byte
	rand.Read(random[:])
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// fits reports whether the secret with the hash belongs to the session at now.
func (u usage) fits(hash string, now time.Time) bool {
	present := subtle.ConstantTimeCompare([]byte(u.Hash), []byte(hash)) == 1
	before := subtle.ConstantTimeCompare([]byte(u.Before), []byte(hash)) == 1
	return present || before && now.Before(u.Turned.Add(parting))
}

func (a *Access) writeUsage(ctx context.Context, id string, u usage, expires time.Time) error {
	return a.write(ctx, cooperation.SessionUseKey(id), u, earlier(expires, u.Used.Add(a.idle)))
}

// touch notes the use of a session, and turns its secret when that is due: the
// new secret is returned. Whoever else is at it, here or on another replica,
// is left to it.
func (a *Access) touch(ctx context.Context, id, hash string, s stored) (secret string, err error) {
	now := a.clock().UTC().Truncate(time.Millisecond)
	key, holder := "session-turn/"+id, []byte(cooperation.NewID())
	won, err := a.values.Claim(ctx, key, holder, now.Add(parting/4), now)
	if err != nil || !won {
		return "", err
	}
	_, u, ok, err := a.readSession(ctx, id) // as it is now that nobody else writes it
	if err != nil || !ok || u.Hash != hash {
		return "", err
	}
	u.Used = now
	if now.Sub(u.Turned) >= turning {
		secret = newSecret()
		u.Before, u.Hash, u.Turned = u.Hash, digest(secret), now
	}
	if err := a.writeUsage(ctx, id, u, s.Expires); err != nil {
		return "", err
	}
	return secret, a.values.Release(ctx, key, holder, now)
}
