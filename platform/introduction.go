package platform

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

func (r *room) introduction(d *draft, id string) (*cooperation.Introduction, bool) {
	if x, ok := decided[*cooperation.Introduction](d, catalogue.KindIntroduction, id); ok {
		return x, true
	}
	return r.state.Introduction(id)
}

func (d *draft) putIntroduction(x *cooperation.Introduction) {
	d.put(catalogue.KindIntroduction, x.ID, x.Version, x)
}

// Engaged implements cooperation.Engagements.
func (f drafts) Engaged(need string) (talking bool, since time.Time) {
	return catalogue.Engagement(f.proposalsOf(need))
}

// proposalsOf are the proposals for a need as a draft leaves them.
func (f drafts) proposalsOf(need string) iter.Seq[*cooperation.Proposal] {
	return func(yield func(*cooperation.Proposal) bool) {
		fresh := decidedAll[*cooperation.Proposal](f.draft, catalogue.KindProposal)
		for _, q := range f.state.ProposalsOf(need) {
			if now, ok := fresh[q.ID]; ok {
				q = now
				delete(fresh, q.ID)
			}
			if !yield(q) {
				return
			}
		}
		for _, q := range fresh {
			if q.Need == need && !yield(q) {
				return
			}
		}
	}
}

// introduced sees to the introduction of a proposal that has changed: it begins
// one where both sides have just been introduced, notes who wants to talk, and
// ends one whose proposal has ended. It returns what people are to be told.
func (r *room) introduced(d *draft, before, q *cooperation.Proposal, sides *cooperation.Sides, actor cooperation.Actor, now time.Time) (cooperation.Occasion, error) {
	o := cooperation.Occasion{Reason: "proposal." + string(q.Status), Actor: actor, Proposal: q, Need: sides.Need, Offers: sides.Offers}
	k := r.keeper(d, now)
	x, known := r.introduction(d, q.Introduction)
	switch {
	case q.Status == cooperation.Introduced && (!known || before.Status != cooperation.Introduced):
		x = cooperation.BeginIntroduction(q, sides, actor, now)
	case !known || !x.Standing():
		return o, nil
	case q.Status == cooperation.ExpiredProposal:
		c := *x
		c.Close(now)
		x = &c
	default:
		c := *x
		if c.Over(k, now) {
			return o, cooperation.Refuse(cooperation.State, "error.state.introduction.over")
		}
		if !c.TakeInterests(q, now) {
			return o, nil
		}
		o.Reason, x = "introduction."+string(c.Status), &c
	}
	d.putIntroduction(x)
	owner := k.Facilitator(q.Committee, sides)
	o.Introduction, o.Facilitator = x, &owner
	return o, nil
}

// Introduce brings both sides of a proposal together on behalf of whoever
// facilitates.
func (p *Platform) Introduce(ctx context.Context, actor cooperation.Actor, proposal string, match Match) (*cooperation.Proposal, error) {
	r, q, err := p.findProposal(proposal)
	if err != nil {
		return nil, err
	}
	_, admissible := p.Pairing(q)
	var changed cooperation.Proposal
	var sides *cooperation.Sides
	err = r.do(ctx, "proposal.introduce", actor, func(d *draft) error {
		before, ok := r.proposal(d, proposal)
		if !ok {
			return cooperation.Absent()
		}
		now := p.clock()
		sides = sidesOf(drafts{r, d}, before)
		if !cooperation.SeesProposal(actor, before, sides.Need, sides.Offers).Any() {
			return cooperation.Absent()
		}
		if err := match.check(before.Version); err != nil {
			return err
		}
		changed = *before
		if err := changed.Introduce(r.keeper(d, now), sides, admissible, actor, now); err != nil {
			return err
		}
		return p.putChanged(r, d, before, &changed, sides, actor, now)
	})
	if err != nil {
		return nil, err
	}
	return changed.Shown(actor, sides), nil
}

// introduceLate introduces where nobody has done so in time: of all the
// proposals for one need, the one with the highest score comes first, and with
// it the clocks of the others stop. What passes the filters no longer is dropped.
func (p *Platform) introduceLate(r *room, late []cooperation.Clock) (steps []step) {
	type candidate struct {
		clock cooperation.Clock
		score int64
	}
	var all []candidate
	for _, c := range late {
		_, id, _ := strings.Cut(c.Document, "/")
		if q, ok := r.state.Proposal(id); ok {
			result, admissible := p.Pairing(q)
			if !admissible {
				steps = append(steps, func(d *draft, now time.Time) error { return p.introduceInTime(r, d, c, false, now) })
				continue
			}
			all = append(all, candidate{c, int64(result.Score)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.clock.Document, b.clock.Document))
	})
	for _, c := range all {
		steps = append(steps, func(d *draft, now time.Time) error { return p.introduceInTime(r, d, c.clock, true, now) })
	}
	return steps
}

// introduceInTime introduces both sides of a proposal whose clock has run out.
// It is looked at again: somebody may have acted since.
func (p *Platform) introduceInTime(r *room, d *draft, c cooperation.Clock, admissible bool, now time.Time) error {
	_, id, _ := strings.Cut(c.Document, "/")
	q, ok := r.proposal(d, id)
	if !ok {
		return nil
	}
	k, sides, changed := r.keeper(d, now), sidesOf(drafts{r, d}, q), *q
	if !slices.ContainsFunc(q.Clocks(k), func(runs cooperation.Clock) bool { return runs.ID == c.ID && runs.Over(now) }) {
		return nil
	}
	if !admissible {
		if changed.Drop(k, clockwork, now) == nil {
			d.putProposal(&changed)
		}
		return nil
	}
	err := changed.Introduce(k, sides, true, clockwork, now)
	if err == nil {
		err = p.putChanged(r, d, q, &changed, sides, clockwork, now)
	}
	return err
}

func (p *Platform) findIntroduction(id string) (*room, *cooperation.Introduction, error) {
	for _, c := range p.order {
		if x, ok := p.rooms[c].state.Introduction(id); ok {
			return p.rooms[c], x, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// Introduction returns an introduction as the actor may see it.
func (p *Platform) Introduction(actor cooperation.Actor, id string) (*cooperation.Introduction, error) {
	r, x, err := p.findIntroduction(id)
	if err != nil {
		return nil, err
	}
	if shown := p.shownIntroduction(r, actor, x); shown != nil {
		return shown, nil
	}
	return nil, cooperation.Absent()
}

func (p *Platform) shownIntroduction(r *room, actor cooperation.Actor, x *cooperation.Introduction) *cooperation.Introduction {
	return x.Shown(actor, r.convention().Timekeeper(r.state, p.clock()), r.sidesOf(x))
}

// sidesOf are the two sides that an introduction brings together.
func (r *room) sidesOf(x *cooperation.Introduction) *cooperation.Sides {
	return sidesOf(r.state, &cooperation.Proposal{Need: x.Need, Offers: x.Offers})
}

// Introductions lists the introductions that the actor may see, as he may see
// them.
func (p *Platform) Introductions(actor cooperation.Actor, convention string, q catalogue.IntroductionQuery) (catalogue.Page[*cooperation.Introduction], error) {
	r, err := p.room(convention)
	if err != nil {
		return catalogue.Page[*cooperation.Introduction]{}, err
	}
	page, err := r.state.Introductions(actor, p.clock(), q)
	for i, x := range page.Items {
		if page.Items[i] = p.shownIntroduction(r, actor, x); page.Items[i] == nil {
			return page, cooperation.Absent() // its side has changed this very moment
		}
	}
	return page, err
}

// changeIntroduction lets somebody change copies of an introduction and of its
// proposal, and commits what has changed with what people have to be told.
func (p *Platform) changeIntroduction(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(x *cooperation.Introduction, k *cooperation.Timekeeper, q *cooperation.Proposal, s *cooperation.Sides, now time.Time) error) (*cooperation.Introduction, error) {
	r, found, err := p.findIntroduction(id)
	if err != nil {
		return nil, err
	}
	alternates := p.scored(r, r.alternates(found.Need))
	var changed cooperation.Introduction
	err = r.do(ctx, "introduction."+string(action), actor, func(d *draft) error {
		before, ok := r.introduction(d, id)
		if !ok {
			return cooperation.Absent()
		}
		q, ok := r.proposal(d, before.Proposal)
		if !ok {
			return cooperation.Absent()
		}
		now := p.clock()
		k, sides, after := r.keeper(d, now), sidesOf(drafts{r, d}, q), *q
		if !cooperation.SeesIntroduction(actor, k, before, sides).Any() {
			return cooperation.Absent()
		}
		if err := match.check(before.Version); err != nil {
			return err
		}
		changed = *before
		if err := change(&changed, k, &after, sides, now); err != nil {
			return err
		}
		if err := r.exclude(d, before, &changed, sides, now); err != nil {
			return err
		}
		p.putIntroduction(r, d, before, &changed, q, &after, alternates, actor, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p.shownIntroduction(r, actor, &changed), nil
}
