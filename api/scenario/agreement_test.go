package scenario

import "entente/client"

// proposesTerms is the first that a side wants to agree on.
func (p *person) proposesTerms(proposal string, terms client.PartnershipTerms) (x client.Agreement) {
	p.t.Helper()
	a, err := p.c.BeginAgreementWithResponse(p.ctx(), nil, client.NewAgreement{Proposal: proposal, Terms: terms})
	if p.ok(err) {
		x = *a.JSON201
	}
	return x
}

// counters puts other terms in place of those on the table.
func (p *person) counters(agreement string, terms client.PartnershipTerms) (x client.Agreement) {
	p.t.Helper()
	a, err := p.c.ProposeTermsWithResponse(p.ctx(), agreement, nil, client.OtherTerms{Terms: terms})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// accepts accepts a version of the terms; an approver clears it by that.
func (p *person) accepts(agreement string, number int) (x client.Agreement) {
	p.t.Helper()
	a, err := p.c.AcceptTermsWithResponse(p.ctx(), agreement, nil, client.AcceptedTerms{Number: number})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

func (p *person) clears(agreement string, number int) (x client.Agreement) {
	p.t.Helper()
	a, err := p.c.ClearTermsWithResponse(p.ctx(), agreement, nil, client.ClearedTerms{Number: number, Clearance: client.ClearanceGiven{Date: p.w.today(), Reference: "NV 40"}})
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// agreement is how far the sides have come, as the person sees it.
func (p *person) agreement(id string) (x client.Agreement) {
	p.t.Helper()
	a, err := p.c.GetAgreementWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// partnership is what was agreed, as the person sees it.
func (p *person) partnership(id string) (x client.Partnership) {
	p.t.Helper()
	a, err := p.c.GetPartnershipWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		x = *a.JSON200
	}
	return x
}

// readsOffer is an offer as the person sees it.
func (p *person) readsOffer(offer string) (o client.Offer) {
	p.t.Helper()
	a, err := p.c.GetOfferWithResponse(p.ctx(), offer, nil)
	if p.ok(err) {
		o = *a.JSON200
	}
	return o
}
