package scenario

import "slices"

// « Le président sera chargé de convoquer et de présider les réunions »: of what
// the United Kingdom itself offers it presides over nothing. Turkey, which has
// sat there for as long, takes its part.
func (m *mineBan) compositionTheChairDirectsAndARecusedOneDoesNot() {
	m.until("2020-03-10")
	m.same("the deadlines of Turkey", kindsOf(m.turkey.clocks("proposal/"+m.proposal)), []string{"opening"})
	m.same("the deadlines of the United Kingdom", len(m.unitedKingdom.clocks("proposal/"+m.proposal)), 0)
	m.turkey.wasTold("clocks.due")
	m.unitedKingdom.refused("error.forbidden.chair").takesUp(m.proposal)
	m.colombia.refused("error.forbidden.chair").takesUp(m.proposal)
	m.unit.refused("error.forbidden.action").takesUp(m.proposal)
	v := m.turkey.takesUp(m.proposal)
	m.review = v.ID
	m.same("who presides", v.Presiding.Country.ID, "TR")
	m.same("whether for another", v.Presiding.Acting, true)
	m.same("who is recused", len(v.Recused) == 1 && v.Recused[0].Country.ID == "GB" && !v.Recused[0].Declared, true)
	m.same("how many are not", v.NotRecused, 3)
	m.same("the deadlines of Germany", kindsOf(m.germany.clocks("review/"+m.review)), []string{"silence"})

	chair := m.unitedKingdom.review(m.review)
	m.same("what the recused chair may do", chair.May, []string{"comment", "note"})
	m.unitedKingdom.refused("error.forbidden.member_recused").objects(m.review, "Our own instructors are better employed elsewhere.")
	m.unitedKingdom.refused("error.forbidden.chair").modifies(m.review, "In the Ennedi too.")
	v = m.unitedKingdom.comments(m.review, "The instructors have worked in the Sahel before.")
	m.same("that it is recused stands beside its comment", v.Comments[0].Recused, true)
	for _, p := range []*person{m.unitedKingdom, m.colombia, m.germany, m.unit, m.chad, m.london} {
		m.holds("what "+p.name+" was told of", written(reasonsOf(p.news())), "review.opened")
	}
	m.turkey.wasTold()
	for _, p := range []*person{m.niger, m.oslo} {
		p.blind().review(m.review)
	}
	m.anybody.refused("error.unauthenticated.missing").review(m.review)
}

// « Le Comité pourra s'appuyer sur l'expérience de la Campagne internationale
// pour l'interdiction des mines terrestres (…) et inviter les États parties (…) à
// participer ponctuellement à ses travaux ».
func (m *mineBan) methods1ObserversAreAssociated() {
	v := m.icbl.comments(m.review, "Many of the teams' villages have women deminers.")
	m.same("what an observer is shown", len(v.Comments), 2)
	m.same("the score that an observer is shown", v.Cases[0].Score == 0 && len(v.Cases[0].Parts) == 0, true)
	m.same("whether it is told from a member", v.Comments[1].Observer && v.Comments[1].For.ID == "icbl", true)
	m.icbl.refused("error.forbidden.action").objects(m.review, "Too short.")
	m.same("whether the members see the score", m.colombia.review(m.review).Cases[0].Score > 0, true)
	side := m.chad.review(m.review)
	m.same("the comments that a side reads", len(side.Comments), 0)
	m.same("the score that a side reads", side.Cases[0].Score > 0, true)

	// Niger is invited to one meeting, and sees the review while it lasts.
	guest := m.observer("NE")
	guest.blind().review(m.review)
	m.germany.invites("enhancement", "NE", "2020-03-10", "2020-03-10", "Meeting of March")
	m.same("what the guest reads", len(guest.review(m.review).Comments), 2)
	m.until("2020-03-11")
	guest.blind().review(m.review)
}

// « Examiner les questions liées au genre et les divers besoins et expériences
// des personnes dans les communautés affectées ».
func (m *mineBan) mandate5GenderIsExamined() {
	m.same("the advice that is to be given", m.germany.review(m.review).Advice.Given, false)
	m.same("by whom", m.germany.review(m.review).Advice.Adviser.ID, "CO")
	m.germany.refused("error.forbidden.adviser").advises(m.review, "Teams of women and men.")
	m.colombia.advises(m.review, "One of the two teams should consist of women, who reach the women of the villages.")
	for _, p := range []*person{m.germany, m.turkey, m.unitedKingdom, m.unit, m.icbl} {
		a := p.review(m.review).Advice
		m.same("the advice that "+p.name+" reads", a.Given && a.Country.ID == "CO", true)
	}
	m.same("the advice that a side reads", m.chad.review(m.review).Advice.Given, false)
	m.same("the step", m.germany.review(m.review).Status, "open") // it is no veto
}

// « Le Comité s'efforcera d'obtenir l'accord de tous dans tous les aspects de
// son action »: Germany objects, and the silence stops.
func (m *mineBan) methods1AgreementOfAllIsSought() {
	m.until("2020-03-12")
	v := m.germany.objects(m.review, "Equipment for the teams is missing, and without it the training will be lost.")
	m.same("the step", v.Status, "objected")
	m.same("why it stopped", v.Silences[0].Left, 3)
	m.germany.refused("error.state.review.objected").objects(m.review, "And again.")
	for _, p := range []*person{m.chad, m.london} {
		o := p.review(m.review).Objections
		m.same("what "+p.name+" learns of the objection", len(o) == 1 && o[0].Stands && o[0].Text == "" && o[0].Country.ID == "", true)
	}
	m.same("what a member learns of it", m.colombia.review(m.review).Objections[0].Country.ID, "DE")
	m.same("what an observer learns of it", len(m.icbl.review(m.review).Objections), 0)
	for _, p := range []*person{m.turkey, m.colombia, m.unitedKingdom, m.chad, m.chadApprover, m.london, m.unit} {
		m.same("the last news of "+p.name, last(reasonsOf(p.news())), "review.objected")
	}
	m.same("the deadlines of Turkey", kindsOf(m.turkey.clocks("review/"+m.review)), []string{"objection", "silence"})
	m.until("2020-04-01") // the days go by, and nothing is endorsed
	m.same("the step", m.germany.review(m.review).Status, "objected")
	m.same("the proposal", m.chad.proposal(m.proposal).Status, "in_review")
	m.holds("what the chair is reminded of half-way", written(reasonsOf(m.turkey.news())), "clocks.due")
}

// « guider » and « publier des communications »: who presides words it anew, both
// sides agree, and all may look again.
func (m *mineBan) mandate2BothSidesAgreeToAnotherText() {
	const text = "The instructors bring the detectors of two teams, which stay in Chad; one team is of women."
	m.germany.refused("error.forbidden.chair").modifies(m.review, text)
	m.unitedKingdom.refused("error.forbidden.chair").modifies(m.review, text)
	v := m.turkey.modifies(m.review, text)
	m.same("the step", v.Status, "modifying")
	m.tick()
	for _, p := range []*person{m.chad, m.chadApprover, m.london} {
		m.holds("what "+p.name+" is asked", written(reasonsOf(p.news())), "clocks.due")
		m.same("the deadlines of "+p.name, kindsOf(p.clocks("review/"+m.review)), []string{"consent"})
	}
	m.niger.blind().agrees(m.review)
	m.turkey.refused("error.forbidden.action").agrees(m.review)
	v = m.chad.agrees(m.review)
	m.same("the step when one side has agreed", v.Status, "modifying")
	m.same("the answer of Chad that London sees", answered(m.london.review(m.review).Modifications[0].Asked), []string{"", ""})
	v = m.london.agrees(m.review)
	m.same("the step when both have", v.Status, "open")
	m.same("the text", m.germany.review(m.review).Text, text)
	v = m.germany.review(m.review)
	m.same("the objection", v.Objections[0].How, "settled")
	m.same("the new silence", written(v.Silences[len(v.Silences)-1].Why)+written(v.Silences[len(v.Silences)-1].Days), "modified5")

	m.until("2020-04-08") // of five working days, the last is the 8th
	m.same("the step on the last day", m.germany.review(m.review).Status, "open")
	m.until("2020-04-09")
	m.same("the step after it", m.germany.review(m.review).Status, "endorsed")
	for _, p := range []*person{m.chad, m.london, m.turkey, m.unitedKingdom, m.colombia, m.germany, m.unit} {
		m.same("the proposal that "+p.name+" sees", p.proposal(m.proposal).Status, "endorsed")
		m.same("whether the news of "+p.name+" say so", slices.Contains(reasonsOf(p.news()), "review.endorsed"), true)
	}
	m.blindToAll()
	steps := m.unit.statistics().Steps
	m.same("what the secretariat counts", written(steps.Proposed)+written(steps.Endorsed)+written(steps.Introduced), "210")
	m.same("what the public counts", m.anybody.statistics().Steps.Endorsed, 0)
}

// blindToAll are those who have no part in it, now as before.
func (m *mineBan) blindToAll() {
	for _, p := range []*person{m.niger, m.oslo} {
		p.blind().proposal(m.proposal)
		p.blind().review(m.review)
		m.same("the reviews of "+p.name, slices.Contains(reasonsOf(p.news()), "review.endorsed"), false)
	}
}
