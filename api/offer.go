package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// offers are the use cases of offers; see platform for what each one promises.
type offers interface {
	CreateOffer(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.OfferContent, key string) (*cooperation.Offer, error)
	Offer(actor cooperation.Actor, id string) (offer *cooperation.Offer, withheld []string, err error)
	ReplaceOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.OfferContent) (*cooperation.Offer, error)
	SubmitOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, clearance *cooperation.Clearance) (*cooperation.Offer, error)
	AdmitOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Offer, error)
	ReturnOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Offer, error)
	WithdrawOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Offer, error)
	CloseOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Offer, error)
	ReconfirmOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, until cooperation.Date) (*cooperation.Offer, error)
	CarryOverOffer(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Offer, error)
}

// ListOffers lists the offers that the actor may see.
func (a *api) ListOffers(ctx context.Context, r ListOffersRequestObject) (ListOffersResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q, err := c.query(conv, listParams(r.Params), texts(cooperation.OfferStatuses()))
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.SearchOffers(c.actor, q)
	if err != nil {
		return nil, err
	}
	out := ListOffers200JSONResponse{Items: make([]Offer, 0, len(page.Items)), Next: page.Next, Total: page.Total, Facets: c.facets(catalogue.KindOffer, page.Facets)}
	for _, o := range page.Items {
		if shown, withheld := o.Shown(c.actor); shown != nil {
			out.Items = append(out.Items, c.offerView(shown, withheld))
		}
	}
	return out, nil
}

// CreateOffer drafts an offer.
func (a *api) CreateOffer(ctx context.Context, r CreateOfferRequestObject) (CreateOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	o, err := a.platform.CreateOffer(ctx, c.actor, r.Body.Convention, r.Body.OfferContent, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return CreateOffer201JSONResponse{OfferCreatedJSONResponse(c.newOffer(o))}, nil
}

// GetOffer gives an offer as the actor may see it.
func (a *api) GetOffer(ctx context.Context, r GetOfferRequestObject) (GetOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	if r.Params.At != "" {
		return c.offerAt(ctx, r.ID, r.Params.At, r.Params.IfNoneMatch)
	}
	o, withheld, err := a.platform.Offer(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&o.Meta)
	if known(r.Params.IfNoneMatch, o.Version) {
		return GetOffer304Response{}, nil
	}
	return GetOffer200JSONResponse{OfferDocumentJSONResponse(c.offerView(o, withheld))}, nil
}

// ReplaceOffer puts new content in place of the old.
func (a *api) ReplaceOffer(ctx context.Context, r ReplaceOfferRequestObject) (ReplaceOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	c.regard(func(s documents) bool { _, ok := s.Offer(r.ID); return ok })
	v, err := c.changedOffer(a.platform.ReplaceOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch), *r.Body))
	if err != nil {
		return nil, err
	}
	return ReplaceOffer200JSONResponse{v}, nil
}

// SubmitOffer hands an offer to the secretariat.
func (a *api) SubmitOffer(ctx context.Context, r SubmitOfferRequestObject) (SubmitOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	var stated *cooperation.Clearance
	if body := given(r.Body); body.Clearance != (ClearanceGiven{}) {
		whole := clearance(body.Clearance)
		stated = &whole
	}
	v, err := c.changedOffer(a.platform.SubmitOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch), stated))
	if err != nil {
		return nil, err
	}
	return SubmitOffer200JSONResponse{v}, nil
}

// AdmitOffer opens an offer to the matcher.
func (a *api) AdmitOffer(ctx context.Context, r AdmitOfferRequestObject) (AdmitOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	c.regard(func(s documents) bool { _, ok := s.Offer(r.ID); return ok })
	v, err := c.changedOffer(a.platform.AdmitOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	if err != nil {
		return nil, err
	}
	return AdmitOffer200JSONResponse{v}, nil
}

// ReturnOffer sends an offer back.
func (a *api) ReturnOffer(ctx context.Context, r ReturnOfferRequestObject) (ReturnOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedOffer(a.platform.ReturnOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return ReturnOffer200JSONResponse{v}, nil
}

// WithdrawOffer takes an offer back.
func (a *api) WithdrawOffer(ctx context.Context, r WithdrawOfferRequestObject) (WithdrawOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedOffer(a.platform.WithdrawOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return WithdrawOffer200JSONResponse{v}, nil
}

// CloseOffer ends an offer.
func (a *api) CloseOffer(ctx context.Context, r CloseOfferRequestObject) (CloseOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	body := given(r.Body)
	v, err := c.changedOffer(a.platform.CloseOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch), cooperation.Reason(body.Reason), body.Text))
	if err != nil {
		return nil, err
	}
	return CloseOffer200JSONResponse{v}, nil
}

// ReconfirmOffer says that an offer still stands.
func (a *api) ReconfirmOffer(ctx context.Context, r ReconfirmOfferRequestObject) (ReconfirmOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedOffer(a.platform.ReconfirmOffer(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).ValidUntil))
	if err != nil {
		return nil, err
	}
	return ReconfirmOffer200JSONResponse{v}, nil
}

// CarryOverOffer starts a new draft from an offer.
func (a *api) CarryOverOffer(ctx context.Context, r CarryOverOfferRequestObject) (CarryOverOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	o, err := a.platform.CarryOverOffer(ctx, c.actor, r.ID, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return CarryOverOffer201JSONResponse{OfferCreatedJSONResponse(c.newOffer(o))}, nil
}

// changedOffer is the answer to a command: the offer as the actor may see it now.
func (c *call) changedOffer(o *cooperation.Offer, err error) (OfferDocumentJSONResponse, error) {
	if err != nil {
		return OfferDocumentJSONResponse{}, err
	}
	c.stamp(&o.Meta)
	shown, withheld := o.Shown(c.actor)
	if shown == nil {
		shown, withheld = o, nil // sent back to its own side: whoever did that saw all of it a moment ago
	}
	return OfferDocumentJSONResponse(c.offerView(shown, withheld)), nil
}

// newOffer is the answer to a command that made a draft.
func (c *call) newOffer(o *cooperation.Offer) offerDocument {
	c.created("offers", &o.Meta)
	return c.offerView(o, nil)
}
