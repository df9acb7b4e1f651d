package cooperation

import (
	"slices"
	"time"

	"entente/reference"
)

// DeskStep is where a proposal stands as its committee looks at it: finer than
// its status, for it says what it waits for.
type DeskStep string

// The steps, in the order in which a proposal takes them.
const (
	DeskLook        DeskStep = "look"      // both sides look at it
	DeskOpening     DeskStep = "opening"   // the chair may open its review
	DeskSides       DeskStep = "sides"     // both sides have looked, and pairings are not reviewed
	DeskOpen        DeskStep = "open"      // the silence of its review runs
	DeskObjected    DeskStep = "objected"  // an objection stands
	DeskModifying   DeskStep = "modifying" // both sides are asked whether they agree to a modification
	DeskWaiting     DeskStep = "waiting"   // too few members are not recused
	DeskReturned    DeskStep = "returned"  // to both sides; it may be taken up again
	DeskEndorsed    DeskStep = "endorsed"
	DeskRecommended DeskStep = "recommended"
	DeskIntroduced  DeskStep = "introduced"
	DeskInTalks     DeskStep = "in_talks"
	DeskAgreed      DeskStep = "agreed"
)

// DeskSteps lists all steps in order.
func DeskSteps() []DeskStep {
	return append(UndecidedSteps(), DeskEndorsed, DeskRecommended, DeskIntroduced, DeskInTalks, DeskAgreed)
}

// UndecidedSteps lists those in which the committee has not decided.
func UndecidedSteps() []DeskStep {
	return []DeskStep{DeskLook, DeskOpening, DeskSides, DeskOpen, DeskObjected, DeskModifying, DeskWaiting, DeskReturned}
}

// DeskStepOf is where a proposal that is on its way stands; clocks are its own
// and those of its review, which is nil where it has none.
func DeskStepOf(p *Proposal, r *Review, clocks []Clock, now time.Time) DeskStep {
	switch p.Status {
	case InReview:
		if r != nil && r.Status.Under() {
			return DeskStep(r.Status)
		}
		return DeskOpen
	case Proposed:
		step := DeskSides
		for _, c := range clocks {
			switch {
			case c.Kind == LookClock && !c.Over(now):
				return DeskLook
			case c.Kind == OpeningClock:
				step = DeskOpening
			}
		}
		return step
	}
	return DeskStep(p.Status)
}

// DeskClocks are the deadlines of a proposal and of the review that it is in.
func DeskClocks(p *Proposal, r *Review, k *Timekeeper) []Clock {
	clocks := p.Clocks(k)
	if p.Status == InReview && r != nil {
		clocks = append(clocks, r.Clocks(k)...)
	}
	return clocks
}

// DeskDeadline is the moment by which proposals are put in order: when the first
// of the clocks runs out, that of the look only where there is no other, for
// what follows it is the committee's. It depends on no moment at which it is
// asked; zero where none of the clocks runs.
func DeskDeadline(clocks []Clock) (first time.Time) {
	var look time.Time
	for _, c := range clocks {
		switch {
		case c.Due.IsZero():
		case c.Kind == LookClock:
			look = c.Due
		case first.IsZero() || c.Due.Before(first):
			first = c.Due
		}
	}
	if first.IsZero() {
		return look
	}
	return first
}

// DeskClock is the clock that tells whose turn it is: of those that have begun
// and have not made way for another, the one that runs out first; where all are
// stopped, or wait for no moment, the last of them.
func DeskClock(clocks []Clock, now time.Time) (turn Clock, ok bool) {
	for _, c := range clocks {
		switch {
		case c.Started.After(now), c.Kind == LookClock && c.Over(now) && len(clocks) > 1:
		case !ok, turn.Due.IsZero(), !c.Due.IsZero() && c.Due.Before(turn.Due):
			turn, ok = c, true
		}
	}
	return turn, ok
}

// Conflicts are what keeps members of a committee from deciding on a proposal,
// and who decides in their place.
type Conflicts struct {
	Recused    []RecusedMember
	Presiding  reference.Country // zero where nobody can
	Acting     bool              // in the place of the chair
	NotRecused int               // members that have a part in the decision
	Minimum    int               // so many at least; 0 for a body without terms
	Enough     bool
}

// RecusedMember is a member that has no part in a decision, and why: its State
// is on one of the sides, or it declared an interest, or both.
type RecusedMember struct {
	Country  reference.Country
	Side     bool
	Declared *Declared
}

// ConflictsOf are the conflicts of the members of the day over a proposal with
// these on its sides. The review is the one that it is in, nil where there is
// none: before one nobody can declare an interest.
func ConflictsOf(b *Committee, day Date, sides []Participant, r *Review) Conflicts {
	var c Conflicts
	recused := func(country reference.Country) bool {
		return Recused(country, sides...) || r != nil && r.Recused(country)
	}
	for _, t := range b.MembersOn(day) {
		if !recused(t.Country) {
			c.NotRecused++
			continue
		}
		one := RecusedMember{Country: t.Country, Side: Recused(t.Country, sides...)}
		if r != nil {
			one.Side = one.Side || Recused(t.Country, r.Beneficiaries...) || Recused(t.Country, r.Providers...)
			if at := slices.IndexFunc(r.Declared, func(d Declared) bool { return d.Country == t.Country }); at >= 0 {
				one.Declared = &r.Declared[at]
			}
		}
		c.Recused = append(c.Recused, one)
	}
	c.Presiding, c.Acting, _ = b.PresidingOn(day, recused)
	if b.Kind == StandingCommittee {
		c.Minimum = max(b.Composition.MinimumNotRecused, 1)
	}
	c.Enough = b.EnoughNotRecused(day, recused)
	return c
}

// AwaitsOnDesk reports whether a proposal on the desk of a body waits for the
// actor: a clock that runs is his, unless his State is recused from what it is
// about; or his State is to advise on gender and diversity and has not.
func AwaitsOnDesk(clocks []Clock, r *Review, b *Committee, a Actor, day Date, now time.Time) bool {
	for i := range clocks {
		c := &clocks[i]
		if c.Started.After(now) || !c.Paused.IsZero() || c.Kind == LookClock && c.Over(now) {
			continue
		}
		if c.Kind == SilenceClock {
			if country, member := MemberFor(a, c.Convention, b, day); !member || r != nil && r.Recused(country) {
				continue
			}
		}
		if slices.ContainsFunc(c.Owners, func(o Owner) bool { return o.Is(a, c.Convention) }) {
			return true
		}
	}
	if r == nil || !r.Status.Under() || r.Advice != nil {
		return false
	}
	adviser, named := b.AdviserOn(day)
	country, member := MemberFor(a, r.Convention, b, day)
	return named && member && adviser == country
}

// Current reports whether the postings are still those that were frozen.
func (c *Case) Current(s *Sides) bool {
	return s.Need != nil && s.Need.Version == c.Need.Version && slices.EqualFunc(s.Offers, c.Offers, func(o *Offer, f Frozen) bool { return o.ID == f.ID && o.Version == f.Version })
}
