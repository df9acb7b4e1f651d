package api

import (
	"context"

	"entente/cooperation"
	"entente/platform"
)

// subscriptions are the wishes to be told of new postings.
type subscriptions interface {
	CreateSubscription(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.SubscriptionContent, key string) (*cooperation.Subscription, error)
	Subscription(actor cooperation.Actor, id string) (*cooperation.Subscription, error)
	Subscriptions(actor cooperation.Actor, convention string) ([]*cooperation.Subscription, error)
	ReplaceSubscription(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.SubscriptionContent) (*cooperation.Subscription, error)
	RemoveSubscription(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) error
}

// ListSubscriptions lists the actor's own subscriptions.
func (a *api) ListSubscriptions(ctx context.Context, r ListSubscriptionsRequestObject) (ListSubscriptionsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	own, err := a.platform.Subscriptions(c.actor, conv.ID)
	if err != nil {
		return nil, err
	}
	out := ListSubscriptions200JSONResponse{Items: make([]Subscription, 0, len(own)), Total: len(own)}
	for _, s := range own {
		out.Items = append(out.Items, subscriptionView(s))
	}
	return out, nil
}

// CreateSubscription makes a subscription.
func (a *api) CreateSubscription(ctx context.Context, r CreateSubscriptionRequestObject) (CreateSubscriptionResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	content := cooperation.SubscriptionContent{Kinds: texts(r.Body.Kinds), Themes: r.Body.Themes, Countries: r.Body.Countries, Regions: r.Body.Regions}
	s, err := a.platform.CreateSubscription(ctx, c.actor, r.Body.Convention, content, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("subscriptions", &s.Meta)
	return CreateSubscription201JSONResponse(subscriptionView(s)), nil
}

// GetSubscription gives a subscription of the actor's own.
func (a *api) GetSubscription(ctx context.Context, r GetSubscriptionRequestObject) (GetSubscriptionResponseObject, error) {
	c, _ := callOf(ctx)
	s, err := a.platform.Subscription(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&s.Meta)
	if known(r.Params.IfNoneMatch, s.Version) {
		return GetSubscription304Response{}, nil
	}
	return GetSubscription200JSONResponse{SubscriptionDocumentJSONResponse(subscriptionView(s))}, nil
}

// ReplaceSubscription replaces a subscription.
func (a *api) ReplaceSubscription(ctx context.Context, r ReplaceSubscriptionRequestObject) (ReplaceSubscriptionResponseObject, error) {
	c, ctx := callOf(ctx)
	content := cooperation.SubscriptionContent{Kinds: texts(r.Body.Kinds), Themes: r.Body.Themes, Countries: r.Body.Countries, Regions: r.Body.Regions}
	s, err := a.platform.ReplaceSubscription(ctx, c.actor, r.ID, expected(r.Params.IfMatch), content)
	if err != nil {
		return nil, err
	}
	c.stamp(&s.Meta)
	return ReplaceSubscription200JSONResponse{SubscriptionDocumentJSONResponse(subscriptionView(s))}, nil
}

// DeleteSubscription ends a subscription.
func (a *api) DeleteSubscription(ctx context.Context, r DeleteSubscriptionRequestObject) (DeleteSubscriptionResponseObject, error) {
	c, ctx := callOf(ctx)
	if err := a.platform.RemoveSubscription(ctx, c.actor, r.ID, expected(r.Params.IfMatch)); err != nil {
		return nil, err
	}
	return DeleteSubscription204Response{}, nil
}

func subscriptionView(s *cooperation.Subscription) Subscription {
	return Subscription{ID: s.ID, Convention: s.Convention, Version: s.Version, Created: s.Created, Updated: s.Updated,
		Kinds: present(s.Kinds), Themes: present(s.Themes), Countries: present(alpha2(s.Countries)), Regions: present(s.Regions)}
}
