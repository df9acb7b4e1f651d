package catalogue

import (
	"iter"
	"slices"
	"time"

	"entente/cooperation"
)

// introductions is the ledger of introductions with those that are under way.
type introductions struct {
	ledger[cooperation.Introduction]
	under set
}

func (l *introductions) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.Introduction](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		ordinal, _ := l.put(c.ID, c.Version, doc)
		l.under.put(ordinal, doc != nil && doc.Under())
	}, err
}

// Introduction returns the introduction with the id, whoever may see it.
func (s *State) Introduction(id string) (*cooperation.Introduction, bool) {
	return read(&s.progress, &s.introductions.ledger, id)
}

// IntroductionQuery says which introductions to list.
type IntroductionQuery struct {
	Status   []cooperation.IntroductionStatus
	Proposal string // id
	Need     string // id
	Cursor   string
	Limit    int // 1 to MaxLimit; 0 is DefaultLimit
}

// Introductions lists the introductions that the actor may see, the latest
// first.
func (s *State) Introductions(actor cooperation.Actor, now time.Time, q IntroductionQuery) (Page[*cooperation.Introduction], error) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	k := conv.Timekeeper(inside{s}, now)
	var found set
	for i := range s.introductions.entries {
		x := s.introductions.entries[i].doc
		if x == nil || !q.wants(x) {
			continue
		}
		if cooperation.SeesIntroduction(actor, k, x, s.sidesOf(x)).Any() {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.introductions.ledger, found, q.Cursor, form(KindIntroduction, q.Status, q.Proposal, q.Need), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *IntroductionQuery) wants(x *cooperation.Introduction) bool {
	return (len(q.Status) == 0 || slices.Contains(q.Status, x.Status)) && (q.Proposal == "" || q.Proposal == x.Proposal) && (q.Need == "" || q.Need == x.Need)
}

func (s *State) sidesOf(x *cooperation.Introduction) *cooperation.Sides {
	out := &cooperation.Sides{}
	out.Need, _ = s.needs.find(x.Need)
	for _, id := range x.Offers {
		if o, ok := s.offers.find(id); ok {
			out.Offers = append(out.Offers, o)
		}
	}
	return out
}

// inside finds postings for whoever holds the lock already.
type inside struct{ state *State }

// Need implements cooperation.Postings.
func (s inside) Need(id string) (*cooperation.Need, bool) { return s.state.needs.find(id) }

// Offer implements cooperation.Postings.
func (s inside) Offer(id string) (*cooperation.Offer, bool) { return s.state.offers.find(id) }

// Engaged implements cooperation.Engagements.
func (s *State) Engaged(need string) (talking bool, since time.Time) {
	return Engagement(slices.Values(s.ProposalsOf(need)))
}

// Engagement reports whether both sides of one of the proposals, all for one
// need, are introduced or in talks; where none are, since when.
func Engagement(proposals iter.Seq[*cooperation.Proposal]) (talking bool, since time.Time) {
	for p := range proposals {
		var ended time.Time
		switch {
		case p == nil:
		case p.Status == cooperation.Introduced || p.Status == cooperation.InTalks:
			return true, time.Time{}
		case p.Status == cooperation.AgreedProposal:
			ended = p.Updated
		case p.Round > 0 && p.Ended != nil:
			ended = p.Ended.Time
		}
		if ended.After(since) {
			since = ended
		}
	}
	return false, since
}
