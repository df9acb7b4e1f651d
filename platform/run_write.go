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

// The weights of what a run writes, in bytes with a margin: they keep its
// commits under the store's limit of 1 MiB.
const (
	proposalBytes     = 1_200
	notificationBytes = 8_000
	runBytes          = 2_000
	commitBytes       = 600_000
)

// step writes one document of a run.
type step struct {
	bytes int
	write func(d *draft, now time.Time) error
}

// carryOut writes the plan in as few commits as fit. The run's record says
// done only with the last of them; every commit checks that no later attempt
// has taken the run over.
func (r *room) carryOut(ctx context.Context, clock func() time.Time, pl *plan, told []*cooperation.Notification) error {
	steps := make([]step, 0, len(pl.moves)+len(told))
	for _, m := range pl.moves {
		steps = append(steps, step{proposalBytes, func(d *draft, now time.Time) error { return r.moveProposal(d, m, pl.run.ID, now) }})
	}
	for _, n := range told {
		steps = append(steps, step{notificationBytes, func(d *draft, _ time.Time) error {
			if _, known := r.notification(d, n.ID); !known {
				d.putNotification(n)
			}
			return nil
		}})
	}
	version := pl.run.Version
	for first := true; ; first = false {
		n := fit(steps, commitBytes-runBytes)
		last := n == len(steps)
		err := r.journal.do(ctx, "run", runner, pl.run.Trigger, pl.run.ID, func(d *draft) error {
			if err := r.fence(pl.run); err != nil {
				return err
			}
			now := clock()
			for _, s := range steps[:n] {
				if err := s.write(d, now); err != nil {
					return err
				}
			}
			if first || last {
				run := *pl.run
				run.Version, run.Done = version, last
				d.putRun(&run)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if last {
			pl.run.Version, pl.run.Done = version, true
			return nil
		}
		if first {
			version++
		}
		steps = steps[n:]
	}
}

// errOvertaken says that a run that read the same or a later position has
// been finished meanwhile.
var errOvertaken = errors.New("run overtaken")

// fence refuses to write for a run that a later attempt has taken over or
// finished.
func (r *room) fence(run *cooperation.Run) error {
	now, ok := r.state.Run(run.ID)
	if ok && (now.Done || now.Attempt > run.Attempt) {
		return cooperation.Refuse(cooperation.Conflict, "error.conflict.run")
	}
	if last, ok := r.state.LastRun(); ok && last.ID != run.ID && last.Position >= run.Position {
		return errOvertaken
	}
	return nil
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
		d.putProposal(p)
	}
	return err
}

// fit is how many steps go into one commit, at least one where there are any.
func fit(steps []step, limit int) int {
	size := 0
	for i, s := range steps {
		if size += s.bytes; size > limit && i > 0 {
			return i
		}
	}
	return len(steps)
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
