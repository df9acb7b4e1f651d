package platform

import (
	"context"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

func (r *room) subscription(d *draft, id string) (*cooperation.Subscription, bool) {
	if s, ok := decided[*cooperation.Subscription](d, catalogue.KindSubscription, id); ok {
		return s, true
	}
	return r.state.Subscription(id)
}

// findSubscription finds the convention of a subscription of the actor's own.
func (p *Platform) findSubscription(actor cooperation.Actor, id string) (*room, *cooperation.Subscription, error) {
	for _, c := range p.order {
		if s, ok := p.rooms[c].state.Subscription(id); ok && cooperation.SeesSubscription(actor, s) {
			return p.rooms[c], s, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// CreateSubscription makes a subscription of the actor's own. The same key and
// content again give the same subscription.
func (p *Platform) CreateSubscription(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.SubscriptionContent, key string) (*cooperation.Subscription, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	id := creationID(catalogue.KindSubscription, convention, actor, key)
	var made *cooperation.Subscription
	err = r.do(ctx, "subscription.create", actor, func(d *draft) (err error) {
		if made, err = cooperation.NewSubscription(id, r.convention(), content, actor, p.clock()); err != nil {
			return err
		}
		if before, exists := r.subscription(d, id); exists {
			made, err = repeated(before, before.Version > 1 || same(before.SubscriptionContent, content))
			return err
		}
		if own, _ := p.Subscriptions(actor, convention); len(own) >= cooperation.SubscriptionsPerPerson {
			return cooperation.Refuse(cooperation.TooLarge, "error.too_large.subscriptions")
		}
		d.put(catalogue.KindSubscription, id, made.Version, made)
		return nil
	})
	return made, err
}

// Subscription returns a subscription of the actor's own.
func (p *Platform) Subscription(actor cooperation.Actor, id string) (*cooperation.Subscription, error) {
	_, s, err := p.findSubscription(actor, id)
	return s, err
}

// Subscriptions lists the actor's own subscriptions in a convention.
func (p *Platform) Subscriptions(actor cooperation.Actor, convention string) ([]*cooperation.Subscription, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	var out []*cooperation.Subscription
	for _, s := range r.state.Subscriptions() {
		if cooperation.SeesSubscription(actor, s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// ReplaceSubscription puts new content in place of the old.
func (p *Platform) ReplaceSubscription(ctx context.Context, actor cooperation.Actor, id string, match Match, content cooperation.SubscriptionContent) (*cooperation.Subscription, error) {
	return p.changeSubscription(ctx, actor, id, match, "replace", func(r *room, s *cooperation.Subscription, now time.Time) error {
		return s.Replace(r.convention(), content, actor, now)
	})
}

// RemoveSubscription deletes a subscription.
func (p *Platform) RemoveSubscription(ctx context.Context, actor cooperation.Actor, id string, match Match) error {
	_, err := p.changeSubscription(ctx, actor, id, match, "remove", func(_ *room, s *cooperation.Subscription, now time.Time) error {
		return s.Remove(actor, now)
	})
	return err
}

func (p *Platform) changeSubscription(ctx context.Context, actor cooperation.Actor, id string, match Match, command string, change func(*room, *cooperation.Subscription, time.Time) error) (*cooperation.Subscription, error) {
	r, _, err := p.findSubscription(actor, id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Subscription
	err = r.do(ctx, "subscription."+command, actor, func(d *draft) error {
		s, ok := r.subscription(d, id)
		if !ok || !cooperation.SeesSubscription(actor, s) {
			return cooperation.Absent()
		}
		if err := match.check(s.Version); err != nil {
			return err
		}
		changed = *s
		if err := change(r, &changed, p.clock()); err != nil {
			return err
		}
		d.put(catalogue.KindSubscription, id, changed.Version, &changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &changed, nil
}

// tellSubscribers adds to the draft what those who have subscribed are to be
// told of the postings that the draft opens: one message a person, however
// many postings it opens.
func (p *Platform) tellSubscribers(r *room, d *draft, actor cooperation.Actor, now time.Time) {
	wishes := r.state.Subscriptions()
	if len(wishes) == 0 {
		return
	}
	o := cooperation.Occasion{Reason: "subscription.opened", Actor: actor, Wishes: wishes}
	for _, c := range d.changes {
		switch doc := c.document.(type) {
		case *cooperation.Need:
			if doc.Status == cooperation.NeedOpen && doc.Admitted.Equal(doc.Updated) {
				o.Needs = append(o.Needs, doc)
			}
		case *cooperation.Offer:
			if doc.Status == cooperation.OfferOpen && doc.Admitted.Equal(doc.Updated) {
				o.Offers = append(o.Offers, doc)
			}
		}
	}
	if len(o.Needs)+len(o.Offers) > 0 {
		p.tell(r, d, o, now)
	}
}
