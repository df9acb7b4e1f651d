package cooperation

import (
	"strconv"
	"time"
)

// The clocks of a review.
const (
	SilenceClock   ClockKind = "silence"   // in which members may object
	ObjectionClock ClockKind = "objection" // in which objections are to be resolved
	ConsentClock   ClockKind = "consent"   // in which both sides answer to a modification
	MembersClock   ClockKind = "members"   // too few members are not recused: it has no end of its own
)

// Clocks are those that run, or are stopped, as the review stands.
func (r *Review) Clocks(k *Timekeeper) []Clock {
	if !r.Status.Under() {
		return nil
	}
	var out []Clock
	if s := r.silence(); s != nil {
		out = append(out, r.silenceClock(k, s))
	}
	chair := r.chairOwns(k)
	if !r.Contested.IsZero() {
		last := r.objectionsUntil(k)
		c := r.clock(ObjectionClock, r.Contested.String(), r.Contested, chair)
		c.Last, c.Due, c.Ends = last, k.End(last), true
		half := k.Working(r.Contested, (k.convention.ObjectionDays-r.Held)/2)
		c.Reminders = []Reminder{{At: k.End(half), To: []Owner{chair}}, {At: k.Begin(last), To: []Owner{chair, SecretariatOwns()}}}
		out = append(out, c)
	}
	if m, pending := r.Pending(); pending {
		last := k.Working(m.Time, k.convention.SilenceDays)
		c := r.clock(ConsentClock, strconv.Itoa(len(r.Modifications)), m.Time, m.unanswered()...)
		c.Last, c.Due, c.Ends = last, k.End(last), true
		c.Reminders = []Reminder{{At: m.Time, To: c.Owners}, {At: k.Begin(last), To: append([]Owner{chair}, c.Owners...)}}
		out = append(out, c)
	}
	if !r.Waiting.IsZero() {
		c := r.clock(MembersClock, r.Waiting.String(), r.Waiting, SecretariatOwns())
		c.Reminders = []Reminder{{At: r.Waiting, To: []Owner{SecretariatOwns()}}}
		out = append(out, c)
	}
	return out
}

func (r *Review) silenceClock(k *Timekeeper, s *Silence) Clock {
	members := MemberOwns(r.Committee)
	c := r.clock(SilenceClock, strconv.Itoa(len(r.Silences)), s.From, members)
	if !s.Stopped.IsZero() {
		c.Paused, c.Left = s.Stopped, s.Left
		return c
	}
	c.Last = k.Working(s.From, s.Days)
	c.Due, c.Ends = k.End(c.Last), true
	c.Reminders = []Reminder{{At: k.Begin(c.Last), To: []Owner{members}}}
	return c
}

func (r *Review) clock(kind ClockKind, what string, started time.Time, owners ...Owner) Clock {
	return Clock{ID: DerivedID("clock", string(kind), r.ID, what), Kind: kind, Convention: r.Convention, Document: "review/" + r.ID, Owners: owners, Started: started}
}

// objectionsUntil is the last day on which objections may be resolved. What
// earlier ones took is counted: objecting and withdrawing by turns stops nothing
// for longer.
func (r *Review) objectionsUntil(k *Timekeeper) Date {
	return k.Working(r.Contested, max(k.convention.ObjectionDays-r.Held, 0))
}

// chairOwns are those of the State that presides.
func (r *Review) chairOwns(k *Timekeeper) Owner {
	if b, ok := k.convention.Committee(r.Committee); ok {
		if country, _, presided := b.PresidingOn(k.Today(), r.Recused); presided {
			return MemberOwns(r.Committee, Participant(country.Alpha2()))
		}
	}
	return SecretariatOwns()
}

// unanswered are the sides that have not answered to a modification.
func (m *Modification) unanswered() (out []Owner) {
	for _, asked := range m.Asked {
		if m.answered(asked) {
			continue
		}
		o := Owner{Roles: []Role{FocalPoint, Approver}, Participants: []Participant{asked.Participant}}
		if asked.Side == OfferSide {
			o.Roles = []Role{ProviderRole, Approver}
		}
		out = append(out, o)
	}
	return out
}

// ripe reports whether one of the clocks on which the platform acts has run out.
// Until it has acted, nothing that depends on it may be done: what is due is
// decided by the data, and not by who comes first.
func (r *Review) ripe(k *Timekeeper, now time.Time) bool {
	for _, c := range r.Clocks(k) {
		if c.Ends && c.Over(now) {
			return true
		}
	}
	return false
}
