package platform

import (
	"context"

	"entente/cooperation"
)

// Lapse ends the needs and offers of a convention whose validity has run out,
// and returns how many. What is due follows from the documents alone, so it
// may be asked at any time, by any number of replicas, after any outage.
func (p *Platform) Lapse(ctx context.Context, convention string) (int, error) {
	r, err := p.room(convention)
	if err != nil {
		return 0, err
	}
	clock := cooperation.System("clock")
	count := 0
	for {
		lapsed := 0
		err := r.do(ctx, "clock.lapse", clock, func(d *draft) error {
			lapsed = 0
			now := p.clock()
			due := r.state.Expired(cooperation.DateOf(now))
			for _, id := range due.Needs[:min(chunk, len(due.Needs))] {
				if n, ok := r.need(d, id); ok {
					c := *n
					if c.Lapse(clock, now) == nil {
						d.putNeed(&c)
						p.tell(r, d, cooperation.Occasion{Reason: "need.lapse", Actor: clock, Need: &c}, now)
						lapsed++
					}
				}
			}
			for _, id := range due.Offers[:min(chunk, len(due.Offers))] {
				if o, ok := r.offer(d, id); ok {
					c := *o
					if c.Lapse(clock, now) == nil {
						d.putOffer(&c)
						p.tell(r, d, cooperation.Occasion{Reason: "offer.lapse", Actor: clock, Offer: &c}, now)
						lapsed++
					}
				}
			}
			return nil
		})
		count += lapsed
		if err != nil || lapsed == 0 {
			return count, err
		}
	}
}

// AskToReconfirm tells those whose postings run out soon, once for each
// validity, and returns how many postings were asked about.
func (p *Platform) AskToReconfirm(ctx context.Context, convention string) (int, error) {
	r, err := p.room(convention)
	if err != nil {
		return 0, err
	}
	clock := cooperation.System("clock")
	asked := 0
	err = r.do(ctx, "clock.reconfirm", clock, func(d *draft) error {
		asked = 0
		now := p.clock()
		today := cooperation.DateOf(now)
		before := func() int { return len(d.changes) }
		due := r.state.Expired(today.AddDays(r.convention.ReconfirmDays))
		for _, id := range due.Needs {
			if n, ok := r.need(d, id); ok && len(d.changes) < chunk && !n.ValidUntil.Before(today) {
				was := before()
				p.tell(r, d, cooperation.Occasion{Reason: "need.reconfirm_due", Actor: clock, Need: n}, now)
				asked += min(1, before()-was)
			}
		}
		for _, id := range due.Offers {
			if o, ok := r.offer(d, id); ok && len(d.changes) < chunk && !o.ValidUntil.Before(today) {
				was := before()
				p.tell(r, d, cooperation.Occasion{Reason: "offer.reconfirm_due", Actor: clock, Offer: o}, now)
				asked += min(1, before()-was)
			}
		}
		return nil
	})
	return asked, err
}
