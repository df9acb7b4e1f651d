package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// InvitationLife is how long somebody has to accept an invitation.
const InvitationLife = 14 * 24 * time.Hour

// The reasons of mails about accounts.
const (
	ReasonInvitation = "account.invitation"
	ReasonGrants     = "account.grants"
	ReasonReset      = "account.reset"
	ReasonSignIn     = "account.sign_in"
)

// Invite invites a person to roles by mail. Whoever has an account with that
// address gets the roles in it, and one who has not accepted yet a new
// invitation, where anything is new; the same again changes nothing.
func (p *Platform) Invite(ctx context.Context, actor cooperation.Actor, content cooperation.Person, grants []cooperation.Grant) (*cooperation.User, error) {
	link, err := p.newInvitation(ctx)
	if err != nil {
		return nil, err
	}
	var made *cooperation.User
	err = p.people.do(ctx, "user.invite", actor, "", "", func(d *draft) error {
		now := p.clock()
		if before, known := p.mailHolder(d, content.Mail); known {
			made = before
			return p.inviteAgain(d, actor, before, grants, link, now, &made)
		}
		fresh, err := cooperation.NewUser(cooperation.NewID(), content, grants, false, actor, now)
		if err != nil {
			return err
		}
		if fresh.Mail == "" {
			return mailRequired()
		}
		if err := p.checkUser(fresh); err != nil {
			return err
		}
		fresh.Invitation, made = link, fresh
		d.putUser(fresh)
		p.tellInvitation(d, fresh, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return shown(actor, made)
}

// inviteAgain gives roles to whoever has the address already.
func (p *Platform) inviteAgain(d *draft, actor cooperation.Actor, before *cooperation.User, grants []cooperation.Grant, link string, now time.Time, made **cooperation.User) error {
	if !cooperation.MayInvite(actor, grants) {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	after := *before
	added, err := after.Give(actor, grants, now)
	if err != nil || len(added) == 0 {
		return err
	}
	if err := p.checkGrants(&after, added); err != nil {
		return err
	}
	*made = &after
	if !after.Waiting() {
		d.putUser(&after)
		p.tellGrants(d, actor, &after, added, now)
		return nil
	}
	after.Invitation, after.Invited = link, now.UTC().Truncate(time.Millisecond)
	d.putUser(&after)
	p.tellInvitation(d, &after, now)
	return nil
}

// Reinvite sends an invitation again. The link of before is dead.
func (p *Platform) Reinvite(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.User, error) {
	link, err := p.newInvitation(ctx)
	if err != nil {
		return nil, err
	}
	return p.changeUser(ctx, "user.reinvite", actor, id, 0, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		if !u.Waiting() {
			return false, cooperation.Refuse(cooperation.State, "error.state.not_invited")
		}
		if err := u.Invite(actor, link, now); err != nil {
			return false, err
		}
		p.tellInvitation(d, u, now)
		return true, nil
	})
}

// Uninvite takes an invitation back: its link is dead. The account goes on
// waiting, and can be invited again or disabled.
func (p *Platform) Uninvite(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.User, error) {
	return p.changeUser(ctx, "user.uninvite", actor, id, 0, func(d *draft, u *cooperation.User, now time.Time) (bool, error) {
		if !u.Waiting() {
			return false, cooperation.Refuse(cooperation.State, "error.state.not_invited")
		}
		if u.Invitation == "" {
			return false, nil
		}
		return true, u.Uninvite(actor, now)
	})
}

// CreateService makes an account for a program, which acts by tokens alone. The
// same key gives the same account again.
func (p *Platform) CreateService(ctx context.Context, actor cooperation.Actor, name, language string, grants []cooperation.Grant, key string) (*cooperation.User, error) {
	id := creationID(catalogue.KindUser, "", actor, key)
	var made *cooperation.User
	err := p.people.do(ctx, "user.create_service", actor, "", "", func(d *draft) (err error) {
		if made, err = cooperation.NewUser(id, cooperation.Person{Name: name, Language: language}, grants, true, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := p.user(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.Grants, made.Grants) && before.Name == made.Name)
			return err
		}
		if err := p.checkUser(made); err != nil {
			return err
		}
		d.putUser(made)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made.Shown(actor), nil
}

// newInvitation is a link that names nobody: the account that is invited by
// it names the link, in the same commit as the mail that carries it, so that
// the two cannot part whatever is cut off.
func (p *Platform) newInvitation(ctx context.Context) (id string, err error) {
	return p.IssueLink(ctx, cooperation.LinkInvitation, "", InvitationLife)
}

// shown is the account as the actor sees it.
func shown(actor cooperation.Actor, u *cooperation.User) (*cooperation.User, error) {
	if s := u.Shown(actor); s != nil {
		return s, nil
	}
	return nil, cooperation.Absent()
}

// SendLink issues a one-time link for a user and has it sent to the user's own
// address, so that whoever asks for it never sees it. The log holds who asked
// and the link's id; its secret is first written when the mail is.
func (p *Platform) SendLink(ctx context.Context, actor cooperation.Actor, purpose cooperation.LinkPurpose, user string, life time.Duration) error {
	reason := ReasonReset
	if purpose == cooperation.LinkSignIn {
		reason = ReasonSignIn
	}
	u, ok := p.accounts.User(user)
	if err := allowed(actor, u, ok, cooperation.MaySendLink); err != nil {
		return err
	}
	id, err := p.IssueLink(ctx, purpose, user, life)
	if err != nil {
		return err
	}
	return p.people.do(ctx, "link.send", actor, "", "", func(d *draft) error {
		u, ok := p.user(d, user)
		if err := allowed(actor, u, ok, cooperation.MaySendLink); err != nil {
			return err
		}
		n := accountMail(u, reason, id, nil, p.clock())
		if !actor.IsSystem() { // the person has not asked for it
			n.Lines[0] = plain("notify." + reason + ".sent")
		}
		d.putNotification(n)
		return nil
	})
}

func (p *Platform) tellInvitation(d *draft, u *cooperation.User, now time.Time) {
	p.tellAccount(d, u, ReasonInvitation, u.Invitation, u.Grants, now)
}

// tellGrants tells somebody of new roles, unless nobody can be told or the
// person gave them to oneself.
func (p *Platform) tellGrants(d *draft, actor cooperation.Actor, u *cooperation.User, added []cooperation.Grant, now time.Time) {
	if u.Mail == "" || u.Service || u.Waiting() || actor.ID == u.ID {
		return
	}
	p.tellAccount(d, u, ReasonGrants, "", added, now)
}

// tellAccount adds a mail about an account to the draft.
func (p *Platform) tellAccount(d *draft, u *cooperation.User, reason, link string, grants []cooperation.Grant, now time.Time) {
	d.putNotification(accountMail(u, reason, link, grants, now))
}

// accountMail is a mail about an account. It names nobody: people's names are
// kept in their accounts alone.
func accountMail(u *cooperation.User, reason, link string, grants []cooperation.Grant, now time.Time) *cooperation.Notification {
	now = now.UTC().Truncate(time.Millisecond)
	n := &cooperation.Notification{Recipient: u.ID, Reason: reason, Link: link, Status: cooperation.Pending,
		Subject: plain("notify." + reason + ".subject"), Lines: []message.Message{plain("notify." + reason + ".intro")}}
	for _, g := range grants {
		n.Lines = append(n.Lines, g.Sentence())
	}
	if link != "" {
		n.Lines = append(n.Lines, plain("notify.account.once"))
	}
	n.Schema, n.ID, n.Version, n.Created, n.Updated = cooperation.Schema, cooperation.NewID(), 1, now, now
	return n
}

// recordAccountDelivery is RecordDelivery for a mail about an account.
func (p *Platform) recordAccountDelivery(ctx context.Context, id string, attempt int, sent bool, next time.Time, class string) error {
	return p.people.do(ctx, "notification.deliver", notifier, "", "", func(d *draft) error {
		n, ok := decided[*cooperation.Notification](d, catalogue.KindNotification, id)
		if !ok {
			n, ok = p.accounts.Notification(id)
		}
		if !ok || n.Status != cooperation.Pending || n.Attempts != attempt {
			return nil
		}
		tried := *n
		tried.RecordDelivery(sent, next, class, p.clock())
		d.putNotification(&tried)
		return nil
	})
}

// PendingAccountMails lists the mails about accounts that are to be sent now.
func (p *Platform) PendingAccountMails(now time.Time) []*cooperation.Notification {
	return p.accounts.PendingNotifications(now)
}

// AccountMail returns a mail about an account as it stands now. One whose link
// is dead is not there any more.
func (p *Platform) AccountMail(id string) (*cooperation.Notification, bool) {
	n, ok := p.accounts.Notification(id)
	if !ok {
		return nil, false
	}
	u, known := p.accounts.User(n.Recipient)
	return n, known && !u.Erased && (n.Reason != ReasonInvitation || u.Invitation == n.Link)
}

// checkGrants holds new roles against the rules, as if they were all.
func (p *Platform) checkGrants(u *cooperation.User, added []cooperation.Grant) error {
	bare := *u
	bare.Grants = added
	if err := p.checkUser(&bare); err != nil {
		return err
	}
	if len(u.Grants) > mostGrants {
		return cooperation.Refuse(cooperation.TooLarge, "error.too_large.grants", message.Int("max", mostGrants))
	}
	return nil
}

// mostGrants is how many roles one person may hold.
const mostGrants = 50

func mailRequired() error {
	return fieldAtFault("mail", "error.invalid.required")
}

// fieldAtFault refuses one field of a request.
func fieldAtFault(field, key string) error {
	e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", message.Count(1))
	e.Fields = []cooperation.FieldError{{Field: field, Message: message.New(key)}}
	return e
}

func plain(key string) message.Message { return message.New(key) }
