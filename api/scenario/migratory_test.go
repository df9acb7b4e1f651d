package scenario

import (
	"testing"

	"entente/client"
)

// migratory is the Standing Committee in 2012, to which the Secretariat submits
// the format of a costed programme of work.
type migratory struct {
	*world
	partnership                string
	secretariat                *person
	southAfrica, germany, peru *person // on the committee; the first in the chair, the second the depositary
	kenya, nairobi             *person // who asks; the second clears
	berlin, bern               *person // who finance
	uganda                     *person // a Party
	anybody                    *person

	line, need string
	proposals  map[string]string // by provider
	reviews    map[string]string
	offers     map[string]string
}

// The note of the Secretariat on the format of a costed programme of work.
func TestTheMigratorySpeciesStandingCommitteeGuidesACostedProgrammeWithARestToBeSought(t *testing.T) {
	t.Parallel()
	w := begin(t, "cms", "2012-11-05")
	s := &migratory{world: w, secretariat: w.secretariat(), southAfrica: w.member("standing", "ZA"), germany: w.member("standing", "DE"), peru: w.member("standing", "PE"),
		kenya: w.focalPoint("KE", "en"), nairobi: w.approver("KE"), berlin: w.provider("DE"), bern: w.provider("CH"), uganda: w.focalPoint("UG", "fr"), anybody: w.public(),
		proposals: map[string]string{}, reviews: map[string]string{}, offers: map[string]string{}}
	s.theCommitteeHasSeatsByRegion()
	s.paragraph3ActivitiesAreGroupedByDomains()
	s.annexICostsFundingAvailableAndToBeSought()
	s.actionRequestedTheCommitteeGivesGuidance()
	s.activity1point6CapacityBuildingIsAskedFor()
	s.paragraph1TwoSourcesAreFound()
	s.annexIBothSourcesAreTalkedTo()
	s.annexITheRestIsStillToBeSought()
	w.isDelivered(assistance{partnership: s.partnership, need: s.need, partners: []*person{s.kenya, s.berlin}, office: s.secretariat, outsiders: []*person{s.uganda},
		begins: "2013-06-03", pays: s.berlin, share: 1, money: client.Money{Amount: "90000.00", Currency: "USD"}, needs: "partly_covered"})
	w.verify()
}

// Resolution 9.15: members by region, the depositary and the hosts.
func (s *migratory) theCommitteeHasSeatsByRegion() {
	seat := func(state, seat string) client.TermContent {
		return client.TermContent{Country: state, Seat: seat, From: s.on("2011-11-26"), Until: s.on("2014-11-25")}
	}
	s.secretariat.refused("error.invalid.rule_region").names("standing", seat("ZA", "europe"))
	for _, m := range [][2]string{{"ZA", "africa"}, {"TN", "africa"}, {"GH", "africa"}, {"UA", "europe"}, {"PK", "asia"}, {"PE", "latin-america"}, {"PH", "oceania"}, {"DE", "depositary"}, {"NO", "host"}} {
		s.secretariat.names("standing", seat(m[0], m[1]))
	}
	s.secretariat.refused("error.invalid.rule_seat").names("standing", seat("UG", "africa"))
	s.secretariat.elects("standing", "ZA", "2011-11-26", "2014-11-25")
	var vacant int
	for _, f := range s.anybody.committee("standing").Findings {
		if f.Field == "members" {
			vacant++
		}
	}
	s.same("whether everybody is told of the vacant seats", vacant > 0, true)
}

// « Les activités de la liste détaillée ont été regroupées par domaines du
// programme ».
func (s *migratory) paragraph3ActivitiesAreGroupedByDomains() {
	website := client.NewProgrammeActivity{Number: "1.1", Domain: "website", Title: "Develop and maintain the website", Currency: "USD", Cost: "30000", Core: "30000"}
	s.secretariat.refused("error.invalid.programme_domain").enters(website)
	website.Domain = "information"
	s.uganda.refused("error.forbidden.action").enters(website)
	tools := client.NewProgrammeActivity{Number: "1.6", Domain: "information", Title: "Develop capacity-building tools and train national focal points", Themes: []string{"cms-training"},
		Currency: "USD", Cost: "250000", Core: "40000", Voluntary: "60000", Sought: "160000", Start: s.on("2013-01-01"), End: s.on("2014-12-31")}
	s.secretariat.refused("error.invalid.sum").enters(tools) // it does not add up
	tools.Sought = "150000"
	s.line = s.secretariat.enters(tools).ID
	s.secretariat.enters(website)
	s.secretariat.enters(client.NewProgrammeActivity{Number: "3.1", Domain: "science", Title: "Data on bycatch", Currency: "USD", Cost: "10000", Sought: "10000"})
	var numbers []string
	for _, x := range s.anybody.programme() {
		numbers = append(numbers, x.Number)
	}
	s.same("the order in which everybody reads it", numbers, []string{"3.1", "1.1", "1.6"})
}

// Annexe I: « Financement disponible: budget principal, contributions
// volontaires; financement à rechercher ».
func (s *migratory) annexICostsFundingAvailableAndToBeSought() {
	f := s.anybody.funding(s.line)
	s.same("the line as everybody reads it", f.Core+" "+f.Voluntary+" "+f.Sought+" "+f.Agreed+" "+f.Rest, "40000.00 60000.00 150000.00 0.00 150000.00")
	offer := client.NewOffer{Title: "Funds for training", Description: "For focal points of all regions.", Themes: []string{"cms-capacity"}, Kinds: []client.Outcome{{Kind: "finance"}},
		Firmness: "pledge", Capacity: client.Capacity{Unit: "amount"}, FocalPoint: client.Contact{Mail: "fund@example.org"}}
	offer.Provider, offer.Ceiling = "DE", client.Money{Amount: "90000", Currency: "USD"}
	s.offers["DE"] = s.opensOffer(s.berlin, s.secretariat, offer).ID
	offer.Provider, offer.Ceiling = "CH", client.Money{Amount: "35000", Currency: "USD"}
	s.offers["CH"] = s.opensOffer(s.bern, s.secretariat, offer).ID
	for _, p := range []*person{s.secretariat, s.southAfrica} {
		s.same("who could finance it, as "+p.name+" is shown", p.financiers(s.line), []string{"DE", "CH"})
	}
	for _, p := range []*person{s.uganda, s.berlin} {
		p.refused("error.forbidden.matches").financiers(s.line)
	}
	s.anybody.refused("error.unauthenticated.missing").financiers(s.line)
}

// « Le Comité permanent est invité à formuler ses observations pour orienter le
// Secrétariat ».
func (s *migratory) actionRequestedTheCommitteeGivesGuidance() {
	text := s.southAfrica.writes("standing", client.OfficialText{"en": "Format of the programme of work", "fr": "Format du programme de travail", "es": "Formato del programa de trabajo"},
		client.OfficialText{"en": "The format is welcome; activities with no funding at all come first.", "fr": "Le format est satisfaisant ; les activités sans aucun financement passent en premier.",
			"es": "El formato es adecuado; las actividades sin financiación alguna tienen prioridad."})
	s.uganda.blind().text(text.ID)
	s.southAfrica.tables(text.ID)
	s.uganda.refused("error.forbidden.action").objectsToText(text.ID, "UG", "We are not asked.") // it is no member
	s.peru.adopts(text.ID, "standing", "Report of the meeting, item 8")
	s.same("what everybody reads", written(s.anybody.text(text.ID).Status)+written(len(text.MissingLanguages)), "adopted0")
	s.secretariat.wasTold("offer.submit", "offer.submit", "recommendation.table", "recommendation.adopt")
}

// Activity 1.6: « entreprendre une gamme d'activités de renforcement des
// capacités (…) formation des points focaux nationaux ».
func (s *migratory) activity1point6CapacityBuildingIsAskedFor() {
	s.need = s.opens(s.kenya, s.nairobi, s.secretariat, client.NewNeed{Beneficiaries: []string{"KE"}, ProgrammeActivity: "1.6",
		Title:   "Training of the focal points of Africa in Nairobi",
		Problem: "Most focal points of the region have taken up their work since the last meeting of the Conference and have had no training in it.",
		Themes:  []string{"cms-training"}, Kinds: []client.Outcome{{Kind: "finance", Change: "Forty focal points are trained."}}, Places: []client.Place{{Country: "KE"}},
		Costs: []client.CostLine{{Activity: "Two courses", Currency: "USD", Cost: "150000", Sought: "150000"}}, Start: s.on("2013-06-01"), End: s.on("2014-06-30"),
		Analysis: client.Analysis{Source: "own"}, Reached: client.Reached{Total: 40}, FocalPoint: client.Contact{Mail: "focal.ke@example.org"}}).ID
	f := s.anybody.funding(s.line)
	s.same("the need that is part of the line", len(f.Needs) == 1 && f.Needs[0].Need.ID == s.need && f.Rest == "150000.00", true)
	s.secretariat.matches()
	for _, p := range s.kenya.proposals(s.need) {
		s.proposals[p.Offers[0].Participants[0].ID] = p.ID
	}
	s.same("the proposals", len(s.proposals), 2)
	s.bern.blind().proposal(s.proposals["DE"])
	s.bern.proposal(s.proposals["CH"])
	s.uganda.blind().proposal(s.proposals["CH"])
}

// « une plus grande clarté concernant (…) les ressources requises »: the
// committee endorses two sources, none of which is enough.
func (s *migratory) paragraph1TwoSourcesAreFound() {
	s.until("2012-11-13") // after a look of five working days
	for _, provider := range []string{"DE", "CH"} {
		s.reviews[provider] = s.southAfrica.takesUp(s.proposals[provider]).ID
	}
	v := s.peru.review(s.reviews["DE"])
	s.same("who is recused where Germany gives", len(v.Recused) == 1 && v.Recused[0].Country.ID == "DE", true)
	s.same("who is recused where Switzerland gives", len(s.peru.review(s.reviews["CH"]).Recused), 0)
	s.germany.refused("error.forbidden.member_recused").objects(s.reviews["DE"], "More is possible.")
	s.germany.comments(s.reviews["DE"], "The funds are for this biennium.")
	s.berlin.refused("error.forbidden.action").comments(s.reviews["DE"], "We wait.")
	s.until("2012-11-21")
	for provider, p := range map[string]*person{"DE": s.berlin, "CH": s.bern} {
		s.same("the proposal that "+p.name+" sees", p.proposal(s.proposals[provider]).Status, "endorsed")
		s.same("the last news of "+p.name, last(reasonsOf(p.news())), "review.endorsed")
	}
	steps := s.secretariat.statistics().Steps
	s.same("what the secretariat counts", written(steps.Proposed)+written(steps.Endorsed)+written(steps.Introduced), "220")
}

// Annexe I: « financement à rechercher »: who has endorsed sources brings the
// State and both of them together, one after the other.
func (s *migratory) annexIBothSourcesAreTalkedTo() {
	for provider, p := range map[string]*person{"DE": s.berlin, "CH": s.bern} {
		s.southAfrica.refused("error.forbidden.action").introduces(s.proposals[provider]) // the secretariat facilitates
		s.secretariat.introduces(s.proposals[provider])
		x := p.introductions(s.need)[0]
		p.replies(x.ID, "interested", "")
		s.same("the step with "+provider, s.kenya.replies(x.ID, "interested", "").Status, "interested")
	}
}

// Annexe I: « financement disponible » and « financement à rechercher », after
// two sources have been found.
func (s *migratory) annexITheRestIsStillToBeSought() {
	for _, source := range []struct {
		provider, amount, agreed, rest string
		p                              *person
	}{{"DE", "90000", "90000.00", "60000.00", s.berlin}, {"CH", "35000", "125000.00", "25000.00", s.bern}} {
		terms := client.PartnershipTerms{Start: s.on("2013-06-03"), End: s.on("2014-06-27"), Rest: []client.Kind{"finance"}, Providers: []client.Share{{Offer: s.offers[source.provider],
			Provider: source.provider, Lead: true, Role: "funding", Kinds: []client.Kind{"finance"}, Pledged: client.Money{Amount: source.amount, Currency: "USD"}}}}
		id := source.p.proposesTerms(s.proposals[source.provider], terms).ID
		x := s.nairobi.accepts(id, 1)
		s.same("the step with "+source.provider, x.Status, "agreed")
		if source.p == s.berlin {
			s.partnership = x.Partnership
		}
		f := s.anybody.funding(s.line)
		s.same("what is agreed with "+source.provider+", and the rest", f.Agreed+" "+f.Rest, source.agreed+" "+source.rest)
	}
	s.same("the need", s.anybody.reads(s.need).Status, "partly_covered")
	s.same("the partnerships that serve the line", s.anybody.funding(s.line).Needs[0].Partnerships, 2)
	steps := s.secretariat.statistics().Steps
	s.same("what the secretariat counts", written(steps.Introduced)+written(steps.Agreed)+written(steps.Delivered), "220")
}
