package yeartest

import (
	"container/heap"
	"context"
	"time"
)

// steps are what people do. Each is taken so many times at moments that the
// seed chooses; what follows from it, people plan themselves. A step that finds
// nothing of which it could be taken is idle, and one that the rules refuse is
// refused; neither is a fault.
func steps(o Options) []step {
	busy := func(of, percent int) int { return max(3, of*percent/100) }
	return []step{
		{"post a need", o.Needs, postNeed},
		{"post an offer", o.Offers, postOffer},
		{"withdraw a need", busy(o.Needs, 4), withdrawNeed},
		{"close an offer", busy(o.Offers, 4), closeOffer},
		{"withdraw a proposal", busy(o.Needs, 20), withdrawProposal},
		{"express interest", busy(o.Needs, 70), expressInterest},
		{"express interest in a pairing of nobody", busy(o.Needs, 20), expressInterestIn},
		{"open a review", busy(o.Needs, 90), openReview},
		{"open a review of several", busy(o.Needs, 10), openBundle},
		{"comment", busy(o.Needs, 30), comment},
		{"object", busy(o.Needs, 30), object},
		{"declare an interest", busy(o.Needs, 4), declare},
		{"return to both sides", busy(o.Needs, 4), returnReview},
		{"advise", busy(o.Needs, 12), advise},
		{"introduce both sides", busy(o.Needs, 15), introduceBoth},
		{"ask something", busy(o.Needs, 10), askAgain},
		{"end talks", busy(o.Needs, 3), endTalks},
		{"draft a text", busy(o.Needs, 4), recommend},
		{"ask for help with a need", busy(o.Needs, 8), askForHelp},
		{"decide of a duplicate", busy(o.Needs, 5), decideDuplicate},
		{"subscribe", 12, subscribe},
		{"end subscriptions", 3, unsubscribe},
		{"end mails of a sort", 4, endMails},
		{"say how to be told", 12, prefer},
		{"go away", 6, goAway},
		{"read what one was told", busy(o.Needs, 60), read},
	}
}

// step is something that people do again and again.
type step struct {
	name  string
	times int
	do    func(ctx context.Context, y *year) error
}

// planned is a step with its moment.
type planned struct {
	at   time.Time
	turn int
	name string
	do   func(ctx context.Context, y *year) error

	recurs bool // it is one of the steps, and not what follows from one
	tries  int
}

// plan is what is going to be done, the earliest first.
type plan struct {
	queue queue
	turn  int
}

func (p *plan) add(at time.Time, name string, do func(ctx context.Context, y *year) error) {
	p.put(planned{at: at, name: name, do: do})
}

func (p *plan) put(what planned) {
	p.turn++
	what.turn = p.turn
	heap.Push(&p.queue, what)
}

// next reports whether something is to be done before a moment.
func (p *plan) next(before time.Time) bool { return len(p.queue) > 0 && p.queue[0].at.Before(before) }

func (p *plan) pop() planned { return heap.Pop(&p.queue).(planned) } //nolint:forcetypeassert // the queue holds nothing else

type queue []planned

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(planned)) } //nolint:forcetypeassert // see pop
func (q queue) Less(i, j int) bool {
	return q[i].at.Before(q[j].at) || q[i].at.Equal(q[j].at) && q[i].turn < q[j].turn
}

func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// draw chooses the moments of all steps. Nearly everybody works in the day.
func (y *year) draw() {
	for _, s := range steps(y.Options) {
		for range s.times {
			y.plan.put(planned{at: y.moment(begins().AddDate(0, 0, y.rand.IntN(y.Days))), name: s.name, do: s.do, recurs: true})
		}
	}
	for _, s := range seats() {
		if s.begins == "2027-10-01" {
			y.elect(s)
		}
	}
}

// moment is one of the day, to the second.
func (y *year) moment(day time.Time) time.Time {
	if y.rand.IntN(20) == 0 {
		return day.Add(time.Duration(y.rand.IntN(24*3600)) * time.Second) // somebody far away
	}
	return day.Add(6*time.Hour + time.Duration(y.rand.IntN(12*3600))*time.Second)
}

// later plans what somebody does some days from now, if it is done at all:
// so many of a hundred times.
func (y *year) later(percent, from, to int, name string, do func(ctx context.Context, y *year) error) {
	if y.rand.IntN(100) < percent {
		now := y.clock.Now()
		day := now.Truncate(24*time.Hour).AddDate(0, 0, from+y.rand.IntN(to-from+1))
		at := y.moment(day)
		if !at.After(now) {
			at = now.Add(time.Minute)
		}
		y.plan.add(at, name, do)
	}
}

// pick is one of them; the zero value of none.
func pick[T any](y *year, of []T) (one T, ok bool) {
	if len(of) == 0 {
		return one, false
	}
	return of[y.rand.IntN(len(of))], true
}
