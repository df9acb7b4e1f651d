package api

import (
	"context"
	"net/url"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// organisations are the use cases of organisations; see platform for what each
// one promises.
type organisations interface {
	ApplyOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, content cooperation.OrganisationContent) (*cooperation.Organisation, error)
	Organisation(actor cooperation.Actor, convention, id string) (*cooperation.Organisation, error)
	ReplaceOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, content cooperation.OrganisationContent) (*cooperation.Organisation, error)
	AdmitOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match) (*cooperation.Organisation, error)
	RefuseOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, text string) (*cooperation.Organisation, error)
	SuspendOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, text string) (*cooperation.Organisation, error)
	WithdrawOrganisation(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, text string) (*cooperation.Organisation, error)
	Declare(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, s cooperation.Statement) (*cooperation.Organisation, error)
	WithdrawDeclaration(ctx context.Context, actor cooperation.Actor, convention, id, declaration string, match platform.Match, text string) (*cooperation.Organisation, error)
}

// newOrganisation is the body that enters an organisation.
type newOrganisation struct {
	Convention string `json:"convention"`
	ID         string `json:"id"`
	cooperation.OrganisationContent
}

// organisationDocument is an organisation as the API shows it.
type organisationDocument struct {
	*cooperation.Organisation
	Declarations []cooperation.Statement `json:"declarations"`
	Missing      []string                `json:"missing"`
	Labels       OrganisationLabels      `json:"labels"`
}

// ListOrganisations lists the organisations that the actor may see.
func (a *api) ListOrganisations(ctx context.Context, r ListOrganisationsRequestObject) (ListOrganisationsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Organisations(c.actor, catalogue.OrganisationQuery{Status: codesOf[cooperation.OrganisationStatus](r.Params.Status),
		Sort: codesOf[cooperation.OrganisationSort](r.Params.Sort), Text: r.Params.Q, Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListOrganisations200JSONResponse{Items: make([]Organisation, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, o := range page.Items {
		if shown := o.Shown(c.actor); shown != nil {
			out.Items = append(out.Items, c.organisationView(shown))
		}
	}
	return out, nil
}

// codesOf reads codes that the description has checked.
func codesOf[To, From ~string](given []From) []To {
	var out []To
	for _, g := range given {
		out = append(out, To(g))
	}
	return out
}

// CreateOrganisation enters an organisation.
func (a *api) CreateOrganisation(ctx context.Context, r CreateOrganisationRequestObject) (CreateOrganisationResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	o, err := a.platform.ApplyOrganisation(ctx, c.actor, r.Body.Convention, r.Body.ID, r.Body.OrganisationContent)
	if err != nil {
		return nil, err
	}
	c.stamp(&o.Meta)
	c.header.Set("Location", "/api/v1/organisations/"+url.PathEscape(o.ID)+"?convention="+url.QueryEscape(o.Convention))
	return CreateOrganisation201JSONResponse(c.organisationView(o)), nil
}

// GetOrganisation gives an organisation as the actor may see it.
func (a *api) GetOrganisation(ctx context.Context, r GetOrganisationRequestObject) (GetOrganisationResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Params.Convention); err != nil {
		return nil, err
	}
	o, err := c.organisation(ctx, r.Params.Convention, r.ID, r.Params.At)
	if err != nil {
		return nil, err
	}
	c.stamp(&o.Meta)
	if known(r.Params.IfNoneMatch, o.Version) {
		return GetOrganisation304Response{}, nil
	}
	return GetOrganisation200JSONResponse{OrganisationDocumentJSONResponse(c.organisationView(o))}, nil
}

// ReplaceOrganisation puts new content in place of the old.
func (a *api) ReplaceOrganisation(ctx context.Context, r ReplaceOrganisationRequestObject) (ReplaceOrganisationResponseObject, error) {
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.ReplaceOrganisation(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), *r.Body)
	})
	if err != nil {
		return nil, err
	}
	return ReplaceOrganisation200JSONResponse{v}, nil
}

// AdmitOrganisation lets an organisation give.
func (a *api) AdmitOrganisation(ctx context.Context, r AdmitOrganisationRequestObject) (AdmitOrganisationResponseObject, error) {
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.AdmitOrganisation(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch))
	})
	if err != nil {
		return nil, err
	}
	return AdmitOrganisation200JSONResponse{v}, nil
}

// RefuseOrganisation answers an application in the negative.
func (a *api) RefuseOrganisation(ctx context.Context, r RefuseOrganisationRequestObject) (RefuseOrganisationResponseObject, error) {
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.RefuseOrganisation(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), r.Body.Text)
	})
	if err != nil {
		return nil, err
	}
	return RefuseOrganisation200JSONResponse{v}, nil
}

// SuspendOrganisation takes an organisation out of the matching.
func (a *api) SuspendOrganisation(ctx context.Context, r SuspendOrganisationRequestObject) (SuspendOrganisationResponseObject, error) {
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.SuspendOrganisation(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), r.Body.Text)
	})
	if err != nil {
		return nil, err
	}
	return SuspendOrganisation200JSONResponse{v}, nil
}

// WithdrawOrganisation ends an application or an admission.
func (a *api) WithdrawOrganisation(ctx context.Context, r WithdrawOrganisationRequestObject) (WithdrawOrganisationResponseObject, error) {
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.WithdrawOrganisation(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), given(r.Body).Text)
	})
	if err != nil {
		return nil, err
	}
	return WithdrawOrganisation200JSONResponse{v}, nil
}

// DeclareOrganisation records a declaration.
func (a *api) DeclareOrganisation(ctx context.Context, r DeclareOrganisationRequestObject) (DeclareOrganisationResponseObject, error) {
	s := cooperation.Statement{Declaration: r.Body.Declaration, Date: r.Body.Date, Office: r.Body.Office}
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.Declare(ctx, c.actor, r.Params.Convention, r.ID, expected(r.Params.IfMatch), s)
	})
	if err != nil {
		return nil, err
	}
	return DeclareOrganisation200JSONResponse{v}, nil
}

// WithdrawDeclaration takes a declaration back.
func (a *api) WithdrawDeclaration(ctx context.Context, r WithdrawDeclarationRequestObject) (WithdrawDeclarationResponseObject, error) {
	v, err := changedOrganisation(ctx, r.Params.Convention, func(ctx context.Context, c *call) (*cooperation.Organisation, error) {
		return a.platform.WithdrawDeclaration(ctx, c.actor, r.Params.Convention, r.ID, r.Declaration, expected(r.Params.IfMatch), given(r.Body).Text)
	})
	if err != nil {
		return nil, err
	}
	return WithdrawDeclaration200JSONResponse{v}, nil
}

// changedOrganisation does a command and answers with the organisation as the
// actor may see it now.
func changedOrganisation(ctx context.Context, convention string, do func(context.Context, *call) (*cooperation.Organisation, error)) (OrganisationDocumentJSONResponse, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(convention); err != nil {
		return OrganisationDocumentJSONResponse{}, err
	}
	o, err := do(ctx, c)
	if err != nil {
		return OrganisationDocumentJSONResponse{}, err
	}
	c.stamp(&o.Meta)
	if shown := o.Shown(c.actor); shown != nil {
		o = shown
	}
	return OrganisationDocumentJSONResponse(c.organisationView(o)), nil
}

// organisationView puts an organisation that has been reduced to what the
// actor may see into its answer.
func (c *call) organisationView(o *cooperation.Organisation) organisationDocument {
	v := organisationDocument{Organisation: o, Declarations: present(o.Declarations), Missing: []string{}}
	for _, d := range c.convention.Undeclared(o) {
		v.Missing = append(v.Missing, d.ID)
	}
	v.Labels = OrganisationLabels{Name: o.In(reference.Language(c.words.Language())), Status: c.name(message.Status, "organisation."+string(o.Status)),
		Sort: c.text("organisation_sort."+string(o.Sort), string(o.Sort))}
	if o.Seat != 0 {
		v.Labels.Seat = c.name(message.Country, o.Seat.Alpha2())
	}
	return v
}
