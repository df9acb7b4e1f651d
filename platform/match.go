package platform

import (
	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
)

// lens is the index over a convention's open needs and offers, kept until one
// of them or the day changes.
type lens struct {
	revision uint64
	day      cooperation.Date
	setting  *matching.Setting
	index    *matching.Index
	shot     catalogue.Snapshot
	needs    map[string]*matching.Need
	offers   map[string]*matching.Offer
	survey   survey
}

// look returns an index over the state as it is now. Those who ask at the same
// moment share one.
func (p *Platform) look(r *room) (*lens, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	today := cooperation.DateOf(p.clock())
	if l := r.lens; l != nil && l.revision == r.state.Revision() && l.day == today {
		return l, nil
	}
	s, err := r.state.Snapshot(today)
	if err != nil {
		return nil, err
	}
	l := &lens{revision: s.Revision, day: today, setting: s.Setting, shot: s, needs: map[string]*matching.Need{}, offers: map[string]*matching.Offer{},
		index: matching.NewIndex(matching.DayOf(today.Time()), s.Setting, s.Needs, s.Offers)}
	for i := range s.Needs {
		l.needs[s.Needs[i].ID] = &s.Needs[i]
	}
	for i := range s.Offers {
		l.offers[s.Offers[i].ID] = &s.Offers[i]
	}
	r.lens = l
	return l, nil
}

// Matches is the ranking for one posting, with a sentence for every part.
type Matches struct {
	Convention *cooperation.Convention
	Position   uint64
	Report     matching.Report
	Parts      map[string][]matching.Part // the id of a match → its parts with their sentences
	Marks      map[string][]matching.Mark // the id of a match → the marks of the pairing
	Bundles    *Bundles                   // of a need that is open; nil otherwise
	// Discoveries are, for a need, the offers whose providers have never helped
	// its beneficiaries, as far as is on record, best first, with their parts.
	Discoveries []Discovery
}

// Discovery is an offer whose providers are new to the beneficiaries of a need.
type Discovery struct {
	Offer string
	Score matching.Score
	Parts []matching.Part
	Marks []matching.Mark
}

// newMatches is a ranking that lists nothing yet.
func newMatches(r *room, id, externalID string) *Matches {
	return &Matches{Convention: r.convention(), Position: r.state.Position(), Parts: map[string][]matching.Part{},
		Marks: map[string][]matching.Mark{}, Report: matching.Report{ID: id, ExternalID: externalID}}
}

// NeedMatches ranks the offers for a need: the first k, with reasons, what the
// filters removed, the best bundles, and the discoveries. A need that is not open has none.
func (p *Platform) NeedMatches(actor cooperation.Actor, id string, k int) (*Matches, error) {
	r, n, err := p.findNeed(id)
	if err != nil {
		return nil, err
	}
	if !cooperation.SeesNeed(actor, n).Any() {
		return nil, cooperation.Absent()
	}
	if !cooperation.MaySeeMatches(actor, r.convention(), n) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.matches")
	}
	l, err := p.look(r)
	if err != nil {
		return nil, err
	}
	m := newMatches(r, n.ID, n.ExternalID)
	need, open := l.needs[id]
	if !open {
		return m, nil
	}
	m.Report = l.index.ForNeed(need, k)
	for _, match := range m.Report.Matches {
		m.Parts[match.ID] = l.index.Explain(need, l.offers[match.ID]).Parts
		m.Marks[match.ID] = matching.Marks(need, l.offers[match.ID])
	}
	m.Bundles = l.bundles(need)
	for _, match := range l.index.Discover(need, k) {
		offer := l.offers[match.ID]
		result := matching.ExplainDiscovery(matching.DayOf(l.day.Time()), l.setting, need, offer)
		m.Discoveries = append(m.Discoveries, Discovery{match.ID, result.Score, result.Parts, matching.Marks(need, offer)})
	}
	return m, nil
}

// OfferMatches ranks the needs for an offer, like NeedMatches.
func (p *Platform) OfferMatches(actor cooperation.Actor, id string, k int) (*Matches, error) {
	r, o, err := p.findOffer(id)
	if err != nil {
		return nil, err
	}
	if !cooperation.SeesOffer(actor, o).Any() {
		return nil, cooperation.Absent()
	}
	if !cooperation.MaySeeOfferMatches(actor, r.convention(), o) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.matches")
	}
	l, err := p.look(r)
	if err != nil {
		return nil, err
	}
	m := newMatches(r, o.ID, o.ExternalID)
	offer, open := l.offers[id]
	if !open {
		return m, nil
	}
	m.Report = l.index.ForOffer(offer, k)
	for _, match := range m.Report.Matches {
		m.Parts[match.ID] = l.index.Explain(l.needs[match.ID], offer).Parts
		m.Marks[match.ID] = matching.Marks(l.needs[match.ID], offer)
	}
	return m, nil
}

// Pairing explains a proposal as it would score now: its score and parts, and
// whether it still passes the filters; of a bundle also whether it still covers
// the need, with nobody who could be left out.
func (p *Platform) Pairing(proposal *cooperation.Proposal) (matching.Result, bool) {
	l, need, offers := p.paired(proposal)
	if len(offers) == 0 {
		return matching.Result{}, false
	}
	found := l.explained(need, offers)
	return found.result, found.holds
}

// Marks are the marks of a proposal by who takes part in it; none where the need
// or an offer is not open any more.
func (p *Platform) Marks(proposal *cooperation.Proposal) []matching.Mark {
	_, need, offers := p.paired(proposal)
	if len(offers) == 0 {
		return nil
	}
	return matching.Marks(need, offers...)
}

// paired looks up what a proposal brings together; no offers where one of these
// is not open any more.
func (p *Platform) paired(proposal *cooperation.Proposal) (*lens, *matching.Need, []*matching.Offer) {
	r, err := p.room(proposal.Convention)
	if err != nil {
		return nil, nil, nil
	}
	l, err := p.look(r)
	if err != nil {
		return nil, nil, nil
	}
	need := l.needs[proposal.Need]
	if need == nil {
		return l, nil, nil
	}
	offers := make([]*matching.Offer, 0, len(proposal.Offers))
	for _, id := range proposal.Offers {
		o := l.offers[id]
		if o == nil {
			return l, need, nil
		}
		offers = append(offers, o)
	}
	return l, need, offers
}

// Proposal returns a proposal that the actor may see.
func (p *Platform) Proposal(actor cooperation.Actor, id string) (*cooperation.Proposal, error) {
	for _, c := range p.order {
		if proposal, ok := p.rooms[c].state.Proposal(id); ok {
			if p.SeesProposal(actor, proposal).Any() {
				return proposal.Shown(actor, sidesOf(p.rooms[c].state, proposal)), nil
			}
			break
		}
	}
	return nil, cooperation.Absent()
}

// SeesProposal says what the actor sees of a proposal.
func (p *Platform) SeesProposal(actor cooperation.Actor, proposal *cooperation.Proposal) cooperation.Sight {
	r, err := p.room(proposal.Convention)
	if err != nil {
		return cooperation.SeesNothing
	}
	n, _ := r.state.Need(proposal.Need)
	var offers []*cooperation.Offer
	for _, id := range proposal.Offers {
		if o, ok := r.state.Offer(id); ok {
			offers = append(offers, o)
		}
	}
	return cooperation.SeesProposal(actor, proposal, n, offers)
}
