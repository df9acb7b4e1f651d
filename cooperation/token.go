package cooperation

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
)

// Token is a bearer token of a program acting for a user. The secret itself is
// never kept: Hash is its SHA-256, which is enough for 256 random bits.
type Token struct {
	Schema  int       `json:"schema"`
	ID      string    `json:"id"`
	Version uint64    `json:"version"`
	User    string    `json:"user"`
	Name    string    `json:"name" validate:"required,max=100"`
	Hash    string    `json:"hash"`
	Read    bool      `json:"read_only,omitempty"` // of tokens without scopes, which the first release made
	Scopes  []string  `json:"scopes,omitempty" validate:"max=50,unique"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
	Revoked bool      `json:"revoked,omitempty"`
}

// The scopes for everything. A scope for one part of the interface has the
// part's name and a colon before it: "needs:read".
const (
	ScopeRead  = "read"
	ScopeWrite = "write" // writing includes reading
)

// Valid reports whether the token may be used at now.
func (t *Token) Valid(now time.Time) bool { return !t.Revoked && now.Before(t.Expires) }

// Allows lists what the token may be used for.
func (t *Token) Allows() []string {
	switch {
	case len(t.Scopes) > 0:
		return t.Scopes
	case t.Read:
		return []string{ScopeRead}
	}
	return []string{ScopeWrite}
}

var scopeForm = regexp.MustCompile(`^([a-z]+([_-][a-z]+)*:)?(read|write)$`)

// Check holds a new token against its rules.
func (t *Token) Check() error {
	m := checkShape(t)
	for i, s := range t.Scopes {
		if !scopeForm.MatchString(s) {
			m.add("scopes["+strconv.Itoa(i)+"]", "error.invalid.scope", value(s))
		}
	}
	if !t.Expires.After(t.Created) || t.Expires.Sub(t.Created) > TokenLife {
		m.add("expires", "error.invalid.token_life", message.Int("max", int(TokenLife/(24*time.Hour))))
	}
	return m.err()
}

// TokenLife is the longest time for which a token is good.
const TokenLife = 366 * 24 * time.Hour

// ActorBy is a user acting by means of a token.
func ActorBy(u *User, t *Token) Actor {
	scopes := t.Allows()
	a := ActorOf(u, !slices.ContainsFunc(scopes, writes))
	if !a.IsPublic() {
		a.Scopes = scopes
	}
	return a
}

func writes(scope string) bool {
	return scope == ScopeWrite || strings.HasSuffix(scope, ":"+ScopeWrite)
}

// MayUse reports whether a limited actor's scopes reach the part of the
// interface, for reading or for writing.
func (a Actor) MayUse(part string, write bool) bool {
	return a.Scopes == nil || slices.ContainsFunc(a.Scopes, func(s string) bool {
		of, what, limited := strings.Cut(s, ":")
		if !limited {
			what = of
		}
		return (!limited || of == part) && (what == ScopeWrite || !write)
	})
}

// MayHandOut reports whether the actor may give all of the scopes to a token:
// nobody gets more by means of a token than the token itself allows.
func (a Actor) MayHandOut(scopes []string) bool {
	return a.Scopes == nil || !slices.ContainsFunc(scopes, func(s string) bool {
		of, _, limited := strings.Cut(s, ":")
		if !limited {
			return !slices.Contains(a.Scopes, s) && !slices.Contains(a.Scopes, ScopeWrite)
		}
		return !a.MayUse(of, writes(s))
	})
}
