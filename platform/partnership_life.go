package platform

import (
	"context"
	"slices"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/reference"
)

// findPartnership finds the convention of a partnership, for ids are unique over
// all.
func (p *Platform) findPartnership(id string) (*room, *cooperation.Partnership, error) {
	for _, name := range p.order {
		if w, ok := p.rooms[name].state.Partnership(id); ok {
			return p.rooms[name], w, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

func (r *room) partnership(d *draft, id string) (*cooperation.Partnership, bool) {
	if w, ok := decided[*cooperation.Partnership](d, catalogue.KindPartnership, id); ok {
		return w, true
	}
	return r.state.Partnership(id)
}

// sidesOfPartnership are copies of the need and of the offers of a partnership,
// as a draft leaves them.
func sidesOfPartnership(of cooperation.Postings, w *cooperation.Partnership) *cooperation.Sides {
	s := &cooperation.Sides{}
	if n, ok := of.Need(w.Need); ok {
		c := *n
		s.Need = &c
	}
	for _, share := range w.Providers {
		if slices.ContainsFunc(s.Offers, func(o *cooperation.Offer) bool { return o.ID == share.Offer }) {
			continue
		}
		if o, ok := of.Offer(share.Offer); ok {
			c := *o
			s.Offers = append(s.Offers, &c)
		}
	}
	return s
}

// Delivery is a partnership with what became of it as the actor may read it, and
// its need.
func (p *Platform) Delivery(actor cooperation.Actor, id string) (*cooperation.Partnership, *cooperation.Need, error) {
	r, w, err := p.findPartnership(id)
	if err != nil {
		return nil, nil, err
	}
	n, ok := r.state.Need(w.Need)
	if !ok {
		return nil, nil, cooperation.Absent()
	}
	shown := w.ShownDelivery(actor, r.convention(), n)
	if shown == nil {
		return nil, nil, cooperation.Absent()
	}
	return shown, n, nil
}

// delivering is what a command on a partnership has at hand: copies that it may
// change.
type delivering struct {
	*cooperation.Partnership
	keeper *cooperation.Timekeeper
	sides  *cooperation.Sides
	now    time.Time
}

// deliver lets a command change copies of a partnership, of its need and of its
// offers, and commits what has changed with what people have to be told.
func (p *Platform) deliver(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(w delivering) error) (*cooperation.Partnership, *cooperation.Need, error) {
	r, _, err := p.findPartnership(id)
	if err != nil {
		return nil, nil, err
	}
	var changed cooperation.Partnership
	var sides *cooperation.Sides
	err = r.do(ctx, "partnership."+string(action), actor, func(d *draft) error {
		before, ok := r.partnership(d, id)
		if !ok {
			return cooperation.Absent()
		}
		now := p.clock()
		sides = sidesOfPartnership(drafts{r, d}, before)
		if sides.Need == nil || !cooperation.SeesDelivery(actor, r.under(d), before, sides.Need) {
			return cooperation.Absent()
		}
		if err := match.check(before.Version); err != nil {
			return err
		}
		changed = *before
		if err := change(delivering{&changed, r.keeper(d, now), sides, now}); err != nil {
			return err
		}
		p.putDelivery(r, d, before, &changed, sides, "partnership."+string(action), actor, now)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return changed.ShownDelivery(actor, r.convention(), sides.Need), sides.Need, nil
}

// putDelivery commits what became of a partnership: the partnership, and its
// need and offers where something was given back to them or counts as delivered.
func (p *Platform) putDelivery(r *room, d *draft, before, w *cooperation.Partnership, s *cooperation.Sides, reason string, actor cooperation.Actor, now time.Time) {
	d.put(catalogue.KindPartnership, w.ID, w.Version, w)
	if held, ok := r.need(d, s.Need.ID); ok && held.Version != s.Need.Version {
		d.putNeed(s.Need)
	}
	for _, o := range s.Offers {
		if held, ok := r.offer(d, o.ID); ok && held.Version != o.Version {
			d.putOffer(o)
		}
	}
	switch {
	case w.Status == cooperation.PartnershipCompleted && before.Status != w.Status:
		reason = "partnership.completed"
	case shared(w) != nil && (shared(before) == nil || shared(before).Text != shared(w).Text):
		reason = "partnership.lessons_shared"
	}
	p.tell(r, d, cooperation.Occasion{Reason: reason, Actor: actor, Partnership: w, Need: s.Need, Offers: s.Offers}, now)
}

func shared(w *cooperation.Partnership) *cooperation.SharedLessons {
	if w.Lessons == nil {
		return nil
	}
	return w.Lessons.Shared
}

// completeSilently completes a partnership as one partner has stated, because
// the others were silent until the clock had run out.
func (p *Platform) completeSilently(r *room, d *draft, id string, now time.Time) {
	before, ok := r.partnership(d, id)
	if !ok {
		return
	}
	c, s := *before, sidesOfPartnership(drafts{r, d}, before)
	if s.Need != nil && c.Elapse(r.keeper(d, now), s, clockwork, now) == nil {
		p.putDelivery(r, d, before, &c, s, "partnership.completed", clockwork, now)
	}
}

// BeginPartnership says that the help has begun, on a day; none is today.
func (p *Platform) BeginPartnership(ctx context.Context, actor cooperation.Actor, id string, match Match, on cooperation.Date) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.BeginDelivery, func(w delivering) error { return w.Begin(w.keeper, w.sides.Need, on, actor, w.now) })
}

// ReportMilestone says that a milestone was done, or that it is not and why.
func (p *Platform) ReportMilestone(ctx context.Context, actor cooperation.Actor, id string, match Match, report cooperation.MilestoneReport) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.ReportMilestone, func(w delivering) error {
		return w.ReportMilestone(w.keeper, w.sides.Need, report, actor, w.now)
	})
}

// RecordDisbursement writes down that money was committed or paid.
func (p *Platform) RecordDisbursement(ctx context.Context, actor cooperation.Actor, id string, match Match, entry cooperation.Disbursement) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.Disburse, func(w delivering) error {
		return w.Disburse(w.keeper, w.sides.Need, entry, actor, w.now)
	})
}

// CorrectDisbursement takes an entry back by another one.
func (p *Platform) CorrectDisbursement(ctx context.Context, actor cooperation.Actor, id string, match Match, number int, text string) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.CorrectDisburse, func(w delivering) error {
		return w.Correct(w.keeper, w.sides.Need, number, text, actor, w.now)
	})
}

// ReportDeviation says that the partnership departs from its plan.
func (p *Platform) ReportDeviation(ctx context.Context, actor cooperation.Actor, id string, match Match, deviation cooperation.Deviation) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.Deviate, func(w delivering) error {
		return w.Deviate(w.keeper, w.sides.Need, deviation, actor, w.now)
	})
}

// FollowUpPartnership answers the question that is asked now.
func (p *Platform) FollowUpPartnership(ctx context.Context, actor cooperation.Actor, id string, match Match, course cooperation.Course, text string) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.ReportFollowUp, func(w delivering) error {
		return w.FollowUp(w.keeper, w.sides.Need, course, text, actor, w.now)
	})
}

// StatePartnershipOrigin says where the help comes from.
func (p *Platform) StatePartnershipOrigin(ctx context.Context, actor cooperation.Actor, id string, match Match, statement cooperation.OriginStatement) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.StateOrigin, func(w delivering) error {
		return w.StateOrigin(w.keeper, w.sides.Need, statement, actor, w.now)
	})
}

// CompletePartnership states what was delivered, nil for all that was agreed.
// With the agreement of all partners the partnership is complete.
func (p *Platform) CompletePartnership(ctx context.Context, actor cooperation.Actor, id string, match Match, delivered []cooperation.ShareDelivered, text string) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.Complete, func(w delivering) error {
		return w.Complete(w.keeper, w.sides, delivered, text, actor, w.now)
	})
}

// ConfirmPartnership agrees to what another partner has stated as delivered.
func (p *Platform) ConfirmPartnership(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.ConfirmDelivered, func(w delivering) error { return w.Confirm(w.keeper, w.sides, actor, w.now) })
}

// StopPartnership ends a partnership before it is complete. What was not
// delivered goes back to the offers and to the need.
func (p *Platform) StopPartnership(ctx context.Context, actor cooperation.Actor, id string, match Match, reason cooperation.Reason, text string, delivered []cooperation.ShareDelivered) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.Stop, func(w delivering) error {
		return w.Stop(w.keeper, w.sides, reason, text, delivered, actor, w.now)
	})
}

// GiveFeedback writes down what a partner thought of the partnership.
func (p *Platform) GiveFeedback(ctx context.Context, actor cooperation.Actor, id string, match Match, rating int, text string) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.GiveFeedback, func(w delivering) error {
		return w.GiveFeedback(w.keeper, w.sides.Need, rating, text, actor, w.now)
	})
}

// DraftLessons puts what others can learn into words.
func (p *Platform) DraftLessons(ctx context.Context, actor cooperation.Actor, id string, match Match, text string, lang reference.Language, public bool) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.DraftLessons, func(w delivering) error {
		return w.DraftLessons(w.keeper, w.sides.Need, text, lang, public, actor, w.now)
	})
}

// ClearLessons says that a draft may be shared.
func (p *Platform) ClearLessons(ctx context.Context, actor cooperation.Actor, id string, match Match, lessons int, public bool) (*cooperation.Partnership, *cooperation.Need, error) {
	return p.deliver(ctx, actor, id, match, cooperation.ClearLessons, func(w delivering) error {
		return w.ClearLessons(w.keeper, w.sides.Need, lessons, public, actor, w.now)
	})
}
