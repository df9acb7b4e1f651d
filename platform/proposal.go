package platform

import (
	"context"
	"time"

	"entente/cooperation"
	"entente/matching"
)

// drafts finds needs and offers as a draft leaves them.
type drafts struct {
	*room
	draft *draft
}

// Need implements cooperation.Postings.
func (f drafts) Need(id string) (*cooperation.Need, bool) { return f.need(f.draft, id) }

// Offer implements cooperation.Postings.
func (f drafts) Offer(id string) (*cooperation.Offer, bool) { return f.offer(f.draft, id) }

// sidesOf are the two sides of a proposal.
func sidesOf(of cooperation.Postings, q *cooperation.Proposal) *cooperation.Sides {
	s := &cooperation.Sides{}
	s.Need, _ = of.Need(q.Need)
	for _, id := range q.Offers {
		if o, ok := of.Offer(id); ok {
			s.Offers = append(s.Offers, o)
		}
	}
	return s
}

func (p *Platform) findProposal(id string) (*room, *cooperation.Proposal, error) {
	for _, c := range p.order {
		if q, ok := p.rooms[c].state.Proposal(id); ok {
			return p.rooms[c], q, nil
		}
	}
	return nil, nil, cooperation.Absent()
}

// changeProposal lets a side change a copy of the proposal, and commits it with
// what that means for its review and with what people have to be told. change
// reports whether it changed anything.
func (p *Platform) changeProposal(ctx context.Context, actor cooperation.Actor, id string, match Match, action cooperation.Action, change func(q *cooperation.Proposal, s *cooperation.Sides, now time.Time) (bool, error)) (*cooperation.Proposal, error) {
	r, _, err := p.findProposal(id)
	if err != nil {
		return nil, err
	}
	var changed cooperation.Proposal
	var sides *cooperation.Sides
	err = r.do(ctx, "proposal."+string(action), actor, func(d *draft) error {
		q, ok := r.proposal(d, id)
		if !ok {
			return cooperation.Absent()
		}
		sides = sidesOf(drafts{r, d}, q)
		if !cooperation.SeesProposal(actor, q, sides.Need, sides.Offers).Any() {
			return cooperation.Absent()
		}
		if err := match.check(q.Version); err != nil {
			return err
		}
		now := p.clock()
		changed = *q
		differs, err := change(&changed, sides, now)
		if err != nil || !differs {
			return err
		}
		return p.putChanged(r, d, q, &changed, sides, actor, now)
	})
	if err != nil {
		return nil, err
	}
	return changed.Shown(actor, sides), nil
}

// putChanged commits what happened to a proposal, with what it means for a
// review and for the introduction. Of a step people are told once.
func (p *Platform) putChanged(r *room, d *draft, before, q *cooperation.Proposal, sides *cooperation.Sides, actor cooperation.Actor, now time.Time) error {
	o, err := r.introduced(d, before, q, sides, actor, now)
	if err != nil {
		return err
	}
	d.putProposal(q)
	if before.Status != q.Status || o.Introduction != nil {
		p.tell(r, d, o, now)
	}
	if before.Status == cooperation.InReview && q.Status != cooperation.Introduced {
		p.leaveReview(r, d, q, actor, now)
	}
	return nil
}

// WithdrawProposal takes a proposal back for the actor's side.
func (p *Platform) WithdrawProposal(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Proposal, error) {
	return p.changeProposal(ctx, actor, id, match, cooperation.Withdraw, func(q *cooperation.Proposal, s *cooperation.Sides, now time.Time) (bool, error) {
		return true, q.Withdraw(s, actor, now)
	})
}

// ExpressInterest says that the actor's side wants to talk to the other, and
// introduces both at once. Saying it again changes nothing.
func (p *Platform) ExpressInterest(ctx context.Context, actor cooperation.Actor, id string, match Match) (*cooperation.Proposal, error) {
	_, q, err := p.findProposal(id)
	if err != nil {
		return nil, err
	}
	_, admissible := p.Pairing(q)
	return p.changeProposal(ctx, actor, id, match, cooperation.ExpressInterest, func(q *cooperation.Proposal, s *cooperation.Sides, now time.Time) (bool, error) {
		return q.Interest(s, admissible, actor, now)
	})
}

// ExpressInterestIn says that the actor's side wants to talk to the other about
// a need and an offer, whether or not anybody has proposed them.
func (p *Platform) ExpressInterestIn(ctx context.Context, actor cooperation.Actor, need, offer string) (*cooperation.Proposal, error) {
	r, n, err := p.findNeed(need)
	if err != nil || !cooperation.SeesNeed(actor, n).Any() {
		return nil, cooperation.Absent()
	}
	o, ok := r.state.Offer(offer)
	if !ok || !cooperation.SeesOffer(actor, o).Any() {
		return nil, cooperation.Absent()
	}
	if !cooperation.MayProposal(actor, cooperation.ExpressInterest, &cooperation.Sides{Need: n, Offers: []*cooperation.Offer{o}}) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action") // whether there is a proposal or not
	}
	id := cooperation.ProposalID(r.id(), need, offer)
	if _, known := r.state.Proposal(id); known {
		return p.ExpressInterest(ctx, actor, id, 0)
	}
	pairing := &cooperation.Proposal{Need: need, Offers: []string{offer}}
	pairing.Convention = r.id()
	_, admissible := p.Pairing(pairing)
	var made *cooperation.Proposal
	var sides *cooperation.Sides
	err = r.do(ctx, "proposal.interest", actor, func(d *draft) (err error) {
		now := p.clock()
		sides = sidesOf(drafts{r, d}, pairing)
		if before, known := r.proposal(d, id); known { // made since
			again := *before
			made = &again
			differs, err := again.Interest(sides, admissible, actor, now)
			if err == nil && differs {
				err = p.putChanged(r, d, before, made, sides, actor, now)
			}
			return err
		}
		var bodies []string
		if sides.Need != nil {
			responsible, informed := r.bodies(sides.Need)
			bodies = append([]string{responsible}, informed...)
		}
		if made, err = cooperation.ProposeByInterest(sides, bodies, admissible, actor, now); err != nil {
			return err
		}
		return p.putChanged(r, d, pairing, r.aggregated(made), sides, actor, now)
	})
	if err != nil {
		return nil, err
	}
	return made.Shown(actor, sides), nil
}

// expire ends the proposals that were taken up, and whose need or offer has ended
// meanwhile.
func (p *Platform) expire(r *room, d *draft, id string, now time.Time) error {
	q, ok := r.proposal(d, id)
	if !ok {
		return nil
	}
	sides := sidesOf(drafts{r, d}, q)
	c := *q
	if c.Expire(sides, clockwork, now) == nil {
		return p.putChanged(r, d, q, &c, sides, clockwork, now)
	}
	return nil // it has not ended for good
}

// scored are the scores of proposals as of now.
func (p *Platform) scored(r *room, proposals []string) map[string]matching.Result {
	out := map[string]matching.Result{}
	for _, id := range proposals {
		if q, ok := r.state.Proposal(id); ok {
			if result, holds := p.Pairing(q); holds {
				out[id] = result
			}
		}
	}
	return out
}

// frozen is what a review shows of a proposal.
func frozen(q *cooperation.Proposal, s *cooperation.Sides, scores map[string]matching.Result) cooperation.Case {
	c := cooperation.Case{Proposal: q.ID}
	if s.Need != nil {
		c.Need = cooperation.Frozen{ID: s.Need.ID, Version: s.Need.Version}
	}
	for _, o := range s.Offers {
		c.Offers = append(c.Offers, cooperation.Frozen{ID: o.ID, Version: o.Version})
	}
	if result, holds := scores[q.ID]; holds {
		c.Score, c.Holds, c.Parts = int64(result.Score), true, frozenParts(result.Parts)
	}
	return c
}

func frozenParts(parts []matching.Part) []cooperation.FrozenPart {
	out := make([]cooperation.FrozenPart, len(parts))
	for i, part := range parts {
		out[i] = cooperation.FrozenPart{Name: part.Name.String(), Value: int64(part.Value), Weight: int64(part.Weight), Points: int64(part.Points), Why: part.Message}
	}
	return out
}
