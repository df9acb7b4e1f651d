package platform

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// The limits of a page of a queue: each proposal comes with all that belongs to
// a decision.
const (
	QueueLimit    = 20
	MaxQueueLimit = 50
)

// QueueQuery says which proposals of a body to list.
type QueueQuery struct {
	Steps   []cooperation.DeskStep // none: those in which the body has not decided
	Theme   string                 // with all that is below it
	Region  string                 // of a beneficiary: of M49, or of the profile
	Mine    bool                   // those that wait for the reader
	Overdue bool                   // those with a clock that has run out
	Cursor  string
	Limit   int // 1 to MaxQueueLimit; 0 is QueueLimit
}

// Queue is a page of the proposals of a body.
type Queue struct {
	Convention *cooperation.Convention
	Body       cooperation.Committee
	Today      cooperation.Date
	Items      []*Desk
	Next       string // empty on the last page
	Total      int
	Steps      []StepCount // of all that the body has on its way, whatever was asked for
}

// StepCount is how many proposals stand at a step.
type StepCount struct {
	Step                 cooperation.DeskStep
	Count, Overdue, Mine int
}

// Queue lists the proposals for which a body is responsible, each with all that
// belongs to a decision, the one whose deadline comes first at the front. It is
// for those who sit on the body, and the secretariat.
func (p *Platform) Queue(actor cooperation.Actor, convention, committee string, q QueueQuery) (*Queue, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if _, known := r.convention().Committee(committee); !known {
		return nil, cooperation.Absent()
	}
	w, err := p.clerk(r, actor, committee)
	if err != nil {
		return nil, err
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	all := r.state.Queue(committee, w.keeper)
	page := &Queue{Convention: r.convention(), Body: w.body, Today: w.keeper.Today()}
	sifted := w.sift(all, &q)
	found := sifted.places
	page.Total, page.Steps = len(found), sifted.steps
	from, err := q.from(all, found)
	if err != nil {
		return nil, err
	}
	for _, place := range found[from:min(from+q.Limit, len(found))] {
		page.Items = append(page.Items, w.lay(&all.List[place], queueAlternates, queueBundles, queueDuplicates))
	}
	if from+q.Limit < len(found) {
		last := &all.List[found[from+q.Limit-1]]
		page.Next = base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(millis(last.Deadline), 10) + "/" + last.Proposal.ID))
	}
	return page, nil
}

// check refuses what no queue can be asked for.
func (q *QueueQuery) check() error {
	if q.Limit == 0 {
		q.Limit = QueueLimit
	}
	if q.Limit < 1 || q.Limit > MaxQueueLimit {
		return cooperation.Refuse(cooperation.Invalid, "error.invalid.limit", message.Int("min", 1), message.Int("max", MaxQueueLimit))
	}
	return nil
}

// sifted is what was found in a queue for somebody who asked for something. It
// stands as long as the queue is the same and no clock of it has begun or run out.
type sifted struct {
	queue  *catalogue.Queue
	until  time.Time
	places []int
	steps  []StepCount
}

// sifts remembers what was found in queues, so that page after page of one costs
// no more than what is on it.
type sifts struct {
	mu   sync.Mutex
	made map[string]*sifted
}

// mostSifts bounds what is remembered; then it begins anew.
const mostSifts = 256

// sift finds the places of those that were asked for, and counts all.
func (w *clerk) sift(all *catalogue.Queue, q *QueueQuery) *sifted {
	key := fmt.Sprint(w.body.ID, w.actor.ID, w.actor.Grants, q.Steps, q.Mine, q.Overdue)
	if q.Theme != "" || q.Region != "" { // what needs are about may change while the queue does not
		key = fmt.Sprint(key, q.Theme, q.Region, w.lens.revision)
	}
	kept := &w.sifts
	kept.mu.Lock()
	before := kept.made[key]
	kept.mu.Unlock()
	if before != nil && before.queue == all && w.now.Before(before.until) {
		return before
	}
	found := w.sifted(all, q)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.made == nil || len(kept.made) >= mostSifts {
		kept.made = map[string]*sifted{}
	}
	kept.made[key] = found
	return found
}

// sifted looks through the whole queue.
func (w *clerk) sifted(all *catalogue.Queue, q *QueueQuery) *sifted {
	steps := cooperation.DeskSteps()
	found, counts := &sifted{queue: all, until: w.now.Add(time.Hour)}, make([]StepCount, len(steps))
	for i, s := range steps {
		counts[i].Step = s
	}
	asked := q.Steps
	if len(asked) == 0 {
		asked = cooperation.UndecidedSteps()
	}
	about := w.state.About(q.Theme, q.Region)
	for i := range all.List {
		one := &all.List[i]
		step := cooperation.DeskStepOf(one.Proposal, one.Review, one.Clocks, w.now)
		late, mine := w.late(one), w.awaits(one)
		if at := slices.Index(steps, step); at >= 0 {
			counts[at].Count++
			counts[at].Overdue += once(late)
			counts[at].Mine += once(mine)
		}
		if slices.Contains(asked, step) && (!q.Mine || mine) && (!q.Overdue || late) && about(one) {
			found.places = append(found.places, i)
		}
		for _, c := range one.Clocks {
			for _, moment := range []time.Time{c.Started, c.Due} {
				if moment.After(w.now) && moment.Before(found.until) {
					found.until = moment
				}
			}
		}
	}
	found.steps = slices.DeleteFunc(counts, func(c StepCount) bool { return c.Count == 0 })
	return found
}

// late reports whether the clock that tells whose turn it is has run out.
func (w *clerk) late(q *catalogue.Queued) bool {
	c, ok := cooperation.DeskClock(q.Clocks, w.now)
	return ok && c.Over(w.now)
}

func once(is bool) int {
	if is {
		return 1
	}
	return 0
}

// from is the place in found at which the page begins.
func (q *QueueQuery) from(all *catalogue.Queue, found []int) (int, error) {
	if q.Cursor == "" {
		return 0, nil
	}
	refused := cooperation.Refuse(cooperation.Invalid, "error.invalid.cursor")
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	digits, id, cut := strings.Cut(string(raw), "/")
	ms, wrong := strconv.ParseInt(digits, 10, 64)
	if err != nil || wrong != nil || !cut || len(raw) > 128 {
		return 0, refused
	}
	var deadline time.Time
	if ms != noMoment {
		deadline = time.UnixMilli(ms)
	}
	at, _ := slices.BinarySearch(found, all.After(deadline, id))
	return at, nil
}

// noMoment stands for a deadline that there is none of.
const noMoment = -1

func millis(t time.Time) int64 {
	if t.IsZero() {
		return noMoment
	}
	return t.UnixMilli()
}
