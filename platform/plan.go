package platform

import (
	"context"
	"slices"
	"sync"

	"entente/cooperation"
	"entente/matching"
	planning "entente/matching/plan"
)

// MostChanges is how many changes one what-if may combine.
const MostChanges = 10

// PlanOptions say which plan is asked for.
type PlanOptions struct {
	// Limit is the largest share of what all needs lack that one provider may
	// give, in millionths; 0 is no limit.
	Limit int64
	// WhatIf is what could be otherwise, nil where nothing is asked.
	WhatIf *WhatIf
}

// WhatIf is what could be otherwise.
type WhatIf struct {
	// Changes name needs and offers by their ids or external ids.
	Changes []planning.Change
	// Limit is another limit for each provider, nil for the same.
	Limit *int64
}

// Planned is the plan of a convention as an actor may see it. It is advice, is
// not stored, and changes nothing.
type Planned struct {
	Convention *cooperation.Convention
	Position   uint64
	// Plan lists only what concerns needs whose pairings the actor may see; its
	// sums are over all.
	Plan     *planning.Plan
	Fairness planning.Fairness
	// Then is the plan as it would be, nil where nothing was asked; what differs
	// is in Difference, under the same rule.
	Then       *planning.Plan
	ThenShared planning.Concentration
	Difference planning.Difference
}

// planner keeps what plans of one state have in common.
type planner struct {
	mu       sync.Mutex
	lens     *lens
	changes  uint64 // of the programme
	inputs   *planning.Inputs
	fairness planning.Fairness        // without the plan
	made     map[int64]*planning.Plan // by the limit
}

// mostPlans is how many plans of one state are kept.
const mostPlans = 8

// Plan assigns what offers can give to the needs of a convention as they stand
// now, and says what would change if something were otherwise. The same plan
// is worked out once for each state.
func (p *Platform) Plan(ctx context.Context, actor cooperation.Actor, convention string, o PlanOptions) (*Planned, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	conv := r.convention()
	if !cooperation.MaySeePlan(actor, conv) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	l, err := p.look(r)
	if err != nil {
		return nil, err
	}
	programme, edition := r.state.Programme()
	now, fairness, inputs, err := r.planner.plan(ctx, l, programme, edition, o.Limit)
	if err != nil {
		return nil, err
	}
	sees := r.seesPairings(actor)
	out := &Planned{Convention: conv, Position: r.state.Position(), Plan: only(now, sees), Fairness: fairness}
	if o.WhatIf == nil {
		return out, nil
	}
	changes, err := r.changes(actor, l, o.WhatIf.Changes)
	if err != nil {
		return nil, err
	}
	then, inputs, err := foresee(ctx, inputs, changes, now, o)
	if err != nil {
		return nil, err
	}
	out.Then, out.ThenShared, out.Difference = only(then, sees), inputs.Planned(then), onlyOf(now.Compare(then), sees)
	return out, nil
}

// foresee plans anew with the changes made.
func foresee(ctx context.Context, inputs *planning.Inputs, changes []planning.Change, now *planning.Plan, o PlanOptions) (*planning.Plan, *planning.Inputs, error) {
	changed, err := inputs.With(changes)
	if err != nil {
		return nil, nil, err
	}
	problem := changed.Problem()
	problem.Keep, problem.Limit = now.Pairings, o.Limit
	if o.WhatIf.Limit != nil {
		problem.Limit = *o.WhatIf.Limit
	}
	then, err := planning.Solve(ctx, problem)
	return then, changed, err
}

// plan makes the plan of a state under a limit, or gives the one that it made.
// Those who ask at the same moment wait for one.
func (k *planner) plan(ctx context.Context, l *lens, programme []matching.Need, changes uint64, limit int64) (*planning.Plan, planning.Fairness, *planning.Inputs, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lens != l || k.changes != changes {
		if err := k.look(ctx, l, programme); err != nil {
			return nil, planning.Fairness{}, nil, err
		}
	}
	k.changes = changes
	made := k.made[limit]
	if made == nil {
		problem := k.inputs.Problem()
		problem.Limit = limit
		var err error
		if made, err = planning.Solve(ctx, problem); err != nil {
			return nil, planning.Fairness{}, nil, err
		}
		if len(k.made) >= mostPlans {
			clear(k.made)
		}
		k.made[limit] = made
	}
	fairness := k.fairness
	fairness.Planned = k.inputs.Planned(made)
	return made, fairness, k.inputs, nil
}

// look turns to another state: its candidates, and how evenly its rankings
// are spread with the part "fairness" and without it. The open activities of
// the programme stand among the needs.
func (k *planner) look(ctx context.Context, l *lens, programme []matching.Need) error {
	day, needs, index := matching.DayOf(l.day.Time()), l.shot.Needs, l.index
	if len(programme) > 0 {
		needs = slices.Concat(needs, programme)
		index = matching.NewIndex(day, l.shot.Setting, needs, l.shot.Offers)
	}
	inputs, err := planning.NewInputs(ctx, index, needs, l.shot.Offers)
	if err != nil {
		return err
	}
	fairness := planning.Fairness{Ranked: inputs.Ranked()}
	fairness.Unlifted = fairness.Ranked
	if weights := l.shot.Setting.Weights(); weights.Fairness > 0 {
		setting, err := l.shot.Setting.Reweighed(planning.WithoutFairness(weights))
		if err != nil {
			return err
		}
		unlifted, err := planning.NewInputs(ctx, matching.NewIndex(day, setting, needs, l.shot.Offers), needs, l.shot.Offers)
		if err != nil {
			return err
		}
		fairness.Unlifted = unlifted.Ranked()
	}
	k.lens, k.inputs, k.fairness, k.made = l, inputs, fairness, map[int64]*planning.Plan{}
	return nil
}

// seesPairings says of which needs an actor who may have a plan made may see
// the pairings. The programme is open, and its pairings are for all of them.
func (r *room) seesPairings(actor cooperation.Actor) func(need string) bool {
	conv := r.convention()
	return func(need string) bool {
		if n, ok := r.state.Need(need); ok {
			return cooperation.MaySeeMatches(actor, conv, n)
		}
		_, ok := r.state.ProgrammeActivity(need)
		return ok
	}
}

// only is a plan with what concerns needs that may be seen.
func only(made *planning.Plan, sees func(need string) bool) *planning.Plan {
	shown := *made
	shown.Pairings, shown.Without = nil, nil
	for _, one := range made.Pairings {
		if sees(one.Need) {
			shown.Pairings = append(shown.Pairings, one)
		}
	}
	for _, one := range made.Without {
		if sees(one.Need) {
			shown.Without = append(shown.Without, one)
		}
	}
	return &shown
}

// onlyOf is a difference with what concerns needs that may be seen.
func onlyOf(d planning.Difference, sees func(need string) bool) planning.Difference {
	shown := planning.Difference{Score: d.Score, Covered: d.Covered, Stated: d.Stated}
	for _, need := range d.Gained {
		if sees(need) {
			shown.Gained = append(shown.Gained, need)
		}
	}
	for _, need := range d.Lost {
		if sees(need) {
			shown.Lost = append(shown.Lost, need)
		}
	}
	for _, one := range d.Moved {
		if sees(one.Need) {
			shown.Moved = append(shown.Moved, one)
		}
	}
	return shown
}
