package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// people are the accounts, as far as each may see and change them.
type people interface {
	People(actor cooperation.Actor, q platform.PeopleQuery) (catalogue.Page[*cooperation.User], error)
	Person(actor cooperation.Actor, id string) (*cooperation.User, error)
	Invite(ctx context.Context, actor cooperation.Actor, content cooperation.Person, grants []cooperation.Grant) (*cooperation.User, error)
	CreateService(ctx context.Context, actor cooperation.Actor, name, language string, grants []cooperation.Grant, key string) (*cooperation.User, error)
	ReplacePerson(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.Person) (*cooperation.User, error)
	DisablePerson(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.User, error)
	EnablePerson(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.User, error)
	GrantRoles(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, grants []cooperation.Grant) (*cooperation.User, error)
	RevokeRoles(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, grants []cooperation.Grant) (*cooperation.User, error)
	HandOver(ctx context.Context, actor cooperation.Actor, from string, match platform.Match, to string, grants []cooperation.Grant, disable bool) (*cooperation.User, error)
	Reinvite(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.User, error)
	Uninvite(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.User, error)
	Erase(ctx context.Context, actor cooperation.Actor, user string) (*cooperation.Erasure, error)
}

// ListPeople lists those whom the reader may see.
func (a *api) ListPeople(ctx context.Context, r ListPeopleRequestObject) (ListPeopleResponseObject, error) {
	c, _ := callOf(ctx)
	if id := r.Params.Convention; id != "" {
		if _, err := c.served(id); err != nil {
			return nil, err
		}
	}
	page, err := a.platform.People(c.actor, platform.PeopleQuery{Convention: r.Params.Convention, Role: cooperation.Role(r.Params.Role),
		Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListPeople200JSONResponse{Items: []Person{}, Next: page.Next, Total: page.Total}
	for _, u := range page.Items {
		out.Items = append(out.Items, personView(u))
	}
	return out, nil
}

// InvitePerson invites a person, or makes an account for a program.
func (a *api) InvitePerson(ctx context.Context, r InvitePersonRequestObject) (InvitePersonResponseObject, error) {
	c, ctx := callOf(ctx)
	var u *cooperation.User
	var err error
	if r.Body.Service {
		u, err = a.platform.CreateService(ctx, c.actor, r.Body.Name, string(r.Body.Language), r.Body.Grants, r.Params.IdempotencyKey)
	} else {
		u, err = a.platform.Invite(ctx, c.actor, cooperation.Person{Name: r.Body.Name, Mail: r.Body.Mail, Language: string(r.Body.Language)}, r.Body.Grants)
	}
	if err != nil {
		return nil, err
	}
	c.header.Set("Location", "/api/v1/people/"+u.ID)
	return InvitePerson201JSONResponse(c.person(u)), nil
}

// GetPerson gives an account as the reader may see it.
func (a *api) GetPerson(ctx context.Context, r GetPersonRequestObject) (GetPersonResponseObject, error) {
	c, _ := callOf(ctx)
	u, err := a.platform.Person(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	return GetPerson200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// ReplacePerson replaces name, address and language.
func (a *api) ReplacePerson(ctx context.Context, r ReplacePersonRequestObject) (ReplacePersonResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.ReplacePerson(ctx, c.actor, r.ID, expected(r.Params.IfMatch),
		cooperation.Person{Name: r.Body.Name, Mail: r.Body.Mail, Language: string(r.Body.Language)})
	if err != nil {
		return nil, err
	}
	return ReplacePerson200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// DisablePerson disables an account.
func (a *api) DisablePerson(ctx context.Context, r DisablePersonRequestObject) (DisablePersonResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.DisablePerson(ctx, c.actor, r.ID, expected(r.Params.IfMatch))
	if err != nil {
		return nil, err
	}
	return DisablePerson200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// EnablePerson enables an account again.
func (a *api) EnablePerson(ctx context.Context, r EnablePersonRequestObject) (EnablePersonResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.EnablePerson(ctx, c.actor, r.ID, expected(r.Params.IfMatch))
	if err != nil {
		return nil, err
	}
	return EnablePerson200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// GrantRoles gives roles.
func (a *api) GrantRoles(ctx context.Context, r GrantRolesRequestObject) (GrantRolesResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.GrantRoles(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Grants)
	if err != nil {
		return nil, err
	}
	return GrantRoles200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// RevokeRoles takes roles away.
func (a *api) RevokeRoles(ctx context.Context, r RevokeRolesRequestObject) (RevokeRolesResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.RevokeRoles(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Grants)
	if err != nil {
		return nil, err
	}
	return RevokeRoles200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// HandOver moves roles to a successor.
func (a *api) HandOver(ctx context.Context, r HandOverRequestObject) (HandOverResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.HandOver(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.To, r.Body.Grants, r.Body.Disable)
	if err != nil {
		return nil, err
	}
	return HandOver200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// ResendInvitation sends an invitation again.
func (a *api) ResendInvitation(ctx context.Context, r ResendInvitationRequestObject) (ResendInvitationResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.Reinvite(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	return ResendInvitation200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// RevokeInvitation takes an invitation back.
func (a *api) RevokeInvitation(ctx context.Context, r RevokeInvitationRequestObject) (RevokeInvitationResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.Uninvite(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	return RevokeInvitation200JSONResponse{PersonDocumentJSONResponse(c.person(u))}, nil
}

// ErasePerson has a person forgotten.
func (a *api) ErasePerson(ctx context.Context, r ErasePersonRequestObject) (ErasePersonResponseObject, error) {
	c, ctx := callOf(ctx)
	e, err := a.platform.Erase(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	return ErasePerson200JSONResponse{ErasureRecordJSONResponse(erasureView(e))}, nil
}

// person is an account with its version in the header.
func (c *call) person(u *cooperation.User) Person {
	c.header.Set("ETag", tag(u.Version))
	return personView(u)
}

func personView(u *cooperation.User) Person {
	v := Person{ID: u.ID, Version: u.Version, Name: u.Name, Mail: u.Mail, Language: PersonLanguage(u.Language), Grants: u.Grants, Service: u.Service,
		Status: "active", Invited: u.Invited, Activated: u.Activated, Created: u.Created, Updated: u.Updated}
	switch {
	case u.Disabled:
		v.Status = "disabled"
	case u.Waiting():
		v.Status = "invited"
	}
	if v.Grants == nil {
		v.Grants = []cooperation.Grant{}
	}
	if v.Updated.IsZero() {
		v.Updated = u.Created // of an account of the first release
	}
	return v
}

func erasureView(e *cooperation.Erasure) Erasure {
	return Erasure{ID: e.ID, Requested: e.Requested, Completed: e.Completed}
}
