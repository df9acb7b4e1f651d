package platform

import (
	"context"
	"slices"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// clockwork is the platform acting when a time has come.
var clockwork = cooperation.System("clock")

// Ticked is what a look at the clocks brought about.
type Ticked struct {
	Ended int // clocks that had run out and on which the platform acted
	Told  int // messages that remind somebody
}

// Tick does what the clocks of a convention ask for: what follows when one has
// run out, and reminding those whose step it is. What is due follows from the
// documents alone, so it may be asked at any time, by any number of replicas,
// after any outage: everything happens once, and of the reminders of a clock
// only the latest is told. All that one person is reminded of is one message.
func (p *Platform) Tick(ctx context.Context, convention string) (ticked Ticked, err error) {
	r, err := p.room(convention)
	if err != nil {
		return ticked, err
	}
	l := p.glance(r, p.clock())
	ends, asks := map[cooperation.ClockKind][]step{}, []step{}
	var late []cooperation.Clock
	for c := range l.clocks() {
		now := l.now
		if c.Ends && c.Over(now) && c.Kind == cooperation.IntroduceClock {
			late = append(late, c)
		} else if c.Ends && c.Over(now) && (c.Kind == cooperation.ReplyClock || c.Kind == cooperation.AnswerClock) {
			ends[c.Kind] = append(ends[c.Kind], p.elapseLate(r, c))
		} else if c.Ends && c.Over(now) {
			ends[c.Kind] = append(ends[c.Kind], func(d *draft, now time.Time) error { p.endClock(r, d, c, now); return nil })
		} else if _, _, come := c.Reminder(now); come && c.Kind == cooperation.ReconfirmClock {
			asks = append(asks, func(d *draft, now time.Time) error { p.askToReconfirm(r, d, c, now); return nil })
		}
	}
	for _, v := range r.state.ReviewsUnderWay() {
		if v.Status == cooperation.ReviewWaiting { // for members, and not for a moment
			ends[cooperation.MembersClock] = append(ends[cooperation.MembersClock], func(d *draft, now time.Time) error { p.elapse(r, d, v.ID, now); return nil })
		}
	}
	ends[cooperation.IntroduceClock] = p.introduceLate(r, late)
	for _, kind := range cooperation.ClockKinds() {
		ended, err := r.inSteps(ctx, commandAtEnd(kind), ends[kind], p.clock)
		if ticked.Ended += ended; err != nil {
			return ticked, err
		}
	}
	if ticked.Ended, err = p.endOutlived(ctx, r, ticked.Ended); err != nil {
		return ticked, err
	}
	if ticked.Told, err = r.inSteps(ctx, "clock.reconfirm", asks, p.clock); err != nil {
		return ticked, err
	}
	told, err := p.remind(ctx, r, l, ticked.Told == 0)
	if ticked.Told += told; err != nil {
		return ticked, err
	}
	told, err = p.remindTerms(ctx, r)
	ticked.Told += told
	return ticked, err
}

// endOutlived ends proposals whose postings have ended and then, in the same look,
// talks whose proposals have: nobody is reminded of terms that cannot be agreed on
// any more.
func (p *Platform) endOutlived(ctx context.Context, r *room, before int) (ended int, err error) {
	ended = before
	var proposals []step
	for _, id := range r.state.Outlived() {
		proposals = append(proposals, func(d *draft, now time.Time) error { return p.expire(r, d, id, now) })
	}
	expired, err := r.inSteps(ctx, "clock.expire", proposals, p.clock)
	if ended += expired; err != nil {
		return ended, err
	}
	var talks []step
	for _, id := range r.state.OutlivedAgreements() {
		talks = append(talks, func(d *draft, now time.Time) error { return p.outlive(r, d, id, now) })
	}
	outlived, err := r.inSteps(ctx, "clock.expire", talks, p.clock)
	return ended + outlived, err
}

// commandAtEnd is the command by which the platform acts when a clock has run
// out.
func commandAtEnd(kind cooperation.ClockKind) string {
	if kind == cooperation.ReconfirmClock {
		return "clock.lapse"
	}
	return "clock." + string(kind)
}

// clocks are the deadlines of all documents of which the actor may own some.
func (r *room) clocks(actor cooperation.Actor, now time.Time) (out []cooperation.Clock) {
	k := r.convention().Timekeeper(r.state, now)
	for _, doc := range r.state.Clocked(actor) {
		out = append(out, doc.Clocks(k)...)
	}
	return out
}

// inSteps writes steps in as few commits as fit and returns how many of them
// changed something. A step that changes nothing was done before.
func (r *room) inSteps(ctx context.Context, command string, steps []step, clock func() time.Time) (count int, err error) {
	for len(steps) > 0 {
		var taken, done int
		err := r.do(ctx, command, clockwork, func(d *draft) error {
			taken, done = 0, 0
			for now := clock(); taken < min(d.portion.Pieces, len(steps)); taken++ {
				was := len(d.changes)
				if fits, err := d.add(func() error { return steps[taken](d, now) }); err != nil || !fits {
					return err
				}
				if len(d.changes) > was {
					done++
				}
			}
			return nil
		})
		if err != nil {
			return count, err
		}
		count, steps = count+done, steps[taken:]
	}
	return count, nil
}

// endClock does what follows when a clock has run out. The document is read
// again: somebody may have acted since the clock was looked at.
func (p *Platform) endClock(r *room, d *draft, c cooperation.Clock, now time.Time) {
	kind, id, _ := strings.Cut(c.Document, "/")
	switch {
	case c.Kind == cooperation.ReconfirmClock && kind == "need":
		p.lapseNeed(r, d, id, now)
	case c.Kind == cooperation.ReconfirmClock && kind == "offer":
		p.lapseOffer(r, d, id, now)
	case kind == "review":
		p.elapse(r, d, id, now)
	case c.Kind == cooperation.CompletionClock:
		p.completeSilently(r, d, id, now)
	}
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

// askToReconfirm tells those whose posting runs out soon, once for each
// validity.
func (p *Platform) askToReconfirm(r *room, d *draft, c cooperation.Clock, now time.Time) {
	kind, id, _ := strings.Cut(c.Document, "/")
	if n, ok := r.need(d, id); ok && kind == "need" && n.ValidUntil == c.Last {
		p.tell(r, d, cooperation.Occasion{Reason: "need.reconfirm_due", Actor: clockwork, Need: n}, now)
	}
	if o, ok := r.offer(d, id); ok && kind == "offer" && o.ValidUntil == c.Last {
		p.tell(r, d, cooperation.Occasion{Reason: "offer.reconfirm_due", Actor: clockwork, Offer: o}, now)
	}
}

// remind tells people of the moments of clocks that have come: one message a
// person, with all of which that person was not told yet. It is decided in the
// commit that records it, on the documents as they are then. What was looked at
// and is quiet rests.
func (p *Platform) remind(ctx context.Context, r *room, first *glance, reconfirmed bool) (told int, err error) {
	l := first
	if !p.holds(r, l) {
		l = p.glance(r, p.clock())
	}
	due := p.reminders(r, nil, l)
	first.rest(r, due, reconfirmed)
	if len(due) == 0 {
		return 0, nil // the commands in the queue need not wait for this
	}
	err = r.do(ctx, "clock.remind", clockwork, func(d *draft) error {
		l := p.glance(r, p.clock())
		if due := p.reminders(r, d, l); len(due) > 0 {
			p.tell(r, d, cooperation.Occasion{Reason: "clocks.due", Actor: clockwork, Due: due}, l.now)
		}
		told = len(d.changes)
		return nil
	})
	return told, err
}

// reminders are the moments that have come and of which somebody was not told.
func (p *Platform) reminders(r *room, d *draft, l *glance) (due []cooperation.DueReminder) {
	var people []cooperation.Actor
	for _, u := range p.accounts.Within(r.id()) {
		if a := cooperation.ActorOf(u, true); !a.IsPublic() {
			people = append(people, a)
		}
	}
	for c := range l.clocks() {
		moment, place, come := c.Reminder(l.now)
		if !come || c.Ends && c.Over(l.now) || c.Kind == cooperation.ReconfirmClock {
			continue
		}
		id := cooperation.ReminderID(c.ID, place)
		told := func(recipient string) bool { return r.reminded(d, recipient, id) }
		if slices.ContainsFunc(people, func(a cooperation.Actor) bool {
			return slices.ContainsFunc(moment.To, func(o cooperation.Owner) bool { return o.Is(a, r.id()) }) && !told(a.ID)
		}) {
			due = append(due, cooperation.DueReminder{ID: id, Clock: c, To: moment.To, Title: r.titleOf(c.Document), Told: told})
		}
	}
	return due
}

// reminded reports whether a person was reminded of a moment, be it by what is
// decided and not written yet.
func (r *room) reminded(d *draft, recipient, reminder string) bool {
	if d != nil {
		for _, n := range decidedAll[*cooperation.Notification](d, "notification") {
			if n.Recipient == recipient && slices.Contains(n.Reminders, reminder) {
				return true
			}
		}
	}
	return r.state.Reminded(recipient, reminder)
}

// titleOf is the title of the need or offer that a document is about.
func (r *room) titleOf(document string) string {
	kind, id, _ := strings.Cut(document, "/")
	if v, ok := r.state.Review(id); ok && kind == "review" {
		kind, id = "need", v.Cases[0].Need.ID
	}
	if x, ok := r.state.Introduction(id); ok && kind == catalogue.KindIntroduction {
		kind, id = "need", x.Need
	}
	if x, ok := r.state.Agreement(id); ok && kind == "agreement" {
		kind, id = "need", x.Need
	}
	if kind == "proposal" {
		if q, ok := r.state.Proposal(id); ok {
			kind, id = "need", q.Need
		}
	}
	if w, ok := r.state.Partnership(id); ok && kind == "partnership" {
		kind, id = "need", w.Need
	}
	if n, ok := r.state.Need(id); ok && kind == "need" {
		return n.Title
	}
	if o, ok := r.state.Offer(id); ok && kind == "offer" {
		return o.Title
	}
	return ""
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
		if count == d.portion.Pieces {
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
