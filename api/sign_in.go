package api

import (
	"context"
	"errors"
	"net/http"

	"entente/access"
	"entente/cooperation"
)

// Access is what the API asks of the room that lets people in.
// *access.Access is one.
type Access interface {
	signIn
	links
	passkeys
	sessions
}

// signIn lets people in and out.
type signIn interface {
	SignInByPassword(ctx context.Context, mail, password string) (*access.SignedIn, error)
	SignOut(ctx context.Context) (*http.Cookie, error)
	Methods() access.Methods
}

// welcome sets the cookie of a new session and says who is signed in.
func (c *call) welcome(in *access.SignedIn) SignedIn {
	c.setCookie(in.Cookie)
	return SignedIn{User: in.User.ID, Name: in.User.Name, Language: SignedInLanguage(in.User.Language)}
}

func (c *call) setCookie(cookie *http.Cookie) { c.header.Add("Set-Cookie", cookie.String()) }

// turnedAway is why somebody was not let in, in the terms of HTTP.
func turnedAway(err error, key string) error {
	if errors.Is(err, access.ErrRefused) {
		return unauthenticated(key)
	}
	return err
}

// SignInByPassword opens a session.
func (a *api) SignInByPassword(ctx context.Context, r SignInByPasswordRequestObject) (SignInByPasswordResponseObject, error) {
	c, ctx := callOf(ctx)
	in, err := a.access.SignInByPassword(ctx, r.Body.Mail, r.Body.Password)
	if err != nil {
		return nil, turnedAway(err, "error.unauthenticated.sign_in")
	}
	return SignInByPassword200JSONResponse(c.welcome(in)), nil
}

// SignOut ends the session that asks.
func (a *api) SignOut(ctx context.Context, _ SignOutRequestObject) (SignOutResponseObject, error) {
	c, ctx := callOf(ctx)
	cookie, err := a.access.SignOut(ctx)
	if err != nil {
		return nil, err
	}
	c.setCookie(cookie)
	return SignOut204Response{}, nil
}

// bySession takes over who asks by a session, where no token was sent.
func (c *call) bySession() {
	who := access.Of(c.ctx)
	if who.User == nil {
		return
	}
	c.actor = who.Actor
	c.speakTo(who.User)
}

// speakTo chooses the language of the account where the request names none.
func (c *call) speakTo(u *cooperation.User) {
	if !c.asked {
		c.speak("", u.Language)
	}
}

// ListSignInMethods says which ways in there are.
func (a *api) ListSignInMethods(context.Context, ListSignInMethodsRequestObject) (ListSignInMethodsResponseObject, error) {
	m := a.access.Methods()
	out := ListSignInMethods200JSONResponse{Password: true, Link: m.Link, Passkey: m.Passkey, Providers: []SignInProvider{}}
	for _, p := range m.Providers {
		out.Providers = append(out.Providers, SignInProvider{Name: p.Name, Title: p.Title, Start: p.Start})
	}
	return out, nil
}
