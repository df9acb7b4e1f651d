package catalogue

import (
	"slices"
	"time"

	"entente/cooperation"
)

// agreements is the ledger of agreements with those in which the sides
// negotiate.
type agreements struct {
	ledger[cooperation.Agreement]
	under set
}

func (l *agreements) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.Agreement](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		ordinal, _ := l.put(c.ID, c.Version, doc)
		l.under.put(ordinal, doc != nil && doc.Status.Under())
	}, err
}

// Agreement returns the agreement with the id, whoever may see it.
func (s *State) Agreement(id string) (*cooperation.Agreement, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.agreements.find(id)
}

// negotiated lists the agreements in which the sides negotiate and whose
// proposals have not ended, or those that outlive them. The state is locked.
func (s *State) negotiated(outlived bool) (out []*cooperation.Agreement) {
	s.agreements.under.each(func(o uint32) {
		x := s.agreements.entries[o].doc
		if q, ok := s.proposals.find(x.Proposal); (!ok || !q.Met()) == outlived {
			out = append(out, x)
		}
	})
	return out
}

// OutlivedAgreements lists the agreements in which the sides negotiate although
// their proposals have ended.
func (s *State) OutlivedAgreements() (out []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, x := range s.negotiated(true) {
		out = append(out, x.ID)
	}
	return out
}

// AgreementQuery says which agreements to list.
type AgreementQuery struct {
	Status   []cooperation.AgreementStatus
	Proposal string // id
	Need     string // id
	Offer    string // id
	Cursor   string
	Limit    int // 1 to MaxLimit; 0 is DefaultLimit
}

// Agreements lists the agreements that the actor may see, the latest first.
func (s *State) Agreements(actor cooperation.Actor, now time.Time, q AgreementQuery) (Page[*cooperation.Agreement], error) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	k := conv.Timekeeper(inside{s}, now)
	var found set
	for i := range s.agreements.entries {
		x := s.agreements.entries[i].doc
		if x == nil || !q.wants(x) {
			continue
		}
		if sides := s.sides(x.Need, x.Offers); cooperation.SeesAgreement(actor, k, x, sides).Any() {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.agreements.ledger, found, q.Cursor, form(KindAgreement, q.Status, q.Proposal, q.Need, q.Offer), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *AgreementQuery) wants(x *cooperation.Agreement) bool {
	switch {
	case len(q.Status) > 0 && !slices.Contains(q.Status, x.Status),
		q.Proposal != "" && x.Proposal != q.Proposal,
		q.Need != "" && x.Need != q.Need,
		q.Offer != "" && !slices.Contains(x.Offers, q.Offer):
		return false
	}
	return true
}

// sides are a need and offers as they stand. The state is locked.
func (s *State) sides(need string, offers []string) *cooperation.Sides {
	out := &cooperation.Sides{}
	out.Need, _ = s.needs.find(need)
	for _, id := range offers {
		if o, ok := s.offers.find(id); ok {
			out.Offers = append(out.Offers, o)
		}
	}
	return out
}
