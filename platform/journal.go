package platform

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

const (
	batchLimit   = 32               // commands that one insert may carry
	queueLimit   = 256              // commands that may wait for one log
	patience     = 10 * time.Second // for one append, with its retries
	readingBack  = 5 * time.Second  // for finding out what became of an append
	checkpointed = 5000             // commits after which a checkpoint is kept
	format       = "state/2"        // of the checkpoints' content
)

// memory is the state that a journal keeps current.
type memory interface {
	Apply(position uint64, at time.Time, changes []catalogue.Change) error
	Newer(kind, id string, version uint64) error // nil when the version may follow what is held
	Position() uint64
}

// journal writes and follows one log. One goroutine decides, inserts and
// applies, so that commands of this process need no locks and share inserts;
// other processes are met at the unique number of the next commit.
type journal struct {
	name     string
	store    store.Store
	state    memory
	save     func(ctx context.Context, at store.Checkpoint) error
	clock    func() time.Time
	log      *slog.Logger
	patience time.Duration
	portion  Portion
	observe  Observe
	head     store.Hash
	saved    uint64
	queue    chan *order
	ended    chan struct{} // closed when nobody serves the queue any more
	nudge    chan struct{} // somebody waits for what another process has written
	changed  bell
	problem  atomic.Pointer[error]
}

// do decides and commits one command. When it returns nil the commit is
// durable and in the state; a command that changes nothing commits nothing.
// When ctx ends before the command's turn has come, it is not done at all;
// once it has come, do returns when it is known what became of it, so that
// decide never runs beside its caller.
func (j *journal) do(ctx context.Context, command string, actor cooperation.Actor, why, fence string, decide func(*draft) error) (err error) {
	ctx, observed := j.observe(ctx, Work{"commit", j.name, command})
	defer func() { observed(err) }()
	o := &order{ctx: ctx, id: cooperation.NewID(), command: command, actor: actor.ID, why: why, fence: fence, decide: decide, done: make(chan error, 1)}
	select {
	case j.queue <- o:
	case <-ctx.Done():
		return unavailable(ctx.Err())
	case <-j.ended:
		return unavailable(context.Canceled)
	}
	cause := context.Canceled
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		cause = ctx.Err()
	case <-j.ended:
	}
	if o.take() {
		return unavailable(cause)
	}
	return <-o.done
}

// serve runs until the context ends, then finishes what waits.
func (j *journal) serve(ctx context.Context, poll time.Duration) {
	defer close(j.ended)
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			j.drain()
			j.checkpoint(context.WithoutCancel(ctx))
			return
		case o := <-j.queue:
			j.commit(context.WithoutCancel(ctx), j.gather(o))
		case <-tick.C:
			j.lookOn(ctx)
		case <-j.nudge:
			j.lookOn(ctx)
		}
		if j.state.Position() >= j.saved+checkpointed {
			j.checkpoint(ctx)
		}
	}
}

// gather takes what else waits, to share one insert.
func (j *journal) gather(first *order) []*order {
	var batch []*order
	for o := first; ; {
		if o.take() { // otherwise its caller has given it up
			batch = append(batch, o)
		}
		if len(batch) == batchLimit {
			return batch
		}
		select {
		case o = <-j.queue:
		default:
			return batch
		}
	}
}

// drain refuses what still waits when the process stops.
func (j *journal) drain() {
	for {
		select {
		case o := <-j.queue:
			if o.take() {
				o.done <- unavailable(context.Canceled)
			}
		default:
			return
		}
	}
}

// commit answers every command of a batch.
func (j *journal) commit(ctx context.Context, batch []*order) {
	for len(batch) > 0 {
		batch = j.advance(ctx, batch)
	}
}

// advance decides and writes a batch, again and again while others are first,
// until something is written or nothing is left to write. It returns the
// commands that are not answered yet: the time for an insert begins anew with
// them.
func (j *journal) advance(ctx context.Context, batch []*order) []*order {
	ctx, cancel := context.WithTimeout(ctx, j.patience)
	defer cancel()
	for lost := 1; ; lost++ {
		orders, commits, later := j.decideAll(batch)
		if len(commits) == 0 {
			return later
		}
		n, err := j.store.Append(ctx, j.name, commits)
		if n > 0 {
			j.report(nil) // before the answers: who has one finds the platform ready
		}
		for i := range n {
			j.settle(orders[i], commits[i])
		}
		if orders = orders[n:]; err != nil && len(orders) > 0 {
			orders = j.resolve(ctx, orders, commits[n:], err)
		}
		batch = slices.Concat(orders, later)
		if len(orders) == 0 {
			return batch
		}
		if err := errors.Join(giveWay(ctx, lost), j.follow(ctx)); err != nil {
			fail(batch, err)
			return nil
		}
		if n > 0 {
			return batch
		}
	}
}

// giveWay waits a little when others were first several times in a row: a writer
// without pauses elsewhere would otherwise be first again and again, for it
// need not read what it has written itself.
func giveWay(ctx context.Context, lost int) error {
	pause := pauseAfter(lost)
	if pause == 0 {
		return nil
	}
	timer := time.NewTimer(rand.N(pause))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pauseAfter is the longest pause after so many defeats in a row: none after
// the first two, then twice as long each time, up to a bound.
func pauseAfter(lost int) time.Duration {
	const free, doublings = 2, 6
	if lost <= free {
		return 0
	}
	return time.Millisecond << min(lost-free-1, doublings)
}

// resolve finds out what became of an insert that failed or whose outcome is
// unknown: the commit is there under our id (an earlier try reached the
// server after all), or somebody else's is, or none is. It returns the
// commands that must be decided again; the others are answered.
func (j *journal) resolve(ctx context.Context, batch []*order, commits []store.Commit, cause error) []*order {
	if errors.Is(cause, store.ErrTooLarge) {
		fail(batch, cooperation.Refuse(cooperation.TooLarge, "error.too_large.commit"))
		return nil
	}
	// With a time of its own: the append may have failed for want of time.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readingBack)
	defer cancel()
	for i, c := range commits {
		found, ok, err := j.store.At(ctx, j.name, c.Number)
		if err == nil && ok && found.ID == c.ID {
			j.settle(batch[i], c)
			continue
		}
		if err == nil && ok {
			return batch[i:] // somebody else was first: decide again
		}
		j.report(cause)
		fail(batch[i:], cause)
		return nil
	}
	return nil
}

// settle applies a durable commit and answers its command.
func (j *journal) settle(o *order, c store.Commit) {
	err := j.apply(c)
	if err != nil {
		j.report(err)
	}
	o.done <- err
}

// decideAll lets every command of the batch decide on the state as it will be
// after those before it. Commands that refuse or change nothing are answered
// here, unless something before them is not written yet: what they say may rest
// on it. These, and those that one insert does not hold beside the others, are
// returned as later.
func (j *journal) decideAll(batch []*order) (orders []*order, commits []store.Commit, later []*order) {
	number, head := j.state.Position(), j.head
	pending := map[string]change{}
	size := 0
	for i, o := range batch {
		if o.ctx.Err() != nil {
			o.done <- unavailable(o.ctx.Err())
			continue
		}
		d := &draft{pending: pending, portion: j.portion}
		if err := guard(o.decide, d); err != nil || len(d.changes) == 0 {
			if len(commits) > 0 {
				later = append(later, o)
				continue
			}
			o.done <- err
			continue
		}
		c, err := j.seal(number+1, head, o, d)
		if err == nil && c.Size() > store.MaxCommit {
			err = cooperation.Refuse(cooperation.TooLarge, "error.too_large.commit")
		}
		if err != nil {
			o.done <- err
			continue
		}
		if size += c.Size(); size > store.MaxBatchBytes {
			return orders, commits, append(later, batch[i:]...)
		}
		for _, ch := range d.changes {
			pending[ch.kind+"/"+ch.id] = ch
		}
		number, head = c.Number, c.Hash
		orders, commits = append(orders, o), append(commits, c)
	}
	return orders, commits, later
}

// guard keeps a mistake in one command from ending the journal.
func guard(decide func(*draft) error, d *draft) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("command failed: %v", r)
		}
	}()
	return decide(d)
}

// seal makes the commit of what a command decided. A version that the state
// could not take is refused here: once written, it would stop every replica.
func (j *journal) seal(number uint64, previous store.Hash, o *order, d *draft) (store.Commit, error) {
	c := store.Commit{Log: j.name, Number: number, ID: o.id, Command: o.command, Actor: o.actor, Reason: o.why, Fence: o.fence,
		Time: j.clock().UTC().Truncate(time.Millisecond)}
	if d.broken != nil {
		return c, d.broken
	}
	for _, ch := range d.changes {
		err := j.state.Newer(ch.kind, ch.id, ch.version)
		if before, ok := d.pending[ch.kind+"/"+ch.id]; ok && ch.version <= before.version {
			err = fmt.Errorf("%s %s: version %d was decided already", ch.kind, ch.id, ch.version)
		}
		if err != nil {
			return c, fmt.Errorf("command %s: %w", o.command, err)
		}
		c.Versions = append(c.Versions, store.Version{Kind: ch.kind, ID: ch.id, Number: ch.version, Schema: cooperation.Schema, Body: ch.body})
	}
	store.Seal(previous, &c)
	return c, nil
}

// apply brings the state and the chain to the commit.
func (j *journal) apply(c store.Commit) error {
	if err := j.state.Apply(c.Number, c.Time, changesOf(c)); err != nil {
		return fmt.Errorf("log %s, commit %d: %w", j.name, c.Number, err)
	}
	j.head = c.Hash
	j.changed.ring()
	return nil
}

// lookOn follows for a bounded time: a log that is long behind is caught up
// with little by little, and commands have their turn in between.
func (j *journal) lookOn(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_ = j.follow(ctx) // the problem is kept for Ready and told once
}

// changesOf are the versions that a commit carries, as a state takes them.
func changesOf(c store.Commit) []catalogue.Change {
	changes := make([]catalogue.Change, len(c.Versions))
	for i, v := range c.Versions {
		changes[i] = catalogue.Change{Kind: v.Kind, ID: v.ID, Version: v.Number, Schema: v.Schema, Body: v.Body}
	}
	return changes
}

// follow applies what others have written, holding the chain to account. What
// was applied before an error stays.
func (j *journal) follow(ctx context.Context) error {
	for c, err := range j.store.Read(ctx, j.name, j.state.Position()) {
		if err == nil {
			err = c.Verify(j.head)
		}
		if err == nil {
			err = j.apply(c)
		}
		if err != nil {
			if ctx.Err() == nil || errors.Is(ctx.Err(), context.DeadlineExceeded) {
				j.report(err)
			}
			return err
		}
	}
	j.report(nil)
	return nil
}

// report keeps what hinders the journal, and logs it once.
func (j *journal) report(err error) {
	before := j.problem.Load()
	switch {
	case err != nil && before == nil:
		j.log.Error("log cannot be followed or written", "log", j.name, "error", err)
	case err == nil && before != nil:
		j.log.Info("log can be followed and written again", "log", j.name)
	}
	if err == nil {
		j.problem.Store(nil)
		return
	}
	j.problem.Store(&err)
}

func (j *journal) trouble() error {
	if p := j.problem.Load(); p != nil {
		return *p
	}
	return nil
}

// checkpoint keeps the state for a fast start. It is disposable, so a failure
// is only logged.
func (j *journal) checkpoint(ctx context.Context) {
	position := j.state.Position()
	if position == j.saved {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	j.saved = position
	if err := j.save(ctx, store.Checkpoint{Number: position, Hash: j.head, Format: format}); err != nil && !errors.Is(err, store.ErrStale) {
		j.log.Warn("no checkpoint was kept; the next start reads the whole log", "log", j.name, "error", err)
	}
}

// unavailable is what a caller is told when the store, or the time, ran out.
func unavailable(cause error) error {
	return fmt.Errorf("%w (%w)", cooperation.Refuse(cooperation.Unavailable, "error.unavailable.store"), cause)
}

func fail(batch []*order, cause error) {
	if cooperation.CodeOf(cause) == "" {
		cause = unavailable(cause)
	}
	for _, o := range batch {
		o.done <- cause
	}
}

// bell wakes those who wait for the next change.
type bell struct {
	mu sync.Mutex
	ch chan struct{}
}

func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}
