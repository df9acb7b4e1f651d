package platform

import (
	"context"
	"fmt"
	"io"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// openRoom reads the log of a convention into a state.
func openRoom(ctx context.Context, p *Platform, c *cooperation.Convention) (*room, error) {
	r := &room{profile: c, state: catalogue.New(c)}
	number, hash, err := load(ctx, p, c.ID, func(content io.Reader) error {
		restored, err := catalogue.Restore(c, content)
		if err == nil {
			r.state = restored
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	r.journal = newJournal(p, c.ID, r.state, number, hash, r.state.Checkpoint)
	return r, r.journal.follow(ctx)
}

// openAccounts reads the log of accounts.
func openAccounts(ctx context.Context, p *Platform) (*catalogue.Accounts, *journal, error) {
	a := catalogue.NewAccounts()
	number, hash, err := load(ctx, p, AccountsLog, func(content io.Reader) error {
		restored, err := catalogue.RestoreAccounts(content)
		if err == nil {
			a = restored
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	j := newJournal(p, AccountsLog, a, number, hash, a.Checkpoint)
	return a, j, j.follow(ctx)
}

// load restores the latest checkpoint that fits the log. One that is damaged,
// of another form, or not of this chain is passed over: the log has it all.
func load(ctx context.Context, p *Platform, log string, restore func(io.Reader) error) (uint64, store.Hash, error) {
	at, content, found, err := p.store.LoadCheckpoint(ctx, log, format)
	if err != nil {
		return 0, store.Hash{}, fmt.Errorf("log %s: %w", log, err)
	}
	if !found {
		return 0, store.Hash{}, nil
	}
	defer content.Close()
	commit, ok, err := p.store.At(ctx, log, at.Number)
	if err != nil {
		return 0, store.Hash{}, fmt.Errorf("log %s: %w", log, err)
	}
	if !ok || commit.Hash != at.Hash {
		p.log.Warn("checkpoint is not of this log; reading the log instead", "log", log, "position", at.Number)
		return 0, store.Hash{}, nil
	}
	if err := restore(content); err != nil {
		p.log.Warn("checkpoint cannot be used; reading the log instead", "log", log, "position", at.Number, "error", err)
		return 0, store.Hash{}, nil
	}
	return at.Number, at.Hash, nil
}

func newJournal(p *Platform, log string, state memory, saved uint64, head store.Hash, write func(io.Writer) (uint64, error)) *journal {
	j := &journal{name: log, store: p.store, state: state, clock: p.clock, log: p.log, patience: p.patience, portion: p.portion, observe: p.observe, head: head, saved: saved,
		queue: make(chan *order, queueLimit), nudge: make(chan struct{}, 1), ended: make(chan struct{})}
	j.save = func(ctx context.Context, at store.Checkpoint) error {
		content, w := io.Pipe()
		go func() {
			position, err := write(w)
			if err == nil && position != at.Number {
				err = fmt.Errorf("state moved from %d to %d while it was written", at.Number, position)
			}
			w.CloseWithError(err)
		}()
		err := p.store.SaveCheckpoint(ctx, log, at, content)
		content.CloseWithError(err) // ends the writer if the store gave up
		return err
	}
	return j
}

// do commits a command to the convention's log.
func (r *room) do(ctx context.Context, command string, actor cooperation.Actor, decide func(*draft) error) error {
	return r.journal.do(ctx, command, actor, "", "", decide)
}

func (r *room) need(d *draft, id string) (*cooperation.Need, bool) {
	if n, ok := decided[*cooperation.Need](d, "need", id); ok {
		return n, true
	}
	return r.state.Need(id)
}

func (r *room) offer(d *draft, id string) (*cooperation.Offer, bool) {
	if o, ok := decided[*cooperation.Offer](d, "offer", id); ok {
		return o, true
	}
	return r.state.Offer(id)
}

func (r *room) proposal(d *draft, id string) (*cooperation.Proposal, bool) {
	if p, ok := decided[*cooperation.Proposal](d, "proposal", id); ok {
		return p, true
	}
	return r.state.Proposal(id)
}

func (r *room) run(d *draft, id string) (*cooperation.Run, bool) {
	if n, ok := decided[*cooperation.Run](d, "run", id); ok {
		return n, true
	}
	return r.state.Run(id)
}

func (r *room) notification(d *draft, id string) (*cooperation.Notification, bool) {
	if n, ok := decided[*cooperation.Notification](d, "notification", id); ok {
		return n, true
	}
	return r.state.Notification(id)
}

// id names the convention and its log.
func (r *room) id() string { return r.profile.ID }

// convention is the convention as it is served now.
func (r *room) convention() *cooperation.Convention { return r.state.Convention() }

// under is the convention on which a command decides: as earlier commands of
// the same insert leave it.
func (r *room) under(d *draft) *cooperation.Convention {
	c := *r.state.Convention()
	c.Committees = c.Named(func(id string) (*cooperation.Naming, bool) { return decided[*cooperation.Naming](d, "committee", id) })
	c.Directory = drafted{r, d}
	return &c
}

// drafted finds what people have entered beside the profile as a draft leaves
// it.
type drafted struct {
	*room
	draft *draft
}

// Organisation implements cooperation.Directory.
func (f drafted) Organisation(id string) (*cooperation.Organisation, bool) {
	return f.organisation(f.draft, id)
}

// Commitment implements cooperation.Directory.
func (f drafted) Commitment(reference string) (*cooperation.Commitment, bool) {
	if c, ok := f.commitment(f.draft, reference); ok {
		return c, true
	}
	code := cooperation.FoldCode(reference)
	for _, c := range decidedAll[*cooperation.Commitment](f.draft, "commitment") {
		if cooperation.FoldCode(c.Code) == code {
			return c, true
		}
	}
	c, ok := f.state.Commitment(code)
	if !ok {
		return nil, false
	}
	if now, ok := f.commitment(f.draft, c.ID); !ok || cooperation.FoldCode(now.Code) != code {
		return nil, false // the draft has given it another code
	}
	return c, true
}

func (r *room) commitment(d *draft, id string) (*cooperation.Commitment, bool) {
	if c, ok := decided[*cooperation.Commitment](d, "commitment", id); ok {
		return c, true
	}
	c, ok := r.state.Commitment(id)
	return c, ok && c.ID == id
}

func (r *room) programmeActivity(d *draft, id string) (*cooperation.ProgrammeActivity, bool) {
	if x, ok := decided[*cooperation.ProgrammeActivity](d, "programme_activity", id); ok {
		return x, true
	}
	return r.state.ProgrammeActivity(id)
}

func (r *room) organisation(d *draft, id string) (*cooperation.Organisation, bool) {
	if o, ok := decided[*cooperation.Organisation](d, "organisation", id); ok {
		return o, true
	}
	return r.state.Organisation(id)
}

func (d *draft) putNeed(n *cooperation.Need)         { d.put("need", n.ID, n.Version, n) }
func (d *draft) putOffer(o *cooperation.Offer)       { d.put("offer", o.ID, o.Version, o) }
func (d *draft) putProposal(p *cooperation.Proposal) { d.put("proposal", p.ID, p.Version, p) }
func (r *room) naming(d *draft, committee string) (*cooperation.Naming, bool) {
	if n, ok := decided[*cooperation.Naming](d, "committee", committee); ok {
		return n, true
	}
	return r.state.Naming(committee)
}

func (d *draft) putOrganisation(o *cooperation.Organisation) {
	d.put("organisation", o.ID, o.Version, o)
}
func (d *draft) putCommitment(c *cooperation.Commitment) {
	d.put("commitment", c.ID, c.Version, c)
}
func (d *draft) putProgrammeActivity(x *cooperation.ProgrammeActivity) {
	d.put("programme_activity", x.ID, x.Version, x)
}
func (d *draft) putRun(r *cooperation.Run) { d.put("run", r.ID, r.Version, r) }
func (d *draft) putNotification(n *cooperation.Notification) {
	d.put("notification", n.ID, n.Version, n)
}

// tell adds to the draft what people have to be told of the occasion. What
// they were told before, under the same id, is not told again.
func (p *Platform) tell(r *room, d *draft, o cooperation.Occasion, now time.Time) {
	o.Convention = r.under(d)
	for _, n := range p.teller.Tell(o, p.accounts.Within(r.id()), now) {
		if _, told := r.notification(d, n.ID); !told {
			d.putNotification(n)
		}
	}
}
