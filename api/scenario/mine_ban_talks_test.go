package scenario

// « Faciliter l'instauration de partenariats »: whoever presides over it brings
// both sides together, and each of them says whether it wants to talk.
func (m *mineBan) mandate2BothSidesAreBroughtTogether() {
	m.same("the deadlines of Turkey", kindsOf(m.turkey.clocks("proposal/"+m.proposal)), []string{"introduce"})
	m.same("the deadlines of the United Kingdom", len(m.unitedKingdom.clocks("proposal/"+m.proposal)), 0)
	for _, p := range []*person{m.unitedKingdom, m.germany, m.chad, m.london} {
		p.refused("error.forbidden.action").introduces(m.proposal)
	}
	m.same("the step", m.turkey.introduces(m.proposal).Status, "introduced")
	m.introduction = m.chad.introductions(m.need)[0].ID
	for _, p := range []*person{m.chad, m.london} {
		x := p.introduction(m.introduction)
		m.same("the contacts that "+p.name+" gets", mailsOf(x), []string{"focal.td@example.org", "unit.gb@example.org"})
		m.same("by when "+p.name+" is to answer", x.Asked[0].ReplyBy.String(), "2020-06-09")
		m.same("the last news of "+p.name, last(reasonsOf(p.news())), "introduction.asked")
		m.same("the deadlines of "+p.name, kindsOf(p.clocks("introduction/"+m.introduction)), []string{"reply"})
	}
	m.same("who facilitates reads it", m.turkey.introduction(m.introduction).Status, "asked")
	for _, p := range []*person{m.oslo, m.niger, m.icbl} {
		p.blind().introduction(m.introduction)
	}
	m.anybody.refused("error.unauthenticated.missing").introduction(m.introduction)

	// A question stops the clock of who asks, once.
	m.until("2020-04-20")
	m.chad.wonders(m.introduction, "Les instructeurs peuvent-ils venir avant la saison des pluies ?")
	m.same("whether the clock of Chad stands", m.chad.clocks("introduction/" + m.introduction)[0].Paused.IsZero(), false)
	m.same("the deadlines of London", kindsOf(m.london.clocks("introduction/"+m.introduction)), []string{"answer", "reply"})
	m.niger.blind().explains(m.introduction, "Oui.")
	m.until("2020-04-27")
	x := m.london.explains(m.introduction, "Yes, in May.")
	m.same("by when Chad is to answer now", x.Asked[0].ReplyBy.String(), "2020-06-16")
	m.oslo.blind().replies(m.introduction, "interested", "")
	x = m.chad.replies(m.introduction, "interested", "")
	m.same("the step when one wants to talk", x.Status, "asked")
	x = m.london.replies(m.introduction, "interested", "")
	m.same("the step when both want to", x.Status, "interested")
	m.same("the proposal", m.chad.proposal(m.proposal).Status, "in_talks")
	steps := m.unit.statistics().Steps
	m.same("what the secretariat counts", written(steps.Proposed)+written(steps.Endorsed)+written(steps.Introduced)+written(steps.Agreed), "2110")
}
