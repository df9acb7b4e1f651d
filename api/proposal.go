package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// proposals reads proposals as an actor may see them.
type proposals interface {
	Proposal(actor cooperation.Actor, id string) (*cooperation.Proposal, error)
}

// ListProposals lists the proposals that the actor may see.
func (a *api) ListProposals(ctx context.Context, r ListProposalsRequestObject) (ListProposalsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Proposals(c.actor, catalogue.ProposalQuery{Status: r.Params.Status, Need: r.Params.Need, Offer: r.Params.Offer,
		Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListProposals200JSONResponse{Items: make([]Proposal, 0, len(page.Items)), Next: page.Next, Total: page.Total}
	for _, p := range page.Items {
		v := c.proposalView(state, p)
		if result, holds := a.platform.Pairing(p); holds {
			v.Score = int64(result.Score)
		}
		v.Marks = c.marks(a.platform.Marks(p))
		out.Items = append(out.Items, v)
	}
	return out, nil
}

// GetProposal gives a proposal with its score explained. It is always sent: the
// score is as of now and may change while the proposal's version does not.
func (a *api) GetProposal(ctx context.Context, r GetProposalRequestObject) (GetProposalResponseObject, error) {
	c, ctx := callOf(ctx)
	if r.Params.At != "" {
		return c.proposalAt(ctx, r.ID, r.Params.At)
	}
	p, err := a.platform.Proposal(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&p.Meta)
	state, _ := a.platform.State(p.Convention)
	v := c.proposalView(state, p)
	if result, holds := a.platform.Pairing(p); holds {
		v.Score, v.Parts = int64(result.Score), c.parts(result.Parts)
	}
	v.Marks = c.marks(a.platform.Marks(p))
	return GetProposal200JSONResponse(v), nil
}

func (c *call) proposalView(state documents, p *cooperation.Proposal) Proposal {
	v := Proposal{Schema: p.Schema, ID: p.ID, Convention: p.Convention, Version: p.Version, Created: p.Created, Updated: p.Updated,
		Need: c.needInShort(state, p.Need), Offers: []Posting{}, Status: p.Status, StatusLabel: c.name(message.Status, "proposal."+string(p.Status)),
		Run: p.Run, Committee: p.Committee, Informed: p.Informed, Proposed: p.Proposed}
	for _, id := range p.Offers {
		v.Offers = append(v.Offers, c.offerInShort(state, id))
	}
	return v
}
