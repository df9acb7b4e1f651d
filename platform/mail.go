package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// MailState says whether mails are sent, and how many wait. Administrators
// may know it.
func (p *Platform) MailState(actor cooperation.Actor) (state cooperation.MailSwitch, waiting int, err error) {
	if !actor.Administers() {
		return state, 0, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	if m, ok := p.accounts.MailSwitch(); ok {
		state = *m
	}
	for _, id := range p.order {
		waiting += len(p.rooms[id].state.PendingNotifications(farFuture()))
	}
	return state, waiting, nil
}

// farFuture is later than any next attempt.
func farFuture() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }

// MailPaused reports whether no mails are to be sent.
func (p *Platform) MailPaused() bool {
	m, ok := p.accounts.MailSwitch()
	return ok && m.Paused
}

// TurnMail pauses or resumes the sending of mails. When it is resumed, what
// has waited for long goes out with the next digest of each person.
func (p *Platform) TurnMail(ctx context.Context, actor cooperation.Actor, paused bool) error {
	command := "mail.resume"
	if paused {
		command = "mail.pause"
	}
	if !cooperation.MayPauseMail(actor) {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	if !paused && p.MailPaused() { // before the sending begins
		for _, id := range p.order {
			if err := p.hold(ctx, id, func(n *cooperation.Notification, now time.Time) bool {
				return now.Sub(n.Created) >= cooperation.StormAfter
			}); err != nil {
				return err
			}
		}
	}
	return p.people.do(ctx, command, actor, "", "", func(d *draft) error {
		before, ok := decided[*cooperation.MailSwitch](d, catalogue.KindMailSwitch, cooperation.MailSwitchID)
		if !ok {
			before, _ = p.accounts.MailSwitch()
		}
		next, differs, err := before.Turn(paused, actor, p.clock())
		if err == nil && differs {
			d.put(catalogue.KindMailSwitch, cooperation.MailSwitchID, next.Version, next)
		}
		return err
	})
}

// hold puts mails to people that have waited to what goes out with digests.
// Mails to the mailboxes of bodies have no digests, and go out as they are.
func (p *Platform) hold(ctx context.Context, convention string, waited func(n *cooperation.Notification, now time.Time) bool) error {
	_, err := p.whatIsDue(ctx, convention, "mail.hold", func(r *room, d *draft, now time.Time) (pieces []func()) {
		for _, n := range r.state.PendingNotifications(farFuture()) {
			if _, person := p.accounts.User(n.Recipient); !person || n.Reason == digestReason || !waited(n, now) {
				continue
			}
			if current, ok := r.notification(d, n.ID); !ok || current.Status != cooperation.Pending {
				continue
			}
			pieces = append(pieces, func() {
				c := *n
				c.Hold(now)
				d.putNotification(&c)
			})
		}
		return pieces
	})
	return err
}
