package api

import (
	"context"

	"entente/access"
)

// sessions are one's own, with what one signs in with.
type sessions interface {
	Sessions(ctx context.Context, user string) ([]access.Entry, error)
	EndSession(ctx context.Context, user, id string) error
	EndOthers(ctx context.Context, user string) error
	ChangePassword(ctx context.Context, current, wanted string) (*access.SignedIn, error)
}

// ListSessions lists the reader's own sessions.
func (a *api) ListSessions(ctx context.Context, _ ListSessionsRequestObject) (ListSessionsResponseObject, error) {
	c, ctx := callOf(ctx)
	all, err := a.access.Sessions(ctx, c.actor.ID)
	if err != nil {
		return nil, err
	}
	out := ListSessions200JSONResponse{Items: []Session{}}
	for _, s := range all {
		out.Items = append(out.Items, Session{ID: s.ID, Method: SessionMethod(s.Method), Agent: s.Agent, Address: s.Address,
			Created: s.Created, Used: s.Used, Expires: s.Expires, Current: s.Current})
	}
	return out, nil
}

// EndOtherSessions ends all the reader's sessions but the one that asks.
func (a *api) EndOtherSessions(ctx context.Context, _ EndOtherSessionsRequestObject) (EndOtherSessionsResponseObject, error) {
	c, ctx := callOf(ctx)
	return EndOtherSessions204Response{}, a.access.EndOthers(ctx, c.actor.ID)
}

// EndSession ends one of the reader's sessions.
func (a *api) EndSession(ctx context.Context, r EndSessionRequestObject) (EndSessionResponseObject, error) {
	c, ctx := callOf(ctx)
	return EndSession204Response{}, a.access.EndSession(ctx, c.actor.ID, r.ID)
}

// ChangePassword sets the reader's password.
func (a *api) ChangePassword(ctx context.Context, r ChangePasswordRequestObject) (ChangePasswordResponseObject, error) {
	c, ctx := callOf(ctx)
	in, err := a.access.ChangePassword(ctx, r.Body.Current, r.Body.Password)
	if err != nil {
		return nil, err
	}
	c.setCookie(in.Cookie)
	return ChangePassword204Response{}, nil
}
