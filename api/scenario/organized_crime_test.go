package scenario

import (
	"testing"

	"entente/client"
)

// organizedCrime is the Working Group of Government Experts on Technical
// Assistance in 2009, as its annotated agenda has it.
type organizedCrime struct {
	*world
	partnership                    string
	unodc, chair                   *person
	burkinaFaso, ouagadougou, mali *person // who ask; the second clears
	paris, rome, stockholm         *person // who provide
	sweden                         *person // a Party that speaks in the group
	peru                           *person // takes part in the convention
	delegate                       *person // who sits in the group for Peru
	anybody                        *person

	need, malis, laws string
	italian           string            // the proposal that brings Burkina Faso and Italy together
	offers            map[string]string // by provider
}

// The annotated agenda of the meeting of October 2009 (decision 4/3), and how the
// Conference works.
func TestTheOrganizedCrimeWorkingGroupExaminesAllNeedsAndRecommendsByConsensus(t *testing.T) {
	t.Parallel()
	w := begin(t, "untoc", "2009-08-14")
	g := &organizedCrime{world: w, unodc: w.secretariat(), chair: w.focalPoint("EC", "es"), burkinaFaso: w.focalPoint("BF", "fr"), ouagadougou: w.approver("BF"),
		mali: w.comes("Mali", "fr", grant("focal_point", "ML"), grant("approver", "ML")), paris: w.provider("FR"), rome: w.provider("IT"), stockholm: w.provider("SE"),
		sweden: w.focalPoint("SE", "en"), peru: w.focalPoint("PE", "es"), delegate: w.member("technical-assistance", "PE"), anybody: w.public(), offers: map[string]string{}}
	g.agenda3aStatesAnalyseTheirNeedsInTheQuestionnaires()
	g.agenda3bHelpIsOfferedInALanguageToWhichTheStateAgreed()
	g.agenda3DuplicationIsAvoided()
	g.agenda2TheGroupExaminesTheOverviewOfNeeds()
	g.conferenceATextWithoutConsensusIsWithdrawn()
	g.agenda5TheGroupRecommendsToTheConference()
	g.agenda3dProvidersAndBeneficiariesAreCoordinated()
	g.agenda3cBothSidesCommitThemselves()
	w.isDelivered(assistance{partnership: g.partnership, need: g.need, partners: []*person{g.burkinaFaso, g.rome}, office: g.unodc, outsiders: []*person{g.peru, g.paris},
		begins: "2010-01-11", needs: "met"})
	w.verify()
}

// « une analyse des besoins du pays réalisée par l'État récipiendaire, compte
// tenu des informations fournies dans les réponses aux questionnaires ».
func (g *organizedCrime) agenda3aStatesAnalyseTheirNeedsInTheQuestionnaires() {
	training := client.NewNeed{Beneficiaries: []string{"BF"}, ContentLanguage: "fr",
		Title:   "Formation des magistrats aux enquêtes financières",
		Problem: "Aucun des parquets n’a été formé aux techniques d’enquête sur le blanchiment du produit du crime, et les procédures échouent faute de preuves.",
		Themes:  []string{"untoc-laundering"}, Kinds: []client.Outcome{{Kind: "training", Change: "Les parquets spécialisés mènent des enquêtes financières."}},
		Languages: []client.LanguageWish{{Language: "fr", Strength: "preferred"}}, Interpretation: true, Places: []client.Place{{Country: "BF"}},
		Start: g.on("2010-01-01"), End: g.on("2010-12-31"), Analysis: client.Analysis{Source: "questionnaire", Text: "CTOC/COP/2005/2/Rev.2"},
		Reached: client.Reached{Total: 60}, FocalPoint: client.Contact{Mail: "focal.bf@example.org"}}
	g.need = g.opens(g.burkinaFaso, g.ouagadougou, g.unodc, training).ID
	training.Beneficiaries, training.Places, training.Title = []string{"ML"}, []client.Place{{Country: "ML"}}, "Formation des enquêteurs aux flux financiers"
	training.Languages[0].Strength, training.FocalPoint = "required", client.Contact{Mail: "focal.ml@example.org"}
	g.malis = g.opens(g.mali, g.mali, g.unodc, training).ID
	laws := training
	laws.Title, laws.Kinds = "Loi sur le blanchiment d’argent", []client.Outcome{{Kind: "legal", Change: "Un projet de loi est déposé."}}
	g.laws = g.opens(g.mali, g.mali, g.unodc, laws).ID
	g.unodc.wasTold("need.submit", "need.submit", "need.submit")
}

// « les programmes d'assistance (…) devraient de préférence être offerts dans une
// langue pour laquelle l'État bénéficiaire aura donné son accord ».
func (g *organizedCrime) agenda3bHelpIsOfferedInALanguageToWhichTheStateAgreed() {
	offer := client.NewOffer{Title: "Courses on financial investigation", Description: "Two weeks for thirty prosecutors.", Themes: []string{"untoc-laundering"},
		Kinds: []client.Outcome{{Kind: "training"}}, Firmness: "pledge", Countries: []string{"BF", "ML"}, Capacity: client.Capacity{Unit: "beneficiaries", Quantity: 60},
		Start: g.on("2010-01-01"), End: g.on("2010-12-31")}
	for _, o := range []struct {
		by             *person
		provider, lang string
		interpretation bool
	}{{g.stockholm, "SE", "en", false}, {g.rome, "IT", "en", true}, {g.paris, "FR", "fr", false}} {
		offer.Provider, offer.Languages, offer.Interpretation = o.provider, []string{o.lang}, o.interpretation
		g.offers[o.provider] = g.opensOffer(o.by, g.unodc, offer).ID
	}
	// All else is the same: where French is preferred, it decides, then that
	// somebody interprets, and nobody is left out.
	r := g.burkinaFaso.ranking(g.need)
	g.same("the ranking of Burkina Faso", providersOf(r.Matches), []string{"FR", "IT", "SE"})
	for _, part := range r.Matches[0].Parts {
		if part.Name != "language" && part.Value != partOf(r.Matches[1].Parts, part.Name).Value {
			g.t.Errorf("%s decides beside the language: %s", part.Name, part.Sentence)
		}
	}
	g.holds("why Italy comes second", partOf(r.Matches[1].Parts, "language").Sentence, "interprétation")
	// Where French is required, help in English without interpretation is not
	// proposed; how many that are is counted, and what would help is said.
	r = g.mali.ranking(g.malis)
	g.same("the ranking of Mali", providersOf(r.Matches), []string{"FR", "IT"})
	g.same("what was left out", written(len(r.Filtered))+r.Filtered[0].Reason, "1language")
	g.holds("what is suggested to Mali", r.Change.Sentence, "anglais")

	g.unodc.matches()
	g.same("the proposals of Burkina Faso", len(g.burkinaFaso.proposals(g.need)), 3)
	g.same("those that Stockholm sees of them", len(g.stockholm.proposals(g.need)), 1)
	// The group examines all needs in aggregate: pairings are nothing to it.
	for _, p := range []*person{g.peru, g.delegate} {
		g.same("those that "+p.name+" sees", len(p.proposals(g.need)), 0)
		p.blind().proposal(g.burkinaFaso.proposals(g.need)[0].ID)
		p.refused("error.forbidden.matches").ranking(g.need)
		p.wasTold()
	}
	g.burkinaFaso.wasTold("need.admit", "proposals.posting")
	g.mali.wasTold("need.admit", "need.admit", "proposals.posting")
	g.unodc.wasTold("offer.submit", "offer.submit", "offer.submit", "proposals.secretariat")
}

// « coordination entre les donateurs » and « évite les doubles emplois »: what is
// already under way is shown to who asks, to who offers, and to UNODC.
func (g *organizedCrime) agenda3DuplicationIsAvoided() {
	running, err := g.rome.c.CreateActivityWithResponse(g.t.Context(), nil, client.NewActivity{Convention: "untoc", Title: "Seminars on financial investigation",
		Beneficiaries: []string{"BF"}, Providers: []string{"IT"}, Themes: []string{"untoc-laundering"}, Kinds: []client.Kind{"training"}, Start: g.on("2009-06-01"), End: g.on("2010-06-30")})
	g.rome.ok(err)
	for _, p := range []*person{g.burkinaFaso, g.paris, g.unodc} {
		like := p.duplicates(g.need)
		g.same("what "+p.name+" is shown", len(like) == 1 && like[0].ID == running.JSON201.ID && len(like[0].Reasons) > 0, true)
	}
	_, err = g.paris.c.DecideDuplicateWithResponse(g.t.Context(), g.need, client.DuplicateDecision{Of: running.JSON201.ID, Decision: "different"})
	g.paris.refused("error.forbidden.action").ok(err)
	_, err = g.burkinaFaso.c.DecideDuplicateWithResponse(g.t.Context(), g.need, client.DuplicateDecision{Of: running.JSON201.ID, Decision: "coordinated"})
	g.burkinaFaso.ok(err)
	g.same("what Paris reads of it", g.paris.duplicates(g.need)[0].Decision.Decision, "coordinated")
	g.unodc.wasTold("duplicate.decide")
	g.ouagadougou.wasTold("need.admit", "proposals.posting", "duplicate.decide")
}

// « Le Groupe de travail est saisi d'un document résumant les besoins
// d'assistance technique identifiés par les États ».
func (g *organizedCrime) agenda2TheGroupExaminesTheOverviewOfNeeds() {
	g.unodc.elects("technical-assistance", "EC", "2009-10-01", "2010-09-30")
	g.until("2009-10-01")
	for _, p := range []*person{g.chair, g.sweden, g.peru, g.anybody} {
		o := p.overview("technical-assistance")
		g.same("the needs that "+p.name+" counts", written(o.Needs)+written(o.States)+written(o.Offers), "323")
		g.same("what is asked for and not offered", o.Gaps[0].Kind.ID, "legal")
		g.same("the languages in which help is asked for", o.Languages[0].ID, "fr")
	}
}

// « Lorsqu'aucun consensus n'est atteint, le texte est soit modifié, soit
// retiré. »
func (g *organizedCrime) conferenceATextWithoutConsensusIsWithdrawn() {
	title := client.OfficialText{"en": "Priorities of technical assistance", "fr": "Priorités de l’assistance technique"}
	g.peru.refused("error.forbidden.action").writes("technical-assistance", title, client.OfficialText{"en": "Everything first."})
	text := g.chair.writes("technical-assistance", title, client.OfficialText{"en": "The Working Group recommends that providers finance every need of the overview."})
	g.same("to whom it is addressed", text.Addressee.ID, "conference")
	g.sweden.blind().text(text.ID)
	g.chair.tables(text.ID)
	for _, p := range []*person{g.sweden, g.peru, g.burkinaFaso, g.unodc} {
		g.holds("what "+p.name+" was told of", written(reasonsOf(p.news())), "recommendation.table")
		g.same("the text that "+p.name+" reads", p.text(text.ID).Status, "tabled")
	}
	g.anybody.blind().text(text.ID)
	g.peru.refused("error.forbidden.action").objectsToText(text.ID, "SE", "We cannot join.")
	g.sweden.objectsToText(text.ID, "SE", "It goes beyond the mandate of the Working Group.")
	g.same("the objection that Peru reads", g.peru.text(text.ID).Objections[0].Country, "SE")
	g.chair.refused("error.state.no_consensus").adopts(text.ID, "technical-assistance", "")
	g.chair.withdrawsText(text.ID, "There was no consensus.")
	g.same("what became of it", g.peru.text(text.ID).Status, "withdrawn")
	g.anybody.blind().text(text.ID)
	g.holds("what Peru was told of", written(reasonsOf(g.peru.news())), "recommendation.withdraw")
}

// « soumettre des recommandations sur le sujet à la Conférence »; « Le Groupe de
// travail doit adopter un rapport dont le projet sera rédigé par le Secrétariat ».
func (g *organizedCrime) agenda5TheGroupRecommendsToTheConference() {
	g.until("2009-10-02")
	text := g.unodc.writes("technical-assistance", client.OfficialText{"en": "Training and legislation", "fr": "Formation et législation"},
		client.OfficialText{"en": "The Working Group recommends that providers give priority to training and to legislative assistance, in a language to which the beneficiary agreed.",
			"fr": "Le Groupe de travail recommande que les prestataires accordent la priorité à la formation et à l’assistance législative, dans une langue pour laquelle le bénéficiaire a donné son accord."})
	g.same("the languages in which it is still to be written", codesOf(text.MissingLanguages), []string{"ar", "zh", "ru", "es"})
	g.unodc.tables(text.ID)
	g.sweden.refused("error.forbidden.action").adopts(text.ID, "technical-assistance", "")
	g.unodc.adopts(text.ID, "technical-assistance", "Report of the Working Group, paragraph 6")
	r := g.anybody.text(text.ID)
	g.same("what everybody reads", r.Status, "adopted")
	g.same("where it is recorded", r.Adoptions[0].Record, "Report of the Working Group, paragraph 6")
	for _, p := range []*person{g.sweden, g.peru, g.burkinaFaso, g.chair} {
		g.same("the last news of "+p.name, last(reasonsOf(p.news())), "recommendation.adopt")
	}
}

// « coordination efficace entre États prestataires et bénéficiaires »: UNODC
// brings both together, one proposal after the other.
func (g *organizedCrime) agenda3dProvidersAndBeneficiariesAreCoordinated() {
	proposals := map[string]string{}
	for _, p := range g.burkinaFaso.proposals(g.need) {
		proposals[p.Offers[0].Participants[0].ID] = p.ID
	}
	// Nobody had to wait for UNODC: the look was over in August, and the platform
	// has introduced what came first.
	intros := g.burkinaFaso.introductions(g.need)
	g.same("the introductions of Burkina Faso", len(intros), 1)
	g.same("to whom it was introduced", intros[0].Offers[0].Participants[0].ID, "FR")
	g.same("by what", intros[0].IntroducedBy, "clock")
	g.chair.blind().introduction(intros[0].ID)
	g.rome.blind().introduction(intros[0].ID)
	// Paris declines: why is told to nobody but UNODC, and Italy comes up.
	g.paris.replies(intros[0].ID, "declined", "capacity_used")
	g.same("the reason that Burkina Faso reads", reasonOf(g.burkinaFaso.introduction(intros[0].ID), "FR"), "")
	g.same("the reason that UNODC reads", reasonOf(g.unodc.introduction(intros[0].ID), "FR"), "capacity_used")
	g.same("the step of the proposal", g.burkinaFaso.proposal(proposals["FR"]).Status, "declined")
	g.sweden.blind().introduces(proposals["IT"])
	g.rome.refused("error.forbidden.action").introduces(proposals["IT"])
	g.unodc.introduces(proposals["IT"])
	g.italian = proposals["IT"]
	x := g.rome.introductions(g.need)[0]
	g.rome.replies(x.ID, "interested", "")
	g.burkinaFaso.replies(x.ID, "interested", "")
	g.same("the step with Italy", g.rome.proposal(proposals["IT"]).Status, "in_talks")
	steps := g.unodc.statistics().Steps
	g.same("what UNODC counts", written(steps.Endorsed)+written(steps.Introduced), "03") // Mali was introduced too, once
}

func reasonOf(x client.Introduction, participant string) string {
	for _, a := range x.Asked {
		if a.Participant.ID == participant {
			return a.Reason
		}
	}
	return ""
}

// « une approche axée sur les partenariats, d'objectifs communs, et d'un
// engagement de la part des bénéficiaires et des prestataires ».
func (g *organizedCrime) agenda3cBothSidesCommitThemselves() {
	id := g.rome.proposesTerms(g.italian, client.PartnershipTerms{Start: g.on("2010-01-11"), End: g.on("2010-12-17"), Languages: []string{"en"}, Plan: "Two courses of two weeks, interpreted into French.",
		Providers: []client.Share{{Offer: g.offers["IT"], Provider: "IT", Lead: true, Role: "implementing", Kinds: []client.Kind{"training"}, Quantity: 45}}}).ID
	for _, p := range []*person{g.paris, g.peru, g.delegate, g.chair} {
		p.blind().agreement(id)
	}
	g.same("what UNODC reads of the terms", len(g.unodc.agreement(id).Versions), 1)
	x := g.ouagadougou.accepts(id, 1)
	g.same("the step when the approver has accepted", x.Status, "agreed")
	g.partnership = x.Partnership
	g.same("the need", g.anybody.reads(g.need).Status, "covered")
	g.same("the need of Mali", g.anybody.reads(g.malis).Status, "open")
	g.same("who helps whom, as everybody reads", g.anybody.partnership(x.Partnership).Providers[0].Provider, "IT")
	g.same("the needs that are left in the overview", g.anybody.overview("technical-assistance").Needs, 2)
}
