package access

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"entente/cooperation"
)

// Provider is an identity provider by which people may sign in.
type Provider struct {
	Name         string // in addresses: /auth/oidc/NAME/start
	Title        string // what people are shown
	Issuer       string
	ClientID     string
	ClientSecret string
}

// identityProvider is a provider with what it says of itself, which is asked
// for when somebody first wants to sign in: one that cannot be reached does
// not keep the program from starting.
type identityProvider struct {
	Provider
	callback string
	client   *http.Client
	mu       sync.Mutex
	found    *oidc.Provider
}

// The bounds of what is said to and by a provider.
const (
	providerPatience = 10 * time.Second
	mostAnswer       = 1 << 20
	journeyLife      = 10 * time.Minute // to sign in there and come back
)

func (a *Access) newProviders(list []Provider) {
	for _, p := range list {
		a.providers = append(a.providers, &identityProvider{Provider: p, callback: a.public.Scheme + "://" + a.public.Host + "/auth/oidc/" + p.Name + "/callback",
			client: &http.Client{Timeout: providerPatience, Transport: bounded{http.DefaultTransport}}})
	}
}

// bounded reads no more than a bounded part of any answer.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, mostAnswer), answer.Body}
	}
	return answer, err
}

func (a *Access) provider(name string) (*identityProvider, error) {
	i := slices.IndexFunc(a.providers, func(p *identityProvider) bool { return p.Name == name })
	if i < 0 {
		return nil, cooperation.Absent()
	}
	return a.providers[i], nil
}

// discover asks the provider for its addresses, once.
func (p *identityProvider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.Issuer) // its keys are asked for again later
	if err != nil {
		return nil, unreachable(err)
	}
	p.found = found
	return found, nil
}

func unreachable(cause error) error {
	return fmt.Errorf("%w (%w)", cooperation.Refuse(cooperation.Unavailable, "error.unavailable.provider"), cause)
}

func (p *identityProvider) oauth(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: found.Endpoint(), RedirectURL: p.callback, Scopes: []string{oidc.ScopeOpenID, "email"}}
}

// away is somebody who went to a provider, under the state that comes back.
type away struct {
	Provider string `json:"provider"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	Browser  string `json:"browser"` // the digest of its cookie
}

func awayKey(state string) string { return "oidc/" + digest(state) }

// BeginOIDC sends somebody to a provider: to the address, with a cookie that
// ties the way back to this browser, so that nobody can be signed in to
// somebody else's account by a link.
func (a *Access) BeginOIDC(ctx context.Context, name string) (address string, cookie *http.Cookie, err error) {
	p, err := a.provider(name)
	if err != nil {
		return "", nil, err
	}
	found, err := p.discover(ctx)
	if err != nil {
		return "", nil, err
	}
	state, browser := newSecret(), newSecret()
	w := away{Provider: name, Nonce: newSecret(), Verifier: oauth2.GenerateVerifier(), Browser: digest(browser)}
	expires := a.clock().Add(journeyLife)
	if err := a.write(ctx, awayKey(state), w, expires); err != nil {
		return "", nil, err
	}
	cookie = a.cookie(browser, expires)
	cookie.Name = a.JourneyCookie()
	return p.oauth(found).AuthCodeURL(state, oidc.Nonce(w.Nonce), oauth2.S256ChallengeOption(w.Verifier)), cookie, nil
}

// JourneyCookie is the name of the cookie of who went to a provider.
func (a *Access) JourneyCookie() string { return a.cookieName() + "-oidc" }

// FinishOIDC opens a session for who comes back from a provider: with the
// state and the code of the address, and the cookie of the browser.
func (a *Access) FinishOIDC(ctx context.Context, name, state, code, browser string) (*SignedIn, error) {
	p, err := a.provider(name)
	if err != nil {
		return nil, err
	}
	text, ok, err := a.values.Consume(ctx, awayKey(state), a.clock())
	if err != nil {
		return nil, err
	}
	var w away
	if ok {
		if err := json.Unmarshal(text, &w); err != nil {
			return nil, err
		}
	}
	if !ok || w.Provider != name || code == "" || subtle.ConstantTimeCompare([]byte(w.Browser), []byte(digest(browser))) != 1 {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.ceremony")
	}
	who, err := p.word(ctx, w, code)
	if err != nil {
		return nil, err
	}
	u, err := a.known(ctx, p, who)
	if err != nil {
		return nil, err
	}
	return a.open(ctx, u, "identity")
}

// claims are what a provider says of somebody.
type claims struct {
	Subject  string `json:"sub"`
	Mail     string `json:"email"`
	Verified any    `json:"email_verified"` // some write it as text
}

func (c claims) verified() bool { return c.Mail != "" && (c.Verified == true || c.Verified == "true") }

// word exchanges the code for the provider's word on who it is.
func (p *identityProvider) word(ctx context.Context, w away, code string) (who claims, err error) {
	found, err := p.discover(ctx)
	if err != nil {
		return who, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.client), providerPatience)
	defer cancel()
	token, err := p.oauth(found).Exchange(ctx, code, oauth2.VerifierOption(w.Verifier))
	if err != nil {
		var refused *oauth2.RetrieveError
		if errors.As(err, &refused) && refused.Response.StatusCode < 500 {
			return who, errors.Join(ErrRefused, err)
		}
		return who, unreachable(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(w.Nonce)) != 1 {
		return who, errors.Join(ErrRefused, err)
	}
	if err := id.Claims(&who); err != nil {
		return who, errors.Join(ErrRefused, err)
	}
	if who.Mail != "" {
		return who, nil
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return who, unreachable(err)
	}
	more := claims{}
	if err := info.Claims(&more); err != nil || more.Subject != who.Subject {
		return who, errors.Join(ErrRefused, err)
	}
	return more, nil
}

// known finds whose account it is: the one that is tied to the person at the
// provider, else, the first time, the one with the address, if the provider has
// verified it. Nobody comes in whom nobody has invited.
func (a *Access) known(ctx context.Context, p *identityProvider, who claims) (*cooperation.User, error) {
	unknown := cooperation.Refuse(cooperation.Forbidden, "error.forbidden.identity")
	if u, ok := a.people.UserByOIDC(p.Issuer, who.Subject); ok {
		if cooperation.ActorOf(u, false).IsPublic() {
			return nil, unknown
		}
		return u, nil
	}
	if !who.verified() {
		return nil, unknown
	}
	u, ok := a.people.UserByMail(who.Mail)
	if !ok || u.Disabled || u.Erased || u.Service {
		return nil, unknown
	}
	err := a.people.ChangeCredential(ctx, itself(), u.ID, func(c *cooperation.Credential) error {
		if slices.ContainsFunc(c.OIDC, func(l cooperation.OIDCLink) bool { return l.Issuer == p.Issuer }) {
			return unknown // the address has gone to another person there
		}
		c.OIDC = append(c.OIDC, cooperation.OIDCLink{Issuer: p.Issuer, Subject: who.Subject})
		return nil
	})
	if err != nil {
		return nil, err
	}
	u, ok = a.people.User(u.ID)
	if !ok {
		return nil, unknown
	}
	return u, nil
}
