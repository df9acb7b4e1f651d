package platform

import (
	"context"
	"fmt"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/store"
)

// Verification is a run that was repeated and found again.
type Verification struct {
	Run      *cooperation.Run
	Compared int // proposals that the run changed, each found again
	Skipped  int // those of postings that somebody changed while the run was being written
	Seconds  float64
}

// VerifyRun repeats a recorded run: it rebuilds the state at the run's position
// from the log, ranks with the day, weights and record of that moment, and
// holds digest, figures and proposals against what was recorded. It changes
// nothing. A run that another engine has made is refused, and so is one that is
// not found again; the refusal says what differs.
func (p *Platform) VerifyRun(ctx context.Context, actor cooperation.Actor, id string) (*Verification, error) {
	began := time.Now()
	r, run, err := p.findRun(actor, id)
	if err != nil {
		return nil, err
	}
	if !cooperation.MayVerifyRun(actor, r.id()) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	switch {
	case !run.Done:
		return nil, cooperation.Refuse(cooperation.State, "error.state.verify_unfinished")
	case run.Engine != matching.EngineVersion:
		return nil, cooperation.Refuse(cooperation.State, "error.state.verify_engine",
			message.Of(message.Text, "engine", run.Engine), message.Of(message.Text, "present", matching.EngineVersion))
	}
	then, erased, err := p.replay(ctx, r, run.Position)
	if err != nil {
		return nil, err
	}
	past := &room{profile: r.profile, state: then}
	pl, snapshot, err := past.rank(ctx, run.Day, past.convention().Shortlist+then.MostTaken())
	if err != nil {
		return nil, err
	}
	again := *run
	again.Added, again.Superseded, again.Kept, again.Pairs, again.Unmatched = 0, 0, 0, 0, 0
	pl.conclude(&again, snapshot)
	if err := compareRuns(run, &again, erased); err != nil {
		return nil, err
	}
	v := &Verification{Run: run}
	if v.Compared, v.Skipped, err = p.compareMoves(ctx, r, run, pl); err != nil {
		return nil, err
	}
	v.Seconds = time.Since(began).Seconds()
	return v, nil
}

// findRun finds a run that the actor may see.
func (p *Platform) findRun(actor cooperation.Actor, id string) (*room, *cooperation.Run, error) {
	for _, c := range p.order {
		r := p.rooms[c]
		if run, ok := r.state.Run(id); ok && cooperation.MaySeeRuns(actor, r.convention()) {
			return r, run, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// replay rebuilds the state of a convention as it was at a position, from the
// first commit of its log on, holding the chain to account. It also says
// whether the bodies of some versions are gone since, erased for good.
func (p *Platform) replay(ctx context.Context, r *room, position uint64) (*catalogue.State, bool, error) {
	s := catalogue.New(r.profile)
	var head store.Hash
	erased := false
	for c, err := range p.store.Read(ctx, r.id(), 0) {
		if err == nil && c.Number > position {
			break
		}
		if err == nil {
			err = c.Verify(head)
		}
		if err != nil {
			return nil, false, unavailable(err)
		}
		head = c.Hash
		if err := s.Apply(c.Number, c.Time, changesOf(c)); err != nil {
			return nil, false, fmt.Errorf("log %s, commit %d: %w", r.id(), c.Number, err)
		}
		for _, v := range c.Versions {
			erased = erased || v.Erased()
		}
	}
	if s.Position() != position {
		return nil, false, fmt.Errorf("log %s ends at commit %d, before %d", r.id(), s.Position(), position)
	}
	return s, erased, nil
}

// compareRuns holds a repetition against the record, the cause before the
// effect.
func compareRuns(run, again *cooperation.Run, erased bool) error {
	figures := again.Needs == run.Needs && again.Offers == run.Offers && again.Pairs == run.Pairs && again.Unmatched == run.Unmatched
	var key string
	switch {
	case again.Digest == run.Digest && figures:
		return nil
	case again.Weights != run.Weights || again.Rules != run.Rules:
		key = "error.state.verify_rules"
	case erased:
		key = "error.state.verify_erased"
	case again.Record != run.Record:
		key = "error.state.verify_record"
	default:
		key = "error.state.verify_digest"
	}
	return cooperation.Refuse(cooperation.State, key, message.Of(message.Text, "recorded", short(run.Digest)), message.Of(message.Text, "found", short(again.Digest)))
}

// short is the beginning of a digest, enough to tell two apart.
func short(digest string) string { return digest[:min(len(digest), 12)] }

// moved says what a run did to a proposal: whether it superseded it.
type moved struct {
	supersedes  bool
	need, offer string
}

// compareMoves holds what the repetition would write against what the run has
// written, proposal by proposal. While the commits of a run are being written,
// people go on: what they changed in between is left out of the comparison.
func (p *Platform) compareMoves(ctx context.Context, r *room, run *cooperation.Run, pl *plan) (compared, skipped int, err error) {
	written, others, err := p.writtenBy(ctx, r, run)
	if err != nil {
		return 0, 0, err
	}
	wanted := map[string]moved{}
	for _, m := range pl.moves {
		wanted[m.proposal] = moved{m.supersede, m.need, m.offer}
	}
	differ := 0
	for id, m := range wanted {
		w, done := written[id]
		switch {
		case others[id] || others[m.need] || others[m.offer]:
			skipped++
		case !done || w.supersedes != m.supersedes:
			differ++
		default:
			compared++
		}
	}
	for id, w := range written {
		if _, planned := wanted[id]; !planned && !others[id] && !others[w.need] && !others[w.offer] {
			differ++
		}
	}
	if differ > 0 {
		return 0, 0, cooperation.Refuse(cooperation.State, "error.state.verify_proposals", message.Count(differ))
	}
	return compared, skipped, nil
}

// writtenBy reads what the commits of a run have made of proposals, and which
// documents others have changed up to the last of them.
func (p *Platform) writtenBy(ctx context.Context, r *room, run *cooperation.Run) (written map[string]moved, others map[string]bool, err error) {
	written, others = map[string]moved{}, map[string]bool{}
	trail := r.state.Trail(catalogue.KindRun, run.ID)
	last := trail[len(trail)-1]
	for c, err := range p.store.Read(ctx, r.id(), run.Position) {
		if err != nil {
			return nil, nil, unavailable(err)
		}
		if c.Number > last {
			break
		}
		for _, change := range changesOf(c) {
			if c.Fence != run.ID {
				others[change.ID] = true
				continue
			}
			if change.Kind != catalogue.KindProposal {
				continue
			}
			proposal, err := catalogue.Decode[cooperation.Proposal](change)
			if err != nil {
				return nil, nil, err
			}
			if proposal != nil {
				written[change.ID] = moved{proposal.Status == cooperation.SupersededProposal, proposal.Need, proposal.Offers[0]}
			}
		}
	}
	return written, others, nil
}
