package catalogue

import (
	"entente/cooperation"
)

// proposals is the ledger of proposals with what finds them.
type proposals struct {
	ledger[cooperation.Proposal]
	byNeed      places
	byOffer     places
	byStatus    map[cooperation.ProposalStatus]set
	byCommittee map[string]set // responsible or informed
	bySeat      map[string]set // those that such a body looks at one by one
	taken       map[string]int // need → proposals that people have taken up or ended
	all         set
	endorsed    set         // by a committee, whatever became of them
	introduced  set         // with or without a committee, whatever became of them
	cohorts     map[int]set // year in which it was first made
	moves       uint64      // versions that came in
}

func newProposals() proposals {
	return proposals{byNeed: places{}, byOffer: places{}, byStatus: map[cooperation.ProposalStatus]set{},
		byCommittee: map[string]set{}, bySeat: map[string]set{}, taken: map[string]int{}, cohorts: map[int]set{}}
}

func (l *proposals) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.Proposal](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		ordinal, before := l.put(c.ID, c.Version, doc)
		l.moves++
		l.index(ordinal, before, false)
		l.index(ordinal, doc, true)
	}, err
}

// index puts a proposal into the sets that find it, or takes it out.
func (l *proposals) index(ordinal uint32, p *cooperation.Proposal, in bool) {
	if p == nil {
		return
	}
	find, step := places.add, 1
	if !in {
		find, step = places.remove, -1
	}
	find(l.byNeed, p.Need, ordinal)
	for _, o := range p.Offers {
		find(l.byOffer, o, ordinal)
	}
	change(l.byStatus, p.Status, ordinal, in)
	change(l.cohorts, p.Created.UTC().Year(), ordinal, in)
	for _, committee := range bodies(p) {
		change(l.byCommittee, committee, ordinal, in)
		if !p.Aggregate {
			change(l.bySeat, committee, ordinal, in)
		}
	}
	if !p.Untouched() {
		l.taken[p.Need] += step
	}
	l.endorsed.put(ordinal, in && p.WasEndorsed())
	l.introduced.put(ordinal, in && p.WasIntroduced())
	l.all.put(ordinal, in)
}

func bodies(p *cooperation.Proposal) []string { return append([]string{p.Committee}, p.Informed...) }

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
	l := &s.proposals
	found := s.visibleProposals(actor)
	if len(q.Status) > 0 {
		inStatus := make(set, len(found))
		for _, status := range q.Status {
			inStatus.or(l.byStatus[status])
		}
		found.and(inStatus)
	}
	if q.Need != "" {
		found.and(setOf(l.byNeed[q.Need]))
	}
	if q.Offer != "" {
		found.and(setOf(l.byOffer[q.Offer]))
	}
	if q.Committee != "" {
		found.and(l.byCommittee[q.Committee])
	}
	page, err := newest(&l.ledger, found, q.Cursor, form(KindProposal, q.Status, q.Need, q.Offer, q.Committee), q.Limit)
	page.Position = s.position
	return page, err
}

// visibleProposals is what cooperation.SeesProposal lets the actor see: all
// for the secretariat, otherwise what concerns his own needs and offers, and
// the committees on which he sits.
func (s *State) visibleProposals(actor cooperation.Actor) set {
	l, convention := &s.proposals, s.conv.ID
	width := (len(l.entries) + 63) / 64
	if r := rungOf(actor, convention); r == forSystem || r == forSecretariat {
		return l.all.clone(width)
	}
	found := make(set, width)
	for _, p := range viewerOf(actor, convention, cooperation.FocalPoint, cooperation.Approver).own {
		s.needs.index.holders[p].each(func(o uint32) { found.addAll(l.byNeed[s.needs.entries[o].id]) })
	}
	for _, p := range viewerOf(actor, convention, cooperation.ProviderRole, cooperation.Approver).own {
		s.offers.index.holders[p].each(func(o uint32) { found.addAll(l.byOffer[s.offers.entries[o].id]) })
	}
	for _, g := range actor.Grants {
		if g.Convention == convention && g.Role == cooperation.CommitteeMember {
			found.or(l.bySeat[g.Committee])
		}
	}
	return found
}

// ProposalsOf lists all proposals for a need, in the order of their first
// appearance, whatever their status and whoever may see them.
func (s *State) ProposalsOf(need string) []*cooperation.Proposal {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.proposals.at(s.proposals.byNeed[need])
}

// ProposalsWith lists all proposals of an offer, in the order of their first
// appearance, whatever their status and whoever may see them.
func (s *State) ProposalsWith(offer string) []*cooperation.Proposal {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.proposals.at(s.proposals.byOffer[offer])
}

func (l *proposals) at(list []uint32) []*cooperation.Proposal {
	out := make([]*cooperation.Proposal, len(list))
	for i, o := range list {
		out[i] = l.entries[o].doc
	}
	return out
}

// Standing lists the proposals that stand after the runs so far: those that
// are proposed and that nobody has taken up, in the order of their first
// appearance.
func (s *State) Standing() []*cooperation.Proposal {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Proposal
	s.proposals.byStatus[cooperation.Proposed].each(func(o uint32) { out = append(out, s.proposals.entries[o].doc) })
	return out
}

// MostTaken is the greatest number of proposals of one need that people have
// taken up or ended: so many places of its ranking a run may have to pass over.
func (s *State) MostTaken() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	most := 0
	for _, n := range s.proposals.taken {
		most = max(most, n)
	}
	return most
}

// Outlived lists the proposals that have been taken up and not agreed, and whose
// need or an offer of which has left the steps in which it can be paired. Whether
// it has ended for good is for cooperation.Proposal.Expire to say.
func (s *State) Outlived() (out []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, status := range cooperation.Outlivable() {
		s.proposals.byStatus[status].each(func(o uint32) {
			p := s.proposals.entries[o].doc
			n, ok := s.needs.find(p.Need)
			gone := !ok || !n.Status.Matchable()
			for _, id := range p.Offers {
				offer, ok := s.offers.find(id)
				gone = gone || !ok || !stands(offer.Status)
			}
			if gone {
				out = append(out, p.ID)
			}
		})
	}
	return out
}
