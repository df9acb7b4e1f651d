package platform

import (
	"context"
	"encoding/base64"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// IssueToken makes a bearer token for a user and returns its secret, which is
// shown once and never kept. Who acts by means of a token cannot make one that
// reaches further.
func (p *Platform) IssueToken(ctx context.Context, actor cooperation.Actor, user, name string, scopes []string, life time.Duration) (secret string, t *cooperation.Token, err error) {
	return p.MakeToken(ctx, actor, user, name, scopes, life, "")
}

// MakeToken is IssueToken for requests that may be repeated: the same key
// makes no second token, and is refused, for the secret cannot be shown again.
func (p *Platform) MakeToken(ctx context.Context, actor cooperation.Actor, user, name string, scopes []string, life time.Duration, key string) (secret string, t *cooperation.Token, err error) {
	secret = tokenPrefix + base64.RawURLEncoding.EncodeToString(random(32))
	now := p.clock().UTC().Truncate(time.Millisecond)
	t = &cooperation.Token{Schema: cooperation.Schema, ID: creationID(catalogue.KindToken, user, actor, key), Version: 1, User: user, Name: name,
		Hash: hashToken(secret), Scopes: scopes, Created: now, Expires: now.Add(life)}
	err = p.people.do(ctx, "token.create", actor, "", "", func(d *draft) error {
		u, ok := p.user(d, user)
		if err := allowed(actor, u, ok, cooperation.MayHoldTokens); err != nil {
			return err
		}
		if !actor.MayHandOut(scopes) {
			return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.scopes")
		}
		if err := t.Check(); err != nil {
			return err
		}
		if _, again := p.token(d, t.ID); again {
			return cooperation.Refuse(cooperation.Conflict, "error.conflict.token_made")
		}
		d.put(catalogue.KindToken, t.ID, t.Version, t)
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	return secret, t, nil
}

// Tokens lists the tokens of a user, the latest made first, without what would
// help to guess a secret.
func (p *Platform) Tokens(actor cooperation.Actor, user string) ([]*cooperation.Token, error) {
	u, ok := p.accounts.User(user)
	if err := allowed(actor, u, ok, cooperation.MaySeeTokens); err != nil {
		return nil, err
	}
	made := p.accounts.TokensOf(user)
	out := make([]*cooperation.Token, 0, len(made))
	for i := len(made) - 1; i >= 0; i-- {
		t := *made[i]
		t.Hash = ""
		out = append(out, &t)
	}
	return out, nil
}

// RevokeToken makes a token of the user good for nothing. Revoking twice is
// revoking once.
func (p *Platform) RevokeToken(ctx context.Context, actor cooperation.Actor, user, id string) error {
	return p.people.do(ctx, "token.revoke", actor, "", "", func(d *draft) error {
		u, ok := p.user(d, user)
		if err := allowed(actor, u, ok, cooperation.MayHoldTokens); err != nil {
			return err
		}
		t, ok := p.token(d, id)
		if !ok || t.User != user {
			return cooperation.Absent()
		}
		if t.Revoked {
			return nil
		}
		revoked := *t
		revoked.Version, revoked.Revoked = t.Version+1, true
		d.put(catalogue.KindToken, id, revoked.Version, &revoked)
		return nil
	})
}

func (p *Platform) token(d *draft, id string) (*cooperation.Token, bool) {
	if t, ok := decided[*cooperation.Token](d, catalogue.KindToken, id); ok {
		return t, true
	}
	return p.accounts.Token(id)
}
