package scenario

import (
	"slices"
	"testing"

	"entente/client"
)

// mineBan is the Committee on the Enhancement of Cooperation and Assistance in
// 2020, as its page shows it: the United Kingdom in the chair, Turkey, Colombia
// and Germany.
type mineBan struct {
	*world
	unitedKingdom, turkey, colombia, germany *person // on the committee
	unit                                     *person // the Implementation Support Unit
	icbl                                     *person
	chad, chadApprover                       *person
	london, oslo                             *person // who offer
	niger                                    *person // takes part in the convention and in nothing here
	anybody                                  *person

	action   string // a commitment of the action plan
	need     string
	british  string // the offer of the United Kingdom
	proposal string // that pairs the two
	review   string

	introduction, partnership string
}

// The page of the committee: composition, role, mandate and methods of work.
func TestTheMineBanCommitteeBringsAStateThatSeeksAssistanceAndOneThatProvidesItTogether(t *testing.T) {
	t.Parallel()
	w := begin(t, "apmbc", "2020-03-02")
	m := &mineBan{world: w, unitedKingdom: w.member("enhancement", "GB"), turkey: w.member("enhancement", "TR"),
		colombia: w.member("enhancement", "CO"), germany: w.member("enhancement", "DE"), unit: w.secretariat(), icbl: w.observer("icbl"),
		chad: w.focalPoint("TD", "fr"), chadApprover: w.approver("TD"), london: w.provider("GB"), oslo: w.provider("NO"),
		niger: w.focalPoint("NE", "fr"), anybody: w.public()}
	m.compositionFourStatesOfWhichOneAffectedAndOneProvider()
	m.methods2AFocalPointForGenderAmongTheMembers()
	m.mandate4TheCommitmentsOfTheOsloActionPlanAreReported()
	m.mandate2StatesThatSeekAndThatProvideExchangeInformation()
	m.mandate2ThePairingIsShownToBothSidesFirst()
	m.compositionTheChairDirectsAndARecusedOneDoesNot()
	m.methods1ObserversAreAssociated()
	m.mandate5GenderIsExamined()
	m.methods1AgreementOfAllIsSought()
	m.mandate2BothSidesAgreeToAnotherText()
	m.mandate2BothSidesAreBroughtTogether()
	m.mandate2BothSidesComeToTerms()
	m.methods3ConclusionsArePresentedJointly()
	m.compositionEachYearAChairIsElected()
	w.isDelivered(assistance{partnership: m.partnership, need: m.need, partners: []*person{m.chad, m.london}, office: m.unit, outsiders: []*person{m.niger, m.oslo},
		begins: "2020-09-01", pays: m.london, share: 1, money: client.Money{Amount: "100000.00", Currency: "EUR"}, needs: "met"})
	w.same("what the secretariat counts as delivered", m.unit.statistics().Steps.Delivered, 1)
	w.verify()
}

// « un groupe représentatif de quatre États en fonctions pour des mandats de
// deux ans se chevauchant, dont un État partie touché par les mines et un État
// partie prestataire ».
func (m *mineBan) compositionFourStatesOfWhichOneAffectedAndOneProvider() {
	c := m.anybody.committee("enhancement")
	var sitting []string
	for _, term := range c.Terms {
		if term.Current {
			sitting = append(sitting, term.Country)
		}
	}
	slices.Sort(sitting)
	m.same("the members", sitting, []string{"CO", "DE", "GB", "TR"})
	m.same("what of members and chair is missing", fieldsOf(c.Findings), []string{"members"})
	m.unit.refused("error.invalid.rule_seats").names("enhancement", client.TermContent{Country: "SE", From: m.on("2020-03-02"), Until: m.on("2021-12-31")})
	m.germany.refused("error.forbidden.action").names("enhancement", client.TermContent{Country: "SE", From: m.on("2021-01-01"), Until: m.on("2022-12-31")})
}

// « Désigner un point focal parmi ses membres pour fournir des conseils sur
// l'intégration de la dimension de genre ».
func (m *mineBan) methods2AFocalPointForGenderAmongTheMembers() {
	m.germany.refused("error.invalid.rule_adviser_member").designates("enhancement", "SE", "2020-03-02", "2020-12-31")
	c := m.germany.designates("enhancement", "CO", "2020-03-02", "2021-12-31")
	m.same("who advises", c.Adviser.ID, "CO")
	m.same("what is missing", len(c.Findings), 0)
}

// « Examiner les informations pertinentes fournies par les États parties sur la
// mise en œuvre des engagements du Plan d'action d'Oslo ».
func (m *mineBan) mandate4TheCommitmentsOfTheOsloActionPlanAreReported() {
	made, err := m.unit.c.CreateCommitmentWithResponse(m.t.Context(), nil, client.NewCommitment{Convention: "apmbc", Code: "Action 19", Plan: "Oslo Action Plan",
		Title: client.CommitmentTitle{"en": "Survey all areas suspected to be dangerous", "fr": "Enquêter sur toutes les zones soupçonnées dangereuses"}, Themes: []string{"apmbc-survey"}})
	m.unit.ok(err)
	report := client.NewProgress{Country: "TD", Date: m.on("2020-03-02"), Status: "under_way", Note: "Le Tibesti reste à enquêter."}
	_, err = m.niger.c.ReportProgressWithResponse(m.t.Context(), made.JSON201.ID, nil, report)
	m.niger.refused("error.forbidden.action").ok(err)
	_, err = m.chad.c.ReportProgressWithResponse(m.t.Context(), made.JSON201.ID, nil, report)
	m.chad.ok(err)
	m.action = made.JSON201.ID
}

// « Faciliter l'instauration de partenariats entre les États parties qui
// cherchent à bénéficier d'une assistance et ceux qui sont en mesure de fournir
// cette assistance, notamment par le biais d'outils pour l'échange
// d'informations ».
func (m *mineBan) mandate2StatesThatSeekAndThatProvideExchangeInformation() {
	m.need = m.opens(m.chad, m.chadApprover, m.unit, client.NewNeed{Beneficiaries: []string{"TD"}, ContentLanguage: "fr",
		Title:   "Enquêtes techniques et remise à disposition des terres dans le Tibesti",
		Problem: "Une partie des zones dangereuses du Tibesti n’a jamais été enquêtée. Les équipes nationales n’ont plus reçu de formation depuis trois ans.",
		Themes:  []string{"apmbc-survey"}, Kinds: []client.Outcome{{Kind: "training", Change: "Deux équipes nationales mènent leurs enquêtes elles-mêmes."}},
		Languages: []client.LanguageWish{{Language: "fr", Strength: "required"}}, Places: []client.Place{{Country: "TD", Area: "Tibesti"}},
		Start: m.on("2020-09-01"), End: m.on("2021-08-31"), Analysis: client.Analysis{Source: "own"}, Reached: client.Reached{Total: 12000, Women: 6100},
		Costs:      []client.CostLine{{Activity: "Formation de deux équipes", Currency: "EUR", Cost: "120000", National: "20000", Sought: "100000"}},
		FocalPoint: client.Contact{Mail: "focal.td@example.org"}, Excluded: []string{"SE"}, Commitment: m.action, Urgency: "high"}).ID
	m.same("the commitment that it serves", m.chad.reads(m.need).Labels.Commitment, "Enquêter sur toutes les zones soupçonnées dangereuses")
	offer := client.NewOffer{Provider: "GB", Title: "Training of survey teams", Description: "Four instructors for three months, in French.", Themes: []string{"apmbc-survey"},
		Kinds: []client.Outcome{{Kind: "training"}}, Languages: []string{"fr", "en"}, Firmness: "pledge", Ceiling: client.Money{Amount: "100000", Currency: "EUR"},
		Capacity: client.Capacity{Unit: "amount"}, FocalPoint: client.Contact{Mail: "unit.gb@example.org"}}
	m.british = m.opensOffer(m.london, m.unit, offer).ID
	offer.Provider, offer.Title, offer.FocalPoint = "NO", "Instructors for survey and clearance", client.Contact{Mail: "unit.no@example.org"}
	offer.Ceiling.Amount = "60000"
	m.opensOffer(m.oslo, m.unit, offer)
	offer.Provider, offer.Title, offer.FocalPoint = "SE", "Courses for survey teams", client.Contact{}
	m.opensOffer(m.provider("SE"), m.unit, offer)

	m.same("what Chad reads of whom it excludes", m.chad.reads(m.need).Excluded, []string{"SE"})
	for _, p := range []*person{m.london, m.turkey, m.niger, m.anybody} {
		n := p.reads(m.need)
		m.same("what "+p.name+" reads of whom Chad excludes", len(n.Excluded), 0)
		m.same("whether "+p.name+" learns that it is withheld", slices.Contains(n.Withheld, "excluded"), false)
	}
	m.same("the contact that a Party reads", m.niger.reads(m.need).FocalPoint.Mail, "focal.td@example.org")
	m.same("the contact that the public reads", m.anybody.reads(m.need).FocalPoint.Mail, "")
	m.unit.wasTold("need.submit", "offer.submit", "offer.submit", "offer.submit")
	m.chad.wasTold("need.admit")
}

// « Faciliter l'instauration de partenariats »: both sides see what is proposed
// before the committee looks at it.
func (m *mineBan) mandate2ThePairingIsShownToBothSidesFirst() {
	m.unit.matches()
	of := map[string]string{}
	for _, p := range m.chad.proposals(m.need) {
		of[p.Offers[0].Participants[0].ID] = p.ID
	}
	m.same("to whom Chad is paired", written(of) != "", true)
	m.same("proposals", len(of), 2)
	m.proposal = of["GB"]
	for _, p := range []*person{m.chad, m.chadApprover, m.london, m.unit, m.unitedKingdom, m.turkey, m.colombia, m.germany} {
		m.same("the step that "+p.name+" sees", p.proposal(m.proposal).Status, "proposed")
	}
	for _, p := range []*person{m.oslo, m.niger, m.icbl} {
		p.blind().proposal(m.proposal)
	}
	m.anybody.refused("error.unauthenticated.missing").proposal(m.proposal)
	m.oslo.proposal(of["NO"])
	for _, p := range []*person{m.unitedKingdom, m.turkey, m.colombia} {
		p.wasTold("committee.name_adviser", "proposals.responsible")
	}
	m.germany.wasTold("proposals.responsible") // the rest it did itself
	m.unit.wasTold("proposals.secretariat")
	m.chad.wasTold("proposals.posting")
	m.chadApprover.wasTold("need.admit", "proposals.posting")
	for _, p := range []*person{m.london, m.oslo} {
		p.wasTold("offer.admit", "proposals.posting")
	}
	for _, p := range []*person{m.niger, m.icbl} {
		p.wasTold()
	}
	// The look is of five working days, in which nothing is reviewed.
	m.same("the last day of the look", m.chad.proposal(m.proposal).LookUntil.String(), "2020-03-09")
	m.same("the deadlines of Chad", kindsOf(m.chad.clocks("proposal/"+m.proposal)), []string{"look"})
	m.turkey.refused("error.state.review.look").takesUp(m.proposal)
}
func fieldsOf(findings []client.Finding) (out []string) {
	for _, f := range findings {
		out = append(out, f.Field)
	}
	return out
}
