package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// clockwork is the platform acting when a time has come.
var clockwork = cooperation.System("clock")

// Lapse ends the needs and offers of a convention whose validity has run out,
// and returns how many. What is due follows from the documents alone, so it
// may be asked at any time, by any number of replicas, after any outage.
func (p *Platform) Lapse(ctx context.Context, convention string) (int, error) {
	return p.whatIsDue(ctx, convention, "clock.lapse", func(r *room, d *draft, now time.Time) (pieces []func()) {
		due := r.state.Expired(cooperation.DateOf(now))
		for _, id := range due.Needs {
			pieces = append(pieces, func() { p.lapseNeed(r, d, id, now) })
		}
		for _, id := range due.Offers {
			pieces = append(pieces, func() { p.lapseOffer(r, d, id, now) })
		}
		return pieces
	})
}

func (p *Platform) lapseNeed(r *room, d *draft, id string, now time.Time) {
	n, ok := r.need(d, id)
	if !ok {
		return
	}
	c := *n
	if c.Lapse(clockwork, now) != nil {
		return // it was changed meanwhile
	}
	d.putNeed(&c)
	p.tell(r, d, cooperation.Occasion{Reason: "need.lapse", Actor: clockwork, Need: &c}, now)
}

func (p *Platform) lapseOffer(r *room, d *draft, id string, now time.Time) {
	o, ok := r.offer(d, id)
	if !ok {
		return
	}
	c := *o
	if c.Lapse(clockwork, now) != nil {
		return
	}
	d.putOffer(&c)
	p.tell(r, d, cooperation.Occasion{Reason: "offer.lapse", Actor: clockwork, Offer: &c}, now)
}

// AskToReconfirm tells those whose postings run out soon, once for each
// validity, and returns how many postings were asked about.
func (p *Platform) AskToReconfirm(ctx context.Context, convention string) (int, error) {
	return p.whatIsDue(ctx, convention, "clock.reconfirm", func(r *room, d *draft, now time.Time) (pieces []func()) {
		today := cooperation.DateOf(now)
		due := r.state.Expired(today.AddDays(r.convention().ReconfirmDays))
		for _, id := range due.Needs {
			if n, ok := r.need(d, id); ok && !n.ValidUntil.Before(today) {
				pieces = append(pieces, func() {
					p.tell(r, d, cooperation.Occasion{Reason: "need.reconfirm_due", Actor: clockwork, Need: n}, now)
				})
			}
		}
		for _, id := range due.Offers {
			if o, ok := r.offer(d, id); ok && !o.ValidUntil.Before(today) {
				pieces = append(pieces, func() {
					p.tell(r, d, cooperation.Occasion{Reason: "offer.reconfirm_due", Actor: clockwork, Offer: o}, now)
				})
			}
		}
		return pieces
	})
}

// whatIsDue does what the time has come for, in as many commits as it takes.
// A piece of it that changes nothing was done before.
func (p *Platform) whatIsDue(ctx context.Context, convention, command string, due func(r *room, d *draft, now time.Time) []func()) (int, error) {
	r, err := p.room(convention)
	if err != nil {
		return 0, err
	}
	for count := 0; ; {
		done := 0
		err := r.do(ctx, command, clockwork, func(d *draft) error {
			done = some(d, due(r, d, p.clock()))
			return nil
		})
		if err != nil || done == 0 {
			return count, err
		}
		count += done
	}
}

// some does as many of the pieces as one commit holds, and returns how many of
// them changed something.
func some(d *draft, pieces []func()) (count int) {
	for _, piece := range pieces {
		if count == chunk {
			break
		}
		was := len(d.changes)
		fits, _ := d.add(func() error {
			piece()
			return nil
		})
		if !fits {
			break
		}
		if len(d.changes) > was {
			count++
		}
	}
	return count
}
