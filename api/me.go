package api

import (
	"context"

	"entente/cooperation"
	"entente/platform"
)

// exports gather what is kept of a person.
type exports interface {
	ExportUser(actor cooperation.Actor, user string) (*platform.Export, error)
}

// GetMe gives the reader's own account.
func (a *api) GetMe(ctx context.Context, _ GetMeRequestObject) (GetMeResponseObject, error) {
	c, _ := callOf(ctx)
	u, err := a.platform.Person(c.actor, c.actor.ID)
	if err != nil {
		return nil, err
	}
	return GetMe200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// ReplaceMe replaces the reader's own name and language.
func (a *api) ReplaceMe(ctx context.Context, r ReplaceMeRequestObject) (ReplaceMeResponseObject, error) {
	c, ctx := callOf(ctx)
	before, err := a.platform.Person(c.actor, c.actor.ID)
	if err != nil {
		return nil, err
	}
	u, err := a.platform.ReplacePerson(ctx, c.actor, c.actor.ID, expected(r.Params.IfMatch),
		cooperation.Person{Name: r.Body.Name, Mail: before.Mail, Language: string(r.Body.Language)})
	if err != nil {
		return nil, err
	}
	return ReplaceMe200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// ExportMe gives a copy of everything that is kept of the reader.
func (a *api) ExportMe(ctx context.Context, _ ExportMeRequestObject) (ExportMeResponseObject, error) {
	c, _ := callOf(ctx)
	x, err := a.platform.ExportUser(c.actor, c.actor.ID)
	if err != nil {
		return nil, err
	}
	c.header.Set("Content-Disposition", `attachment; filename="entente-me.json"`)
	return ExportMe200JSONResponse(c.exportView(x)), nil
}

func (c *call) exportView(x *platform.Export) Export {
	v := Export{Account: personView(x.User), Tokens: tokenViews(x.Tokens), Notifications: []Notification{}, Postings: x.Postings}
	v.Credentials.Password, v.Credentials.PasswordChanged = x.Credential.Password != "", x.Credential.PasswordChanged
	v.Credentials.Passkeys, v.Credentials.Identities = len(x.Credential.Passkeys), []string{}
	for _, l := range x.Credential.OIDC {
		v.Credentials.Identities = append(v.Credentials.Identities, l.Issuer)
	}
	for _, n := range x.Notifications {
		v.Notifications = append(v.Notifications, c.notificationView(n))
	}
	return v
}

// EraseMe has the reader forgotten. A token may not: whoever finds one could
// otherwise destroy what its owner has.
func (a *api) EraseMe(ctx context.Context, _ EraseMeRequestObject) (EraseMeResponseObject, error) {
	c, ctx := callOf(ctx)
	if c.actor.Scopes != nil {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.session")
	}
	e, err := a.platform.Erase(ctx, c.actor, c.actor.ID)
	if err != nil {
		return nil, err
	}
	return EraseMe200JSONResponse{ErasureRecordJSONResponse(erasureView(e))}, nil
}
