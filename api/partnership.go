package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// partnerships reads partnerships as an actor may see them.
type partnerships interface {
	Partnership(actor cooperation.Actor, id string) (shown *cooperation.Partnership, withheld []string, err error)
	ShowPartnership(actor cooperation.Actor, p *cooperation.Partnership) (shown *cooperation.Partnership, withheld []string)
}

// partnershipDocument is a partnership as the API shows it.
type partnershipDocument struct {
	*cooperation.Partnership
	About    Posting  `json:"about"`
	Proposal string   `json:"proposal,omitempty"`
	Themes   []string `json:"themes"`
	Withheld []string `json:"withheld"`
	Labels   Labels   `json:"labels"`
}

// ListPartnerships lists partnerships.
func (a *api) ListPartnerships(ctx context.Context, r ListPartnershipsRequestObject) (ListPartnershipsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	beneficiary, named := reference.ParseCountry(r.Params.Beneficiary)
	if r.Params.Beneficiary != "" && !named {
		return nil, badParameter("beneficiary", message.New("error.invalid.form"))
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Partnerships(catalogue.PartnershipQuery{Status: codesOf[cooperation.PartnershipStatus](r.Params.Status), Need: r.Params.Need, Offer: r.Params.Offer,
		Beneficiary: beneficiary, Provider: cooperation.Participant(r.Params.Provider), Theme: r.Params.Theme, Kind: r.Params.Kind,
		Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListPartnerships200JSONResponse{Items: []Partnership{}, Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		shown, withheld := a.platform.ShowPartnership(c.actor, found)
		out.Items = append(out.Items, c.partnershipView(state, shown, withheld))
	}
	return out, nil
}

// GetPartnership gives a partnership.
func (a *api) GetPartnership(ctx context.Context, r GetPartnershipRequestObject) (GetPartnershipResponseObject, error) {
	c, _ := callOf(ctx)
	shown, withheld, err := a.platform.Partnership(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&shown.Meta)
	if known(r.Params.IfNoneMatch, shown.Version) {
		return GetPartnership304Response{}, nil
	}
	state, _ := a.platform.State(shown.Convention)
	return GetPartnership200JSONResponse(c.partnershipView(state, shown, withheld)), nil
}

// ListPartnershipHistory lists the versions of a partnership.
func (a *api) ListPartnershipHistory(ctx context.Context, r ListPartnershipHistoryRequestObject) (ListPartnershipHistoryResponseObject, error) {
	c, ctx := callOf(ctx)
	c.holding(func(s *catalogue.State) bool { _, ok := s.Partnership(r.ID); return ok })
	h, err := c.history(ctx, catalogue.KindPartnership, r.ID, r.Params.Cursor, r.Params.Limit)
	return ListPartnershipHistory200JSONResponse(h), err
}

// partnershipView puts a partnership that has been reduced to what the actor may
// see into its answer.
func (c *call) partnershipView(state documents, p *cooperation.Partnership, withheld []string) partnershipDocument {
	agreed := *p
	agreed.PartnershipProgress = cooperation.PartnershipProgress{} // which is read under delivery
	v := partnershipDocument{Partnership: &agreed, About: c.needInShort(state, p.Need), Proposal: p.Proposal, Themes: []string{}, Withheld: present(withheld)}
	if n, ok := state.Need(p.Need); ok {
		if seen, _ := n.Shown(c.actor); seen != nil {
			v.Themes = present(seen.Themes)
		}
	}
	v.Labels = c.labels("partnership."+string(p.Status), v.Themes, nil)
	c.labelTerms(&v.Labels, &p.PartnershipTerms)
	return v
}
