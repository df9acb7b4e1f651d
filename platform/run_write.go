package platform

import (
	"context"
	"errors"
	"time"

	"entente/cooperation"
	"entente/matching"
	"entente/message"
)

// runner is the platform itself carrying out a run.
var runner = cooperation.System("matcher")

// step writes one document of a run.
type step func(d *draft, now time.Time) error

// carryOut writes the plan in as few commits as fit. The run's record says
// done only with the last of them; every commit checks that nobody else has
// written for a run meanwhile.
func (r *room) carryOut(ctx context.Context, clock func() time.Time, pl *plan, told []*cooperation.Notification) error {
	steps := make([]step, 0, len(pl.moves)+len(told))
	for _, m := range pl.moves {
		steps = append(steps, func(d *draft, now time.Time) error { return r.moveProposal(d, m, pl.run.ID, now) })
	}
	for _, n := range told {
		steps = append(steps, func(d *draft, _ time.Time) error {
			if _, known := r.notification(d, n.ID); !known {
				d.putNotification(n)
			}
			return nil
		})
	}
	recorded := pl.run.Version - 1 // the version of the record in the log; 0 for none
	for first := true; ; first = false {
		var taken int
		var record cooperation.Run
		err := r.journal.do(ctx, "run", runner, pl.run.Trigger, pl.run.ID, func(d *draft) (err error) {
			if err := r.fence(d, pl, recorded); err != nil {
				return err
			}
			if taken, err = fill(d, steps, clock()); err != nil {
				return err
			}
			record = *pl.run
			record.Version, record.Done = recorded, taken == len(steps)
			if first || record.Done {
				record.Version++
				d.putRun(&record)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if recorded, steps = record.Version, steps[taken:]; record.Done {
			pl.run.Version, pl.run.Done = record.Version, true
			return nil
		}
	}
}

// fill takes as many of the steps as one commit holds.
func fill(d *draft, steps []step, now time.Time) (taken int, err error) {
	for _, s := range steps {
		fits, err := d.add(func() error { return s(d, now) })
		if err != nil || !fits {
			return taken, err
		}
		taken++
	}
	return taken, nil
}

// errOvertaken says that another run has written since this one was planned.
var errOvertaken = errors.New("run overtaken")

// fence refuses to write for a run whose record is not as this attempt has
// left it, for a later attempt has taken it over or finished it; and for a plan
// that knows nothing of a run that has written since.
func (r *room) fence(d *draft, pl *plan, recorded uint64) error {
	version := uint64(0)
	if now, ok := r.run(d, pl.run.ID); ok {
		version = now.Version
	}
	if version != recorded {
		return cooperation.Refuse(cooperation.Conflict, "error.conflict.run")
	}
	if last := r.lastRun(d); last != pl.run.ID && last != pl.before {
		return errOvertaken
	}
	return nil
}

// lastRun is the id of the latest run, be it one whose commit waits in the
// same insert; empty before the first.
func (r *room) lastRun(d *draft) string {
	for _, c := range d.pending {
		if c.kind == "run" && c.version == 1 {
			return c.id // the fence lets only one begin
		}
	}
	if last, ok := r.state.LastRun(); ok {
		return last.ID
	}
	return ""
}

// moveProposal changes one proposal as it stands when the commit is decided.
// A pairing that no longer holds by then is left to the next run.
func (r *room) moveProposal(d *draft, m move, run string, now time.Time) error {
	before, exists := r.proposal(d, m.proposal)
	if m.supersede {
		if exists && before.Status == cooperation.Proposed {
			c := *before
			if err := c.Supersede(run, runner, now); err != nil {
				return err
			}
			d.putProposal(&c)
		}
		return nil
	}
	n, ok := r.need(d, m.need)
	o, found := r.offer(d, m.offer)
	if !ok || !found || !n.Status.Matchable() || o.Status != cooperation.OfferOpen {
		return nil
	}
	if exists {
		if before.Status == cooperation.SupersededProposal {
			c := *before
			if err := c.ProposeAgain(run, runner, now); err != nil {
				return err
			}
			d.putProposal(&c)
		}
		return nil
	}
	responsible, informed := r.bodies(n)
	p, err := cooperation.Propose(n, m.offer, append([]string{responsible}, informed...), run, runner, now)
	if err == nil {
		d.putProposal(r.aggregated(p))
	}
	return err
}

// mainReasons is how many parts of a score a message names.
const mainReasons = 3

// MainReasons are the sentences of the parts that bring the most points, best
// first.
func MainReasons(parts []matching.Part) []message.Message {
	left := append([]matching.Part(nil), parts...)
	var out []message.Message
	for len(out) < mainReasons && len(left) > 0 {
		best := 0
		for i := range left {
			if left[i].Points > left[best].Points {
				best = i
			}
		}
		if !left[best].Message.Zero() && left[best].Points > 0 {
			out = append(out, left[best].Message)
		}
		left = append(left[:best], left[best+1:]...)
	}
	return out
}
