package catalogue

import "entente/cooperation"

// Served is how often who was on a side of a proposal, and what came of it, as
// beneficiary and as provider.
type Served struct {
	Beneficiaries map[cooperation.Participant]Turns
	Providers     map[cooperation.Participant]Turns
	moves         uint64
	delivered     int    // partnerships that are completed
	revision      uint64 // of the postings
}

// Turns counts the proposals of one State or organisation, each step by itself,
// as Steps does: what was endorsed and led to talks counts as both.
type Turns struct {
	Proposed, Endorsed, Introduced, Agreed, Delivered int
}

// Mean is the average of those who have any, in millionths.
func Mean(of map[cooperation.Participant]Turns, count func(Turns) int) int64 {
	if len(of) == 0 {
		return 0
	}
	sum := int64(0)
	for _, t := range of {
		sum += int64(count(t))
	}
	return sum * 1_000_000 / int64(len(of))
}

// Served counts all proposals that were ever made, whatever came of them. It is
// shared and must not be changed.
func (s *State) Served() *Served {
	s.queues.mu.Lock()
	defer s.queues.mu.Unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	delivered := s.delivered()
	moves, revision := s.proposals.moves+s.reviews.moves, s.revision()
	if before := s.queues.served; before != nil && before.moves == moves && before.revision == revision && before.delivered == len(delivered) {
		return before
	}
	v := &Served{map[cooperation.Participant]Turns{}, map[cooperation.Participant]Turns{}, moves, len(delivered), revision}
	for need, places := range s.proposals.byNeed {
		if n, ok := s.needs.find(need); ok {
			sum := s.turnsAt(places, delivered)
			for _, b := range n.Beneficiaries {
				sum.addTo(v.Beneficiaries, cooperation.Participant(b.Alpha2()))
			}
		}
	}
	for offer, places := range s.proposals.byOffer {
		if o, ok := s.offers.find(offer); ok {
			sum := s.turnsAt(places, delivered)
			for _, one := range o.Providers() {
				sum.addTo(v.Providers, one)
			}
		}
	}
	s.queues.served = v
	return v
}

// delivered are the proposals of which a partnership came that is completed.
func (s *State) delivered() map[string]bool {
	out := map[string]bool{}
	for _, e := range s.partnerships.entries {
		if e.doc != nil && e.doc.Status == cooperation.PartnershipCompleted {
			out[e.doc.Proposal] = true
		}
	}
	return out
}

// turnsAt adds up what came of the proposals at some places.
func (s *State) turnsAt(places []uint32, delivered map[string]bool) (sum Turns) {
	for _, o := range places {
		p := s.proposals.entries[o].doc
		sum = sum.plus(Turns{1, once(p.WasEndorsed()), once(p.WasIntroduced()), once(p.Status == cooperation.AgreedProposal), once(delivered[p.ID])})
	}
	return sum
}

func once(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (t Turns) plus(o Turns) Turns {
	return Turns{t.Proposed + o.Proposed, t.Endorsed + o.Endorsed, t.Introduced + o.Introduced, t.Agreed + o.Agreed, t.Delivered + o.Delivered}
}

func (t Turns) addTo(all map[cooperation.Participant]Turns, p cooperation.Participant) {
	all[p] = all[p].plus(t)
}
