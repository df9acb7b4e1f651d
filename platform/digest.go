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
// replicas ask. What should have been sent long ago goes into it, and so does an
// earlier digest that could not be sent yet: whoever comes back after an outage
// gets one mail, and not one for every day. It returns for how many people
// something was done.
func (p *Platform) Digest(ctx context.Context, convention string) (int, error) {
	if err := p.hold(ctx, convention, (*cooperation.Notification).Late); err != nil {
		return 0, err
	}
	late, busy, err := p.unsentDigests(ctx, convention)
	if err != nil {
		return 0, err
	}
	return p.whatIsDue(ctx, convention, "digest", func(r *room, d *draft, now time.Time) (pieces []func()) {
		held := r.state.HeldNotifications()
		for id := range late {
			held[id] = held[id][:len(held[id]):len(held[id])] // who waits for nothing but an earlier digest
		}
		for _, id := range slices.Sorted(maps.Keys(held)) {
			u, ok := p.accounts.User(id)
			if !ok {
				u = &cooperation.User{ID: id} // nobody: nothing more is sent
			}
			if busy[id] {
				continue // an earlier one is being sent, or gathered, by somebody else: the next look knows more
			}
			if w := r.waiting(d, u, held[id], late[id], now); len(w.due)+len(w.dropped)+len(w.late) > 0 {
				pieces = append(pieces, func() { p.gather(r, d, w, now) })
			}
		}
		return pieces
	})
}

// waiting is what one person's digest is made of.
type waiting struct {
	due, dropped, late []*cooperation.Notification
}

// waiting sorts what is held for a person. What is in the earlier digests that
// go into the new one comes first.
func (r *room) waiting(d *draft, u *cooperation.User, held, late []*cooperation.Notification, now time.Time) (w waiting) {
	almanac, last := r.convention().Almanac(), r.lastDigest(d, u.ID)
	for _, n := range held {
		if current, ok := r.notification(d, n.ID); !ok || current.Status != cooperation.Held {
			continue
		}
		switch now, drop := cooperation.DigestDue(u, n, almanac, last, now); {
		case drop:
			w.dropped = append(w.dropped, n)
		case now:
			w.due = append(w.due, n)
		}
	}
	var before []*cooperation.Notification
	for _, n := range late {
		if current, ok := r.notification(d, n.ID); !ok || current.Status != cooperation.Pending || current.Attempts != n.Attempts {
			continue
		}
		w.late = append(w.late, n)
		for _, id := range n.Gathered {
			part, ok := r.notification(d, id)
			if !ok || part.Digest != n.ID {
				continue
			}
			if _, drop := cooperation.DigestDue(u, part, almanac, last, now); !drop {
				before = append(before, part)
			}
		}
	}
	w.due = append(before, w.due...)
	w.due = w.due[:min(len(w.due), max(len(before), mostGathered))]
	return w
}

// mostGathered bounds what one digest holds, for one commit holds it: of a
// person who was away for months, the rest comes with the digests of the days
// after.
const mostGathered = 200

// lastDigest is when the last digest of a person was made, be it decided and not
// written yet.
func (r *room) lastDigest(d *draft, user string) time.Time {
	last := r.state.LastDigest(user)
	for _, n := range decidedAll[*cooperation.Notification](d, "notification") {
		if n.Reason == digestReason && n.Recipient == user && n.Created.After(last) {
			last = n.Created
		}
	}
	return last
}

// unsentDigests finds, for each person, the digests of earlier days that are
// not sent yet, and takes the claims of their next attempts. Where somebody else
// holds one of these, the person is busy.
func (p *Platform) unsentDigests(ctx context.Context, convention string) (late map[string][]*cooperation.Notification, busy map[string]bool, err error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, nil, err
	}
	now, held := p.clock(), r.state.HeldNotifications()
	late, busy = map[string][]*cooperation.Notification{}, map[string]bool{}
	for _, n := range r.state.PendingNotifications(farFuture()) {
		u, ok := p.accounts.User(n.Recipient)
		if n.Reason != digestReason || len(n.Gathered) == 0 || !ok {
			continue
		}
		if !r.digestComes(u, n, held[n.Recipient], now) {
			continue
		}
		won, err := p.store.Ephemeral().Claim(ctx, n.AttemptClaim(), []byte(clockwork.ID), now.Add(claimed), now)
		if err != nil {
			return nil, nil, unavailable(err)
		}
		if won {
			late[n.Recipient] = append(late[n.Recipient], n)
		} else {
			busy[n.Recipient] = true
		}
	}
	return late, busy, nil
}

// digestComes reports whether an earlier digest of a person is replaced: by one
// for which something is held or, when it is late, by one of what it holds. One
// that is late and holds nothing of which the person is still to be told is
// replaced by nothing.
func (r *room) digestComes(u *cooperation.User, n *cooperation.Notification, held []*cooperation.Notification, now time.Time) bool {
	almanac, last := r.convention().Almanac(), r.state.LastDigest(u.ID)
	comes, empty := false, true
	for _, h := range held {
		due, _ := cooperation.DigestDue(u, h, almanac, last, now)
		comes = comes || due
	}
	for _, id := range n.Gathered {
		if part, ok := r.state.Notification(id); ok && !comes && n.Late(now) {
			due, drop := cooperation.DigestDue(u, part, almanac, last, now)
			comes, empty = comes || due, empty && drop
		}
	}
	return comes || n.Late(now) && empty
}

// digestReason is the reason of the mail that holds what has waited.
const digestReason = "digest"

// claimed is how long the next attempt of a digest is kept from being made, for
// a new one to take its place. It outlasts a commit.
const claimed = time.Minute

// gather puts what is due into one message and takes it from what waits.
func (p *Platform) gather(r *room, d *draft, w waiting, now time.Time) {
	digest := ""
	if len(w.due) > 0 {
		before := len(d.changes)
		p.tell(r, d, cooperation.Occasion{Reason: digestReason, Actor: clockwork, Held: w.due}, now)
		if len(d.changes) > before {
			digest = d.changes[before].id
		}
	}
	for _, n := range slices.Concat(w.due, w.late) {
		c := *n
		c.Gather(digest, now)
		d.putNotification(&c)
	}
	for _, n := range w.dropped {
		c := *n
		c.Gather("", now)
		d.putNotification(&c)
	}
}
