// Package platform holds the use cases: post a need, admit it, run the
// matcher, mark a notification read. Each one decides on the state of its
// convention in memory and appends one commit to the convention's log; the
// log's next number is the lock. Platform owns the clock, the store and the
// states; everything that changes a log goes through it.
package platform

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/store"
)

// AccountsLog is the log of people's accounts.
const AccountsLog = "accounts"

// Teller decides who is told what of an occasion. The notifications that it
// returns are recorded in the commit of the occasion; ids that exist already
// are left out.
type Teller interface {
	Tell(o cooperation.Occasion, users []*cooperation.User, now time.Time) []*cooperation.Notification
}

// Options are what a Platform is made of. Store, Conventions and Teller are
// required.
type Options struct {
	Store       store.Store
	Conventions []*cooperation.Convention
	Teller      Teller
	Clock       func() time.Time // default time.Now
	Logger      *slog.Logger     // default slog.Default
	Poll        time.Duration    // how often the logs are asked for others' commits; default 200 ms
	Patience    time.Duration    // for one insert with its retries; default 10 s
	Observe     Observe          // default nobody
	Key         string           // the installation's key, at least 32 bytes; default one of its own, in the log of accounts
	Portion     Portion          // of long work in one commit
	Beat        time.Duration    // how often it is written how far long work is; default 2 s
	Loopback    bool             // whether webhooks may name addresses of this machine
}

// Platform is one running installation, or one replica of it.
type Platform struct {
	store    store.Store
	teller   Teller
	clock    func() time.Time
	log      *slog.Logger
	patience time.Duration
	portion  Portion
	observe  Observe
	loopback bool
	rooms    map[string]*room
	order    []string // ids of the conventions, as given
	accounts *catalogue.Accounts
	people   *journal
	key      []byte // as configured; empty when it is in the log of accounts
	stray    []byte // stands in for a key that cannot be recorded
	stop     context.CancelFunc
	running  sync.WaitGroup
	chores   chores
}

// room is one convention with its state and its journal.
type room struct {
	profile    *cooperation.Convention
	state      *catalogue.State
	journal    *journal
	mu         sync.Mutex // guards lens
	lens       *lens
	planner    planner
	sifts      sifts
	weighing   sync.Mutex // held while weights are tried
	announcing sync.Mutex // held while what has happened is announced
	announced  uint64     // how far in the log this process has looked for it
}

// Open reads every log, from its checkpoint where there is one, verifies the
// chain of what it reads, and starts following. Close must be called.
func Open(ctx context.Context, o Options) (*Platform, error) {
	p := &Platform{store: o.Store, teller: o.Teller, clock: o.Clock, log: o.Logger, patience: o.Patience, portion: o.Portion.orDefault(), loopback: o.Loopback, rooms: map[string]*room{},
		chores: chores{queue: make(chan *errand, mostWaiting), live: map[string]*errand{}, beat: o.Beat}, key: []byte(o.Key), stray: random(ShortestKey)}
	if len(p.key) > 0 && len(p.key) < ShortestKey {
		return nil, fmt.Errorf("the installation's key has %d bytes, and at least %d are needed", len(p.key), ShortestKey)
	}
	if p.observe = o.Observe; p.observe == nil {
		p.observe = unobserved
	}
	if p.clock == nil {
		p.clock = time.Now
	}
	if p.log == nil {
		p.log = slog.Default()
	}
	if p.patience <= 0 {
		p.patience = patience
	}
	if p.chores.beat <= 0 {
		p.chores.beat = choreBeat
	}
	if o.Poll <= 0 {
		o.Poll = 200 * time.Millisecond
	}
	if err := p.load(ctx, o); err != nil {
		return nil, err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	p.stop = stop
	for _, j := range p.journals() {
		p.running.Go(func() { j.serve(background, o.Poll) })
	}
	p.serveChores(background)
	return p, nil
}

// load opens the journals side by side: reading is decoding, and that is
// bound by the processor.
func (p *Platform) load(ctx context.Context, o Options) error {
	var wg sync.WaitGroup
	errs := make([]error, len(o.Conventions)+1)
	rooms := make([]*room, len(o.Conventions))
	for i, c := range o.Conventions {
		wg.Go(func() { rooms[i], errs[i] = openRoom(ctx, p, c) })
	}
	wg.Go(func() { p.accounts, p.people, errs[len(o.Conventions)] = openAccounts(ctx, p) })
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, r := range rooms {
		p.rooms[r.id()] = r
		p.order = append(p.order, r.id())
	}
	return nil
}

func (p *Platform) journals() []*journal {
	all := []*journal{p.people}
	for _, id := range p.order {
		all = append(all, p.rooms[id].journal)
	}
	return all
}

// Close stops following, lets commits that are under way finish, and keeps
// checkpoints for a fast start. The store stays open: it is the caller's.
func (p *Platform) Close() {
	p.stop()
	p.running.Wait()
}

// Now is the platform's clock.
func (p *Platform) Now() time.Time { return p.clock() }

// Store is the store below, for those who keep ephemeral values in it.
func (p *Platform) Store() store.Store { return p.store }

// Conventions lists the conventions that are served, in the order of the
// profiles, as Convention has them.
func (p *Platform) Conventions() []*cooperation.Convention {
	out := make([]*cooperation.Convention, 0, len(p.order))
	for _, id := range p.order {
		out = append(out, p.rooms[id].convention())
	}
	return out
}

// Convention returns the convention with the id as it is served: its profile
// with what people have named over it. Ask again after a change.
func (p *Platform) Convention(id string) (*cooperation.Convention, bool) {
	r, ok := p.rooms[id]
	if !ok {
		return nil, false
	}
	return r.convention(), true
}

// State is the state of a convention, for reading. What the actor may see of
// it is for the caller to ask cooperation.
func (p *Platform) State(convention string) (*catalogue.State, bool) {
	r, ok := p.rooms[convention]
	if !ok {
		return nil, false
	}
	return r.state, true
}

// room finds a convention by its id.
func (p *Platform) room(id string) (*room, error) {
	if r, ok := p.rooms[id]; ok {
		return r, nil
	}
	return nil, cooperation.Absent()
}

// Position is the last commit of the convention's log that this replica
// knows of.
func (p *Platform) Position(convention string) uint64 {
	if r, ok := p.rooms[convention]; ok {
		return r.state.Position()
	}
	return 0
}

// Await waits until this replica knows the position, for at most a second. One
// that it does not know yet is looked for at once, and not when the log is asked
// the next time.
func (p *Platform) Await(ctx context.Context, convention string, position uint64) error {
	r, err := p.room(convention)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if r.state.Position() < position {
		select {
		case r.journal.nudge <- struct{}{}:
		default: // somebody else waits too
		}
	}
	if r.state.Wait(ctx, position) != nil {
		return cooperation.Refuse(cooperation.Unavailable, "error.unavailable.position", message.Int("position", position))
	}
	return nil
}

// Changed returns a channel that is closed at the next change of the
// convention's state.
func (p *Platform) Changed(convention string) <-chan struct{} {
	if r, ok := p.rooms[convention]; ok {
		return r.journal.changed.next()
	}
	return nil
}

// Ready reports why the platform cannot write just now, or nil.
func (p *Platform) Ready(ctx context.Context) error {
	for _, j := range p.journals() {
		if err := j.trouble(); err != nil {
			return fmt.Errorf("log %s: %w", j.name, err)
		}
	}
	return p.store.Ping(ctx)
}
