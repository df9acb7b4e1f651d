package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// proposals reads proposals as an actor may see them.
type proposals interface {
	WithdrawProposal(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Proposal, error)
	ExpressInterest(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Proposal, error)
	ExpressInterestIn(ctx context.Context, actor cooperation.Actor, need, offer string) (*cooperation.Proposal, error)
	ProposeBundle(ctx context.Context, actor cooperation.Actor, need string, offers []string) (*cooperation.Proposal, error)
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
		v := c.proposalView(state, p.Shown(c.actor, sidesOf(state, p)))
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
		Run: p.Run, Committee: p.Committee, Informed: p.Informed, Proposed: p.Proposed, Review: p.Review, Introduced: p.Introduced, IntroducedBy: ProposalIntroducedBy(p.IntroducedBy), Introduction: p.Introduction}
	if p.Status == cooperation.Proposed && c.convention != nil {
		v.LookUntil = p.LookUntil(c.convention.Timekeeper(state, c.now))
	}
	for _, i := range p.Interests {
		v.Interests = append(v.Interests, ProposalInterest{Side: ProposalInterestSide(i.Side), Participant: c.named(message.Party, string(i.Participant)), By: i.By, Time: i.Time})
	}
	if e := p.Ended; e != nil {
		v.Ended = ProposalEnd{Side: ProposalEndSide(e.Side), WithoutPrejudice: e.WithoutPrejudice, By: e.By, Time: e.Time}
		if e.Participant != "" {
			v.Ended.Participant = c.named(message.Party, string(e.Participant))
		}
	}
	for _, id := range p.Offers {
		v.Offers = append(v.Offers, c.offerInShort(state, id))
	}
	return v
}

// sidesOf are the two sides of a proposal.
func sidesOf(state documents, p *cooperation.Proposal) *cooperation.Sides {
	s := &cooperation.Sides{}
	s.Need, _ = state.Need(p.Need)
	for _, id := range p.Offers {
		if o, ok := state.Offer(id); ok {
			s.Offers = append(s.Offers, o)
		}
	}
	return s
}

// WithdrawProposal takes a proposal back for one side.
func (a *api) WithdrawProposal(ctx context.Context, r WithdrawProposalRequestObject) (WithdrawProposalResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProposal(a.platform.WithdrawProposal(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	return WithdrawProposal200JSONResponse{v}, err
}

// ExpressInterest introduces both sides of a proposal.
func (a *api) ExpressInterest(ctx context.Context, r ExpressInterestRequestObject) (ExpressInterestResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProposal(a.platform.ExpressInterest(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	return ExpressInterest200JSONResponse{v}, err
}

// ExpressInterestInOffer introduces both sides of any pairing with a need.
func (a *api) ExpressInterestInOffer(ctx context.Context, r ExpressInterestInOfferRequestObject) (ExpressInterestInOfferResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProposal(a.platform.ExpressInterestIn(ctx, c.actor, r.ID, r.Body.Offer))
	return ExpressInterestInOffer200JSONResponse{v}, err
}

// ExpressInterestInNeed introduces both sides of any pairing with an offer.
func (a *api) ExpressInterestInNeed(ctx context.Context, r ExpressInterestInNeedRequestObject) (ExpressInterestInNeedResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProposal(a.platform.ExpressInterestIn(ctx, c.actor, r.Body.Need, r.ID))
	return ExpressInterestInNeed200JSONResponse{v}, err
}

// ProposeBundle proposes offers that cover a need together.
func (a *api) ProposeBundle(ctx context.Context, r ProposeBundleRequestObject) (ProposeBundleResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedProposal(a.platform.ProposeBundle(ctx, c.actor, r.ID, r.Body.Offers))
	return ProposeBundle200JSONResponse{v}, err
}

// changedProposal is the answer to a command.
func (c *call) changedProposal(p *cooperation.Proposal, err error) (ProposalDocumentJSONResponse, error) {
	if err != nil {
		return ProposalDocumentJSONResponse{}, err
	}
	c.stamp(&p.Meta)
	state, _ := c.api.platform.State(p.Convention)
	return ProposalDocumentJSONResponse(c.proposalView(state, p)), nil
}
