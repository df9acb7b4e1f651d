package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// findOffer finds the convention of an offer, for ids are unique over all.
func (p *Platform) findOffer(id string) (*room, *cooperation.Offer, error) {
	for _, c := range p.order {
		if o, ok := p.rooms[c].state.Offer(id); ok {
			return p.rooms[c], o, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// CreateOffer drafts an offer. The same actor with the same key and content gets
// the same offer again; with other content it is a conflict.
func (p *Platform) CreateOffer(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.OfferContent, key string) (*cooperation.Offer, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if err := cooperation.NoFilesYet(content.Attachments); err != nil {
		return nil, err
	}
	id := creationID("offer", convention, actor, key)
	var made *cooperation.Offer
	err = r.do(ctx, "offer.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.DraftOffer(id, r.under(d), content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.offer(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.OfferContent, content))
			return err
		}
		d.putOffer(made)
		return nil
	})
	return made, err
}

// Offer returns an offer as the actor may see it, with the names of the fields
// that are withheld.
func (p *Platform) Offer(actor cooperation.Actor, id string) (*cooperation.Offer, []string, error) {
	_, o, err := p.findOffer(id)
	if err != nil {
		return nil, nil, err
	}
	shown, withheld := o.Shown(actor)
	if shown == nil {
		return nil, nil, cooperation.Absent()
	}
	return shown, withheld, nil
}

// changeOffer lets a command change a copy of the offer and commits it with
// what people have to be told.
func (p *Platform) changeOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(o *cooperation.Offer, c *cooperation.Convention, now time.Time) error) (*cooperation.Offer, error) {
	r, _, err := p.findOffer(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Offer
	command := "offer." + string(action)
	err = r.do(ctx, command, actor, func(d *draft) error {
		o, ok := r.offer(d, id)
		if !ok || !cooperation.SeesOffer(actor, o).Any() {
			return cooperation.Absent()
		}
		if err := match.check(o.Version); err != nil {
			return err
		}
		now := p.clock()
		changed = *o
		if err := change(&changed, r.under(d), now); err != nil {
			return err
		}
		d.putOffer(&changed)
		p.tell(r, d, cooperation.Occasion{Reason: command, Actor: actor, Offer: &changed}, now)
		if action == cooperation.Admit {
			p.tellSubscribers(r, d, actor, now)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// ReplaceOffer puts new content in place of the old.
func (p *Platform) ReplaceOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.OfferContent) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Replace, func(o *cooperation.Offer, c *cooperation.Convention, now time.Time) error {
		return o.Replace(c, content, actor, now)
	})
}

// SubmitOffer hands an offer to the secretariat; a pledge or a commitment with the
// provider's clearance.
func (p *Platform) SubmitOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, clearance *cooperation.Clearance) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Submit, func(o *cooperation.Offer, c *cooperation.Convention, now time.Time) error {
		return o.Submit(c, clearance, actor, now)
	})
}

// AdmitOffer opens an offer to the matcher.
func (p *Platform) AdmitOffer(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Admit, func(o *cooperation.Offer, c *cooperation.Convention, now time.Time) error {
		return o.Admit(c, actor, now)
	})
}

// ReturnOffer sends an offer back with a reason.
func (p *Platform) ReturnOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Return, func(o *cooperation.Offer, _ *cooperation.Convention, now time.Time) error {
		return o.Return(text, actor, now)
	})
}

// WithdrawOffer takes an offer back.
func (p *Platform) WithdrawOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, text string) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Withdraw, func(o *cooperation.Offer, _ *cooperation.Convention, now time.Time) error {
		return o.Withdraw(text, actor, now)
	})
}

// CloseOffer ends an offer.
func (p *Platform) CloseOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, reason cooperation.Reason, text string) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Close, func(o *cooperation.Offer, _ *cooperation.Convention, now time.Time) error {
		return o.Close(reason, text, actor, now)
	})
}

// ReconfirmOffer says that an offer still stands.
func (p *Platform) ReconfirmOffer(ctx context.Context, actor cooperation.Actor, id string, match Match, until cooperation.Date) (*cooperation.Offer, error) {
	return p.changeOffer(ctx, actor, id, match, cooperation.Reconfirm, func(o *cooperation.Offer, c *cooperation.Convention, now time.Time) error {
		return o.Reconfirm(c, until, actor, now)
	})
}

// CarryOverOffer starts a new draft from an offer.
func (p *Platform) CarryOverOffer(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Offer, error) {
	r, _, err := p.findOffer(id)
	if err != nil {
		return nil, err
	}
	fresh := creationID("offer", r.id(), actor, key)
	var made *cooperation.Offer
	err = r.do(ctx, "offer.carry_over", actor, func(d *draft) (err error) {
		o, ok := r.offer(d, id)
		if !ok {
			return cooperation.Absent()
		}
		if made, err = o.CarryOver(fresh, r.under(d), actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.offer(d, fresh); exists {
			made, err = repeated(before, before.Carried == id)
			return err
		}
		d.putOffer(made)
		return nil
	})
	return made, err
}
