package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// Person returns an account as the actor may see it.
func (p *Platform) Person(actor cooperation.Actor, id string) (*cooperation.User, error) {
	u, ok := p.accounts.User(id)
	if !ok {
		return nil, cooperation.Absent()
	}
	if shown := u.Shown(actor); shown != nil {
		return shown, nil
	}
	return nil, cooperation.Absent()
}

// PeopleQuery says which people to list.
type PeopleQuery struct {
	Convention string           // only those with a role in it; all that the actor sees when empty
	Role       cooperation.Role // only those who hold it
	Cursor     string
	Limit      int
}

// People lists the accounts that the actor may see, as the actor may see them,
// the latest made first.
func (p *Platform) People(actor cooperation.Actor, q PeopleQuery) (catalogue.Page[*cooperation.User], error) {
	wanted := func(u *cooperation.User) bool {
		shown := u.Shown(actor)
		return shown != nil && (q.Convention == "" && q.Role == "" || holds(shown.Grants, q))
	}
	page, err := p.accounts.UsersIf(wanted, []any{actor.ID, q.Convention, q.Role}, q.Cursor, q.Limit)
	for i, u := range page.Items {
		page.Items[i] = u.Shown(actor)
	}
	return page, err
}

func holds(grants []cooperation.Grant, q PeopleQuery) bool {
	for _, g := range grants {
		if (q.Convention == "" || g.Convention == q.Convention) && (q.Role == "" || g.Role == q.Role) {
			return true
		}
	}
	return false
}

// ReplacePerson changes name, address and language.
func (p *Platform) ReplacePerson(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.Person) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.replace", actor, id, match, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		if err := u.Replace(actor, content, now); err != nil {
			return false, err
		}
		bare := *u
		bare.Grants = nil // the roles are not what is replaced
		if err := p.checkUser(&bare); err != nil {
			return false, err
		}
		return true, p.freeMail(d, u)
	})
}

// DisablePerson disables an account: its sessions, links and tokens are good
// for nothing from then on.
func (p *Platform) DisablePerson(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.disable", actor, id, match, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		return u.SetDisabled(actor, true, now)
	})
}

// EnablePerson takes the disabling back.
func (p *Platform) EnablePerson(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.enable", actor, id, match, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		return u.SetDisabled(actor, false, now)
	})
}

// GrantRoles gives roles to somebody, who is told of those that are new.
func (p *Platform) GrantRoles(ctx context.Context, actor cooperation.Actor, id string, match Match, grants []cooperation.Grant) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.grant", actor, id, match, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		added, err := u.Give(actor, grants, now)
		if err != nil || len(added) == 0 {
			return false, err
		}
		if err := p.checkGrants(u, added); err != nil {
			return false, err
		}
		p.tellGrants(d, actor, u, added, now)
		return true, nil
	})
}

// RevokeRoles takes roles away.
func (p *Platform) RevokeRoles(ctx context.Context, actor cooperation.Actor, id string, match Match, grants []cooperation.Grant) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.revoke", actor, id, match, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		return u.Take(actor, grants, now)
	})
}

// HandOver moves roles, all when none is named, from one person to another in
// one commit, and disables the first if wanted. What the first has drafted is
// the State's and goes on with the successor.
func (p *Platform) HandOver(ctx context.Context, actor cooperation.Actor, from string, match Match, to string, grants []cooperation.Grant, disable bool) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.hand_over", actor, from, match, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		found, ok := p.user(d, to)
		if !ok || found.Shown(actor) == nil {
			return false, fieldAtFault("to", "error.invalid.unknown_person") // it is not the document of the address that is absent
		}
		successor := *found
		if disable {
			if _, err := u.SetDisabled(actor, true, now); err != nil {
				return false, err
			}
		}
		version := u.Version
		moved, err := cooperation.HandOver(actor, u, &successor, grants, now)
		if err != nil {
			return false, err
		}
		if disable {
			u.Version = version
		}
		if successor.Version != found.Version {
			if err := p.checkGrants(&successor, nil); err != nil {
				return false, err
			}
			d.putUser(&successor)
			p.tellGrants(d, actor, &successor, moved, now)
		}
		return true, nil
	})
}

// changeUser lets a command change a copy of an account that the actor sees,
// and commits it.
func (p *Platform) changeUser(ctx context.Context, command string, actor cooperation.Actor, id string, match Match, change func(d *draft, u *cooperation.User, now time.Time) (bool, error)) (*cooperation.User, error) {
	var after cooperation.User
	err := p.people.do(ctx, command, actor, "", "", func(d *draft) error {
		before, ok := p.user(d, id)
		if err := allowed(actor, before, ok, nil); err != nil {
			return err
		}
		if err := match.check(before.Version); err != nil {
			return err
		}
		after = *before
		changed, err := change(d, &after, p.clock())
		if err != nil || !changed {
			return err
		}
		if err := p.keepsAnAdministrator(d, actor, before, &after); err != nil {
			return err
		}
		d.putUser(&after)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if shown := after.Shown(actor); shown != nil {
		return shown, nil
	}
	return &cooperation.User{Schema: after.Schema, ID: after.ID, Version: after.Version, Language: after.Language, Created: after.Created}, nil
}

// allowed refuses an actor who does not see the person as if there were none,
// and one who sees it but may not do what is asked.
func allowed(actor cooperation.Actor, u *cooperation.User, exists bool, may func(cooperation.Actor, *cooperation.User) bool) error {
	if !exists || u.Shown(actor) == nil {
		return cooperation.Absent()
	}
	if may != nil && !may(actor, u) {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	return nil
}

// keepsAnAdministrator refuses the change that leaves the installation without
// anybody who runs it. The operator at the command line can make another.
func (p *Platform) keepsAnAdministrator(d *draft, actor cooperation.Actor, before, after *cooperation.User) error {
	runs := func(u *cooperation.User) bool { return cooperation.ActorOf(u, false).Administers() }
	if actor.IsSystem() || !runs(before) || runs(after) {
		return nil
	}
	for _, other := range p.accounts.UsersWith("", cooperation.Administrator) {
		if now, ok := p.user(d, other.ID); ok && other.ID != after.ID && runs(now) && !now.Service {
			return nil
		}
	}
	return cooperation.Refuse(cooperation.State, "error.state.last_administrator")
}

// freeMail refuses an address that another account has.
func (p *Platform) freeMail(d *draft, u *cooperation.User) error {
	if u.Mail == "" {
		return nil
	}
	if holder, taken := p.mailHolder(d, u.Mail); taken && holder.ID != u.ID {
		return cooperation.Refuse(cooperation.Conflict, "error.conflict.mail")
	}
	return nil
}

// mailHolder finds the account with the address, those of earlier commands of
// the same insert included.
func (p *Platform) mailHolder(d *draft, mail string) (*cooperation.User, bool) {
	for _, c := range d.pending {
		if u, ok := c.document.(*cooperation.User); ok && cooperation.SameMail(u.Mail, mail) {
			return u, true
		}
	}
	found, ok := p.accounts.UserByMail(mail)
	if !ok {
		return nil, false
	}
	now, ok := p.user(d, found.ID)
	return now, ok && cooperation.SameMail(now.Mail, mail)
}
