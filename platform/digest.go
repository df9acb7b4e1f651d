package platform

import (
	"context"
	"maps"
	"slices"
	"time"

	"entente/cooperation"
)

// Digest sends what has waited for the people of a convention whose slot has
// come: one message a person, in the same commit that takes what it holds from
// what waits, so that it goes out once whatever crashes and however many
// replicas ask. It returns for how many people something was done.
func (p *Platform) Digest(ctx context.Context, convention string) (int, error) {
	return p.whatIsDue(ctx, convention, "digest", func(r *room, d *draft, now time.Time) (pieces []func()) {
		held := r.state.HeldNotifications()
		for _, id := range slices.Sorted(maps.Keys(held)) {
			u, ok := p.accounts.User(id)
			if !ok {
				u = &cooperation.User{ID: id} // nobody: nothing more is sent
			}
			var due, dropped []*cooperation.Notification
			for _, n := range held[id] {
				if current, ok := r.notification(d, n.ID); !ok || current.Status != cooperation.Held {
					continue
				}
				switch now, drop := cooperation.DigestDue(u, n, r.convention().Calendar.Zone, now); {
				case drop:
					dropped = append(dropped, n)
				case now:
					due = append(due, n)
				}
			}
			if len(due)+len(dropped) > 0 {
				pieces = append(pieces, func() { p.gather(r, d, due, dropped, now) })
			}
		}
		return pieces
	})
}

// gather puts what is due into one message and takes it from what waits.
func (p *Platform) gather(r *room, d *draft, due, dropped []*cooperation.Notification, now time.Time) {
	digest := ""
	if len(due) > 0 {
		before := len(d.changes)
		p.tell(r, d, cooperation.Occasion{Reason: "digest", Actor: clockwork, Held: due}, now)
		if len(d.changes) > before {
			digest = d.changes[before].id
		}
	}
	for i, n := range append(slices.Clone(due), dropped...) {
		c := *n
		if i < len(due) {
			c.Gather(digest, now)
		} else {
			c.Gather("", now)
		}
		d.putNotification(&c)
	}
}
