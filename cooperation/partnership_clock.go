package cooperation

import (
	"slices"
	"time"

	"entente/reference"
)

// The clocks of a partnership.
const (
	FollowUpClock   ClockKind = "follow_up"  // in which a partner says how it goes
	DeliveryClock   ClockKind = "delivery"   // after the last day, in which the partners say what was delivered
	CompletionClock ClockKind = "completion" // in which the other partners agree to what was delivered, or are silent
)

// Clocks of a partnership are the question to each partner that has not
// answered it, the time after its last day, and the time in which the others
// agree to what one of them has stated as delivered.
func (p *Partnership) Clocks(k *Timekeeper) []Clock {
	n, ok := k.postings.Need(p.Need)
	if !ok {
		return nil
	}
	out := p.questionClocks(k, n)
	if p.Completion != nil && p.Status == PartnershipActive {
		return append(out, p.completionClock(k, n))
	}
	if end := p.ExpectedEnd(); p.Status == PartnershipActive && !end.IsZero() && end.Before(k.Today()) {
		c := p.clock(DeliveryClock, end.String(), k.End(end), owners(p.Partners(n))...)
		c.Last = end.AddMonths(1)
		c.Due = k.End(c.Last)
		c.Reminders = []Reminder{{At: c.Started, To: c.Owners}, {At: c.Due, To: append([]Owner{k.facilitator(p, n)}, c.Owners...)},
			{At: k.End(end.AddMonths(3)), To: []Owner{SecretariatOwns()}}}
		out = append(out, c)
	}
	return out
}

// questionClocks ask the partners who have not answered: two weeks before the
// day, when it is over together with whoever facilitates, and a month later the
// secretariat. The next question takes the place of one that was not answered.
func (p *Partnership) questionClocks(k *Timekeeper, n *Need) (out []Clock) {
	q, asked := p.Asked(k.Today())
	if !asked {
		return nil
	}
	for _, of := range p.Partners(n) {
		if p.answered(q, of) {
			continue
		}
		c := p.clock(FollowUpClock, q.Due.String()+string(of.Side)+string(of.Participant), k.Begin(q.Opens), of.owner())
		c.Last, c.Due = q.Due, k.End(q.Due)
		first := q.Due.AddDays(-14)
		if first.Before(q.Opens) {
			first = q.Opens
		}
		c.Reminders = []Reminder{{At: k.Begin(first), To: c.Owners}, {At: c.Due, To: append([]Owner{k.facilitator(p, n)}, c.Owners...)},
			{At: k.End(q.Due.AddMonths(1)), To: []Owner{SecretariatOwns()}}}
		out = append(out, c)
	}
	return out
}

// completionClock gives the other partners as long as an introduction gives
// them to reply.
func (p *Partnership) completionClock(k *Timekeeper, n *Need) Clock {
	since := p.Completion.Time
	c := p.clock(CompletionClock, since.String(), since, owners(p.Waiting(n))...)
	c.Last = p.Completion.SilentUntil(k)
	c.Due, c.Ends = k.End(c.Last), true
	half := k.Day(since).AddDays(int(c.Last.Days()-k.Day(since).Days()) / 2)
	c.Reminders = []Reminder{{At: k.Begin(half), To: c.Owners}, {At: k.Begin(c.Last.AddDays(-7)), To: c.Owners}}
	return c
}

func (p *Partnership) clock(kind ClockKind, what string, started time.Time, owners ...Owner) Clock {
	return Clock{ID: DerivedID("clock", string(kind), p.ID, what), Kind: kind, Convention: p.Convention, Document: "partnership/" + p.ID, Owners: owners, Started: started}
}

func owners(partners []Partner) []Owner {
	out := make([]Owner, len(partners))
	for i, of := range partners {
		out[i] = of.owner()
	}
	return out
}

// facilitator is whoever brings the sides of a partnership together: who
// presides over the body that facilitates, its State not being on a side, or
// the secretariat.
func (k *Timekeeper) facilitator(p *Partnership, n *Need) Owner {
	if k.convention.Facilitator == SecretariatFacilitates {
		return SecretariatOwns()
	}
	onSide := func(country reference.Country) bool {
		return slices.Contains(n.Beneficiaries, country) || slices.ContainsFunc(p.Providers, func(s Share) bool { return string(s.Provider) == country.Alpha2() })
	}
	for _, b := range k.convention.BodiesFor(n.Themes) {
		if country, _, presided := b.PresidingOn(k.Today(), onSide); presided {
			return MemberOwns(b.ID, Participant(country.Alpha2()))
		}
	}
	return SecretariatOwns()
}
