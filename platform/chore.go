package platform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"sync"
	"time"

	"entente/cooperation"
	"entente/message"
)

// Chore is work that takes longer than one waits for a page: an import, a run
// of the matcher. It goes on when whoever asked for it has left. What is known
// of it stands beside the log, where all replicas read it, for a week: the log
// says what was written, and a chore only how far it got.
type Chore struct {
	ID         string            `json:"id"`
	Convention string            `json:"convention"`
	Kind       string            `json:"kind"`            // what is done, in the words of who asked: "import.needs"
	Order      map[string]string `json:"order,omitempty"` // what it is done on
	By         string            `json:"by"`              // the account that asked for it
	State      ChoreState        `json:"state"`
	Asked      time.Time         `json:"asked"`
	Began      time.Time         `json:"began"` // zero while it waits
	Seen       time.Time         `json:"seen"`  // the last sign of life of who does it
	Ended      time.Time         `json:"ended"` // zero until its end
	Done       int               `json:"done"`  // how much of it
	Total      int               `json:"total"` // zero where that cannot be told
	Refused    message.Message   `json:"refused"`
	Outcome    json.RawMessage   `json:"outcome,omitempty"` // what came of it, in the form of its kind
}

// ChoreState says how a chore is doing.
type ChoreState string

// The states of a chore.
const (
	ChoreWaiting     ChoreState = "waiting"     // for others to be done
	ChoreWorking     ChoreState = "working"     // under way
	ChoreFinished    ChoreState = "finished"    // done to its end
	ChoreRefused     ChoreState = "refused"     // the domain does not allow it; Refused says why
	ChoreFailed      ChoreState = "failed"      // something broke
	ChoreInterrupted ChoreState = "interrupted" // whoever did it has stopped, or died
)

// Live reports whether the chore still goes on.
func (c *Chore) Live() bool { return c.State == ChoreWaiting || c.State == ChoreWorking }

// ChoreWork does a chore. It tells now and then how far it is, and returns what came
// of it, also when it fails on the way.
type ChoreWork func(ctx context.Context, progress func(done, total int)) (outcome any, err error)

// The bounds of chores.
const (
	choreWorkers = 2  // that one process does at once: each may hold a large file
	mostWaiting  = 16 // of one process
	mostListed   = 20 // of one convention
	choreKept    = 7 * 24 * time.Hour
	longestChore = 30 * time.Minute
	choreBeat    = 2 * time.Second  // how often progress is written
	choreLost    = 2 * time.Minute  // without a sign of life: the clocks of replicas agree within minutes
	choreLease   = 10 * time.Second // of the list, while a chore is put on it
)

// chores are those of this process.
type chores struct {
	queue chan *errand
	beat  time.Duration
	mu    sync.Mutex
	live  map[string]*errand
}

// errand is a chore with who does it.
type errand struct {
	work  ChoreWork
	ended chan struct{}

	mu      sync.Mutex // guards what follows
	chore   Chore
	written Chore // as it was last written
}

// serveChores does chores until the end of ctx.
func (p *Platform) serveChores(ctx context.Context) {
	for range choreWorkers {
		p.running.Go(func() {
			for {
				select {
				case e := <-p.chores.queue:
					p.doChore(ctx, e)
				case <-ctx.Done():
					p.dropChores(ctx)
					return
				}
			}
		})
	}
	p.running.Go(func() {
		tick := time.NewTicker(p.chores.beat)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.beatChores(ctx)
			case <-ctx.Done():
				return
			}
		}
	})
}

// StartChore has work done for the secretariat. The channel is closed at its
// end, for those who wait a little.
func (p *Platform) StartChore(ctx context.Context, actor cooperation.Actor, convention, kind string, order map[string]string, work ChoreWork) (*Chore, <-chan struct{}, error) {
	if _, err := p.room(convention); err != nil {
		return nil, nil, err
	}
	if !cooperation.MayRun(actor, convention) {
		return nil, nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	now := p.clock().UTC().Truncate(time.Millisecond)
	e := &errand{work: work, ended: make(chan struct{}), chore: Chore{ID: cooperation.NewID(), Convention: convention, Kind: kind, Order: maps.Clone(order), By: actor.ID,
		State: ChoreWaiting, Asked: now, Seen: now}}
	if err := p.writeChore(ctx, e); err != nil {
		return nil, nil, unavailable(err)
	}
	asked := e.chore
	p.chores.mu.Lock()
	p.chores.live[asked.ID] = e
	p.chores.mu.Unlock()
	err := p.listChore(ctx, asked.Convention, asked.ID)
	if err == nil {
		select {
		case p.chores.queue <- e:
			return &asked, e.ended, nil
		default:
			err = cooperation.Refuse(cooperation.Unavailable, "error.unavailable.chores")
		}
	}
	p.endChore(ctx, e, nil, err)
	return nil, nil, err
}

// Chore returns what is known of a chore.
func (p *Platform) Chore(ctx context.Context, actor cooperation.Actor, convention, id string) (*Chore, error) {
	if !cooperation.MaySeeOffice(actor, convention) || len(id) != len(cooperation.NewID()) {
		return nil, cooperation.Absent()
	}
	now := p.clock()
	value, found, err := p.store.Ephemeral().Value(ctx, choreKey(convention, id), now)
	if err != nil {
		return nil, unavailable(err)
	}
	if !found {
		return nil, cooperation.Absent()
	}
	var c Chore
	if err := json.Unmarshal(value, &c); err != nil {
		return nil, fmt.Errorf("chore %s: %w", id, err)
	}
	if c.Live() && now.Sub(c.Seen) > choreLost {
		c.State = ChoreInterrupted
	}
	return &c, nil
}

// Chores lists the last chores of a convention, the latest first.
func (p *Platform) Chores(ctx context.Context, actor cooperation.Actor, convention string) ([]*Chore, error) {
	if !cooperation.MaySeeOffice(actor, convention) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	ids, err := p.listedChores(ctx, convention)
	if err != nil {
		return nil, unavailable(err)
	}
	var out []*Chore
	for _, id := range ids {
		c, err := p.Chore(ctx, actor, convention, id)
		switch {
		case cooperation.CodeOf(err) == cooperation.NotFound: // its week is over
		case err != nil:
			return nil, err
		default:
			out = append(out, c)
		}
	}
	return out, nil
}

// doChore does one to its end.
func (p *Platform) doChore(ctx context.Context, e *errand) {
	e.mu.Lock()
	e.chore.State, e.chore.Began = ChoreWorking, p.clock().UTC().Truncate(time.Millisecond)
	e.mu.Unlock()
	limited, cancel := context.WithTimeout(ctx, longestChore)
	defer cancel()
	outcome, err := p.tryChore(limited, e)
	if err != nil && limited.Err() != nil {
		err = errors.Join(errInterrupted, err)
	}
	p.endChore(ctx, e, outcome, err)
}

// errInterrupted says that a chore was cut off.
var errInterrupted = errors.New("interrupted")

// tryChore calls the work, which must not take the process with it.
func (p *Platform) tryChore(ctx context.Context, e *errand) (outcome any, err error) {
	defer func() {
		if wrong := recover(); wrong != nil {
			err = fmt.Errorf("panic: %v\n%s", wrong, debug.Stack())
		}
	}()
	return e.work(ctx, func(done, total int) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.chore.Done, e.chore.Total = done, total
	})
}

// endChore says what became of a chore.
func (p *Platform) endChore(ctx context.Context, e *errand, outcome any, err error) {
	e.mu.Lock()
	c := &e.chore
	c.Ended = p.clock().UTC().Truncate(time.Millisecond)
	var refusal *cooperation.Error
	switch {
	case err == nil:
		c.State = ChoreFinished
	case errors.Is(err, errInterrupted):
		c.State = ChoreInterrupted
	case errors.As(err, &refusal):
		c.State, c.Refused = ChoreRefused, refusal.Message
	default:
		c.State = ChoreFailed
		p.log.ErrorContext(ctx, "a chore failed", "convention", c.Convention, "kind", c.Kind, "chore", c.ID, "error", err)
	}
	if outcome != nil {
		if c.Outcome, err = json.Marshal(outcome); err != nil {
			c.State = ChoreFailed
			p.log.ErrorContext(ctx, "what came of a chore cannot be written", "kind", c.Kind, "error", err)
		}
	}
	e.mu.Unlock()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.patience)
	defer cancel()
	if err := p.writeChore(last, e); err != nil {
		p.log.WarnContext(ctx, "what became of a chore was not written; it is tried again", "chore", e.chore.ID, "error", err)
	} else {
		p.forgetChore(e)
	}
	close(e.ended)
}

func (p *Platform) forgetChore(e *errand) {
	p.chores.mu.Lock()
	defer p.chores.mu.Unlock()
	delete(p.chores.live, e.chore.ID)
}

// dropChores ends what waits when the process stops.
func (p *Platform) dropChores(ctx context.Context) {
	for {
		select {
		case e := <-p.chores.queue:
			p.endChore(ctx, e, nil, errInterrupted)
		default:
			return
		}
	}
}
