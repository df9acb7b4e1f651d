package platform

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"strings"
	"time"

	"entente/cooperation"
)

// changeOwn lets a command change a copy of an account and commits it. False
// says that nothing has changed.
func (p *Platform) changeOwn(ctx context.Context, command string, actor cooperation.Actor, id string, match Match, change func(u *cooperation.User, now time.Time) (bool, error)) (*cooperation.User, error) {
	var changed cooperation.User
	err := p.people.do(ctx, command, actor, "", "", func(d *draft) error {
		u, ok := decided[*cooperation.User](d, "user", id)
		if !ok {
			u, ok = p.accounts.User(id)
		}
		if !ok || u.Erased {
			return cooperation.Absent()
		}
		if err := match.check(u.Version); err != nil {
			return err
		}
		changed = *u
		now := p.clock().UTC().Truncate(time.Millisecond)
		differs, err := change(&changed, now)
		if err != nil || !differs {
			return err
		}
		changed.Version, changed.Updated = changed.Version+1, now
		d.put("user", id, changed.Version, &changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// SetPreferences replaces how the actor wants to be told, and its language.
func (p *Platform) SetPreferences(ctx context.Context, actor cooperation.Actor, match Match, language string, wanted cooperation.Preferences) (*cooperation.User, error) {
	if actor.ReadOnly || actor.IsPublic() {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	if err := wanted.Check(); err != nil {
		return nil, err
	}
	return p.changeOwn(ctx, "user.preferences", actor, actor.ID, match, func(u *cooperation.User, _ time.Time) (bool, error) {
		if u.Preferences != nil { // the calendar's address has commands of its own
			wanted.Calendar, wanted.NoCalendar = u.Preferences.Calendar, u.Preferences.NoCalendar
		}
		if language != "" {
			u.Language = language
		}
		u.Preferences = &wanted
		return true, nil
	})
}

// UnsubscribeSecret is what the address for unsubscribing from a group of
// reasons ends in. It is the same every time and is kept nowhere.
func (p *Platform) UnsubscribeSecret(user string, group cooperation.Group) string {
	mark := p.Derive("unsubscribe", user, string(group))
	return user + "." + string(group) + "." + base64.RawURLEncoding.EncodeToString(mark[:18])
}

// Unsubscription says whom and what a secret for unsubscribing is about; false
// when it is none.
func (p *Platform) Unsubscription(secret string) (*cooperation.User, cooperation.Group, bool) {
	parts := strings.Split(secret, ".")
	if len(parts) != 3 || !cooperation.ValidID(parts[0]) {
		return nil, "", false
	}
	group := cooperation.Group(parts[1])
	if !hmac.Equal([]byte(secret), []byte(p.UnsubscribeSecret(parts[0], group))) {
		return nil, "", false
	}
	u, ok := p.accounts.User(parts[0])
	return u, group, ok && !u.Erased
}

// Unsubscribe ends the mails of a group for whoever holds the secret. Doing it
// twice is doing it once.
func (p *Platform) Unsubscribe(ctx context.Context, secret string) (*cooperation.User, cooperation.Group, error) {
	u, group, ok := p.Unsubscription(secret)
	if !ok {
		return nil, "", cooperation.Absent()
	}
	u, err := p.changeOwn(ctx, "user.unsubscribe", cooperation.System("unsubscribe"), u.ID, 0, func(u *cooperation.User, _ time.Time) (bool, error) {
		if group != cooperation.GroupDigest && u.Preferences.Rhythm(group) == cooperation.Never {
			return false, nil
		}
		u.Preferences = u.Preferences.Without(group)
		return true, nil
	})
	return u, group, err
}
