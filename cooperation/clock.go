package cooperation

import (
	"slices"
	"time"
)

// ClockKind names the step to which a deadline is attached.
type ClockKind string

// The kinds of clocks.
const (
	ReconfirmClock ClockKind = "reconfirm" // until which a posting stands unless it is re-confirmed
	LookClock      ClockKind = "look"      // in which both sides see a proposal before its review
	OpeningClock   ClockKind = "opening"   // in which the chair takes a proposal up
)

// ClockKinds lists the kinds of clocks in the order of a proposal's life.
func ClockKinds() []ClockKind {
	return []ClockKind{ReconfirmClock, LookClock, OpeningClock, SilenceClock, ObjectionClock, ConsentClock, MembersClock, IntroduceClock, ReplyClock, AnswerClock, TermsClock, FollowUpClock, DeliveryClock, CompletionClock}
}

// Clock is a deadline attached to a step of a document. It is worked out from
// the document whenever somebody asks and stored nowhere: what is due follows
// from the data alone, so that it may be asked at any time, by any number of
// replicas, after any outage.
type Clock struct {
	ID         string // the same whenever it is asked for, as long as the step lasts
	Kind       ClockKind
	Convention string
	Document   string // "proposal/<id>"
	Owners     []Owner
	Started    time.Time
	Last       Date       // the last day, where the secretariat sits; not stated while it is stopped
	Due        time.Time  // when it has run out: the end of that day; zero while it is stopped
	Paused     time.Time  // since when it has been stopped; zero while it runs
	Left       int        // working days that are left while it is stopped
	Ends       bool       // the platform itself does what follows when it has run out
	Reminders  []Reminder // whom it tells when, the earliest first
}

// Reminder is a moment at which a clock tells somebody: whoever is to act,
// then the chair, then the secretariat.
type Reminder struct {
	At time.Time
	To []Owner
}

// Owner says who is to act, or to be told: those who hold one of the roles, for
// one of the participants and on the committee where these are named.
type Owner struct {
	Roles        []Role
	Participants []Participant
	Committee    string
}

// Is reports whether the actor is one of those in the convention.
func (o Owner) Is(a Actor, convention string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Convention == convention && slices.Contains(o.Roles, g.Role) && (o.Committee == "" || g.Committee == o.Committee) &&
			(len(o.Participants) == 0 || slices.Contains(o.Participants, g.Participant))
	})
}

// SecretariatOwns is the last on every path of escalation.
func SecretariatOwns() Owner { return Owner{Roles: []Role{Secretariat}} }

// MemberOwns are those who sit on a committee, for one of the States where
// some are named.
func MemberOwns(committee string, states ...Participant) Owner {
	return Owner{Roles: []Role{CommitteeMember}, Committee: committee, Participants: states}
}

// Over reports whether the clock has run out.
func (c *Clock) Over(now time.Time) bool { return !c.Due.IsZero() && !now.Before(c.Due) }

// Reminder is the latest moment that has come: after an outage one tells of the
// step as it is, and not of everything that was missed. place counts from 1.
func (c *Clock) Reminder(now time.Time) (r Reminder, place int, come bool) {
	for i := range c.Reminders {
		if !c.Reminders[i].At.After(now) {
			r, place, come = c.Reminders[i], i+1, true
		}
	}
	return r, place, come
}

// Concerns reports whether the clock is the actor's: he is to act, or it has
// reached him on its path of escalation.
func (c *Clock) Concerns(a Actor, now time.Time) bool {
	is := func(o Owner) bool { return o.Is(a, c.Convention) }
	if slices.ContainsFunc(c.Owners, is) {
		return true
	}
	return slices.ContainsFunc(c.Reminders, func(r Reminder) bool { return !r.At.After(now) && slices.ContainsFunc(r.To, is) })
}

// Clocked is a document that has deadlines.
type Clocked interface {
	// Clocks are those that run, or are stopped, as the document stands.
	Clocks(k *Timekeeper) []Clock
}

// ClocksOf are the deadlines of a document, whatever its kind.
func ClocksOf(document any, k *Timekeeper) []Clock {
	if d, ok := document.(Clocked); ok {
		return d.Clocks(k)
	}
	return nil
}

// Clocks are the day until which an open need stands.
func (n *Need) Clocks(k *Timekeeper) []Clock {
	if !n.Status.Matchable() || n.ValidUntil.IsZero() {
		return nil
	}
	return []Clock{n.reconfirmClock("need", n.ValidUntil, n.Admitted, k, n.side())}
}

// side are those who act for the beneficiaries.
func (n *Need) side() Owner {
	states := make([]Participant, len(n.Beneficiaries))
	for i, b := range n.Beneficiaries {
		states[i] = Participant(b.Alpha2())
	}
	return Owner{Roles: []Role{FocalPoint, Approver}, Participants: states}
}

// Clocks are the day until which an open offer stands.
func (o *Offer) Clocks(k *Timekeeper) []Clock {
	if o.Status != OfferOpen && o.Status != OfferExhausted || o.ValidUntil.IsZero() {
		return nil
	}
	return []Clock{o.reconfirmClock("offer", o.ValidUntil, o.Reconfirmed, k, o.side())}
}

// side are those who act for the provider and the co-providers.
func (o *Offer) side() Owner {
	return Owner{Roles: []Role{ProviderRole, Approver}, Participants: o.Providers()}
}

// reconfirmClock runs by the days of the calendar that everybody has: a posting
// stands until its day is over in UTC, wherever it is read.
func (m *Meta) reconfirmClock(kind string, until Date, since time.Time, k *Timekeeper, owner Owner) Clock {
	return Clock{ID: DerivedID("clock", string(ReconfirmClock), m.ID, until.String()), Kind: ReconfirmClock, Convention: m.Convention, Document: kind + "/" + m.ID,
		Owners: []Owner{owner}, Started: since, Last: until, Due: until.AddDays(1).Time(), Ends: true,
		Reminders: []Reminder{{At: until.AddDays(1 - k.convention.ReconfirmDays).Time(), To: []Owner{owner}}}}
}
