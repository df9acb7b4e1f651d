package platform

import (
	"iter"
	"slices"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// glance is a look at the clocks of a convention: at the documents of which
// something may be due, and what they say.
type glance struct {
	catalogue.Look
	now  time.Time
	says [][]cooperation.Clock // by document, in the order of Asked
}

// glance asks the documents of which something may be due at a moment for their
// clocks.
func (p *Platform) glance(r *room, now time.Time) *glance {
	people, conv := p.accounts.Position(), r.convention()
	k := conv.Timekeeper(r.state, now)
	l := &glance{Look: r.state.Look(catalogue.View{Convention: conv, Today: k.Today(), People: people}, now), now: now}
	l.says = make([][]cooperation.Clock, len(l.Asked))
	for i, asked := range l.Asked {
		l.says[i] = asked.Clocks(k)
	}
	return l
}

// holds reports whether nothing has been written since a look.
func (p *Platform) holds(r *room, l *glance) bool {
	return r.state.Position() == l.Position && p.accounts.Position() == l.View.People
}

// clocks are those of all that were asked.
func (l *glance) clocks() iter.Seq[cooperation.Clock] {
	return func(yield func(cooperation.Clock) bool) {
		for _, said := range l.says {
			for _, c := range said {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// rest lets those rest of whose clocks none has run out that the platform ends,
// and of which nobody is to be reminded, until the next moment of one. due are
// the reminders that are still to be told; reconfirmed says that nobody was
// still to be asked to re-confirm a posting.
func (l *glance) rest(r *room, due []cooperation.DueReminder, reconfirmed bool) {
	for i, asked := range l.Asked {
		quiet, next := true, time.Time{}
		for _, c := range l.says[i] {
			_, _, come := c.Reminder(l.now)
			quiet = quiet && (!c.Ends || !c.Over(l.now)) && (c.Kind != cooperation.ReconfirmClock || !come || reconfirmed) &&
				!slices.ContainsFunc(due, func(d cooperation.DueReminder) bool { return d.Clock.ID == c.ID })
			for at := range moments(&c) {
				if at.After(l.now) && (next.IsZero() || at.Before(next)) {
					next = at
				}
			}
		}
		if quiet {
			r.state.Rest(l.Look, asked, next)
		}
	}
}

// moments are those at which something may become due of a clock.
func moments(c *cooperation.Clock) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if !c.Due.IsZero() && !yield(c.Due) {
			return
		}
		for _, r := range c.Reminders {
			if !yield(r.At) {
				return
			}
		}
	}
}
