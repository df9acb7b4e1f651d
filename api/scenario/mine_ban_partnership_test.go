package scenario

import "entente/client"

// « Faciliter l'instauration de partenariats »: one side proposes terms, the
// other wants others, and both accept the same.
func (m *mineBan) mandate2BothSidesComeToTerms() {
	terms := client.PartnershipTerms{Start: m.on("2020-09-01"), End: m.on("2021-02-26"), Languages: []string{"fr"}, Plan: "Four instructors in Faya-Largeau, who bring the detectors of two teams.",
		Providers:  []client.Share{{Offer: m.british, Provider: "GB", Lead: true, Role: "implementing", Kinds: []client.Kind{"training"}, Pledged: client.Money{Amount: "80000", Currency: "EUR"}}},
		Milestones: []client.Milestone{{Title: "The team of women is trained", Due: m.on("2020-12-18")}}}
	for _, p := range []*person{m.oslo, m.niger, m.icbl} {
		p.blind().proposesTerms(m.proposal, terms)
	}
	more := terms
	more.Providers = []client.Share{terms.Providers[0]}
	more.Providers[0].Pledged.Amount = "120000"
	m.london.refused("error.conflict.remaining_amount").proposesTerms(m.proposal, more) // than is left of the offer
	id := m.london.proposesTerms(m.proposal, terms).ID
	more.Providers[0].Pledged.Amount = "100000"
	m.chad.counters(id, more)
	m.london.refused("error.conflict.terms").accepts(id, 1)
	m.same("the step that Germany sees", m.germany.agreement(id).Status, "proposed")
	for _, p := range []*person{m.niger, m.oslo, m.icbl} {
		p.blind().agreement(id)
	}
	m.same("the step when both have accepted, and Chad has not cleared", m.london.accepts(id, 2).Status, "clearing")
	m.chad.refused("error.forbidden.action").clears(id, 2)
	x := m.chadApprover.clears(id, 2)
	m.same("the step when it has", x.Status, "agreed")
	m.partnership = x.Partnership

	m.same("the need", m.anybody.reads(m.need).Status, "covered")
	m.same("the offer", m.anybody.readsOffer(m.british).Status, "exhausted")
	m.same("the proposal", m.chad.proposal(m.proposal).Status, "agreed")
	p := m.anybody.partnership(m.partnership)
	m.same("what everybody reads of it", p.Providers[0].Pledged.Amount+" "+p.Plan, "100000 ")
	m.same("the plan that the committee reads", m.germany.partnership(m.partnership).Plan != "", true)
	steps := m.unit.statistics().Steps
	m.same("what the secretariat counts", written(steps.Proposed)+written(steps.Endorsed)+written(steps.Introduced)+written(steps.Agreed)+written(steps.Delivered), "21110")
}
