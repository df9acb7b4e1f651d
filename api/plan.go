package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/plan"
	"entente/message"
	"entente/platform"
)

// dollars is the currency in which the matcher compares amounts.
const dollars = "USD"

// defaultPlanned is how many entries the lists of a plan have when nobody says
// how many.
const defaultPlanned = 200

// plans makes the plan of a convention; who may see what of it is the
// platform's to ask.
type plans interface {
	Plan(ctx context.Context, actor cooperation.Actor, convention string, o platform.PlanOptions) (*platform.Planned, error)
}

// PlanConvention plans, and says what would change the plan.
func (a *api) PlanConvention(ctx context.Context, r PlanConventionRequestObject) (PlanConventionResponseObject, error) {
	c, ctx := callOf(ctx)
	conv, err := c.conventionAt(r.ID)
	if err != nil {
		return nil, err
	}
	options := platform.PlanOptions{Limit: r.Body.Limit}
	if asked := r.Body.WhatIf; asked.Limit != 0 || asked.Changes != nil {
		if options.WhatIf, err = whatIf(asked); err != nil {
			return nil, err
		}
	}
	made, err := a.platform.Plan(ctx, c.actor, conv.ID, options)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	return PlanConvention200JSONResponse(c.planView(state, made, orElse(r.Body.List, defaultPlanned))), nil
}

// whatIf reads what could be otherwise.
func whatIf(asked WhatIf) (*platform.WhatIf, error) {
	w := &platform.WhatIf{}
	if asked.Limit != 0 {
		w.Limit = &asked.Limit
	}
	for i, one := range asked.Changes {
		change := plan.Change{Need: one.Need, Offer: one.Offer, Provider: matching.Party(one.Provider), Out: one.Out}
		if !one.Amount.IsZero() {
			minor, err := one.Amount.Minor()
			if err != nil || one.Amount.Currency != dollars || minor == 0 {
				return nil, invalid(fmt.Sprintf("what_if.changes[%d].amount", i), message.New("error.invalid.plan_amount"))
			}
			change.Amount = minor
		}
		postings := postingChanges(one)
		if len(postings) > 1 {
			return nil, invalid(fmt.Sprintf("what_if.changes[%d]", i), message.New("error.invalid.plan_change"))
		}
		if len(postings) == 1 {
			change.Posting = postings[0]
		}
		w.Changes = append(w.Changes, change)
	}
	return w, nil
}

// postingChanges lists what is said of a posting.
func postingChanges(one WhatIfChange) []matching.Change {
	var all []matching.Change
	for _, c := range []matching.Change{
		{Sort: matching.ChangeLanguage, Value: one.Language}, {Sort: matching.ChangeKind, Value: string(one.Kind)},
		{Sort: matching.ChangeTheme, Value: one.Theme}, {Sort: matching.ChangeCoverage, Value: one.Country},
	} {
		if c.Value != "" {
			all = append(all, c)
		}
	}
	if one.Interpretation {
		all = append(all, matching.Change{Sort: matching.ChangeInterpretation})
	}
	return all
}

// planView is a plan with lists of so many entries.
func (c *call) planView(state documents, made *platform.Planned, list int) Plan {
	p := made.Plan
	v := Plan{Position: int64(made.Position), Sentences: c.sayAll(p.Sentences()), Demand: inDollars(p.Demand), Nominal: inDollars(p.Nominal),
		CoveredShare: plan.Share(p.Covered, p.Demand), Needs: p.Needs, Helped: p.Helped, Floors: p.Floors, Score: p.Score,
		Pairings: []PlannedPairing{}, PairingsTotal: len(p.Pairings), Without: []NeedWithout{}, WithoutTotal: len(p.Without),
		Concentration: ConcentrationReport{Unlifted: concentration(made.Fairness.Unlifted), Ranked: concentration(made.Fairness.Ranked),
			Planned: concentration(made.Fairness.Planned), Sentences: c.sayAll(made.Fairness.Sentences())}}
	if p.Stated {
		v.Covered = inDollars(p.Covered)
		if p.Ceiling != plan.Unlimited {
			v.Ceiling = inDollars(p.Ceiling)
		}
	}
	pairings := slices.Clone(p.Pairings)
	slices.SortFunc(pairings, func(a, b plan.Pairing) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Need, b.Need), cmp.Compare(a.Offer, b.Offer))
	})
	for _, one := range first(pairings, list) {
		v.Pairings = append(v.Pairings, c.plannedPairing(state, one))
	}
	for _, one := range first(p.Without, list) {
		v.Without = append(v.Without, NeedWithout{Need: c.needInShort(state, one.Need), Candidates: one.Candidates})
	}
	if made.Then != nil {
		v.Then = c.planThen(state, made, list)
	}
	return v
}

// plannedPairing is one pairing of a plan.
func (c *call) plannedPairing(state documents, one plan.Pairing) PlannedPairing {
	v := PlannedPairing{Need: c.needInShort(state, one.Need), Offer: c.offerInShort(state, one.Offer), Share: one.Share,
		Score: int64(one.Score), Alternates: []PlannedAlternate{}}
	if one.Stated {
		v.Amount = inDollars(one.Amount)
	}
	for _, other := range one.Alternates {
		v.Alternates = append(v.Alternates, PlannedAlternate{Offer: c.offerInShort(state, other.Offer), Score: int64(other.Score), Room: plan.Share(other.Room, one.Amount)})
	}
	return v
}

// planThen is what a what-if would change.
func (c *call) planThen(state documents, made *platform.Planned, list int) PlanThen {
	then, d := made.Then, made.Difference
	v := PlanThen{Sentences: c.sayAll(d.Sentences()), Helped: then.Helped, Floors: then.Floors, Score: then.Score,
		CoveredShare: plan.Share(then.Covered, then.Demand), Concentration: concentration(made.ThenShared),
		Gained: c.needsInShort(state, first(d.Gained, list)), GainedTotal: len(d.Gained),
		Lost: c.needsInShort(state, first(d.Lost, list)), LostTotal: len(d.Lost), Moved: []PlanMove{}, MovedTotal: len(d.Moved)}
	if then.Stated {
		v.Covered = inDollars(then.Covered)
	}
	for _, one := range first(d.Moved, list) {
		v.Moved = append(v.Moved, PlanMove{Need: c.needInShort(state, one.Need), Offer: c.offerInShort(state, one.Offer), Before: one.Before, After: one.After})
	}
	return v
}

// concentration says how evenly help is spread.
func concentration(of plan.Concentration) Concentration {
	spread := func(s plan.Spread) Spread { return Spread{Holders: s.Holders, TopFive: s.TopFive, Gini: s.Gini} }
	return Concentration{Providers: spread(of.Providers), Beneficiaries: spread(of.Beneficiaries), NeedsWithNone: of.Choice[0],
		NeedsWithOne: of.Choice[1], NeedsWithTwo: of.Choice[2], NeedsWithMore: of.Choice[3]}
}

// needsInShort names needs.
func (c *call) needsInShort(state documents, ids []string) []Posting {
	list := []Posting{}
	for _, id := range ids {
		list = append(list, c.needInShort(state, id))
	}
	return list
}

// sayAll puts messages into the reader's words.
func (c *call) sayAll(messages []message.Message) []string {
	list := []string{}
	for _, m := range messages {
		list = append(list, c.say(m))
	}
	return list
}

// inDollars is an amount of the matcher.
func inDollars(cents int64) Money { return cooperation.NewMoney(cents, dollars) }

// first are the first entries of a list.
func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
