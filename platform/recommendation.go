package platform

import (
	"context"
	"time"

	"entente/cooperation"
	"entente/reference"
)

// findRecommendation finds the convention of a text of a body, for ids are
// unique over all.
func (p *Platform) findRecommendation(id string) (*room, *cooperation.Recommendation, error) {
	for _, name := range p.order {
		if r, ok := p.rooms[name].state.Recommendation(id); ok {
			return p.rooms[name], r, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

func (r *room) recommendation(d *draft, id string) (*cooperation.Recommendation, bool) {
	if x, ok := decided[*cooperation.Recommendation](d, "recommendation", id); ok {
		return x, true
	}
	return r.state.Recommendation(id)
}

func (d *draft) putRecommendation(r *cooperation.Recommendation) {
	d.put("recommendation", r.ID, r.Version, r)
}

// CreateRecommendation drafts a text of bodies. The same actor with the same
// key and content gets the same text again; with other content it is a conflict.
func (p *Platform) CreateRecommendation(ctx context.Context, actor cooperation.Actor, convention string, output cooperation.Output, bodies []string, content cooperation.RecommendationContent, key string) (*cooperation.Recommendation, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	id := creationID("recommendation", convention, actor, key)
	var made *cooperation.Recommendation
	err = r.do(ctx, "recommendation.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.DraftRecommendation(id, r.under(d), output, bodies, content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.recommendation(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.RecommendationContent, made.RecommendationContent) && same(before.Bodies, made.Bodies))
			return err
		}
		d.putRecommendation(made)
		return nil
	})
	return made, err
}

// Recommendation returns a text of a body as the actor may see it.
func (p *Platform) Recommendation(actor cooperation.Actor, id string) (*cooperation.Recommendation, error) {
	r, found, err := p.findRecommendation(id)
	if err != nil {
		return nil, err
	}
	shown := found.Shown(actor, r.convention(), cooperation.DateOf(p.clock()))
	if shown == nil {
		return nil, cooperation.Absent()
	}
	return shown, nil
}

// changeRecommendation lets a command change a copy of the text, commits it
// with what people have to be told, and returns it as the actor may see it.
func (p *Platform) changeRecommendation(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error) (*cooperation.Recommendation, error) {
	r, _, err := p.findRecommendation(id)
	if err != nil {
		return nil, err
	}
	command := "recommendation." + string(action)
	var shown *cooperation.Recommendation
	err = r.do(ctx, command, actor, func(d *draft) error {
		now := p.clock()
		c := r.under(d)
		found, ok := r.recommendation(d, id)
		if !ok || !cooperation.SeesRecommendation(actor, c, found, cooperation.DateOf(now)) {
			return cooperation.Absent()
		}
		if err := match.check(found.Version); err != nil {
			return err
		}
		changed := *found
		if err := change(&changed, c, now); err != nil {
			return err
		}
		d.putRecommendation(&changed)
		p.tell(r, d, cooperation.Occasion{Reason: command, Actor: actor, Recommendation: &changed}, now)
		shown = changed.Shown(actor, c, cooperation.DateOf(now))
		return nil
	})
	return shown, err
}

// ReplaceRecommendation puts new content in place of the old; one that is
// tabled is modified by that.
func (p *Platform) ReplaceRecommendation(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.RecommendationContent) (*cooperation.Recommendation, error) {
	return p.changeRecommendation(ctx, actor, id, match, cooperation.Replace, func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error {
		return r.Replace(c, content, actor, now)
	})
}

// TableRecommendation puts a text before its bodies.
func (p *Platform) TableRecommendation(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Recommendation, error) {
	return p.changeRecommendation(ctx, actor, id, match, cooperation.Table, func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error {
		return r.Table(c, actor, now)
	})
}

// ObjectToRecommendation records that a State does not join the consensus.
func (p *Platform) ObjectToRecommendation(ctx context.Context, actor cooperation.Actor, id string, match Match, country reference.Country, text string) (*cooperation.Recommendation, error) {
	return p.changeRecommendation(ctx, actor, id, match, cooperation.Object, func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error {
		return r.Object(c, country, text, actor, now)
	})
}

// LiftObjection takes the objection of a State to a text back.
func (p *Platform) LiftObjection(ctx context.Context, actor cooperation.Actor, id string, match Match, country reference.Country) (*cooperation.Recommendation, error) {
	return p.changeRecommendation(ctx, actor, id, match, cooperation.Relent, func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error {
		return r.Lift(c, country, actor, now)
	})
}

// AdoptRecommendation records that a body has adopted a text.
func (p *Platform) AdoptRecommendation(ctx context.Context, actor cooperation.Actor, id string, match Match, adoption cooperation.Adoption) (*cooperation.Recommendation, error) {
	return p.changeRecommendation(ctx, actor, id, match, cooperation.Adopt, func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error {
		return r.Adopt(c, adoption, actor, now)
	})
}

// WithdrawRecommendation takes a text back.
func (p *Platform) WithdrawRecommendation(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Recommendation, error) {
	return p.changeRecommendation(ctx, actor, id, match, cooperation.Withdraw, func(r *cooperation.Recommendation, c *cooperation.Convention, now time.Time) error {
		return r.Withdraw(c, text, actor, now)
	})
}
