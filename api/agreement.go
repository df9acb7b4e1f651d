package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// agreements are the use cases of agreements; see platform for what each one
// promises.
type agreements interface {
	BeginAgreement(ctx context.Context, actor cooperation.Actor, proposal string, terms cooperation.PartnershipTerms, note string) (*cooperation.Agreement, error)
	Agreement(actor cooperation.Actor, id string) (*cooperation.Agreement, error)
	ShowAgreement(actor cooperation.Actor, x *cooperation.Agreement) *cooperation.Agreement
	MayInAgreement(actor cooperation.Actor, id string) []cooperation.Action
	ProposeTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, terms cooperation.PartnershipTerms, note string) (*cooperation.Agreement, error)
	AcceptTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, number int, cleared *cooperation.Clearance) (*cooperation.Agreement, error)
	ClearTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, number int, cleared cooperation.Clearance) (*cooperation.Agreement, error)
	WithdrawTerms(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Agreement, error)
	EndTalks(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, reason cooperation.Reason, text string) (*cooperation.Agreement, error)
}

// agreementDocument is an agreement as the API shows it.
type agreementDocument struct {
	*cooperation.Agreement
	Versions []cooperation.TermsVersion `json:"versions"`
	Title    string                     `json:"title,omitempty"`
	Awaited  []Named                    `json:"awaited,omitempty"`
	May      []cooperation.Action       `json:"may,omitempty"`
	Labels   Labels                     `json:"labels"`
}

// ListAgreements lists agreements.
func (a *api) ListAgreements(ctx context.Context, r ListAgreementsRequestObject) (ListAgreementsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Agreements(c.actor, a.platform.Now(), catalogue.AgreementQuery{Status: codesOf[cooperation.AgreementStatus](r.Params.Status), Proposal: r.Params.Proposal,
		Need: r.Params.Need, Offer: r.Params.Offer, Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListAgreements200JSONResponse{Items: []Agreement{}, Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		if shown := a.platform.ShowAgreement(c.actor, found); shown != nil {
			v := c.agreementView(state, shown)
			v.Versions = v.Versions[max(0, len(v.Versions)-1):]
			out.Items = append(out.Items, v)
		}
	}
	return out, nil
}

// BeginAgreement proposes terms for the first time.
func (a *api) BeginAgreement(ctx context.Context, r BeginAgreementRequestObject) (BeginAgreementResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Proposal(r.Body.Proposal); return ok })
	made, err := a.platform.BeginAgreement(ctx, c.actor, r.Body.Proposal, r.Body.Terms, r.Body.Note)
	if err != nil {
		return nil, err
	}
	c.created("agreements", &made.Meta)
	return BeginAgreement201JSONResponse(c.wholeAgreement(made)), nil
}

// GetAgreement gives an agreement.
func (a *api) GetAgreement(ctx context.Context, r GetAgreementRequestObject) (GetAgreementResponseObject, error) {
	c, _ := callOf(ctx)
	found, err := a.platform.Agreement(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&found.Meta)
	if known(r.Params.IfNoneMatch, found.Version) {
		return GetAgreement304Response{}, nil
	}
	return GetAgreement200JSONResponse{AgreementDocumentJSONResponse(c.wholeAgreement(found))}, nil
}

// ListAgreementHistory lists the versions of an agreement.
func (a *api) ListAgreementHistory(ctx context.Context, r ListAgreementHistoryRequestObject) (ListAgreementHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Agreement(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindAgreement, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListAgreementHistory200JSONResponse(h), err
}

// ProposeTerms proposes other terms.
func (a *api) ProposeTerms(ctx context.Context, r ProposeTermsRequestObject) (ProposeTermsResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Agreement(r.ID); return ok })
	v, err := c.changedAgreement(a.platform.ProposeTerms(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Terms, r.Body.Note))
	if err != nil {
		return nil, err
	}
	return ProposeTerms200JSONResponse{v}, nil
}

// AcceptTerms accepts the terms on the table.
func (a *api) AcceptTerms(ctx context.Context, r AcceptTermsRequestObject) (AcceptTermsResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Agreement(r.ID); return ok })
	var cleared *cooperation.Clearance
	if !r.Body.Clearance.Date.IsZero() {
		stated := clearance(r.Body.Clearance)
		cleared = &stated
	}
	v, err := c.changedAgreement(a.platform.AcceptTerms(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Number, cleared))
	if err != nil {
		return nil, err
	}
	return AcceptTerms200JSONResponse{v}, nil
}

// ClearTerms clears what one's side has accepted.
func (a *api) ClearTerms(ctx context.Context, r ClearTermsRequestObject) (ClearTermsResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Agreement(r.ID); return ok })
	v, err := c.changedAgreement(a.platform.ClearTerms(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Number, clearance(r.Body.Clearance)))
	if err != nil {
		return nil, err
	}
	return ClearTerms200JSONResponse{v}, nil
}

// WithdrawTerms takes terms back.
func (a *api) WithdrawTerms(ctx context.Context, r WithdrawTermsRequestObject) (WithdrawTermsResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAgreement(a.platform.WithdrawTerms(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	if err != nil {
		return nil, err
	}
	return WithdrawTerms200JSONResponse{v}, nil
}

// EndTalks breaks talks off.
func (a *api) EndTalks(ctx context.Context, r EndTalksRequestObject) (EndTalksResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedAgreement(a.platform.EndTalks(ctx, c.actor, r.ID, expected(r.Params.IfMatch), cooperation.Reason(r.Body.Reason), r.Body.Text))
	if err != nil {
		return nil, err
	}
	return EndTalks200JSONResponse{v}, nil
}

// changedAgreement is the answer to a command.
func (c *call) changedAgreement(changed *cooperation.Agreement, err error) (AgreementDocumentJSONResponse, error) {
	if err != nil {
		return AgreementDocumentJSONResponse{}, err
	}
	c.stamp(&changed.Meta)
	return AgreementDocumentJSONResponse(c.wholeAgreement(changed)), nil
}

// wholeAgreement is an agreement with what its reader may do.
func (c *call) wholeAgreement(x *cooperation.Agreement) agreementDocument {
	state, _ := c.api.platform.State(x.Convention)
	v := c.agreementView(state, x)
	v.May = c.api.platform.MayInAgreement(c.actor, x.ID)
	return v
}

// agreementView puts an agreement that has been reduced to what the actor may
// see into its answer.
func (c *call) agreementView(state documents, x *cooperation.Agreement) agreementDocument {
	v := agreementDocument{Agreement: x, Versions: present(x.Versions), Title: c.needInShort(state, x.Need).Title,
		Labels: c.labels("agreement."+string(x.Status), nil, nil)}
	for i := range x.Versions {
		c.labelTerms(&v.Labels, &x.Versions[i].Terms)
		for _, s := range x.Versions[i].Signatures {
			c.label(&v.Labels.Participants, message.Party, string(s.Participant))
		}
	}
	if len(x.Versions) > 0 {
		for _, s := range x.Awaited() {
			v.Awaited = append(v.Awaited, c.named(message.Party, string(s.Participant)))
		}
	}
	return v
}

// labelTerms names the codes of terms.
func (c *call) labelTerms(l *Labels, t *cooperation.PartnershipTerms) {
	for _, share := range t.Providers {
		c.label(&l.Participants, message.Party, string(share.Provider))
		for _, k := range share.Kinds {
			c.label(&l.Kinds, message.Kind, string(k))
		}
	}
	for _, lang := range t.Languages {
		c.label(&l.Languages, message.Language, string(lang))
	}
}
