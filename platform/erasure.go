package platform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// eraser is the platform forgetting people.
var eraser = cooperation.System("eraser")

// Erase has a person forgotten: name, address, credentials and sessions, the
// contacts in postings and of bodies that are that person, and the person's
// webhooks. What is left is an opaque id.
// The request itself is one commit, after which the person is nobody; what
// follows is done here and, if this process dies or the store fails, by
// ResumeErasures. Erasing twice is erasing once.
func (p *Platform) Erase(ctx context.Context, actor cooperation.Actor, user string) (*cooperation.Erasure, error) {
	err := p.people.do(ctx, "erasure.request", actor, "", "", func(d *draft) error {
		if _, asked := p.erasure(d, user); asked && (actor.Administers() || actor.ID == user) {
			return nil
		}
		u, ok := p.user(d, user)
		if err := allowed(actor, u, ok, cooperation.MayErase); err != nil {
			return err
		}
		now := p.clock()
		e, err := cooperation.RequestErasure(u, actor, now)
		if err != nil {
			return err
		}
		closed := *u
		closed.Close(now)
		if err := p.keepsAnAdministrator(d, actor, u, &closed); err != nil {
			return err
		}
		d.putErasure(e)
		d.putUser(&closed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := p.completeErasure(ctx, user); err != nil {
		p.log.Error("an erasure is not complete; it is gone on with", "user", user, "error", err)
	}
	e, _ := p.accounts.Erasure(user)
	return e, nil
}

// Erasures lists who is, or is to be, forgotten: opaque ids only.
func (p *Platform) Erasures() []*cooperation.Erasure { return p.accounts.Erasures() }

// ResumeErasures goes on with what was cut off. It may run at any time and in
// any number of processes at once: every step may be done again.
func (p *Platform) ResumeErasures(ctx context.Context) error {
	var errs []error
	for _, e := range p.accounts.Erasures() {
		if e.Completed.IsZero() {
			errs = append(errs, p.completeErasure(ctx, e.ID))
		}
	}
	return errors.Join(errs...)
}

// completeErasure does what is left of an erasure. The order matters. By the
// account's own versions it is known which contacts are the person's, so these
// versions go last: whatever is cut off, they are either still there, and all
// is looked for again, or nothing is left to look for.
func (p *Platform) completeErasure(ctx context.Context, user string) error {
	if e, ok := p.accounts.Erasure(user); !ok || !e.Completed.IsZero() {
		return nil
	}
	who, err := p.identity(ctx, user)
	if err != nil {
		return err
	}
	for _, id := range p.order {
		if err := p.forgetContacts(ctx, p.rooms[id], who, user); err != nil {
			return fmt.Errorf("log %s: %w", id, err)
		}
	}
	if err := p.forgetAccount(ctx, user); err != nil {
		return err
	}
	if err := p.forgetEphemeral(ctx, user); err != nil {
		return err
	}
	old, err := p.oldVersions(ctx, user)
	if err == nil {
		err = p.store.Erase(ctx, AccountsLog, old)
	}
	if err != nil {
		return err
	}
	return p.people.do(ctx, "erasure.complete", eraser, "", "", func(d *draft) error {
		e, ok := p.erasure(d, user)
		if !ok || !e.Completed.IsZero() {
			return nil
		}
		done := *e
		done.Complete(p.clock())
		d.putErasure(&done)
		return nil
	})
}

// identity reads what the account was ever called from the versions that are
// not erased yet.
func (p *Platform) identity(ctx context.Context, user string) (cooperation.Identity, error) {
	var versions []*cooperation.User
	for _, position := range p.accounts.Trail(catalogue.KindUser, user) {
		c, ok, err := p.store.At(ctx, AccountsLog, position)
		if err != nil || !ok {
			return cooperation.Identity{}, errors.Join(err, missing(ok, position))
		}
		for _, v := range c.Versions {
			if v.Kind != catalogue.KindUser || v.ID != user || v.Erased() {
				continue
			}
			u := new(cooperation.User)
			if err := json.Unmarshal(v.Body, u); err != nil {
				return cooperation.Identity{}, fmt.Errorf("account %s, version %d: %w", user, v.Number, err)
			}
			versions = append(versions, u)
		}
	}
	return cooperation.NewIdentity(versions...), nil
}

func missing(ok bool, position uint64) error {
	if ok {
		return nil
	}
	return fmt.Errorf("log of accounts: %w: commit %d", store.ErrGap, position)
}

// forgetAccount replaces what is known of the person by nothing, in one
// commit: the account, its credentials and tokens.
func (p *Platform) forgetAccount(ctx context.Context, user string) error {
	return p.people.do(ctx, "user.erase", eraser, "", "", func(d *draft) error {
		u, ok := p.user(d, user)
		if !ok || u.Erased {
			return nil
		}
		d.putUser(u.Forgotten(p.clock()))
		if c := p.credential(d, user); c.Version > 0 {
			d.put(catalogue.KindCredential, user, c.Version+1, &cooperation.Credential{Schema: cooperation.Schema, ID: user, Version: c.Version + 1})
		}
		for _, t := range p.accounts.TokensOf(user) {
			if now, ok := p.token(d, t.ID); ok {
				t = now
			}
			d.put(catalogue.KindToken, t.ID, t.Version+1, t.Forgotten())
		}
		return nil
	})
}

// oldVersions names every version but the last of what the log of accounts
// holds of the person.
func (p *Platform) oldVersions(ctx context.Context, user string) ([]store.VersionRef, error) {
	last := map[string]uint64{}
	if u, ok := p.accounts.User(user); ok {
		last[catalogue.KindUser+"/"+user] = u.Version
	}
	if c, ok := p.accounts.Credential(user); ok {
		last[catalogue.KindCredential+"/"+user] = c.Version
	}
	for _, t := range p.accounts.TokensOf(user) {
		last[catalogue.KindToken+"/"+t.ID] = t.Version
	}
	var refs []store.VersionRef
	for document, version := range last {
		kind, id, _ := strings.Cut(document, "/")
		for _, position := range p.accounts.Trail(kind, id) {
			c, ok, err := p.store.At(ctx, AccountsLog, position)
			if err != nil || !ok {
				return nil, errors.Join(err, missing(ok, position))
			}
			for _, v := range c.Versions {
				if v.Kind == kind && v.ID == id && v.Number < version {
					refs = append(refs, store.VersionRef{Commit: position, Kind: kind, ID: id, Number: v.Number})
				}
			}
		}
	}
	return refs, nil
}

// forgetEphemeral removes the person's sessions, which say from where and with
// what browser somebody came. They are dead already: the account is closed.
func (p *Platform) forgetEphemeral(ctx context.Context, user string) error {
	values, now := p.store.Ephemeral(), p.clock()
	for slot := range cooperation.MostSessions {
		key := cooperation.SessionSlotKey(user, slot)
		id, held, err := values.Holder(ctx, key, now)
		if err != nil {
			return err
		}
		if !held {
			continue
		}
		err = errors.Join(values.Delete(ctx, cooperation.SessionKey(string(id))), values.Delete(ctx, cooperation.SessionUseKey(string(id))), values.Release(ctx, key, id, now))
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) putErasure(e *cooperation.Erasure) { d.put(catalogue.KindErasure, e.ID, e.Version, e) }

func (p *Platform) erasure(d *draft, user string) (*cooperation.Erasure, bool) {
	if e, ok := decided[*cooperation.Erasure](d, catalogue.KindErasure, user); ok {
		return e, true
	}
	return p.accounts.Erasure(user)
}
