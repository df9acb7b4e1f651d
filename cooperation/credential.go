package cooperation

import (
	"encoding/json"
	"slices"
	"time"
)

// Credential is how a person proves to be one: the counterpart of a User,
// under the same id, which no answer, export or projection ever shows.
type Credential struct {
	Schema          int               `json:"schema"`
	ID              string            `json:"id"` // the user's
	Version         uint64            `json:"version"`
	Password        string            `json:"password,omitempty"` // its hash, with the hash's parameters
	Passkeys        []json.RawMessage `json:"passkeys,omitempty"` // as the room that checks them writes them
	OIDC            []OIDCLink        `json:"oidc,omitempty"`
	PasswordChanged time.Time         `json:"password_changed,omitzero"`
}

// OIDCLink ties an account to the same person at an OpenID provider.
type OIDCLink struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`
}

// Any reports whether there is any means of signing in.
func (c *Credential) Any() bool {
	return c.Password != "" || len(c.Passkeys) > 0 || len(c.OIDC) > 0
}

// Clone is a copy that may be changed.
func (c *Credential) Clone() *Credential {
	clone := *c
	clone.Passkeys = make([]json.RawMessage, 0, len(c.Passkeys))
	for _, p := range c.Passkeys {
		clone.Passkeys = append(clone.Passkeys, slices.Clone(p))
	}
	clone.OIDC = slices.Clone(c.OIDC)
	return &clone
}

// Key is the secret from which an installation derives all others, so that
// none of them need be kept. There is one, under the id KeyID.
type Key struct {
	Schema  int       `json:"schema"`
	ID      string    `json:"id"`
	Version uint64    `json:"version"`
	Secret  []byte    `json:"secret"` // 32 random bytes
	Created time.Time `json:"created"`
}

// KeyID is the id of the one key.
const KeyID = "installation"
