package platform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
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
	patience     = 10 * time.Second // for one append, with its reading back
	checkpointed = 5000             // commits after which a checkpoint is kept
	format       = "state/1"        // of the checkpoints' content
)

// memory is the state that a journal keeps current.
type memory interface {
	Apply(position uint64, at time.Time, changes []catalogue.Change) error
	Position() uint64
}

// change is a new version of one document, decided but not yet written.
type change struct {
	kind, id string
	version  uint64
	document any
}

// draft is what a command decides: the documents as they will be. Reading
// through it sees what earlier commands of the same insert decided.
type draft struct {
	pending map[string]any // kind/id → document decided earlier in this insert
	changes []change
}

func (d *draft) put(kind, id string, version uint64, document any) {
	d.changes = append(d.changes, change{kind, id, version, document})
}

// decided returns a document that is not in the state yet.
func decided[T any](d *draft, kind, id string) (doc T, ok bool) {
	for i := len(d.changes) - 1; i >= 0; i-- {
		if c := d.changes[i]; c.kind == kind && c.id == id {
			doc, ok = c.document.(T)
			return doc, ok
		}
	}
	doc, ok = d.pending[kind+"/"+id].(T)
	return doc, ok
}

// order is one command that waits for its turn.
type order struct {
	ctx                            context.Context
	id, command, actor, why, fence string
	decide                         func(*draft) error
	done                           chan error
}

// journal writes and follows one log. One goroutine decides, inserts and
// applies, so that commands of this process need no locks and share inserts;
// other processes are met at the unique number of the next commit.
type journal struct {
	name    string
	store   store.Store
	state   memory
	save    func(ctx context.Context, at store.Checkpoint) error
	clock   func() time.Time
	log     *slog.Logger
	head    store.Hash
	saved   uint64
	queue   chan *order
	changed bell
	problem atomic.Pointer[error]
}

// do decides and commits one command. When it returns nil the commit is
// durable and in the state; a command that changes nothing commits nothing.
func (j *journal) do(ctx context.Context, command string, actor cooperation.Actor, why, fence string, decide func(*draft) error) error {
	o := &order{ctx: ctx, id: cooperation.NewID(), command: command, actor: actor.ID, why: why, fence: fence, decide: decide, done: make(chan error, 1)}
	select {
	case j.queue <- o:
	case <-ctx.Done():
		return unavailable(ctx.Err())
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		// The command may still be committed: the caller learns it by asking
		// again, and every command can be asked again.
		return unavailable(ctx.Err())
	}
}

// serve runs until the context ends, then finishes what waits.
func (j *journal) serve(ctx context.Context, poll time.Duration) {
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
			_ = j.follow(ctx) // the problem is kept for Ready and told once
		}
		if j.state.Position() >= j.saved+checkpointed {
			j.checkpoint(ctx)
		}
	}
}

// gather takes what else waits, to share one insert.
func (j *journal) gather(first *order) []*order {
	batch := []*order{first}
	for len(batch) < batchLimit {
		select {
		case o := <-j.queue:
			batch = append(batch, o)
		default:
			return batch
		}
	}
	return batch
}

// drain refuses what still waits when the process stops.
func (j *journal) drain() {
	for {
		select {
		case o := <-j.queue:
			o.done <- unavailable(context.Canceled)
		default:
			return
		}
	}
}

// commit decides and writes a batch, again and again while others are first.
func (j *journal) commit(ctx context.Context, batch []*order) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for len(batch) > 0 {
		orders, commits := j.decideAll(batch)
		if len(commits) == 0 {
			return
		}
		n, err := j.store.Append(ctx, j.name, commits)
		for i := range n {
			j.settle(orders[i], commits[i])
		}
		batch = orders[n:]
		if err == nil || len(batch) == 0 {
			j.report(nil)
			continue
		}
		if batch = j.resolve(ctx, batch, commits[n:], err); len(batch) == 0 {
			return
		}
		if err := j.follow(ctx); err != nil {
			fail(batch, err)
			return
		}
	}
}

// resolve finds out what became of an insert that failed or whose outcome is
// unknown: the commit is there under our id (an earlier try reached the
// server after all), or somebody else's is, or none is. It returns the
// commands that must be decided again.
func (j *journal) resolve(ctx context.Context, batch []*order, commits []store.Commit, cause error) []*order {
	if errors.Is(cause, store.ErrTooLarge) {
		fail(batch, cooperation.Refuse(cooperation.TooLarge, "error.too_large.commit"))
		return nil
	}
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
// here and leave the batch.
func (j *journal) decideAll(batch []*order) (orders []*order, commits []store.Commit) {
	number, head := j.state.Position(), j.head
	pending := map[string]any{}
	size := 0
	for _, o := range batch {
		if o.ctx.Err() != nil {
			o.done <- unavailable(o.ctx.Err())
			continue
		}
		d := &draft{pending: pending}
		if err := guard(o.decide, d); err != nil || len(d.changes) == 0 {
			o.done <- err
			continue
		}
		c, err := seal(j.name, number+1, head, o, d, j.clock())
		if size += c.Size(); err == nil && (c.Size() > store.MaxCommit || size > store.MaxBatchBytes) {
			err = cooperation.Refuse(cooperation.TooLarge, "error.too_large.commit")
		}
		if err != nil {
			o.done <- err
			continue
		}
		for _, ch := range d.changes {
			pending[ch.kind+"/"+ch.id] = ch.document
		}
		number, head = c.Number, c.Hash
		orders, commits = append(orders, o), append(commits, c)
	}
	return orders, commits
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

func seal(log string, number uint64, previous store.Hash, o *order, d *draft, now time.Time) (store.Commit, error) {
	c := store.Commit{Log: log, Number: number, ID: o.id, Command: o.command, Actor: o.actor, Reason: o.why, Fence: o.fence,
		Time: now.UTC().Truncate(time.Millisecond)}
	for _, ch := range d.changes {
		body, err := json.Marshal(ch.document)
		if err != nil {
			return c, fmt.Errorf("encode %s %s: %w", ch.kind, ch.id, err)
		}
		c.Versions = append(c.Versions, store.Version{Kind: ch.kind, ID: ch.id, Number: ch.version, Schema: cooperation.Schema, Body: body})
	}
	store.Seal(previous, &c)
	return c, nil
}

// apply brings the state and the chain to the commit.
func (j *journal) apply(c store.Commit) error {
	changes := make([]catalogue.Change, len(c.Versions))
	for i, v := range c.Versions {
		changes[i] = catalogue.Change{Kind: v.Kind, ID: v.ID, Version: v.Number, Schema: v.Schema, Body: v.Body}
	}
	if err := j.state.Apply(c.Number, c.Time, changes); err != nil {
		return fmt.Errorf("log %s, commit %d: %w", j.name, c.Number, err)
	}
	j.head = c.Hash
	j.changed.ring()
	return nil
}

// follow applies what others have written, holding the chain to account.
func (j *journal) follow(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
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
