package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// needs are the use cases of needs; see platform for what each one promises.
type needs interface {
	CreateNeed(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.NeedContent, key string) (*cooperation.Need, error)
	Need(actor cooperation.Actor, id string) (need *cooperation.Need, withheld []string, err error)
	ReplaceNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.NeedContent) (*cooperation.Need, error)
	SubmitNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, clearance cooperation.Clearance, insist bool) (*cooperation.Need, error)
	AdmitNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Need, error)
	ReturnNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Need, error)
	WithdrawNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Need, error)
	CloseNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Need, error)
	SettleNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Need, error)
	ReconfirmNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, until cooperation.Date) (*cooperation.Need, error)
	CarryOverNeed(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Need, error)
}

// ListNeeds lists the needs that the actor may see.
func (a *api) ListNeeds(ctx context.Context, r ListNeedsRequestObject) (ListNeedsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	q, err := c.query(conv, r.Params, texts(cooperation.NeedStatuses()))
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.SearchNeeds(c.actor, q)
	if err != nil {
		return nil, err
	}
	out := ListNeeds200JSONResponse{Items: make([]Need, 0, len(page.Items)), Next: page.Next, Total: page.Total, Facets: c.facets(catalogue.KindNeed, page.Facets)}
	for _, n := range page.Items {
		if shown, withheld := n.Shown(c.actor); shown != nil {
			out.Items = append(out.Items, c.needView(shown, withheld))
		}
	}
	return out, nil
}

// CreateNeed drafts a need.
func (a *api) CreateNeed(ctx context.Context, r CreateNeedRequestObject) (CreateNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	n, err := a.platform.CreateNeed(ctx, c.actor, r.Body.Convention, r.Body.NeedContent, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return CreateNeed201JSONResponse{NeedCreatedJSONResponse(c.newNeed(n))}, nil
}

// GetNeed gives a need as the actor may see it.
func (a *api) GetNeed(ctx context.Context, r GetNeedRequestObject) (GetNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	if r.Params.At != "" {
		return c.needAt(ctx, r.ID, r.Params.At, r.Params.IfNoneMatch)
	}
	n, withheld, err := a.platform.Need(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&n.Meta)
	if known(r.Params.IfNoneMatch, n.Version) {
		return GetNeed304Response{}, nil
	}
	v := c.needView(n, withheld)
	if state, ok := a.platform.State(n.Convention); ok {
		if whole, ok := state.Need(n.ID); ok { // a field that is withheld is not missing
			c.advise(&v, whole)
		}
	}
	return GetNeed200JSONResponse{NeedDocumentJSONResponse(v)}, nil
}

// ReplaceNeed puts new content in place of the old.
func (a *api) ReplaceNeed(ctx context.Context, r ReplaceNeedRequestObject) (ReplaceNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	c.regard(func(s documents) bool { _, ok := s.Need(r.ID); return ok })
	v, err := c.changedNeed(a.platform.ReplaceNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), *r.Body))
	if err != nil {
		return nil, err
	}
	return ReplaceNeed200JSONResponse{v}, nil
}

// SubmitNeed hands a need to the secretariat.
func (a *api) SubmitNeed(ctx context.Context, r SubmitNeedRequestObject) (SubmitNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	c.regard(func(s documents) bool { _, ok := s.Need(r.ID); return ok })
	v, err := c.changedNeed(a.platform.SubmitNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), clearance(r.Body.Clearance), r.Body.Insist))
	if err != nil {
		return nil, err
	}
	return SubmitNeed200JSONResponse{v}, nil
}

// AdmitNeed opens a need to the matcher.
func (a *api) AdmitNeed(ctx context.Context, r AdmitNeedRequestObject) (AdmitNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedNeed(a.platform.AdmitNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	if err != nil {
		return nil, err
	}
	return AdmitNeed200JSONResponse{v}, nil
}

// ReturnNeed sends a need back.
func (a *api) ReturnNeed(ctx context.Context, r ReturnNeedRequestObject) (ReturnNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedNeed(a.platform.ReturnNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return ReturnNeed200JSONResponse{v}, nil
}

// WithdrawNeed takes a need back.
func (a *api) WithdrawNeed(ctx context.Context, r WithdrawNeedRequestObject) (WithdrawNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedNeed(a.platform.WithdrawNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return WithdrawNeed200JSONResponse{v}, nil
}

// CloseNeed ends a need.
func (a *api) CloseNeed(ctx context.Context, r CloseNeedRequestObject) (CloseNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	body := given(r.Body)
	v, err := c.changedNeed(a.platform.CloseNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), cooperation.Reason(body.Reason), body.Text))
	if err != nil {
		return nil, err
	}
	return CloseNeed200JSONResponse{v}, nil
}

// SettleNeed says that the rest of a need is not needed any more.
func (a *api) SettleNeed(ctx context.Context, r SettleNeedRequestObject) (SettleNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedNeed(a.platform.SettleNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return SettleNeed200JSONResponse{v}, nil
}

// ReconfirmNeed says that a need still stands.
func (a *api) ReconfirmNeed(ctx context.Context, r ReconfirmNeedRequestObject) (ReconfirmNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedNeed(a.platform.ReconfirmNeed(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).ValidUntil))
	if err != nil {
		return nil, err
	}
	return ReconfirmNeed200JSONResponse{v}, nil
}

// CarryOverNeed starts a new draft from a need.
func (a *api) CarryOverNeed(ctx context.Context, r CarryOverNeedRequestObject) (CarryOverNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	n, err := a.platform.CarryOverNeed(ctx, c.actor, r.ID, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	return CarryOverNeed201JSONResponse{NeedCreatedJSONResponse(c.newNeed(n))}, nil
}

// changedNeed is the answer to a command: the need as the actor may see it now.
func (c *call) changedNeed(n *cooperation.Need, err error) (NeedDocumentJSONResponse, error) {
	if err != nil {
		return NeedDocumentJSONResponse{}, err
	}
	c.stamp(&n.Meta)
	shown, withheld := n.Shown(c.actor)
	if shown == nil {
		shown, withheld = n, nil // sent back to its own side: whoever did that saw all of it a moment ago
	}
	v := c.needView(shown, withheld)
	c.advise(&v, n)
	return NeedDocumentJSONResponse(v), nil
}

// newNeed is the answer to a command that made a draft.
func (c *call) newNeed(n *cooperation.Need) needDocument {
	c.created("needs", &n.Meta)
	v := c.needView(n, nil)
	c.advise(&v, n)
	return v
}

// regard notes the convention of the document that a command is about, so that
// what is wrong with it can be said with the names of its themes. The reader
// learns nothing from it.
func (c *call) regard(has func(documents) bool) {
	for _, conv := range c.api.platform.Conventions() {
		if state, ok := c.api.platform.State(conv.ID); ok && has(state) {
			c.convention = conv
			return
		}
	}
}

// given is an optional body, empty where none was sent.
func given[T any](body *T) T {
	if body == nil {
		var none T
		return none
	}
	return *body
}
