package cooperation

import (
	"time"

	"entente/reference"
)

// The clocks of introductions.
const (
	IntroduceClock ClockKind = "introduce" // in which whoever facilitates introduces both sides
	ReplyClock     ClockKind = "reply"     // in which somebody who is asked answers
	AnswerClock    ClockKind = "answer"    // for which a question stops a reply clock at most
)

// introduceClock is the time in which whoever facilitates introduces both sides;
// at its end the platform does. As long as both sides of another proposal for
// the need are asked or talk there is none: alternates come up one after the
// other, and what cannot be introduced as things stand waits.
func (p *Proposal) introduceClock(k *Timekeeper) []Clock {
	advised := p.Status == Endorsed || p.Status == Recommended
	if !advised && (p.Status != Proposed || k.convention.Reviewed) {
		return nil
	}
	s := k.sidesOf(p)
	if !s.stand() {
		return nil
	}
	started, first := p.looked(k), p.LookUntil(k)
	if advised {
		if started = p.Endorsed; started.IsZero() {
			started = p.Updated
		}
		first = k.Day(started)
	}
	if e, knows := k.postings.(Engagements); knows {
		talking, since := e.Engaged(p.Need)
		if talking {
			return nil
		}
		if since.After(started) {
			started, first = since, k.Day(since)
		}
	}
	last := k.almanac.AddWorkingDays(first, k.convention.IntroduceDays)
	owner := k.Facilitator(p.Committee, s)
	return []Clock{{ID: DerivedID("clock", string(IntroduceClock), p.ID, started.String()), Kind: IntroduceClock, Convention: p.Convention, Document: "proposal/" + p.ID,
		Owners: []Owner{owner}, Started: started, Last: last, Due: k.End(last), Ends: true, Reminders: []Reminder{{At: started, To: []Owner{owner}}}}}
}

// sidesOf are the two sides of a proposal.
func (k *Timekeeper) sidesOf(p *Proposal) *Sides {
	s := &Sides{}
	s.Need, _ = k.postings.Need(p.Need)
	for _, id := range p.Offers {
		if o, ok := k.postings.Offer(id); ok {
			s.Offers = append(s.Offers, o)
		}
	}
	return s
}

// Facilitator are those who bring the sides of a proposal together, as the
// profile names them: the State that presides over the committee responsible,
// the bureau, or the secretariat. A State on one of the sides does not preside.
func (k *Timekeeper) Facilitator(committee string, s *Sides) Owner {
	switch c := k.convention; c.Facilitator {
	case CommitteeFacilitates:
		body, ok := c.Committee(committee)
		if !ok {
			break
		}
		sides := s.Participants()
		if country, _, presided := body.PresidingOn(k.Today(), func(member reference.Country) bool { return Recused(member, sides...) }); presided {
			return MemberOwns(committee, Participant(country.Alpha2()))
		}
	case BureauFacilitates:
		return MemberOwns(c.ReviewBody)
	}
	return SecretariatOwns()
}

// Facilitates reports whether the actor brings the sides of a proposal together.
// The secretariat may always do it for whoever does.
func (k *Timekeeper) Facilitates(a Actor, committee string, s *Sides) bool {
	return a.system || a.Has(k.convention.ID, Secretariat) || k.Facilitator(committee, s).Is(a, k.convention.ID)
}

// Clocks are those of everybody who has still to answer: the profile's months,
// less the time for which a question has stopped it.
func (x *Introduction) Clocks(k *Timekeeper) (out []Clock) {
	if !x.Under() {
		return nil
	}
	for i := range x.Asked {
		if w := &x.Asked[i]; w.Reply == "" {
			out = append(out, x.replyClock(k, w.Asked))
			if q := x.pauseOf(w.Asked); q != nil && q.Resumed.IsZero() {
				out = append(out, x.answerClock(k, q))
			}
		}
	}
	return out
}

func (x *Introduction) replyClock(k *Timekeeper, asked Asked) Clock {
	c := x.clock(ReplyClock, x.clockID(asked), x.Created, ownerOf(asked))
	c.Last = k.Months(x.Created, k.convention.ReplyMonths)
	if q := x.pauseOf(asked); q != nil {
		if q.Resumed.IsZero() {
			c.Paused, c.Left, c.Last = q.Time, k.Left(q.Time, c.Last), Date{}
			return c
		}
		c.Last = c.Last.AddDays(daysBetween(k.Day(q.Time), k.Day(q.Resumed)))
	}
	c.Due, c.Ends = k.End(c.Last), true
	first := k.Day(x.Created)
	half := first.AddDays(daysBetween(first, c.Last) / 2)
	c.Reminders = []Reminder{{At: k.Begin(half), To: c.Owners}, {At: k.Begin(c.Last.AddDays(-7)), To: c.Owners}}
	return c
}

// answerClock is how long a question may stop a clock. Those of the other side
// are to answer.
func (x *Introduction) answerClock(k *Timekeeper, q *SideQuestion) Clock {
	c := x.clock(AnswerClock, DerivedID("clock", string(AnswerClock), x.ID, string(q.Side), string(q.Participant)), q.Time)
	for _, w := range x.Asked {
		if w.Side != q.Side {
			c.Owners = append(c.Owners, ownerOf(w.Asked))
		}
	}
	c.Last = k.Months(q.Time, AnswerMonths)
	c.Due, c.Ends = k.End(c.Last), true
	c.Reminders = []Reminder{{At: k.Begin(c.Last.AddDays(-7)), To: c.Owners}}
	return c
}

func (x *Introduction) clock(kind ClockKind, id string, started time.Time, owners ...Owner) Clock {
	return Clock{ID: id, Kind: kind, Convention: x.Convention, Document: "introduction/" + x.ID, Owners: owners, Started: started}
}

func (x *Introduction) clockID(asked Asked) string {
	return DerivedID("clock", string(ReplyClock), x.ID, string(asked.Side), string(asked.Participant))
}

// ReplyBy is the last day on which somebody who is asked may answer; not stated
// where it has answered, or as long as a question has stopped its clock.
func (x *Introduction) ReplyBy(k *Timekeeper, asked Asked) Date {
	for _, c := range x.Clocks(k) {
		if c.ID == x.clockID(asked) {
			return c.Last
		}
	}
	return Date{}
}

// pauseOf is the question by which somebody has stopped its clock; nil when it
// has not.
func (x *Introduction) pauseOf(asked Asked) *SideQuestion {
	for i := range x.Questions {
		if q := &x.Questions[i]; q.Stops && q.Asked == asked {
			return q
		}
	}
	return nil
}

// Over reports whether one of the clocks on which the platform acts has run out.
func (x *Introduction) Over(k *Timekeeper, now time.Time) bool {
	for _, c := range x.Clocks(k) {
		if c.Ends && c.Over(now) {
			return true
		}
	}
	return false
}

// ownerOf are those who answer for somebody who is asked.
func ownerOf(asked Asked) Owner {
	o := Owner{Roles: []Role{FocalPoint, Approver}, Participants: []Participant{asked.Participant}}
	if asked.Side == OfferSide {
		o.Roles = []Role{ProviderRole, Approver}
	}
	return o
}

func daysBetween(a, b Date) int { return int(b.Days() - a.Days()) }
