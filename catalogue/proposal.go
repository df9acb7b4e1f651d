package catalogue

import (
	"slices"

	"entente/cooperation"
)

// ProposalQuery says which proposals to list.
type ProposalQuery struct {
	Status    []cooperation.ProposalStatus
	Need      string // id
	Offer     string // id
	Committee string // responsible or informed
	Cursor    string
	Limit     int // 1 to MaxLimit; 0 is DefaultLimit
}

// Proposals lists the proposals that the actor may see, the latest first.
func (s *State) Proposals(actor cooperation.Actor, q ProposalQuery) (Page[*cooperation.Proposal], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := newest(&s.proposals, q.Cursor, form(KindProposal, q.Status, q.Need, q.Offer, q.Committee), q.Limit, func(p *cooperation.Proposal) bool {
		return (len(q.Status) == 0 || slices.Contains(q.Status, p.Status)) &&
			(q.Need == "" || p.Need == q.Need) && (q.Offer == "" || slices.Contains(p.Offers, q.Offer)) &&
			(q.Committee == "" || p.Committee == q.Committee || slices.Contains(p.Informed, q.Committee)) &&
			s.seesProposal(actor, p)
	})
	page.Position = s.position
	return page, err
}

// seesProposal asks the policy, with both sides.
func (s *State) seesProposal(actor cooperation.Actor, p *cooperation.Proposal) bool {
	need, _ := s.needs.find(p.Need)
	var offers []*cooperation.Offer
	for _, id := range p.Offers {
		if o, ok := s.offers.find(id); ok {
			offers = append(offers, o)
		}
	}
	return cooperation.SeesProposal(actor, p, need, offers).Any()
}

// ProposalsOf lists all proposals for a need, in the order of their first
// appearance, whatever their status and whoever may see them.
func (s *State) ProposalsOf(need string) []*cooperation.Proposal {
	return s.proposalsIf(func(p *cooperation.Proposal) bool { return p.Need == need })
}

// ProposalsWith lists all proposals of an offer, in the order of their first
// appearance, whatever their status and whoever may see them.
func (s *State) ProposalsWith(offer string) []*cooperation.Proposal {
	return s.proposalsIf(func(p *cooperation.Proposal) bool { return slices.Contains(p.Offers, offer) })
}

func (s *State) proposalsIf(is func(*cooperation.Proposal) bool) []*cooperation.Proposal {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Proposal
	for _, e := range s.proposals.entries {
		if e.doc != nil && is(e.doc) {
			out = append(out, e.doc)
		}
	}
	return out
}

// Standing lists the proposals that stand after the runs so far: those that
// are proposed and that nobody has taken up, in the order of their first
// appearance.
func (s *State) Standing() []*cooperation.Proposal {
	return s.proposalsIf(func(p *cooperation.Proposal) bool { return p.Status == cooperation.Proposed })
}

// MostTaken is the greatest number of proposals of one need that people have
// taken up or ended: so many places of its ranking a run may have to pass over.
func (s *State) MostTaken() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	taken, most := map[string]int{}, 0
	for _, e := range s.proposals.entries {
		if e.doc != nil && !e.doc.Untouched() {
			taken[e.doc.Need]++
			most = max(most, taken[e.doc.Need])
		}
	}
	return most
}
