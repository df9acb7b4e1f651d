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
	secret = tokenPrefix + base64.RawURLEncoding.EncodeToString(random(32))
	now := p.clock().UTC().Truncate(time.Millisecond)
	t = &cooperation.Token{Schema: cooperation.Schema, ID: cooperation.NewID(), Version: 1, User: user, Name: name,
		Hash: hashToken(secret), Scopes: scopes, Created: now, Expires: now.Add(life)}
	err = p.people.do(ctx, "token.create", actor, "", "", func(d *draft) error {
		u, ok := p.user(d, user)
		if !ok || u.Erased {
			return cooperation.Absent()
		}
		if err := cooperation.MayHaveTokenMade(actor, u); err != nil {
			return err
		}
		if !actor.MayHandOut(scopes) {
			return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.scopes")
		}
		if err := t.Check(); err != nil {
			return err
		}
		d.put(catalogue.KindToken, t.ID, t.Version, t)
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	return secret, t, nil
}
