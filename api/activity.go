package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// activities are the use cases of activities; see platform for what each one
// promises.
type activities interface {
	CreateActivity(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.ActivityContent, key string) (*cooperation.Activity, error)
	Activity(actor cooperation.Actor, id string) (*cooperation.Activity, error)
	ReplaceActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.ActivityContent) (*cooperation.Activity, error)
	CompleteActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Activity, error)
	StopActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Activity, error)
	WithdrawActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Activity, error)
}

// newActivity is the body that enters an activity.
type newActivity struct {
	Convention string `json:"convention"`
	cooperation.ActivityContent
}

// activityDocument is an activity as the API shows it.
type activityDocument struct {
	*cooperation.Activity
	Labels Labels `json:"labels"`
}

// ListActivities lists the activities that the actor may see.
func (a *api) ListActivities(ctx context.Context, r ListActivitiesRequestObject) (ListActivitiesResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	p := r.Params
	q, err := c.query(conv, listParams{Status: p.Status, Country: p.Country, Region: p.Region, Theme: p.Theme, Kind: p.Kind, Q: p.Q,
		Sort: p.Sort, Cursor: p.Cursor, Limit: p.Limit, Facets: p.Facets}, texts(cooperation.ActivityStatuses()))
	if err != nil {
		return nil, err
	}
	q.Provider = codesOf[cooperation.Participant](p.Provider)
	state, _ := a.platform.State(conv.ID)
	page, err := state.SearchActivities(c.actor, q)
	if err != nil {
		return nil, err
	}
	out := ListActivities200JSONResponse{Items: make([]Activity, 0, len(page.Items)), Next: page.Next, Total: page.Total, Facets: c.facets(catalogue.KindActivity, page.Facets)}
	for _, x := range page.Items {
		if shown := x.Shown(c.actor); shown != nil {
			out.Items = append(out.Items, c.activityView(shown))
		}
	}
	return out, nil
}

// CreateActivity enters an activity.
func (a *api) CreateActivity(ctx context.Context, r CreateActivityRequestObject) (CreateActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	x, err := a.platform.CreateActivity(ctx, c.actor, r.Body.Convention, r.Body.ActivityContent, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("activities", &x.Meta)
	return CreateActivity201JSONResponse(c.activityView(x)), nil
}

// GetActivity gives an activity as the actor may see it.
func (a *api) GetActivity(ctx context.Context, r GetActivityRequestObject) (GetActivityResponseObject, error) {
	c, _ := callOf(ctx)
	x, err := a.platform.Activity(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&x.Meta)
	if known(r.Params.IfNoneMatch, x.Version) {
		return GetActivity304Response{}, nil
	}
	return GetActivity200JSONResponse{ActivityDocumentJSONResponse(c.activityView(x))}, nil
}

// ReplaceActivity puts new content in place of the old.
func (a *api) ReplaceActivity(ctx context.Context, r ReplaceActivityRequestObject) (ReplaceActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Activity(r.ID); return ok })
	v, err := c.changedActivity(a.platform.ReplaceActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch), *r.Body))
	if err != nil {
		return nil, err
	}
	return ReplaceActivity200JSONResponse{v}, nil
}

// CompleteActivity says that the help has been given.
func (a *api) CompleteActivity(ctx context.Context, r CompleteActivityRequestObject) (CompleteActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedActivity(a.platform.CompleteActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return CompleteActivity200JSONResponse{v}, nil
}

// StopActivity says that the help ended before it was complete.
func (a *api) StopActivity(ctx context.Context, r StopActivityRequestObject) (StopActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedActivity(a.platform.StopActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return StopActivity200JSONResponse{v}, nil
}

// WithdrawActivity takes back what was entered by mistake.
func (a *api) WithdrawActivity(ctx context.Context, r WithdrawActivityRequestObject) (WithdrawActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedActivity(a.platform.WithdrawActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return WithdrawActivity200JSONResponse{v}, nil
}

// changedActivity is the answer to a command: the activity as the actor may
// see it now.
func (c *call) changedActivity(x *cooperation.Activity, err error) (ActivityDocumentJSONResponse, error) {
	if err != nil {
		return ActivityDocumentJSONResponse{}, err
	}
	c.stamp(&x.Meta)
	if shown := x.Shown(c.actor); shown != nil {
		x = shown
	}
	return ActivityDocumentJSONResponse(c.activityView(x)), nil
}

// activityView puts an activity that has been reduced to what the actor may
// see into its answer.
func (c *call) activityView(x *cooperation.Activity) activityDocument {
	if x.Beneficiaries == nil || x.Providers == nil || x.Themes == nil || x.Kinds == nil { // of an earlier release
		whole := *x
		whole.Beneficiaries, whole.Providers, whole.Themes, whole.Kinds = present(x.Beneficiaries), present(x.Providers), present(x.Themes), present(x.Kinds)
		x = &whole
	}
	l := c.labels("activity."+string(x.Status), x.Themes, x.Kinds)
	for _, p := range x.Participants() {
		c.label(&l.Participants, message.Party, string(p))
	}
	return activityDocument{Activity: x, Labels: l}
}
