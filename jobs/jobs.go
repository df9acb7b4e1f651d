// Package jobs runs what happens by the clock: the matcher, the clocks
// of postings and proposals, and the delivery of messages. The data decides
// what is due; a tick only asks. Any number of replicas may run the same jobs:
// a claim lets one of them run each slot, and all that a job does may safely
// happen again.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"entente/cooperation"
	"entente/platform"
	"entente/store"
)

// Platform is what the jobs ask of the platform.
type Platform interface {
	Conventions() []*cooperation.Convention
	Run(ctx context.Context, actor cooperation.Actor, convention string, o platform.RunOptions) (*platform.Ranking, error)
	Tick(ctx context.Context, convention string) (platform.Ticked, error)
	Digest(ctx context.Context, convention string) (int, error)
	Changed(convention string) <-chan struct{}
	Position(convention string) uint64
	Revision(convention string) uint64 // changes when what the matcher reads does
	// ResumeErasures goes on with erasures of people that were cut off.
	ResumeErasures(ctx context.Context) error
	SweepFiles(ctx context.Context) (int, error) // removes contents of files that nothing needs any more
	Now() time.Time
}

// Options are what the jobs are made of. Platform, Claims and Holder are
// required.
type Options struct {
	Platform  Platform
	Claims    store.Ephemeral
	Holder    string                      // names this process in claims
	Match     string                      // cron expression of the matcher, UTC; seconds may stand in front; default hourly
	Clocks    string                      // cron expression of the look at the clocks; default every ten minutes
	Projector Projector                   // nil where the store keeps no projection
	Deliver   func(context.Context) error // one round of delivery; nil where no channel is configured
	Post      func(context.Context) error // one round of webhooks; nil for none
	Every     time.Duration               // how often due slots and messages are looked for; default one second
	Quiet     time.Duration               // how long after the last posting the matcher runs; default two seconds
	Lease     time.Duration               // how long a claim holds when its holder dies; default one minute
	Logger    *slog.Logger
}

// Jobs are the running jobs of one process.
type Jobs struct {
	o       Options
	cron    *cron.Cron
	slots   []*slotted
	running sync.WaitGroup
	stop    context.CancelFunc
}

// parser reads five fields, or six with seconds first.
var parser = cron.NewParser(cron.SecondOptional | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)

// CheckSchedule reports what is wrong with a cron expression. Intervals
// ("@every 5m") are refused: replicas could not agree on their slots.
func CheckSchedule(expression string) error {
	_, err := schedule(expression)
	return err
}

func schedule(expression string) (cron.Schedule, error) {
	if strings.Contains(expression, "TZ=") { // which the parser would take, and panic where nothing follows
		return nil, fmt.Errorf("cron expression %q: slots are those of UTC and take no zone", expression)
	}
	s, err := parser.Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("cron expression %q: %w", expression, err)
	}
	if _, interval := s.(cron.ConstantDelaySchedule); interval {
		return nil, fmt.Errorf("cron expression %q: an interval has no fixed slots; write \"*/5 * * * *\" for every five minutes", expression)
	}
	return s, nil
}

// Start starts the jobs. Stop must be called.
func Start(ctx context.Context, o Options) (*Jobs, error) {
	o = defaults(o)
	j := &Jobs{o: o}
	match, err := schedule(o.Match)
	if err != nil {
		return nil, err
	}
	clocks, err := schedule(o.Clocks)
	if err != nil {
		return nil, err
	}
	for _, c := range o.Platform.Conventions() {
		j.slots = append(j.slots, j.slotted("match", c.ID, match, func(ctx context.Context, slot string) error {
			return j.match(ctx, c.ID, platform.RunOptions{Trigger: "schedule", Slot: slot})
		}), j.slotted("clocks", c.ID, clocks, func(ctx context.Context, _ string) error {
			return j.clocks(ctx, c.ID)
		}))
	}
	files, err := schedule(fileSlots)
	if err != nil {
		return nil, err
	}
	j.slots = append(j.slots, j.slotted("files", "all", files, func(ctx context.Context, _ string) error { return j.sweepFiles(ctx) }))
	ctx, j.stop = context.WithCancel(context.WithoutCancel(ctx))
	quiet := cron.PrintfLogger(slog.NewLogLogger(o.Logger.Handler(), slog.LevelError))
	// SkipIfStillRunning must come first: around Recover, a panic would leave
	// its mark and the job would never run again.
	j.cron = cron.New(cron.WithLocation(time.UTC), cron.WithLogger(cron.DiscardLogger),
		cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(quiet)))
	for _, s := range j.slots {
		j.cron.Schedule(cron.ConstantDelaySchedule{Delay: o.Every}, cron.FuncJob(func() { s.tick(ctx) }))
	}
	if o.Deliver != nil {
		j.cron.Schedule(cron.ConstantDelaySchedule{Delay: o.Every}, cron.FuncJob(func() { j.round(ctx, "mail", o.Deliver) }))
	}
	if o.Post != nil {
		j.cron.Schedule(cron.ConstantDelaySchedule{Delay: o.Every}, cron.FuncJob(func() { j.round(ctx, "webhooks", o.Post) }))
	}
	j.cron.Schedule(cron.ConstantDelaySchedule{Delay: sweeping}, cron.FuncJob(func() { j.sweep(ctx); j.resumeErasures(ctx) }))
	for _, c := range o.Platform.Conventions() {
		j.running.Go(func() { j.watch(ctx, c.ID) })
		if o.Projector != nil {
			j.running.Go(func() { j.follow(ctx, c.ID) })
		}
	}
	j.running.Go(func() { j.resumeErasures(ctx) })
	j.cron.Start()
	return j, nil
}

func defaults(o Options) Options {
	if o.Match == "" {
		o.Match = "0 * * * *"
	}
	if o.Clocks == "" {
		o.Clocks = "*/10 * * * *"
	}
	if o.Every <= 0 {
		o.Every = time.Second
	}
	if o.Quiet <= 0 {
		o.Quiet = 2 * time.Second
	}
	if o.Lease <= 0 {
		o.Lease = time.Minute
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Stop lets what is running finish, within what is left of ctx, and starts
// nothing more.
func (j *Jobs) Stop(ctx context.Context) {
	finished := j.cron.Stop()
	select {
	case <-finished.Done():
	case <-ctx.Done():
	}
	j.stop()
	<-finished.Done()
	j.running.Wait()
}

func (j *Jobs) match(ctx context.Context, convention string, o platform.RunOptions) error {
	r, err := j.o.Platform.Run(ctx, cooperation.System("jobs"), convention, o)
	if err != nil {
		return err
	}
	if !r.Unchanged {
		j.o.Logger.Info("matcher ran", "convention", convention, "run", r.Run.ID, "trigger", o.Trigger, "needs", r.Run.Needs,
			"offers", r.Run.Offers, "pairs", r.Run.Pairs, "added", r.Run.Added, "superseded", r.Run.Superseded, "seconds", r.Seconds)
	}
	return nil
}

func (j *Jobs) clocks(ctx context.Context, convention string) error {
	ticked, err := j.o.Platform.Tick(ctx, convention)
	if err != nil {
		return err
	}
	digests, err := j.o.Platform.Digest(ctx, convention)
	if ticked != (platform.Ticked{}) || digests > 0 {
		j.o.Logger.Info("clocks", "convention", convention, "ended", ticked.Ended, "reminders", ticked.Told, "digests", digests)
	}
	return err
}

// sweeping is how often claims and values that have run out are removed.
const sweeping = 10 * time.Minute

func (j *Jobs) sweep(ctx context.Context) {
	if _, err := j.o.Claims.Sweep(ctx, j.o.Platform.Now()); err != nil && ctx.Err() == nil {
		j.o.Logger.Warn("what has run out was not removed; it is tried again", "error", err)
	}
}

// resumeErasures runs at the start and from time to time: what a process that
// died has left over is not to wait for anybody.
func (j *Jobs) resumeErasures(ctx context.Context) {
	if err := j.o.Platform.ResumeErasures(ctx); err != nil && ctx.Err() == nil {
		j.o.Logger.Error("an erasure is not complete; it is tried again", "error", err)
	}
}

// fileSlots are when contents of files that nothing needs are removed: hourly,
// at a minute at which little else happens.
const fileSlots = "17 * * * *"

func (j *Jobs) sweepFiles(ctx context.Context) error {
	swept, err := j.o.Platform.SweepFiles(ctx)
	if swept > 0 {
		j.o.Logger.Info("files that nothing needs were removed", "files", swept)
	}
	return err
}

func (j *Jobs) round(ctx context.Context, channel string, round func(context.Context) error) {
	if err := round(ctx); err != nil && ctx.Err() == nil {
		j.o.Logger.Error("delivery failed; it is tried again", "channel", channel, "error", err)
	}
}
