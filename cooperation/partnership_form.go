package cooperation

import (
	"slices"
	"time"
)

// FormPartnership makes the partnership on which the sides of a proposal have
// agreed: it takes from each offer, covers the need as far as the terms do, and
// ends the talks. The sides and the proposal are changed, so they must be the
// caller's own copies, and are to be written in the same commit or not at all.
// What is not left of an offer, or not sought any more, is refused with what is.
func FormPartnership(id string, q *Proposal, s *Sides, terms PartnershipTerms, actor Actor, now time.Time) (*Partnership, error) {
	if !q.Met() || q.Status == AgreedProposal {
		return nil, refused("proposal", "agree", string(q.Status))
	}
	if s.Need == nil || len(s.Offers) != len(q.Offers) {
		return nil, absent()
	}
	p := &Partnership{Meta: newMeta(id, q.Convention, actor, now), PartnershipTerms: terms, Need: q.Need, Proposal: q.ID, Status: PartnershipAgreed}
	for _, o := range s.Offers {
		if err := o.Take(terms.taking(o.ID, id), now); err != nil {
			return nil, err
		}
	}
	if err := s.Need.Cover(terms.part(s.Need, id), now); err != nil {
		return nil, err
	}
	q.Status = AgreedProposal
	q.touch(now)
	return p, nil
}

// taking is what the terms take of an offer for a partnership.
func (t *PartnershipTerms) taking(offer, partnership string) Taking {
	x := Taking{Partnership: partnership}
	var sum int64
	for _, share := range t.Providers {
		if share.Offer != offer {
			continue
		}
		if minor, err := share.Pledged.Minor(); err == nil {
			sum += minor
			x.Amount = NewMoney(sum, share.Pledged.Currency)
		}
		x.Quantity += share.Quantity
	}
	return x
}

// part is what the terms cover of a need for a partnership.
func (t *PartnershipTerms) part(n *Need, partnership string) Part {
	p := Part{Partnership: partnership}
	var sum int64
	for _, share := range t.Providers {
		if minor, err := share.covering(n).Minor(); err == nil {
			sum += minor
			p.Amount = NewMoney(sum, share.covering(n).Currency)
		}
	}
	for _, k := range n.KindList() {
		given := slices.ContainsFunc(t.Providers, func(s Share) bool { return slices.Contains(s.Kinds, k) })
		if given && !slices.Contains(t.Rest, k) {
			p.Kinds = append(p.Kinds, k)
		}
	}
	return p
}

// covering is what a share covers of the costs of a need: what it says, or what
// is pledged in the currency of the costs.
func (s *Share) covering(n *Need) Money {
	if !s.Covers.IsZero() {
		return s.Covers
	}
	if _, currency := n.SoughtMinor(); currency != "" && s.Pledged.Currency == currency {
		return s.Pledged
	}
	return Money{}
}

// Overtake supersedes a proposal for which nothing is left to seek or to give,
// because others have agreed meanwhile; what was before a committee too. A later
// run may propose it again. Where the sides have been introduced, they decide
// themselves. Only the platform does it.
func (p *Proposal) Overtake(a Actor, now time.Time) error {
	if err := authorise(a.system); err != nil {
		return err
	}
	if !slices.Contains([]ProposalStatus{Proposed, InReview, Endorsed, Recommended, ReturnedProposal}, p.Status) {
		return refused("proposal", "supersede", string(p.Status))
	}
	p.Status = SupersededProposal
	p.touch(now)
	return nil
}
