package scenario

import "entente/client"

// « Accroître et renforcer la coordination avec d'autres comités, notamment (…)
// en envisageant la présentation de conclusions conjointes ».
func (m *mineBan) methods3ConclusionsArePresentedJointly() {
	joint := client.NewRecommendation{Convention: "apmbc", Output: "conclusions_and_recommendations", Bodies: []string{"enhancement", "article-5"},
		Title: client.OfficialText{"en": "Survey in the Sahel", "fr": "Enquêtes au Sahel"}, Text: client.OfficialText{"en": "States that seek help with survey state what is to change.", "fr": "Les États qui demandent un appui aux enquêtes indiquent ce qui doit changer."}}
	made, err := m.colombia.c.CreateRecommendationWithResponse(m.t.Context(), nil, joint)
	m.colombia.ok(err)
	id := made.JSON201.ID
	m.same("to whom it is addressed", made.JSON201.Addressee.ID, "meeting")
	m.chad.blind().text(id)
	m.colombia.tables(id)
	m.chad.refused("error.forbidden.action").objectsToText(id, "TD", "It is not ours to say.")
	m.germany.adopts(id, "enhancement", "")
	m.same("the step when one of the bodies has adopted it", m.chad.text(id).Status, "tabled")
	m.anybody.blind().text(id)
	m.germany.refused("error.forbidden.action").adopts(id, "article-5", "")
	m.unit.adopts(id, "article-5", "")
	m.same("what everybody reads when both have", m.anybody.text(id).Status, "adopted")
}

// « des mandats de deux ans se chevauchant »; « Chaque année, le Comité élira un
// président représentant l'un des États parties en fonctions pour la seconde
// année de son mandat ».
func (m *mineBan) compositionEachYearAChairIsElected() {
	m.until("2020-12-02") // a month before two of the terms end
	for _, p := range []*person{m.unit, m.colombia, m.germany, m.turkey, m.unitedKingdom} {
		m.holds("what "+p.name+" was told of", written(reasonsOf(p.news())), "committee.roll_over")
	}
	m.niger.wasTold()
	m.germany.refused("error.invalid.rule_chair_member").elects("enhancement", "TR", "2021-01-01", "2021-12-31")
	m.unit.names("enhancement", client.TermContent{Country: "SE", From: m.on("2021-01-01"), Until: m.on("2022-12-31"), As: []client.TermContentAs{"provider"}})
	m.unit.names("enhancement", client.TermContent{Country: "KH", From: m.on("2021-01-01"), Until: m.on("2022-12-31"), As: []client.TermContentAs{"affected"}})
	m.germany.refused("error.invalid.rule_chair_second_year").elects("enhancement", "SE", "2021-01-01", "2021-12-31")
	m.germany.elects("enhancement", "CO", "2021-01-01", "2021-12-31")
	m.until("2021-01-04")
	c := m.anybody.committee("enhancement")
	m.same("what the committee of 2021 lacks", len(c.Findings), 0)
	m.turkey.refused("error.forbidden.action").invites("enhancement", "NE", "2021-01-04", "2021-01-04", "")
	m.colombia.invites("enhancement", "NE", "2021-01-04", "2021-01-04", "")
}
