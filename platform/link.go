package platform

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"entente/cooperation"
)

// IssueLink issues a one-time link for a user and returns its id. LinkSecret is
// what its holder shows. One for the first administrator names no user, and
// neither does an invitation: the account that is invited names it.
func (p *Platform) IssueLink(ctx context.Context, purpose cooperation.LinkPurpose, user string, life time.Duration) (id string, err error) {
	l := cooperation.Link{ID: cooperation.NewID(), Purpose: purpose, User: user, Expires: p.clock().Add(life).UTC().Truncate(time.Millisecond)}
	if user != "" {
		u, ok := p.accounts.User(user)
		if !ok {
			return "", cooperation.Absent()
		}
		l.Epoch = u.Epoch
	}
	if err := p.EnsureKey(ctx); err != nil {
		return "", err
	}
	value, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	return l.ID, p.store.Ephemeral().Set(ctx, linkKey(l.ID), value, l.Expires)
}

// LinkSecret is the secret of a link: what its address ends with. It follows
// from the id, so that it can be written into a mail at the moment of sending
// and need not be kept until then.
func (p *Platform) LinkSecret(id string) string {
	return id + "." + base64.RawURLEncoding.EncodeToString(p.Derive("link", id))
}

// Link looks at the link that a secret opens without using it up: programs
// that scan mail open every address. False when it opens nothing any more.
func (p *Platform) Link(ctx context.Context, secret string) (cooperation.Link, bool) {
	id, ok := p.linkID(secret)
	if !ok {
		return cooperation.Link{}, false
	}
	value, ok, err := p.store.Ephemeral().Value(ctx, linkKey(id), p.clock())
	if err != nil || !ok {
		return cooperation.Link{}, false
	}
	l, ok, _ := p.readLink(value)
	return l, ok
}

// ConsumeLink uses the link up. Of any number of callers, one is told true.
func (p *Platform) ConsumeLink(ctx context.Context, secret string) (cooperation.Link, bool, error) {
	id, ok := p.linkID(secret)
	if !ok {
		return cooperation.Link{}, false, nil
	}
	value, ok, err := p.store.Ephemeral().Consume(ctx, linkKey(id), p.clock())
	if err != nil || !ok {
		return cooperation.Link{}, false, err
	}
	return p.readLink(value)
}

// readLink reads a link and tells whether it still opens something.
func (p *Platform) readLink(value []byte) (l cooperation.Link, opens bool, err error) {
	if err := json.Unmarshal(value, &l); err != nil {
		return cooperation.Link{}, false, fmt.Errorf("one-time link: %w", err)
	}
	u, _ := p.accounts.User(l.User)
	if l.Purpose == cooperation.LinkInvitation {
		if u, _ = p.accounts.UserByInvitation(l.ID); u != nil {
			l.User, l.Epoch = u.ID, u.Epoch
		}
	}
	if !l.Opens(u) || l.Purpose == cooperation.LinkFirstAdministrator && p.HasAdministrator() {
		return cooperation.Link{}, false, nil
	}
	return l, true, nil
}

// linkID is the id in a secret that is the installation's own.
func (p *Platform) linkID(secret string) (string, bool) {
	id, _, ok := strings.Cut(secret, ".")
	if !ok || len(id) != len(cooperation.NewID()) {
		return "", false
	}
	return id, subtle.ConstantTimeCompare([]byte(secret), []byte(p.LinkSecret(id))) == 1
}

func linkKey(id string) string { return "link/" + id }
