package platform

import (
	"context"
	"strings"
	"time"

	"entente/cooperation"
)

// Bounced notes that mails to an address come back, so that none are sent to
// it until it is changed or confirmed, and tells the secretariats of the
// person's conventions in the application. It reports whether the address is
// somebody's; noting it again changes nothing.
func (p *Platform) Bounced(ctx context.Context, actor cooperation.Actor, address, status string) (bool, error) {
	u, ok := p.accounts.UserByMail(address)
	if !ok || !cooperation.MayReportBounce(actor, u) {
		return false, nil
	}
	fresh := false
	changed, err := p.changeOwn(ctx, "user.bounced", actor, u.ID, 0, func(u *cooperation.User, now time.Time) (bool, error) {
		if fresh = strings.EqualFold(u.Mail, strings.TrimSpace(address)) && !u.Bounces(); fresh {
			u.Bounce = &cooperation.Bounce{Address: u.Mail, Status: status, Since: now}
		}
		return fresh, nil
	})
	if err != nil {
		return true, err
	}
	return true, p.tellOfBounce(ctx, changed)
}

// tellOfBounce tells the secretariats. Told twice is told once: the message's
// id follows from the person and the moment of the bounce.
func (p *Platform) tellOfBounce(ctx context.Context, u *cooperation.User) error {
	if !u.Bounces() {
		return nil
	}
	for _, id := range p.order {
		r := p.rooms[id]
		if !cooperation.ActorOf(u, true).Within(id) {
			continue
		}
		err := r.do(ctx, "notification.bounce", notifier, func(d *draft) error {
			p.tell(r, d, cooperation.Occasion{Reason: "mail.bounced", Actor: notifier, Person: u}, p.clock())
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Bounces lists the people whose addresses refuse mails and of whom the actor
// may know it.
func (p *Platform) Bounces(actor cooperation.Actor) []*cooperation.User {
	seen := map[string]bool{}
	var out []*cooperation.User
	for _, c := range p.order {
		for _, u := range p.accounts.Within(c) {
			if u.Bounces() && !seen[u.ID] && cooperation.MayReportBounce(actor, u) {
				seen[u.ID] = true
				out = append(out, u)
			}
		}
	}
	return out
}

// ConfirmMail says that mails reach the person's address again.
func (p *Platform) ConfirmMail(ctx context.Context, actor cooperation.Actor, user string) (*cooperation.User, error) {
	u, ok := p.accounts.User(user)
	if !ok || !cooperation.MayReportBounce(actor, u) {
		return nil, cooperation.Absent()
	}
	if actor.ReadOnly {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	return p.changeOwn(ctx, "user.confirm_mail", actor, user, 0, func(u *cooperation.User, _ time.Time) (bool, error) {
		differs := u.Bounce != nil
		u.Bounce = nil
		return differs, nil
	})
}
