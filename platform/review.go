package platform

import (
	"context"
	"slices"
	"strconv"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/message"
)

func (r *room) review(d *draft, id string) (*cooperation.Review, bool) {
	if v, ok := decided[*cooperation.Review](d, catalogue.KindReview, id); ok {
		return v, true
	}
	return r.state.Review(id)
}

// keeper reckons deadlines on the documents as a draft leaves them.
func (r *room) keeper(d *draft, now time.Time) *cooperation.Timekeeper {
	return r.under(d).Timekeeper(drafts{r, d}, now)
}

// standing keeps time by the documents as they stand.
func (r *room) standing() *cooperation.Timekeeper {
	return r.convention().Timekeeper(r.state, r.journal.clock())
}

// OpenReviews opens the review of proposals: one for each of them or, with
// together set, one for all. All are opened, or none. The same actor with the
// same key gets the same reviews again.
func (p *Platform) OpenReviews(ctx context.Context, actor cooperation.Actor, convention string, proposals []string, together bool, key string) ([]*cooperation.Review, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if len(proposals) > mostOpened {
		e := cooperation.Refuse(cooperation.Invalid, "error.invalid.fields", countOne())
		e.Fields = []cooperation.FieldError{{Field: "proposals", Message: message.New("error.invalid.too_many", message.Int("max", mostOpened))}}
		return nil, e
	}
	groups := [][]string{proposals}
	if !together && len(proposals) > 0 {
		groups = slices.Collect(slices.Chunk(proposals, 1))
	}
	first := creationID("review", convention, actor, key)
	scores := p.scored(r, proposals) // before the command has its turn: others need not wait for it
	var made []*cooperation.Review
	err = r.do(ctx, "review.open", actor, func(d *draft) error {
		made = nil
		for i, group := range groups {
			id := cooperation.DerivedID("review", first, strconv.Itoa(i))
			if before, exists := r.review(d, id); exists {
				if !slices.EqualFunc(before.Cases, group, func(c cooperation.Case, q string) bool { return c.Proposal == q }) {
					return cooperation.Refuse(cooperation.Conflict, "error.conflict.idempotency")
				}
				made = append(made, before)
				continue
			}
			v, err := p.openReview(r, d, id, group, scores, actor)
			if err != nil {
				return err
			}
			made = append(made, v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range made {
		made[i] = p.shownReview(r, actor, made[i])
	}
	return made, nil
}

// mostOpened bounds a batch: one commit holds it.
const mostOpened = 50

func (p *Platform) openReview(r *room, d *draft, id string, proposals []string, scores map[string]matching.Result, actor cooperation.Actor) (*cooperation.Review, error) {
	now := p.clock()
	candidates := make([]cooperation.Candidate, 0, len(proposals))
	for _, of := range proposals {
		q, ok := r.proposal(d, of)
		if !ok {
			return nil, cooperation.Absent()
		}
		c := *q
		sides := sidesOf(drafts{r, d}, q)
		candidates = append(candidates, cooperation.Candidate{Proposal: &c, Sides: *sides, Case: frozen(q, sides, scores)})
	}
	v, err := cooperation.BeginReview(id, r.keeper(d, now), candidates, actor, now)
	if err != nil {
		return nil, err
	}
	d.put(catalogue.KindReview, v.ID, v.Version, v)
	for _, c := range candidates {
		d.putProposal(c.Proposal)
	}
	p.tellReview(r, d, nil, v, actor, now)
	return v, nil
}

// Review returns a review as the actor may see it.
func (p *Platform) Review(actor cooperation.Actor, id string) (*cooperation.Review, error) {
	r, v, err := p.findReview(id)
	if err != nil {
		return nil, err
	}
	if shown := p.shownReview(r, actor, v); shown != nil {
		return shown, nil
	}
	return nil, cooperation.Absent()
}

func (p *Platform) findReview(id string) (*room, *cooperation.Review, error) {
	for _, c := range p.order {
		if v, ok := p.rooms[c].state.Review(id); ok {
			return p.rooms[c], v, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

func (p *Platform) shownReview(r *room, actor cooperation.Actor, v *cooperation.Review) *cooperation.Review {
	return v.Shown(p.sightOfReview(r, actor, v), actor)
}

func (p *Platform) sightOfReview(r *room, actor cooperation.Actor, v *cooperation.Review) cooperation.Sight {
	body, _ := r.convention().Committee(v.Committee)
	return cooperation.SeesReview(actor, v, &body, r.convention().Timekeeper(r.state, p.clock()).Today())
}

// changeReview lets a command change a copy of the review and commits it with
// what it means for the proposals, and with what people have to be told.
func (p *Platform) changeReview(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error) (*cooperation.Review, error) {
	r, _, err := p.findReview(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Review
	err = r.do(ctx, "review."+string(action), actor, func(d *draft) error {
		v, ok := r.review(d, id)
		if !ok || !p.sightOfReview(r, actor, v).Any() {
			return cooperation.Absent()
		}
		if err := match.check(v.Version); err != nil {
			return err
		}
		now := p.clock()
		changed = *v
		if err := change(&changed, r.keeper(d, now), now); err != nil {
			return err
		}
		p.putReview(r, d, v, &changed, actor, now)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p.shownReview(r, actor, &changed), nil
}

// putReview commits a review with what came of it for its proposals.
func (p *Platform) putReview(r *room, d *draft, before, v *cooperation.Review, actor cooperation.Actor, now time.Time) {
	d.put(catalogue.KindReview, v.ID, v.Version, v)
	for _, id := range v.Proposals {
		if q, ok := r.proposal(d, id); ok {
			c := *q
			if c.Conclude(v, now) {
				d.putProposal(&c)
			}
		}
	}
	p.tellReview(r, d, before, v, actor, now)
}

// tellReview tells those concerned of what happened to a review: the sides of
// the proposals that are left in it. That nothing is left follows from what
// happened to the last of them, of which the same people are told.
func (p *Platform) tellReview(r *room, d *draft, before, v *cooperation.Review, actor cooperation.Actor, now time.Time) {
	what := cooperation.ReviewEvent(before, v)
	if what == "" || v.Status == cooperation.ReviewEnded {
		return
	}
	o := cooperation.Occasion{Reason: "review." + what, Actor: actor, Review: v}
	for _, id := range v.Proposals {
		if q, ok := r.proposal(d, id); ok {
			sides := sidesOf(drafts{r, d}, q)
			o.Reviewed = append(o.Reviewed, cooperation.Reviewed{Proposal: q, Sides: *sides})
		}
	}
	p.tell(r, d, o, now)
}

// leaveReview takes a proposal out of its review.
func (p *Platform) leaveReview(r *room, d *draft, q *cooperation.Proposal, actor cooperation.Actor, now time.Time) {
	v, ok := r.review(d, q.Review)
	if !ok {
		return
	}
	c := *v
	if c.Leave(r.keeper(d, now), q.ID, now) {
		p.putReview(r, d, v, &c, actor, now)
	}
}

// elapse does what is due for a review.
func (p *Platform) elapse(r *room, d *draft, id string, now time.Time) {
	v, ok := r.review(d, id)
	if !ok {
		return
	}
	c := *v
	if changed, err := c.Elapse(r.keeper(d, now), clockwork, now); err == nil && changed {
		p.putReview(r, d, v, &c, clockwork, now)
	}
}

// CommentReview adds a comment.
func (p *Platform) CommentReview(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.CommentReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Comment(k, text, actor, now)
	})
}

// ObjectToReview says that the actor's State does not agree, and why.
func (p *Platform) ObjectToReview(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.ObjectReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Object(k, text, actor, now)
	})
}

// WithdrawObjection takes back the objection of the actor's State.
func (p *Platform) WithdrawObjection(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.WithdrawObjection, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.WithdrawObjection(k, actor, now)
	})
}

// ModifyReview puts another text to both sides.
func (p *Platform) ModifyReview(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.ModifyReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Modify(k, text, actor, now)
	})
}

// AnswerReview is what the actor's side says to a modification.
func (p *Platform) AnswerReview(ctx context.Context, actor cooperation.Actor, id string, match Match, agreed bool) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.AnswerReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Answer(k, agreed, actor, now)
	})
}

// ReturnReview sends the proposals back to both sides.
func (p *Platform) ReturnReview(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.ReturnReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Return(k, text, actor, now)
	})
}

// AdviseReview records the advice of the focal point for gender and diversity.
func (p *Platform) AdviseReview(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.AdviseReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Advise(k, text, actor, now)
	})
}

// NoteReview records what a member remarks on a part of the score.
func (p *Platform) NoteReview(ctx context.Context, actor cooperation.Actor, id string, match Match, n cooperation.Note) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.NoteReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Note(k, n, actor, now)
	})
}

// DeclareInterest says that a member has an interest; it is recused from then on.
func (p *Platform) DeclareInterest(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Review, error) {
	return p.changeReview(ctx, actor, id, match, cooperation.DeclareReview, func(v *cooperation.Review, k *cooperation.Timekeeper, now time.Time) error {
		return v.Declare(k, text, actor, now)
	})
}
