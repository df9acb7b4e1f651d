package platform

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"entente/cooperation"
)

// tokenPrefix makes tokens recognisable to secret scanners.
const tokenPrefix = "entente_"

// CreateUser makes an account, or returns the one that has the same id. Only
// an administrator, or the operator at the command line, may.
func (p *Platform) CreateUser(ctx context.Context, actor cooperation.Actor, u cooperation.User) (*cooperation.User, error) {
	if !actor.Administers() {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	now := p.clock().UTC().Truncate(time.Millisecond)
	u.Schema, u.Version, u.Created, u.Updated = cooperation.Schema, 1, now, now
	if u.ID == "" {
		u.ID = cooperation.NewID()
	}
	if err := p.checkUser(&u); err != nil {
		return nil, err
	}
	made := &u
	err := p.people.do(ctx, "user.create", actor, "", "", func(d *draft) error {
		made = &u
		before, exists := decided[*cooperation.User](d, "user", u.ID)
		if !exists {
			before, exists = p.accounts.User(u.ID)
		}
		if exists {
			made = before
			return nil
		}
		if err := p.freeMail(d, &u); err != nil {
			return err
		}
		d.putUser(&u)
		return nil
	})
	return made, err
}

func (p *Platform) checkUser(u *cooperation.User) error {
	known := func(convention, committee string) bool {
		c, ok := p.Convention(convention)
		if !ok || committee == "" {
			return ok
		}
		_, ok = c.Committee(committee)
		return ok
	}
	if err := u.Check(known); err != nil {
		return err
	}
	return p.checkHolders(u.Grants)
}

// User returns an account.
func (p *Platform) User(id string) (*cooperation.User, bool) { return p.accounts.User(id) }

// Users lists the accounts with a role in the convention.
func (p *Platform) Users(convention string) []*cooperation.User { return p.accounts.Within(convention) }

// CreateToken makes a bearer token for everything, or for reading everything;
// see IssueToken.
func (p *Platform) CreateToken(ctx context.Context, actor cooperation.Actor, user, name string, readOnly bool, life time.Duration) (secret string, t *cooperation.Token, err error) {
	scopes := []string{cooperation.ScopeWrite}
	if readOnly {
		scopes = []string{cooperation.ScopeRead}
	}
	return p.IssueToken(ctx, actor, user, name, scopes, life)
}

// Authenticate returns the actor that a bearer token stands for. An unknown,
// expired or revoked token, and one of a disabled user, stand for nobody.
func (p *Platform) Authenticate(secret string) (cooperation.Actor, *cooperation.User, bool) {
	if !strings.HasPrefix(secret, tokenPrefix) {
		return cooperation.Actor{}, nil, false
	}
	t, ok := p.accounts.TokenByHash(hashToken(secret))
	if !ok || !t.Valid(p.clock()) {
		return cooperation.Actor{}, nil, false
	}
	u, ok := p.accounts.User(t.User)
	if !ok || cooperation.ActorOf(u, false).IsPublic() {
		return cooperation.Actor{}, nil, false
	}
	return cooperation.ActorBy(u, t), u, true
}

// hashToken is what is kept of a token. A fast hash is enough: the secret has
// 256 random bits, so it cannot be guessed from its hash.
func hashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// HasAccounts reports whether anybody has an account yet.
func (p *Platform) HasAccounts() bool { return p.accounts.HasUsers() }

// HasAdministrator reports whether anybody who is not disabled runs the
// installation.
func (p *Platform) HasAdministrator() bool {
	return len(p.accounts.UsersWith("", cooperation.Administrator)) > 0
}
