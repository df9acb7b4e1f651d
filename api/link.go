package api

import (
	"context"

	"entente/access"
	"entente/cooperation"
)

// links are good for one use, by whoever holds them.
type links interface {
	RequestLink(ctx context.Context, mail string, purpose cooperation.LinkPurpose) error
	SendLink(ctx context.Context, actor cooperation.Actor, user string, purpose cooperation.LinkPurpose) error
	LookAtLink(ctx context.Context, secret string) (access.Opening, error)
	UseLink(ctx context.Context, secret string, answer access.Answer) (*access.SignedIn, error)
}

// RequestLink has a link sent.
func (a *api) RequestLink(ctx context.Context, r RequestLinkRequestObject) (RequestLinkResponseObject, error) {
	_, ctx = callOf(ctx)
	return RequestLink202Response{}, a.access.RequestLink(ctx, r.Body.Mail, cooperation.LinkPurpose(r.Body.Purpose))
}

// SendLink has a link sent to somebody else.
func (a *api) SendLink(ctx context.Context, r SendLinkRequestObject) (SendLinkResponseObject, error) {
	c, ctx := callOf(ctx)
	return SendLink202Response{}, a.access.SendLink(ctx, c.actor, r.ID, cooperation.LinkPurpose(r.Body.Purpose))
}

// GetLink says what a link is for.
func (a *api) GetLink(ctx context.Context, r GetLinkRequestObject) (GetLinkResponseObject, error) {
	c, ctx := callOf(ctx)
	c.keep(false) // it is for its holder alone
	o, err := a.access.LookAtLink(ctx, r.Secret)
	if err != nil {
		return nil, err
	}
	out := Link{Purpose: LinkPurpose(o.Purpose), Expires: o.Expires, Asks: []LinkAsks{}}
	for _, field := range o.Asks() {
		out.Asks = append(out.Asks, LinkAsks(field))
	}
	if o.User != nil {
		out.Name, out.Mail = o.User.Name, o.User.Mail
	}
	return GetLink200JSONResponse(out), nil
}

// UseLink does what a link is for.
func (a *api) UseLink(ctx context.Context, r UseLinkRequestObject) (UseLinkResponseObject, error) {
	c, ctx := callOf(ctx)
	b := r.Body
	in, err := a.access.UseLink(ctx, r.Secret, access.Answer{Name: b.Name, Mail: b.Mail, Language: string(b.Language), Password: b.Password})
	if err != nil {
		return nil, err
	}
	return UseLink200JSONResponse(c.welcome(in)), nil
}
