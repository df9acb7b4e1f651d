package scenario

import (
	"testing"

	"entente/client"
)

// tobacco is the Convention Secretariat at its work, as its page describes it.
type tobacco struct {
	*world
	partnership                 string
	secretariat                 *person
	madagascar, antananarivo    *person // who asks; the second clears
	hub, kenya, norway          *person // who provide
	rwanda                      *person // on the Bureau
	mozambique                  *person // takes part in the convention
	anybody                     *person
	need, assessment, proposal  string
	advice, instructors, budget string // the three offers
}

// The page of the Convention Secretariat: its functions and domains of work.
func TestTheTobaccoSecretariatAssessesNeedsJointlyAndBringsTriangularCooperationAbout(t *testing.T) {
	t.Parallel()
	w := begin(t, "fctc", "2024-03-04")
	c := &tobacco{world: w, secretariat: w.secretariat(), madagascar: w.focalPoint("MG", "fr"), antananarivo: w.approver("MG"),
		kenya: w.provider("KE"), norway: w.provider("NO"), rwanda: w.member("bureau", "RW"), mozambique: w.focalPoint("MZ", "en"), anybody: w.public()}
	c.domain4APartyAsksForTechnicalAssistance()
	c.domain4ANeedsAssessmentIsHeldJointly()
	c.domain4AssistanceFollowsTheMission()
	c.domain3KnowledgeHubsAreCoordinated()
	c.theIndustryHasNoPartInIt()
	c.domain5TriangularCooperationIsPromoted()
	c.domain4AllWhoHelpAreBroughtTogether()
	c.domain5AllOfThemComeToTerms()
	w.isDelivered(assistance{partnership: c.partnership, need: c.need, partners: []*person{c.madagascar, c.hub, c.kenya, c.norway}, office: c.secretariat, outsiders: []*person{c.mozambique},
		begins: "2024-09-02", pays: c.norway, share: 3, money: client.Money{Amount: "60000.00", Currency: "USD"}, needs: "met"})
	w.verify()
}

// « Apporter une assistance technique aux Parties qui en font la demande. »
func (c *tobacco) domain4APartyAsksForTechnicalAssistance() {
	c.need = c.madagascar.drafts(client.NewNeed{Beneficiaries: []string{"MG"}, Title: "Appui à la lutte antitabac", ContentLanguage: "fr",
		Themes: []string{"fctc-demand"}, Kinds: []client.Outcome{{Kind: "legal"}}, Excluded: []string{"KR"},
		FocalPoint: client.Contact{Mail: "focal.mg@example.org"}}).ID
	n := c.madagascar.reads(c.need)
	c.same("whether it is told what would make it more specific", len(n.Missing) > 2, true)
	c.same("the help that it is offered", written(n.HelpOffered), "[drafting mission]")
	for _, p := range []*person{c.secretariat, c.norway, c.rwanda, c.anybody} {
		p.blind().reads(c.need) // a draft is nobody else's
	}
	x := c.madagascar.asksForHelp(c.need, "mission", "Nous ne savons pas par où commencer.")
	c.assessment = x.ID
	c.secretariat.wasTold("assessment.request")
	c.antananarivo.wasTold("assessment.request")
	seen := c.secretariat.assessment(c.assessment)
	c.same("the draft that the secretariat is shown", seen.Draft["title"], "Appui à la lutte antitabac")
	c.same("whom the draft excludes, as the secretariat is shown it", seen.Draft["excluded"], nil)
	for _, p := range []*person{c.rwanda, c.mozambique, c.norway} {
		p.blind().assessment(c.assessment)
	}
	c.anybody.refused("error.unauthenticated.missing").assessment(c.assessment)
}

// « Mener des évaluations conjointes des besoins ».
func (c *tobacco) domain4ANeedsAssessmentIsHeldJointly() {
	c.madagascar.refused("error.forbidden.action").acceptsToHelp(c.assessment)
	c.secretariat.acceptsToHelp(c.assessment, "KE")
	c.secretariat.proposesDays(c.assessment, "2024-04-08", "2024-04-12")
	x := c.madagascar.proposesDays(c.assessment, "2024-04-15", "2024-04-18")
	c.same("the step while the days differ", x.Status, "accepted")
	x = c.secretariat.proposesDays(c.assessment, "2024-04-15", "2024-04-18")
	c.same("the step when both propose the same", x.Status, "scheduled")
	c.madagascar.wasTold("assessment.accept", "assessment.propose_dates", "assessment.propose_dates")
	c.secretariat.refused("error.invalid.past_date").heldMission(c.assessment, "2024-04-18")
	c.until("2024-04-19")
	c.secretariat.heldMission(c.assessment, "2024-04-18")
	c.secretariat.reportsOn(c.assessment, "Interviews with the ministry of health, the customs and three towns.", client.ProposedFields{
		"title":   "Loi sur les espaces sans tabac et formation de ses agents",
		"problem": "La loi de 2013 ne prévoit ni espaces sans tabac ni sanctions, et personne au ministère n’a jamais rédigé de telles dispositions.",
		"themes":  []string{"fctc-art8"},
		"kinds": []any{map[string]string{"kind": "legal", "change": "Un projet de loi est déposé."}, map[string]string{"kind": "training", "change": "Les agents de dix villes appliquent la loi."},
			map[string]string{"kind": "finance", "change": "La campagne d’information est financée."}},
		"costs":     []any{map[string]string{"activity": "Campagne d’information", "currency": "USD", "cost": "80000", "national": "20000", "sought": "60000"}},
		"languages": []any{map[string]string{"language": "fr", "strength": "preferred"}, map[string]string{"language": "en", "strength": "preferred"}},
		"start":     "2024-09-01", "end": "2025-08-31", "places": []any{map[string]string{"country": "MG"}}, "urgency": "high"})
	c.madagascar.wasTold("assessment.hold", "assessment.report")
	c.same("what the report has changed in the need by itself", c.madagascar.reads(c.need).Title, "Appui à la lutte antitabac")
	c.mozambique.blind().assessment(c.assessment)
}

// « fournir une assistance suite à ces missions »: the State takes over what it
// wants, and posts its need.
func (c *tobacco) domain4AssistanceFollowsTheMission() {
	c.secretariat.refused("error.forbidden.action").takesOver(c.assessment, "title")
	c.madagascar.takesOver(c.assessment, "title", "problem", "themes", "kinds", "costs", "languages", "start", "end", "places")
	n := c.madagascar.reads(c.need)
	c.same("what it left out", n.Urgency, "")
	c.same("where the analysis comes from", n.Analysis.Source, "joint_assessment")
	c.antananarivo.submits(c.need)
	c.secretariat.admits(c.need)
	n = c.anybody.reads(c.need)
	c.same("what everybody reads", written(n.Status)+string(n.Analysis.Source), "openjoint_assessment")
	c.same("whether the public is told what is missing", len(n.Missing), 0)
	c.secretariat.wasTold("assessment.propose_dates", "assessment.fill", "need.submit")
}

// « Coordonner les travaux des Pôles de connaissances »: one offers what it can
// to whoever asks.
func (c *tobacco) domain3KnowledgeHubsAreCoordinated() {
	_, err := c.secretariat.c.CreateOrganisationWithResponse(c.t.Context(), nil, client.NewOrganisation{Convention: "fctc", ID: "hub-legal",
		Name: "Knowledge Hub on Legal Challenges", Sort: "institution", Seat: "AU"})
	c.secretariat.ok(err)
	c.anybody.blind().organisation("hub-legal")
	_, err = c.secretariat.c.AdmitOrganisationWithResponse(c.t.Context(), "hub-legal", &client.AdmitOrganisationParams{Convention: "fctc", IfMatch: "*"})
	c.secretariat.ok(err)
	c.hub = c.provider("hub-legal")
	c.same("what everybody reads of the hub", c.anybody.organisation("hub-legal").Status, "admitted")
}

// « faire contrepoids à l'industrie »: an organization declares that it has no tie
// to it, or does not offer.
func (c *tobacco) theIndustryHasNoPartInIt() {
	offer := client.NewOffer{Convention: "fctc", Provider: "hub-legal", Type: "standing", Title: "Advice on laws", Description: "Lawyers who have drafted and defended such laws.",
		Themes: []string{"fctc-art8", "fctc-art19"}, Kinds: []client.Outcome{{Kind: "legal"}}, Languages: []string{"en", "fr"}, Firmness: "indication"}
	made, err := c.hub.c.CreateOfferWithResponse(c.t.Context(), nil, offer)
	c.hub.ok(err)
	c.advice = made.JSON201.ID
	submit := func(p *person) {
		_, err := p.c.SubmitOfferWithResponse(c.t.Context(), c.advice, nil, client.SubmitOffer{})
		p.ok(err)
	}
	submit(c.hub.refused("error.invalid.declaration"))
	_, err = c.hub.c.DeclareOrganisationWithResponse(c.t.Context(), "hub-legal", &client.DeclareOrganisationParams{Convention: "fctc", IfMatch: "*"},
		client.NewStatement{Declaration: "no-tobacco-ties", Date: c.today(), Office: "Director"})
	c.hub.ok(err)
	submit(c.hub)
	_, err = c.secretariat.c.AdmitOfferWithResponse(c.t.Context(), c.advice, nil)
	c.secretariat.ok(err)
	c.same("what it declares", c.anybody.organisation("hub-legal").Declarations[0].Declaration, "no-tobacco-ties")
}

// « Promouvoir la coopération Sud-Sud et la coopération triangulaire. »
func (c *tobacco) domain5TriangularCooperationIsPromoted() {
	c.instructors = c.opensOffer(c.kenya, c.secretariat, client.NewOffer{Provider: "KE", Title: "Officers who train officers", Description: "Inspectors of three towns.", Themes: []string{"fctc-art8"},
		Kinds: []client.Outcome{{Kind: "training"}}, Languages: []string{"en"}, Firmness: "pledge", Regions: []string{"afro"},
		Capacity: client.Capacity{Unit: "person_days", Quantity: 40}}).ID
	c.budget = c.opensOffer(c.norway, c.secretariat, client.NewOffer{Provider: "NO", Title: "Grants for campaigns", Description: "Up to two campaigns.", Themes: []string{"fctc-demand"},
		Kinds: []client.Outcome{{Kind: "finance"}}, Firmness: "commitment", Ceiling: client.Money{Amount: "100000", Currency: "USD"}, Capacity: client.Capacity{Unit: "amount"}}).ID
	bundles := c.madagascar.ranking(c.need).Bundles
	c.same("the bundles that Madagascar is shown", len(bundles.Items), 1)
	c.same("the mark", bundles.Items[0].Marks[0].Name, "triangular")
	c.norway.refused("error.forbidden.matches").ranking(c.need)

	c.secretariat.matches()
	for _, p := range c.madagascar.proposals(c.need) {
		if p.Offers[0].ID == c.instructors {
			c.same("the mark of Kenya's alone", p.Marks[0].Name, "south_south")
		}
	}
	c.norway.refused("error.forbidden.action").proposesTogether(c.need, c.advice, c.instructors, c.budget)
	c.rwanda.refused("error.forbidden.action").proposesTogether(c.need, c.advice, c.instructors, c.budget) // the secretariat facilitates
	c.secretariat.refused("error.state.bundle").proposesTogether(c.need, c.advice, c.instructors)
	q := c.secretariat.proposesTogether(c.need, c.advice, c.instructors, c.budget)
	c.proposal = q.ID
	for _, p := range []*person{c.madagascar, c.antananarivo, c.hub, c.kenya, c.norway, c.rwanda} {
		q = p.proposal(c.proposal)
		c.same("the offers that "+p.name+" sees in it", len(q.Offers), 3)
		c.same("the mark that "+p.name+" sees", q.Marks[0].Name, "triangular")
		c.same("the last news of "+p.name, last(reasonsOf(p.news())), "proposal.proposed")
	}
	c.mozambique.blind().proposal(c.proposal)
	c.anybody.refused("error.unauthenticated.missing").proposal(c.proposal)
	c.mozambique.wasTold()
	c.until("2024-04-22")
	c.secretariat.matches() // a run keeps what still covers the need
	c.same("the step", c.kenya.proposal(c.proposal).Status, "proposed")
}

// « fournir une assistance suite à ces missions »: the secretariat brings all of
// them together at once, and each answers for itself.
func (c *tobacco) domain4AllWhoHelpAreBroughtTogether() {
	c.until("2024-04-29")
	c.kenya.refused("error.forbidden.action").introduces(c.proposal)
	c.secretariat.introduces(c.proposal)
	x := c.madagascar.introductions(c.need)[0]
	c.same("who is asked", len(x.Asked), 4)
	for _, p := range []*person{c.rwanda, c.mozambique} {
		p.blind().introduction(x.ID)
	}
	for _, p := range []*person{c.hub, c.kenya, c.madagascar} {
		c.same("the step when "+p.name+" wants to talk", p.replies(x.ID, "interested", "").Status, "asked")
	}
	c.same("the step when all want to", c.norway.replies(x.ID, "interested", "").Status, "interested")
	c.same("the proposal", c.kenya.proposal(c.proposal).Status, "in_talks")
}

// « la coopération triangulaire »: three providers and one State agree on one
// plan, at the moment in which the last of them does.
func (c *tobacco) domain5AllOfThemComeToTerms() {
	terms := client.PartnershipTerms{Start: c.on("2024-09-02"), End: c.on("2025-08-29"), Languages: []string{"fr", "en"}, Plan: "The bill first, then the officers, then the campaign.",
		Providers: []client.Share{{Offer: c.advice, Provider: "hub-legal", Lead: true, Role: "implementing", Kinds: []client.Kind{"legal"}},
			{Offer: c.instructors, Provider: "KE", Role: "implementing", Kinds: []client.Kind{"training"}, Quantity: 20},
			{Offer: c.budget, Provider: "NO", Role: "funding", Kinds: []client.Kind{"finance"}, Pledged: client.Money{Amount: "60000", Currency: "USD"}}}}
	id := c.hub.proposesTerms(c.proposal, terms).ID
	c.kenya.accepts(id, 1)
	c.norway.accepts(id, 1)
	c.same("the offer of Norway while Madagascar has not accepted", c.norway.readsOffer(c.budget).Taken.Amount.Amount, "")
	x := c.antananarivo.accepts(id, 1)
	c.same("the step when the last has", x.Status, "agreed")
	c.partnership = x.Partnership
	c.same("the need", c.anybody.reads(c.need).Status, "covered")
	c.same("what is taken of the offer of Norway", c.norway.readsOffer(c.budget).Taken.Amount.Amount, "60000.00")
	c.same("whether the hub is there for others", c.anybody.readsOffer(c.advice).Status, "open")
	c.same("who helps, as everybody reads", len(c.anybody.partnership(x.Partnership).Providers), 3)
	c.mozambique.blind().agreement(id)
}
