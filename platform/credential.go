package platform

import (
	"context"
	"reflect"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// Credential returns how the user signs in; false when there is no way yet. It
// is for the room that checks credentials and for nobody else to see.
func (p *Platform) Credential(user string) (*cooperation.Credential, bool) {
	return p.accounts.Credential(user)
}

// UserByMail returns the account with the mail address, whatever its case.
func (p *Platform) UserByMail(mail string) (*cooperation.User, bool) {
	return p.accounts.UserByMail(mail)
}

// UserByOIDC returns the account that is tied to the person at an OpenID
// provider.
func (p *Platform) UserByOIDC(issuer, subject string) (*cooperation.User, bool) {
	return p.accounts.UserByOIDC(issuer, subject)
}

// ChangeCredential changes how a user signs in. Only the user, and the
// platform itself for who holds a one-time link, may. The user's epoch rises
// with it, so that sessions and links of before are dead; one who was invited
// has accepted by it. change may be called more than once, on a copy each
// time; when it changes nothing, nothing is recorded.
func (p *Platform) ChangeCredential(ctx context.Context, actor cooperation.Actor, user string, change func(*cooperation.Credential) error) error {
	if !actor.IsSystem() && actor.ID != user || actor.ReadOnly {
		return cooperation.Absent()
	}
	return p.people.do(ctx, "credential.change", actor, "", "", func(d *draft) error {
		u, ok := p.user(d, user)
		if !ok || u.Disabled || u.Erased || u.Service {
			return cooperation.Absent()
		}
		before := p.credential(d, user)
		after := before.Clone()
		if err := change(after); err != nil {
			return err
		}
		if reflect.DeepEqual(before.Clone(), after) {
			return nil
		}
		now := p.clock().UTC().Truncate(time.Millisecond)
		for _, l := range after.OIDC {
			if holder, ok := p.subjectHolder(d, l); ok && holder != user {
				return cooperation.Refuse(cooperation.Conflict, "error.conflict.identity")
			}
		}
		after.Schema, after.ID, after.Version = cooperation.Schema, user, before.Version+1
		if after.Password != before.Password {
			after.PasswordChanged = now
		}
		d.put(catalogue.KindCredential, user, after.Version, after)
		changed := *u
		changed.Version, changed.Updated = u.Version+1, now
		changed.Epoch, changed.Invitation = u.Epoch+1, ""
		if changed.Activated.IsZero() && after.Any() {
			changed.Activated = now
		}
		d.putUser(&changed)
		return nil
	})
}

func (d *draft) putUser(u *cooperation.User) { d.put(catalogue.KindUser, u.ID, u.Version, u) }

func (p *Platform) user(d *draft, id string) (*cooperation.User, bool) {
	if u, ok := decided[*cooperation.User](d, catalogue.KindUser, id); ok {
		return u, true
	}
	return p.accounts.User(id)
}

// credential is what the user has to sign in with, empty when there is
// nothing.
func (p *Platform) credential(d *draft, user string) *cooperation.Credential {
	if c, ok := decided[*cooperation.Credential](d, catalogue.KindCredential, user); ok {
		return c
	}
	if c, ok := p.accounts.Credential(user); ok {
		return c
	}
	return &cooperation.Credential{}
}

// subjectHolder finds whose account is tied to the person at the provider.
func (p *Platform) subjectHolder(d *draft, l cooperation.OIDCLink) (string, bool) {
	for _, c := range d.pending {
		if doc, ok := c.document.(*cooperation.Credential); ok {
			for _, other := range doc.OIDC {
				if other == l {
					return doc.ID, true
				}
			}
		}
	}
	u, ok := p.accounts.UserByOIDC(l.Issuer, l.Subject)
	if !ok {
		return "", false
	}
	return u.ID, true
}
