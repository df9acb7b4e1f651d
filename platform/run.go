package platform

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/matching/bundle"
)

// RunOptions say why the matcher runs and how much of the ranking the caller
// wants to see.
type RunOptions struct {
	Trigger string // "schedule", "posting" or "command"
	Slot    string // the slot of the schedule, empty otherwise
	All     bool   // list every candidate, not only those that can be proposed
}

// Ranking is what a run found.
type Ranking struct {
	Run       *cooperation.Run
	Unchanged bool // nothing differed from the last run, so nothing was written
	Seconds   float64
	Reports   []matching.Report // one a need, in the order of ids
	Bodies    map[string]int    // committee → newly proposed pairings
	Told      []*cooperation.Notification

	plan *plan
}

// Run ranks all open pairings of a convention and brings its proposals in line:
// at most the profile's shortlist a need; what no longer holds is superseded,
// what people have taken up is left alone, and what did not change is not
// written. A run over many commits that was cut off is taken up again by the
// next one under the same id; its attempt fences off the one before. When
// nothing changed, nothing is written at all.
func (p *Platform) Run(ctx context.Context, actor cooperation.Actor, convention string, o RunOptions) (ranking *Ranking, err error) {
	ctx, observed := p.observe(ctx, Work{"run", convention, o.Trigger})
	defer func() { observed(err) }()
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if !cooperation.MayRun(actor, convention) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	for {
		ranking, err = p.runOnce(ctx, r, actor, o)
		if errors.Is(err, errOvertaken) {
			continue // another run was faster: nothing, or little, is left to do
		}
		return ranking, err
	}
}

// runOnce ranks on the state as it is now and writes what differs.
func (p *Platform) runOnce(ctx context.Context, r *room, actor cooperation.Actor, o RunOptions) (*Ranking, error) {
	began := p.clock()
	plan, err := p.plan(ctx, r, o, began)
	if err != nil {
		return nil, err
	}
	result := &Ranking{Run: plan.run, Reports: plan.reports, Bodies: plan.bodies(), plan: plan}
	if last, ok := r.state.LastRun(); ok && last.Done && last.Digest == plan.run.Digest && len(plan.moves) == 0 {
		result.Run, result.Unchanged = last, true
		result.Seconds = p.clock().Sub(began).Seconds()
		return result, nil
	}
	result.Told = p.teller.Tell(cooperation.Occasion{Reason: "run", Convention: r.convention(), Actor: actor, Run: plan.run,
		Pairings: plan.pairings()}, p.accounts.Within(r.id()), began)
	plan.run.Seconds = p.clock().Sub(began).Seconds()
	result.Seconds = plan.run.Seconds
	return result, r.carryOut(ctx, p.clock, plan, result.Told)
}

// plan is what a run will write.
type plan struct {
	run     *cooperation.Run
	before  string // the latest run when this one was planned
	setting *matching.Setting
	index   *matching.Index
	today   cooperation.Date
	day     matching.Day
	reports []matching.Report
	moves   []move
	resumed []*cooperation.Proposal // proposed by earlier commits of the same run
	room    *room
	needs   map[string]*matching.Need
	offers  map[string]*matching.Offer
	scores  map[string]matching.Score // proposal → score
}

// move is one change of one proposal.
type move struct {
	proposal    string
	need, offer string
	supersede   bool
}

func (p *Platform) plan(ctx context.Context, r *room, o RunOptions, now time.Time) (*plan, error) {
	now = now.UTC().Truncate(time.Millisecond)
	last, _ := r.state.LastRun() // before anything else is read: a run that writes from here on is noticed
	limit := 0
	if !o.All {
		limit = r.convention().Shortlist + r.state.MostTaken()
	}
	pl, snapshot, err := r.rank(ctx, cooperation.DateOf(now), limit)
	if err != nil {
		return nil, err
	}
	if last != nil {
		pl.before = last.ID
	}
	pl.conclude(r.beginRun(last, o, now, snapshot.Position), snapshot)
	return pl, nil
}

// rank ranks the offers for each need on a day: the first so many, or all.
func (r *room) rank(ctx context.Context, day cooperation.Date, limit int) (*plan, catalogue.Snapshot, error) {
	snapshot, err := r.state.Snapshot(day)
	if err != nil {
		return nil, snapshot, err
	}
	pl := &plan{room: r, setting: snapshot.Setting, today: day, day: matching.DayOf(day.Time()), scores: map[string]matching.Score{},
		needs: map[string]*matching.Need{}, offers: map[string]*matching.Offer{}}
	for i := range snapshot.Needs {
		pl.needs[snapshot.Needs[i].ID] = &snapshot.Needs[i]
	}
	for i := range snapshot.Offers {
		pl.offers[snapshot.Offers[i].ID] = &snapshot.Offers[i]
	}
	pl.index = matching.NewIndex(pl.day, snapshot.Setting, snapshot.Needs, snapshot.Offers)
	pl.reports, err = pl.index.Needs(ctx, limit, runtime.GOMAXPROCS(0))
	return pl, snapshot, err
}

// conclude makes the record of the run and what it changes.
func (pl *plan) conclude(run *cooperation.Run, of catalogue.Snapshot) {
	pl.run = run
	run.Day, run.Engine, run.Weights, run.Record, run.Rules = pl.today, matching.EngineVersion, of.Setting.Weights().Version, of.Record, of.Rules
	run.Needs, run.Offers = len(of.Needs), len(of.Offers)
	pl.decide()
	run.Digest = pl.digest()
}

// beginRun makes the record of a run, or takes up the last one that was cut
// off.
func (r *room) beginRun(last *cooperation.Run, o RunOptions, now time.Time, position uint64) *cooperation.Run {
	if last != nil && !last.Done {
		again := *last
		again.Attempt++
		again.Version++
		again.Updated, again.Position = now, position
		again.Added, again.Superseded, again.Kept, again.Pairs, again.Unmatched = 0, 0, 0, 0, 0
		return &again
	}
	run := &cooperation.Run{Trigger: o.Trigger, Slot: o.Slot, Position: position, Started: now, Attempt: 1}
	run.Schema, run.ID, run.Convention, run.Version, run.Created, run.Updated = cooperation.Schema, cooperation.NewID(), r.id(), 1, now, now
	return run
}

// decide compares the ranking with the proposals that stand.
func (pl *plan) decide() {
	run, wanted := pl.run, map[string]bool{}
	for i := range pl.reports {
		report := &pl.reports[i]
		run.Pairs += report.Candidates
		if report.Candidates == 0 {
			run.Unmatched++
		}
		pl.decideNeed(report, wanted)
	}
	for _, proposal := range pl.room.state.Standing() {
		if !wanted[proposal.ID] && !pl.stillTogether(proposal) {
			pl.moves = append(pl.moves, move{proposal: proposal.ID, need: proposal.Need, offer: proposal.Offers[0], supersede: true})
			run.Superseded++
		}
	}
	run.Proposals = len(wanted)
}

// stillTogether reports whether a proposal of several offers, which people make
// and no run does, still covers its need.
func (pl *plan) stillTogether(proposal *cooperation.Proposal) bool {
	need := pl.needs[proposal.Need]
	if need == nil || !proposal.Several() {
		return false
	}
	var offers []*matching.Offer
	for _, id := range proposal.Offers {
		offer := pl.offers[id]
		if offer == nil {
			return false
		}
		offers = append(offers, offer)
	}
	finder := bundle.Finder{Now: pl.day, Setting: pl.setting, Ranker: pl.index, Offer: func(id string) *matching.Offer { return pl.offers[id] }}
	_, covers := finder.Of(need, offers...)
	return covers
}

// decideNeed fills the shortlist of one need: what people have taken up keeps
// its place, and a pairing that they ended is not proposed again.
func (pl *plan) decideNeed(report *matching.Report, wanted map[string]bool) {
	taken := map[string]*cooperation.Proposal{}
	free := pl.room.convention().Shortlist
	for _, proposal := range pl.room.state.ProposalsOf(report.ID) {
		if !proposal.Several() {
			taken[proposal.Offers[0]] = proposal
		}
		if proposal.Alive() && !proposal.Untouched() {
			free--
		}
	}
	for _, m := range report.Matches {
		if free <= 0 {
			return
		}
		before := taken[m.ID]
		if before != nil && !before.Untouched() {
			continue
		}
		free--
		id := cooperation.ProposalID(pl.run.Convention, report.ID, m.ID)
		wanted[id], pl.scores[id] = true, m.Score
		switch {
		case before == nil || before.Status == cooperation.SupersededProposal:
			pl.moves = append(pl.moves, move{proposal: id, need: report.ID, offer: m.ID})
			pl.run.Added++
		case before.Run == pl.run.ID:
			pl.resumed = append(pl.resumed, before)
			pl.run.Added++
		default:
			pl.run.Kept++
		}
	}
}

// digest is the fingerprint of the ranking: equal for equal inputs, weights,
// record and engine.
func (pl *plan) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%d\n%s\n%s\n", pl.run.Engine, pl.run.Weights, pl.run.Record, pl.run.Rules)
	var b [8]byte
	for i := range pl.reports {
		report := &pl.reports[i]
		h.Write([]byte(report.ID))
		binary.BigEndian.PutUint64(b[:], uint64(report.Candidates))
		h.Write(b[:])
		for _, m := range report.Matches[:min(len(report.Matches), pl.room.convention().Shortlist)] {
			h.Write([]byte(m.ID))
			binary.BigEndian.PutUint64(b[:], uint64(m.Score))
			h.Write(b[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// toldAtMost bounds the pairings whose reasons are put into a run's messages.
const toldAtMost = 10_000

// pairings are the newly proposed pairings, best first, with what speaks for
// each.
func (pl *plan) pairings() []cooperation.Pairing {
	var out []cooperation.Pairing
	add := func(p *cooperation.Proposal, need, offer string) {
		n, _ := pl.room.state.Need(need)
		o, _ := pl.room.state.Offer(offer)
		if n != nil && o != nil {
			out = append(out, cooperation.Pairing{Proposal: p, Need: n, Offer: o, Score: int64(pl.scores[p.ID])})
		}
	}
	for _, m := range pl.moves {
		if !m.supersede {
			add(pl.proposal(m), m.need, m.offer)
		}
	}
	for _, p := range pl.resumed {
		add(p, p.Need, p.Offers[0])
	}
	slices.SortFunc(out, func(a, b cooperation.Pairing) int {
		if a.Score != b.Score {
			return int(b.Score - a.Score)
		}
		return strings.Compare(a.Proposal.ID, b.Proposal.ID)
	})
	out = out[:min(len(out), toldAtMost)]
	for i := range out {
		out[i].Reasons = MainReasons(matching.Definition(pl.day, pl.setting, pl.needs[out[i].Need.ID], pl.offers[out[i].Offer.ID]).Parts)
	}
	return out
}

// proposal is the proposal that a move makes, for those who are told of it.
func (pl *plan) proposal(m move) *cooperation.Proposal {
	p := &cooperation.Proposal{Need: m.need, Offers: []string{m.offer}, Status: cooperation.Proposed, Run: pl.run.ID}
	p.ID, p.Convention = m.proposal, pl.run.Convention
	if n, ok := pl.room.state.Need(m.need); ok {
		p.Committee, p.Informed = pl.room.bodies(n)
	}
	return p
}

// bodies counts the newly proposed pairings by the committee responsible.
func (pl *plan) bodies() map[string]int {
	count := map[string]int{}
	for _, m := range pl.moves {
		if !m.supersede {
			count[pl.proposal(m).Committee]++
		}
	}
	return count
}

// aggregated notes on a new proposal whether its bodies look at pairings one by
// one.
func (r *room) aggregated(p *cooperation.Proposal) *cooperation.Proposal {
	c := r.convention()
	p.Aggregate = !slices.ContainsFunc(append([]string{p.Committee}, p.Informed...), func(id string) bool {
		body, known := c.Committee(id)
		return known && c.ExaminesPairings(&body)
	})
	return p
}

// bodies are the committee responsible for a need's pairings and those
// informed of them, as the mandates say.
func (r *room) bodies(n *cooperation.Need) (responsible string, informed []string) {
	for i, b := range r.convention().BodiesFor(n.Themes) {
		if i == 0 {
			responsible = b.ID
			continue
		}
		informed = append(informed, b.ID)
	}
	return responsible, informed
}
