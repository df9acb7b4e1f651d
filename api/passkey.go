package api

import (
	"context"
	"encoding/json"

	"entente/access"
)

// passkeys are one's own, and a way in.
type passkeys interface {
	BeginPasskeySignIn(ctx context.Context) (access.Ceremony, error)
	SignInByPasskey(ctx context.Context, ceremony string, answer []byte) (*access.SignedIn, error)
	Passkeys(ctx context.Context, user string) ([]access.Passkey, error)
	BeginPasskey(ctx context.Context) (access.Ceremony, error)
	AddPasskey(ctx context.Context, ceremony, name string, answer []byte) (*access.Passkey, *access.SignedIn, error)
	RemovePasskey(ctx context.Context, id string) (*access.SignedIn, error)
}

// asked is a ceremony as it is sent to the browser.
func asked(c access.Ceremony, err error) (Ceremony, error) {
	if err != nil {
		return Ceremony{}, err
	}
	out := Ceremony{Ceremony: c.ID}
	return out, json.Unmarshal(c.Options, &out.Options)
}

// BeginPasskeySignIn asks for any passkey of this site.
func (a *api) BeginPasskeySignIn(ctx context.Context, _ BeginPasskeySignInRequestObject) (BeginPasskeySignInResponseObject, error) {
	_, ctx = callOf(ctx)
	out, err := asked(a.access.BeginPasskeySignIn(ctx))
	return BeginPasskeySignIn200JSONResponse(out), err
}

// SignInByPasskey opens a session.
func (a *api) SignInByPasskey(ctx context.Context, r SignInByPasskeyRequestObject) (SignInByPasskeyResponseObject, error) {
	c, ctx := callOf(ctx)
	answer, err := json.Marshal(r.Body.Credential)
	if err != nil {
		return nil, err
	}
	in, err := a.access.SignInByPasskey(ctx, r.Body.Ceremony, answer)
	if err != nil {
		return nil, turnedAway(err, "error.unauthenticated.passkey")
	}
	return SignInByPasskey200JSONResponse(c.welcome(in)), nil
}

// ListPasskeys lists the reader's own.
func (a *api) ListPasskeys(ctx context.Context, _ ListPasskeysRequestObject) (ListPasskeysResponseObject, error) {
	c, ctx := callOf(ctx)
	all, err := a.access.Passkeys(ctx, c.actor.ID)
	if err != nil {
		return nil, err
	}
	out := ListPasskeys200JSONResponse{Items: []Passkey{}}
	for _, k := range all {
		out.Items = append(out.Items, Passkey{ID: k.ID, Name: k.Name, Created: k.Created})
	}
	return out, nil
}

// BeginPasskey asks the browser to make a passkey.
func (a *api) BeginPasskey(ctx context.Context, _ BeginPasskeyRequestObject) (BeginPasskeyResponseObject, error) {
	_, ctx = callOf(ctx)
	out, err := asked(a.access.BeginPasskey(ctx))
	return BeginPasskey200JSONResponse(out), err
}

// AddPasskey takes the passkey that the browser has made.
func (a *api) AddPasskey(ctx context.Context, r AddPasskeyRequestObject) (AddPasskeyResponseObject, error) {
	c, ctx := callOf(ctx)
	answer, err := json.Marshal(r.Body.Credential)
	if err != nil {
		return nil, err
	}
	k, in, err := a.access.AddPasskey(ctx, r.Body.Ceremony, r.Body.Name, answer)
	if err != nil {
		return nil, err
	}
	c.setCookie(in.Cookie)
	c.header.Set("Location", "/api/v1/me/passkeys/"+k.ID)
	return AddPasskey201JSONResponse{ID: k.ID, Name: k.Name, Created: k.Created}, nil
}

// RemovePasskey removes one of the reader's own.
func (a *api) RemovePasskey(ctx context.Context, r RemovePasskeyRequestObject) (RemovePasskeyResponseObject, error) {
	c, ctx := callOf(ctx)
	in, err := a.access.RemovePasskey(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	c.setCookie(in.Cookie)
	return RemovePasskey204Response{}, nil
}
