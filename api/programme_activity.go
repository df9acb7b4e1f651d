package api

import (
	"context"
	"net/http"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// programmes are the use cases of programme activities; see platform for what
// each one promises.
type programmes interface {
	CreateProgrammeActivity(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.ProgrammeContent, key string) (*cooperation.ProgrammeActivity, error)
	ProgrammeActivity(actor cooperation.Actor, id string) (*cooperation.ProgrammeActivity, error)
	ReplaceProgrammeActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.ProgrammeContent) (*cooperation.ProgrammeActivity, error)
	FundProgrammeActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.ProgrammeActivity, error)
	CloseProgrammeActivity(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.ProgrammeActivity, error)
	ProgrammeMatches(actor cooperation.Actor, id string, k int) (*platform.Matches, error)
}

// newProgrammeActivity is the body that enters a line of the programme.
type newProgrammeActivity struct {
	Convention string `json:"convention"`
	cooperation.ProgrammeContent
}

// programmeDocument is a programme activity as the API shows it.
type programmeDocument struct {
	*cooperation.ProgrammeActivity
	Labels ProgrammeLabels `json:"labels"`
}

// ListProgrammeActivities lists the programme in its order.
func (a *api) ListProgrammeActivities(ctx context.Context, r ListProgrammeActivitiesRequestObject) (ListProgrammeActivitiesResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	if _, ok := conv.Domain(r.Params.Domain); !ok && r.Params.Domain != "" {
		return nil, mistakes(http.StatusBadRequest, []cooperation.FieldError{{Field: "domain",
			Message: message.New("error.invalid.programme_domain", message.Of(message.Text, "value", clip(r.Params.Domain)))}})
	}
	q := catalogue.ProgrammeQuery{Domain: r.Params.Domain, Cursor: r.Params.Cursor, Limit: r.Params.Limit}
	for _, s := range r.Params.Status {
		q.Status = append(q.Status, cooperation.ProgrammeStatus(s))
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.ProgrammeActivities(q)
	if err != nil {
		return nil, err
	}
	out := ListProgrammeActivities200JSONResponse{Items: make([]ProgrammeActivity, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, x := range page.Items {
		out.Items = append(out.Items, c.programmeView(x.Shown(c.actor)))
	}
	return out, nil
}

// CreateProgrammeActivity enters a line of the programme.
func (a *api) CreateProgrammeActivity(ctx context.Context, r CreateProgrammeActivityRequestObject) (CreateProgrammeActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	made, err := a.platform.CreateProgrammeActivity(ctx, c.actor, r.Body.Convention, r.Body.ProgrammeContent, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("programme-activities", &made.Meta)
	return CreateProgrammeActivity201JSONResponse(c.programmeView(made)), nil
}

// GetProgrammeActivity gives a line of the programme.
func (a *api) GetProgrammeActivity(ctx context.Context, r GetProgrammeActivityRequestObject) (GetProgrammeActivityResponseObject, error) {
	c, _ := callOf(ctx)
	x, err := a.platform.ProgrammeActivity(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&x.Meta)
	if known(r.Params.IfNoneMatch, x.Version) {
		return GetProgrammeActivity304Response{}, nil
	}
	return GetProgrammeActivity200JSONResponse{ProgrammeDocumentJSONResponse(c.programmeView(x))}, nil
}

// ReplaceProgrammeActivity puts new content in place of the old.
func (a *api) ReplaceProgrammeActivity(ctx context.Context, r ReplaceProgrammeActivityRequestObject) (ReplaceProgrammeActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProgramme(a.platform.ReplaceProgrammeActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch), *r.Body))
	if err != nil {
		return nil, err
	}
	return ReplaceProgrammeActivity200JSONResponse{v}, nil
}

// FundProgrammeActivity says that the funding has been found.
func (a *api) FundProgrammeActivity(ctx context.Context, r FundProgrammeActivityRequestObject) (FundProgrammeActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProgramme(a.platform.FundProgrammeActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	if err != nil {
		return nil, err
	}
	return FundProgrammeActivity200JSONResponse{v}, nil
}

// CloseProgrammeActivity says that the activity is over.
func (a *api) CloseProgrammeActivity(ctx context.Context, r CloseProgrammeActivityRequestObject) (CloseProgrammeActivityResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProgramme(a.platform.CloseProgrammeActivity(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return CloseProgrammeActivity200JSONResponse{v}, nil
}

// ListProgrammeMatches ranks the offers of finance for a programme activity.
func (a *api) ListProgrammeMatches(ctx context.Context, r ListProgrammeMatchesRequestObject) (ListProgrammeMatchesResponseObject, error) {
	c, _ := callOf(ctx)
	m, err := a.platform.ProgrammeMatches(c.actor, r.ID, orElse(r.Params.Limit, defaultMatches))
	if err != nil {
		return nil, err
	}
	c.about(m.Convention)
	state, _ := a.platform.State(m.Convention.ID)
	out := ListProgrammeMatches200JSONResponse{Activity: c.needInShort(state, m.Report.ID), Position: int64(m.Position), Candidates: m.Report.Candidates,
		Matches: []ProgrammeMatch{}, Filtered: c.filterReport(m.Report.Filtered, matching.Reason.OffersRemoved)}
	for _, match := range m.Report.Matches {
		out.Matches = append(out.Matches, ProgrammeMatch{Offer: c.offerInShort(state, match.ID), Score: int64(match.Score), Parts: c.parts(m.Parts[match.ID])})
	}
	return out, nil
}

// GetProgrammeFunding says how a line of the programme is paid for. It is always
// sent: it follows from partnerships, and changes while the line does not.
func (a *api) GetProgrammeFunding(ctx context.Context, r GetProgrammeFundingRequestObject) (GetProgrammeFundingResponseObject, error) {
	c, _ := callOf(ctx)
	x, err := a.platform.ProgrammeActivity(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	conv, err := c.served(x.Convention)
	if err != nil {
		return nil, err
	}
	c.about(conv)
	state, _ := a.platform.State(conv.ID)
	var needs []*cooperation.Need
	for _, n := range state.NeedsOf(x) {
		if shown, _ := n.Shown(c.actor); shown != nil {
			needs = append(needs, shown)
		}
	}
	amount := func(minor int64) string { return cooperation.NewMoney(minor, x.Currency).Amount }
	f := x.Funding(needs)
	out := GetProgrammeFunding200JSONResponse{Activity: c.needInShort(state, x.ID), Currency: x.Currency, Cost: amount(f.Cost), Core: amount(f.Core), Voluntary: amount(f.Voluntary),
		Sought: amount(f.Sought), Agreed: amount(f.Agreed), Rest: amount(f.Rest), Needs: []FundedNeed{}}
	for _, n := range f.Needs {
		out.Needs = append(out.Needs, FundedNeed{Need: c.needInShort(state, n.Need.ID), Agreed: amount(n.Agreed), Partnerships: n.Partnerships})
	}
	return out, nil
}

// changedProgramme is the answer to a command.
func (c *call) changedProgramme(changed *cooperation.ProgrammeActivity, err error) (ProgrammeDocumentJSONResponse, error) {
	if err != nil {
		return ProgrammeDocumentJSONResponse{}, err
	}
	c.stamp(&changed.Meta)
	return ProgrammeDocumentJSONResponse(c.programmeView(changed.Shown(c.actor))), nil
}

// programmeView puts a programme activity into its answer.
func (c *call) programmeView(x *cooperation.ProgrammeActivity) programmeDocument {
	v := programmeDocument{ProgrammeActivity: x, Labels: ProgrammeLabels{Status: c.name(message.Status, "programme_activity."+string(x.Status))}}
	if domain, ok := c.convention.Domain(x.Domain); ok {
		v.Labels.Domain = c.in(domain.Name)
	}
	for _, t := range x.Themes {
		c.label(&v.Labels.Themes, message.Theme, t)
	}
	return v
}
