package platform

import (
	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
)

// PreviewNeed ranks the offers for a need as it is being written: for this
// content, as if it were open today. Whoever may see its pairings may ask; the
// beneficiaries stay those of the need, so that nobody learns what others would
// be offered.
func (p *Platform) PreviewNeed(actor cooperation.Actor, id string, content cooperation.NeedContent, k int) (*Matches, error) {
	r, n, err := p.findNeed(id)
	if err != nil {
		return nil, err
	}
	if !cooperation.SeesNeed(actor, n).Any() {
		return nil, cooperation.Absent()
	}
	if cooperation.SeesNeed(actor, n) != cooperation.SeesAll || !cooperation.MaySeeMatches(actor, r.convention(), n) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.matches")
	}
	l, err := p.look(r)
	if err != nil {
		return nil, err
	}
	whole := *n
	whole.NeedContent, whole.Beneficiaries = content, n.Beneficiaries
	if !whole.Status.Matchable() {
		whole.Status = cooperation.NeedOpen
	}
	need := catalogue.NeedFeatures(r.convention(), &whole)
	m := newMatches(r, n.ID, n.ExternalID)
	m.Report = l.index.ForNeed(&need, k)
	for _, match := range m.Report.Matches {
		m.Parts[match.ID] = l.index.Explain(&need, l.offers[match.ID]).Parts
		m.Marks[match.ID] = matching.Marks(&need, l.offers[match.ID])
	}
	return m, nil
}

// PreviewOffer is PreviewNeed for the provider's side; the providers stay those
// of the offer.
func (p *Platform) PreviewOffer(actor cooperation.Actor, id string, content cooperation.OfferContent, k int) (*Matches, error) {
	r, o, err := p.findOffer(id)
	if err != nil {
		return nil, err
	}
	if !cooperation.SeesOffer(actor, o).Any() {
		return nil, cooperation.Absent()
	}
	if cooperation.SeesOffer(actor, o) != cooperation.SeesAll || !cooperation.MaySeeOfferMatches(actor, r.convention(), o) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.matches")
	}
	l, err := p.look(r)
	if err != nil {
		return nil, err
	}
	whole := *o
	whole.OfferContent, whole.Provider, whole.CoProviders = content, o.Provider, o.CoProviders
	if whole.Status != cooperation.OfferExhausted {
		whole.Status = cooperation.OfferOpen
	}
	offer := catalogue.OfferFeatures(r.convention(), &whole)
	m := newMatches(r, o.ID, o.ExternalID)
	m.Report = l.index.ForOffer(&offer, k)
	for _, match := range m.Report.Matches {
		m.Parts[match.ID] = l.index.Explain(l.needs[match.ID], &offer).Parts
		m.Marks[match.ID] = matching.Marks(l.needs[match.ID], &offer)
	}
	return m, nil
}
