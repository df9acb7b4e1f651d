package yeartest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
	"entente/store"
	"entente/store/sqlite"
)

// Options say how busy the year is.
type Options struct {
	Needs, Offers int           // that are posted over the year
	Seed          uint64        // of what people do
	Every         time.Duration // between two slots of the clocks; default one hour
	Folder        string        // where the database is
	Days          int           // default 365
	Shortlist     int           // proposals for one need at a time; default 3
	Teller        platform.Teller
}

// Busy are the options of a year of a busy convention: 400 needs, 300 offers and
// some nine hundred proposals.
func Busy() Options { return Options{Needs: 400, Offers: 300, Shortlist: 1, Seed: 5} }

// Result is what came of the year.
type Result struct {
	Days         int
	Needs        int
	Offers       int
	Proposals    int
	Reviews      int
	Talks        int // agreements, whatever came of them
	Partnerships int
	Commits      int
	Told         int // messages to people
	Mails        int
	Digests      int // of the mails
	Steps        map[string]Count
	Took         time.Duration
	Platform     time.Duration // of it in the platform: deciding, committing, looking at clocks, ranking
	Faults       []string      // what the auditor has found; empty is well
}

// Count says how often a step was taken, refused by the platform's rules, or
// found nothing to be done.
type Count struct{ Taken, Refused, Idle int }

var operator = cooperation.System("operator")

// begins is the first day of the year: a Monday.
func begins() time.Time { return time.Date(2027, time.January, 4, 0, 0, 0, 0, time.UTC) }

// year is a year under way.
type year struct {
	Options
	clock    *clock
	office   *office
	store    store.Store
	replicas []*platform.Platform
	posts    []*notify.Deliverer
	rand     *rand.Rand
	names    map[string]string // of people → ids
	plan     plan
	audit    *auditor
	count    map[string]Count
	used     time.Duration // in the platform
	serial   int
	paused   bool // the sending of mails
}

// Live lives through a year.
func Live(ctx context.Context, o Options) (*Result, error) {
	if o.Every <= 0 {
		o.Every = time.Hour
	}
	if o.Days <= 0 {
		o.Days = 365
	}
	if o.Shortlist <= 0 {
		o.Shortlist = 3
	}
	if o.Teller == nil {
		o.Teller = notify.NewTeller()
	}
	y := &year{Options: o, clock: &clock{now: begins()}, names: map[string]string{}, count: map[string]Count{}, rand: rand.New(rand.NewPCG(o.Seed, 5))} //nolint:gosec // a year that can be lived again
	y.office = &office{now: y.clock.Now}
	began := time.Now()
	defer y.close()
	if err := errors.Join(y.open(ctx), y.settle(ctx)); err != nil {
		return nil, err
	}
	if err := y.seatAll(ctx); err != nil {
		return nil, err
	}
	if err := y.audit.read(ctx, platform.AccountsLog, convention); err != nil {
		return nil, err
	}
	y.draw()
	for slot := begins().Add(y.Every); slot.Before(begins().AddDate(0, 0, y.Days)); slot = slot.Add(y.Every) {
		if err := y.until(ctx, slot); err != nil {
			return nil, fmt.Errorf("%s: %w", slot.Format(time.RFC3339), err)
		}
	}
	if err := y.end(ctx); err != nil {
		return nil, err
	}
	r := y.audit.result()
	r.Days, r.Steps, r.Took, r.Platform, r.Mails = y.Days, y.count, time.Since(began), y.used, y.audit.letters
	return r, nil
}

// open starts two replicas on one database, each with its deliverer.
func (y *year) open(ctx context.Context) error {
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		return err
	}
	c, _ := set.Convention(convention)
	profile := *c
	profile.NeedValidityMonths, profile.OfferValidityMonths, profile.Shortlist = 6, 4, y.Shortlist // so that postings run out within the year
	if y.store, err = sqlite.Open(ctx, "sqlite://"+filepath.Join(y.Folder, "year.db")); err != nil {
		return err
	}
	texts, err := i18n.New()
	if err != nil {
		return err
	}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	for i := range 2 {
		on, err := platform.Open(ctx, platform.Options{Store: y.store, Conventions: []*cooperation.Convention{&profile}, Teller: y.Teller, Clock: y.clock.Now, Logger: quiet,
			Poll: 20 * time.Millisecond, Patience: time.Minute, Key: "the key of a year that nobody lives but this program"})
		if err != nil {
			return err
		}
		y.replicas = append(y.replicas, on)
		y.posts = append(y.posts, notify.NewDeliverer(notify.DelivererOptions{Outbox: outbox{on}, Claims: y.store.Ephemeral(), Channel: y.office, Texts: texts,
			PublicURL: "https://entente.example", Holder: fmt.Sprintf("replica %d", i), Logger: quiet}))
	}
	y.audit = newAuditor(&profile, y.store)
	return nil
}

func (y *year) close() {
	for _, on := range y.replicas {
		on.Close()
	}
	if y.store != nil {
		_ = y.store.Close()
	}
}

// until lets people do what they do before a slot, and takes the slot.
func (y *year) until(ctx context.Context, slot time.Time) error {
	for y.plan.next(slot) {
		p := y.plan.pop()
		y.clock.set(p.at)
		if err := y.take(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	y.clock.set(slot)
	return y.slot(ctx, slot)
}

// take lets somebody do something. That the rules refuse it is nobody's fault.
func (y *year) take(ctx context.Context, p planned) error {
	if err := y.meet(ctx, y.replicas[:1]); err != nil {
		return err
	}
	began := time.Now()
	err := p.do(ctx, y)
	y.used += time.Since(began)
	c := y.count[p.name]
	var refusal *cooperation.Error
	switch {
	case err == nil:
		c.Taken++
	case errors.Is(err, errNothing):
		c.Idle++
		y.again(p)
		err = nil
	case errors.As(err, &refusal) && refusal.Code != cooperation.Unavailable:
		c.Refused++
		y.again(p)
		err = nil
	}
	y.count[p.name] = c
	if err != nil {
		return err
	}
	return errors.Join(y.audit.read(ctx, platform.AccountsLog), y.follow(ctx))
}

// again plans a step that could not be taken for another day, some times.
func (y *year) again(p planned) {
	if p.tries < 5 && p.recurs {
		p.at, p.tries = p.at.AddDate(0, 0, 1+y.rand.IntN(4)), p.tries+1
		y.plan.put(p)
	}
}

// errNothing says that there is nothing of which a step could be taken.
var errNothing = errors.New("nothing to be done")

// slot looks at the clocks, sends digests and mails, and runs the matcher, as
// the day allows.
func (y *year) slot(ctx context.Context, at time.Time) error {
	w := weatherOf(at)
	y.office.close(w.closed)
	if err := y.pause(ctx, w.paused); err != nil {
		return err
	}
	if w.dark {
		return nil
	}
	looking := y.replicas[:1]
	switch {
	case w.twice:
		looking = y.replicas
	case y.rand.IntN(5) == 0:
		looking = y.replicas[1:]
	}
	if err := y.everywhere(ctx, looking, func(on *platform.Platform) error { _, err := on.Tick(ctx, convention); return err }); err != nil {
		return err
	}
	y.audit.checkClocks(at)
	for _, document := range y.audit.asked {
		y.reconfirm(document)
	}
	due := y.audit.digestsDue(at)
	if err := y.everywhere(ctx, looking, func(on *platform.Platform) error { _, err := on.Digest(ctx, convention); return err }); err != nil {
		return err
	}
	y.audit.checkDigests(at, due)
	if err := y.deliver(ctx, looking); err != nil {
		return err
	}
	if half := func(t time.Time) time.Time { return t.Add(-3 * time.Hour).Truncate(12 * time.Hour) }; half(at).Equal(half(at.Add(-y.Every))) {
		return nil // the matcher runs at three, twice a day
	}
	if err := y.everywhere(ctx, looking, func(on *platform.Platform) error {
		_, err := on.Run(ctx, cooperation.System("jobs"), convention, platform.RunOptions{Trigger: "schedule", Slot: at.Format(time.RFC3339)})
		return err
	}); err != nil {
		return err
	}
	return y.deliver(ctx, looking)
}

// everywhere does something on several replicas at the same time, when all of
// them know what the others have done, and lets the auditor read on.
func (y *year) everywhere(ctx context.Context, on []*platform.Platform, do func(*platform.Platform) error) error {
	if err := y.meet(ctx, on); err != nil {
		return err
	}
	began := time.Now()
	errs := make([]error, len(on))
	var wg sync.WaitGroup
	for i := range on {
		wg.Go(func() { errs[i] = do(on[i]) })
	}
	wg.Wait()
	y.used += time.Since(began)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return y.follow(ctx)
}

// deliver lets the deliverers of replicas make their round, and the auditor read
// what was delivered.
func (y *year) deliver(ctx context.Context, on []*platform.Platform) error {
	err := y.everywhere(ctx, on, func(one *platform.Platform) error {
		for i := range y.replicas {
			if y.replicas[i] == one {
				return y.posts[i].Round(ctx)
			}
		}
		return nil
	})
	y.audit.post(y.office.taken())
	return err
}

// follow lets the auditor read what was committed.
func (y *year) follow(ctx context.Context) error {
	for _, on := range y.replicas {
		if on.Position(convention) > y.audit.position[convention] {
			err := y.audit.read(ctx, convention)
			y.hear()
			return err
		}
	}
	return nil
}

// meet waits until replicas know what the auditor has read.
func (y *year) meet(ctx context.Context, all []*platform.Platform) error {
	for _, on := range all {
		for began := time.Now(); ; {
			err := on.Await(ctx, convention, y.audit.position[convention])
			if err == nil {
				break
			}
			if ctx.Err() != nil || time.Since(began) > time.Minute { // on a machine that does much else
				return err
			}
		}
		for y.audit.changed != "" {
			if u, ok := on.User(y.audit.changed); ok && u.Version >= y.audit.users[u.ID].Version {
				break
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Millisecond):
			}
		}
	}
	return nil
}

// pause stops and resumes the sending of mails.
func (y *year) pause(ctx context.Context, paused bool) error {
	if y.paused == paused {
		return nil
	}
	y.paused = paused
	if err := y.meet(ctx, y.replicas[:1]); err != nil {
		return err
	}
	if err := y.replicas[0].TurnMail(ctx, y.somebody("administrator"), paused); err != nil {
		return err
	}
	return y.follow(ctx)
}

// end lets what is under way arrive: a last week without people.
func (y *year) end(ctx context.Context) error {
	last := begins().AddDate(0, 0, y.Days)
	for slot := last; slot.Before(last.AddDate(0, 0, 8)); slot = slot.Add(y.Every) {
		y.clock.set(slot)
		if err := y.slot(ctx, slot); err != nil {
			return err
		}
	}
	y.audit.finish(y.clock.Now())
	return nil
}
