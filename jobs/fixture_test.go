package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"entente/cooperation"
	"entente/platform"
)

// claims are ephemeral values in memory, as the store keeps them.
type claims struct {
	mu     sync.Mutex
	values map[string]entry
	held   map[string]entry
}

type entry struct {
	value  string
	expiry time.Time
}

func newClaims() *claims { return &claims{values: map[string]entry{}, held: map[string]entry{}} }

func (c *claims) Set(_ context.Context, key string, value []byte, expiry time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = entry{string(value), expiry}
	return nil
}

func (c *claims) Value(_ context.Context, key string, now time.Time) ([]byte, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.values[key]
	return []byte(e.value), ok && now.Before(e.expiry), nil
}

func (c *claims) Claim(_ context.Context, key string, value []byte, expiry, now time.Time) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.held[key]; ok && now.Before(e.expiry) {
		return false, nil
	}
	c.held[key] = entry{string(value), expiry}
	return true, nil
}

func (c *claims) Holder(_ context.Context, key string, now time.Time) ([]byte, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.held[key]
	return []byte(e.value), ok && now.Before(e.expiry), nil
}

func (c *claims) Release(_ context.Context, key string, value []byte, _ time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[key].value == string(value) {
		delete(c.held, key)
	}
	return nil
}

func (c *claims) Delete(context.Context, string) error { return nil }
func (c *claims) Consume(context.Context, string, time.Time) ([]byte, bool, error) {
	return nil, false, nil
}

func (c *claims) Sweep(_ context.Context, now time.Time) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := len(c.held)
	maps.DeleteFunc(c.held, func(_ string, e entry) bool { return !now.Before(e.expiry) })
	return before - len(c.held), nil
}

// installation is a platform that counts what the jobs ask of it.
type installation struct {
	mu      sync.Mutex
	changed chan struct{}
	posted  uint64 // how often something was posted
	runs    []platform.RunOptions
	lapses  int
	resumed int
	sweeps  []time.Time
	fail    error // what a run ends with
	hang    bool  // a run does not end until its context does
	panics  bool
	ahead   time.Duration // by how much its clock is wrong
}

func newInstallation() *installation { return &installation{changed: make(chan struct{})} }

func (i *installation) Conventions() []*cooperation.Convention {
	return []*cooperation.Convention{{ID: "fctc"}}
}

func (i *installation) Run(ctx context.Context, _ cooperation.Actor, convention string, o platform.RunOptions) (*platform.Ranking, error) {
	i.mu.Lock()
	hang, fail, panics := i.hang, i.fail, i.panics
	if !hang {
		i.runs = append(i.runs, o)
	}
	i.mu.Unlock()
	if panics {
		panic("a mistake in the matcher")
	}
	if hang {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return &platform.Ranking{Run: &cooperation.Run{Meta: cooperation.Meta{Convention: convention}}}, fail
}

func (i *installation) Tick(context.Context, string) (platform.Ticked, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.lapses++
	return platform.Ticked{}, nil
}

func (i *installation) ResumeErasures(context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.resumed++
	return i.fail
}

func (i *installation) SweepFiles(context.Context) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.sweeps = append(i.sweeps, time.Now())
	return 1, nil
}

func (i *installation) Digest(context.Context, string) (int, error) { return 0, nil }
func (i *installation) Position(c string) uint64                    { return i.Revision(c) }
func (i *installation) Now() time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return time.Now().Add(i.ahead)
}

func (i *installation) Changed(string) <-chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.changed
}

func (i *installation) Revision(string) uint64 {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.posted
}

// post is a posting by somebody; note is a commit that the matcher does not
// read.
func (i *installation) post() {
	i.mu.Lock()
	i.posted++
	i.mu.Unlock()
	i.note()
}

func (i *installation) note() {
	i.mu.Lock()
	defer i.mu.Unlock()
	close(i.changed)
	i.changed = make(chan struct{})
}

func (i *installation) set(change func(*installation)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change(i)
}

// slots are the slots that were run, by trigger.
func (i *installation) slots(trigger string) []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	var out []string
	for _, o := range i.runs {
		if o.Trigger == trigger {
			out = append(out, o.Slot)
		}
	}
	return out
}

var errBroken = errors.New("broken")

var quiet = slog.New(slog.DiscardHandler)
