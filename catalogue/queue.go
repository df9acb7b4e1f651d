package catalogue

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"entente/cooperation"
)

// Queued is a proposal that is on its way before a body.
type Queued struct {
	Proposal *cooperation.Proposal
	Review   *cooperation.Review // its latest; nil before the first
	Clocks   []cooperation.Clock // its own and those of the review that it is in
	Deadline time.Time           // by which the queue is in order; zero where no clock runs
	need     *cooperation.Need   // nil where it is not there any more
	offer    *cooperation.Offer  // the first of several
	place    uint32              // of the need
}

// Queue is the proposals that are on their way before a body, the one whose
// deadline comes first at the front, those without one at the end. It is shared
// and must not be changed.
type Queue struct {
	List  []Queued
	day   cooperation.Date
	conv  *cooperation.Convention
	known map[string]int // proposal → place in List
}

// same reports whether nothing has changed on which the clocks depend: whose a
// deadline is follows from both sides.
func (q *Queued) same(o *Queued) bool {
	return q.Proposal == o.Proposal && q.Review == o.Review && q.need == o.need && q.offer == o.offer && len(q.Proposal.Offers) == 1
}

// queues keeps the queues of the bodies, and how often who was served, until a
// proposal, a review or a posting has changed.
type queues struct {
	mu     sync.Mutex
	made   map[string]*Queue // by body
	at     map[string]uint64 // what moved had counted
	served *Served
}

// moved counts the changes of all on which queues depend, as this process has
// seen them.
func (s *State) moved() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.proposals.moves + s.reviews.moves + s.revision()
}

// Queue returns the queue of a body as the keeper reckons. What did not change
// since it was asked last is taken over; those who ask at the same moment share
// one.
func (s *State) Queue(body string, k *cooperation.Timekeeper) *Queue {
	s.queues.mu.Lock()
	defer s.queues.mu.Unlock()
	before := s.queues.made[body]
	if before != nil && !before.fits(k) {
		before = nil // who presides, or what a working day is, may be another
	}
	moved := s.moved()
	if before != nil && s.queues.at[body] == moved {
		return before
	}
	q := &Queue{day: k.Today(), conv: k.Convention()}
	if list := s.before(body); before.holds(list) {
		q = before
	} else {
		q.arrange(list, before, k)
	}
	if s.queues.made == nil {
		s.queues.made, s.queues.at = map[string]*Queue{}, map[string]uint64{}
	}
	s.queues.made[body], s.queues.at[body] = q, moved
	return q
}

// holds reports whether the queue is of just these, as they are.
func (q *Queue) holds(list []Queued) bool {
	if q.len() != len(list) || q == nil {
		return false
	}
	for i := range list {
		at, ok := q.at(list[i].Proposal.ID)
		if !ok || !q.List[at].same(&list[i]) {
			return false
		}
	}
	return true
}

// arrange puts what is before the body in order. What has not changed keeps its
// clocks, and the order among its like.
func (q *Queue) arrange(list []Queued, before *Queue, k *cooperation.Timekeeper) {
	var fresh []Queued
	kept := make([]bool, before.len())
	for i := range list {
		one := &list[i]
		if at, ok := before.at(one.Proposal.ID); ok && before.List[at].same(one) {
			kept[at] = true
			continue
		}
		one.Clocks = cooperation.DeskClocks(one.Proposal, one.Review, k)
		one.Deadline = cooperation.DeskDeadline(one.Clocks)
		fresh = append(fresh, *one)
	}
	slices.SortFunc(fresh, func(a, b Queued) int { return a.compare(b.Deadline, b.Proposal.ID) })
	q.List, q.known = make([]Queued, 0, len(list)), make(map[string]int, len(list))
	add := func(one Queued) {
		q.known[one.Proposal.ID] = len(q.List)
		q.List = append(q.List, one)
	}
	for at, stays := range kept {
		if !stays {
			continue
		}
		old := &before.List[at]
		for len(fresh) > 0 && fresh[0].compare(old.Deadline, old.Proposal.ID) < 0 {
			add(fresh[0])
			fresh = fresh[1:]
		}
		add(*old)
	}
	for _, one := range fresh {
		add(one)
	}
}

// before gathers what is before a body, in the order of the log.
func (s *State) before(body string) []Queued {
	s.mu.RLock()
	defer s.mu.RUnlock()
	l := &s.proposals
	out := make([]Queued, 0, l.byCommittee[body].count())
	l.byCommittee[body].each(func(o uint32) {
		p := l.entries[o].doc
		if p.Committee != body || !p.Alive() {
			return
		}
		one := Queued{Proposal: p, place: math.MaxUint32}
		if place, known := s.needs.ids[p.Need]; known {
			one.place, one.need = place, s.needs.entries[place].doc
		}
		if len(p.Offers) > 0 {
			one.offer, _ = s.offers.find(p.Offers[0])
		}
		one.Review, _ = s.reviews.find(p.Review)
		out = append(out, one)
	})
	return out
}

// fits reports whether the queue was reckoned as the keeper does.
func (q *Queue) fits(k *cooperation.Timekeeper) bool {
	return q.day == k.Today() && q.conv == k.Convention()
}

func (q *Queue) len() int {
	if q == nil {
		return 0
	}
	return len(q.List)
}

func (q *Queue) at(proposal string) (place int, ok bool) {
	if q == nil {
		return 0, false
	}
	place, ok = q.known[proposal]
	return place, ok
}

// compare is the order of the queue.
func (q *Queued) compare(deadline time.Time, proposal string) int {
	switch {
	case q.Deadline.IsZero() != deadline.IsZero():
		if q.Deadline.IsZero() {
			return 1
		}
		return -1
	default:
		return cmp.Or(q.Deadline.Compare(deadline), strings.Compare(q.Proposal.ID, proposal))
	}
}

// After is the place of what follows a proposal with a deadline, be the proposal
// there or not.
func (q *Queue) After(deadline time.Time, proposal string) int {
	at, found := slices.BinarySearchFunc(q.List, struct{}{}, func(one Queued, _ struct{}) int { return one.compare(deadline, proposal) })
	if found {
		return at + 1
	}
	return at
}

// About returns what tells whether a queued proposal is about a theme, or one
// below it, and a beneficiary in a region; nothing asked for is anything.
func (s *State) About(theme, region string) func(*Queued) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var asked []set
	if theme != "" {
		asked = append(asked, s.needs.index.values[byTheme][theme].clone(0))
	}
	if region != "" {
		asked = append(asked, s.needs.index.values[byRegion][region].clone(0))
	}
	return func(q *Queued) bool {
		for _, in := range asked {
			if !in.has(q.place) {
				return false
			}
		}
		return true
	}
}
