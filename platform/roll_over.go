package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// remindTerms tells people of what is to be seen to before the membership of a
// committee changes. Nothing has to be done at the roll-over itself: the day
// decides.
func (p *Platform) remindTerms(ctx context.Context, r *room) (told int, err error) {
	if now := p.clock(); !p.rollsOver(r, now) {
		return 0, nil // the commands in the queue need not wait for this
	}
	err = r.do(ctx, "clock.roll_over", clockwork, func(d *draft) error {
		now := p.clock()
		for _, o := range r.rollOvers(r.under(d), d, now) {
			p.tell(r, d, o, now)
		}
		told = len(d.changes)
		return nil
	})
	return told, err
}

// rollsOver reports whether there is somebody to be told.
func (p *Platform) rollsOver(r *room, now time.Time) bool {
	for _, o := range r.rollOvers(r.convention(), nil, now) {
		o.Convention = r.convention()
		if len(p.teller.Tell(o, p.accounts.Within(r.id()), now)) > 0 {
			return true
		}
	}
	return false
}

// rollOvers are the occasions of the day, one for each committee of which
// reminders are due.
func (r *room) rollOvers(c *cooperation.Convention, d *draft, now time.Time) (all []cooperation.Occasion) {
	today := c.Timekeeper(r.state, now).Today() // where the secretariat sits, as everything that follows from terms
	for _, b := range c.Committees {
		if due := b.TermReminders(today); len(due) > 0 {
			all = append(all, cooperation.Occasion{Reason: "committee.roll_over", Actor: clockwork, Committee: &b, RollOvers: due,
				Told: func(recipient, id string) bool { return r.reminded(d, recipient, id) }})
		}
	}
	return all
}
