package matchtest

import (
	"entente/matching"
	"entente/reference"
)

// Decision is a case of the filters: a need, an offer and what is decided.
type Decision struct {
	Name  string
	Need  matching.Need
	Offer matching.Offer
	// Reason is Candidate when the pair must pass. Pairs removed for
	// OtherConvention or Excluded must not be counted anywhere.
	Reason matching.Reason
}

type (
	n = matching.Need
	o = matching.Offer
)

// wishes makes required languages.
func wishes(required bool, tags ...reference.Language) []matching.LanguageWish {
	var list []matching.LanguageWish
	for _, tag := range tags {
		list = append(list, matching.LanguageWish{Language: tag, Required: required})
	}
	return list
}

// Decisions are the cases of the filters.
func Decisions() []Decision {
	cases := []Decision{
		{"a need and an offer that fit", Need(), Offer(), matching.Candidate},
		{"an offer of another convention", Need(), Offer(func(o *o) { o.Convention = "another" }), matching.OtherConvention},
		{"a need that is not open", Need(func(n *n) { n.Open = false }), Offer(), matching.NeedClosed},
		{"an offer that is not open", Need(), Offer(func(o *o) { o.Open = false }), matching.OfferClosed},
		{"a closed need before everything else", Need(func(n *n) { n.Open, n.Themes = false, nil }), Offer(func(o *o) { o.Open = false }), matching.NeedClosed},
		{"the last day of a need", Need(func(n *n) { n.ValidUntil = Now }), Offer(), matching.Candidate},
		{"the day after the last of a need", Need(func(n *n) { n.ValidUntil = Now - 1 }), Offer(), matching.NeedDate},
		{"the last day of an offer", Need(), Offer(func(o *o) { o.ValidUntil, o.End = Now, Now }), matching.Candidate},
		{"the day after the last of an offer", Need(), Offer(func(o *o) { o.ValidUntil = Now - 1 }), matching.OfferDate},
		{"an offer whose window has passed", Need(), Offer(func(o *o) { o.End = Now - 1 }), matching.OfferDate},
		{"an offer whose window has not begun", Need(), Offer(func(o *o) { o.Start = Now + 30 }), matching.Candidate},
		{"a need whose desired end has passed stands until it lapses", Need(func(n *n) { n.End = Now - 10 }), Offer(), matching.Candidate},
		{"a State does not help itself", Need(), Offer(func(o *o) { o.Provider = "MZ" }), matching.SameState},
		{"a State does not help itself as a co-provider", Need(), Offer(func(o *o) { o.CoProviders = []matching.Party{"agency", "MZ"} }), matching.SameState},
		{"a State does not help a need in which it takes part", Need(func(n *n) { n.Beneficiaries = Countries("MZ", "BR") }), Offer(), matching.SameState},
		{"an organisation is no State", Need(), Offer(func(o *o) { o.Provider = "agency" }), matching.Candidate},
	}
	return append(append(cases, subjectDecisions()...), placeDecisions()...)
}

// subjectDecisions are about themes, kinds and languages.
func subjectDecisions() []Decision {
	themes := func(t ...string) func(*n) { return func(n *n) { n.Themes = t } }
	offered := func(t ...string) func(*o) { return func(o *o) { o.Themes = t } }
	asked := func(k ...matching.Kind) func(*n) { return func(n *n) { n.Kinds = matching.Kinds(k...) } }
	given := func(k ...matching.Kind) func(*o) { return func(o *o) { o.Kinds = matching.Kinds(k...) } }
	in := func(l ...reference.Language) func(*o) { return func(o *o) { o.Languages = l } }
	return []Decision{
		{"a theme below the one asked for", Need(), Offer(offered("survey")), matching.Candidate},
		{"a theme two levels below", Need(), Offer(offered("drones")), matching.Candidate},
		{"a theme above the one asked for", Need(themes("survey")), Offer(), matching.Candidate},
		{"two themes under one parent", Need(themes("survey")), Offer(offered("release")), matching.ThemeDiffers},
		{"the last theme of both", Need(themes("victims", "survey", "stockpiles")), Offer(offered("release", "stockpiles")), matching.Candidate},
		{"a theme that no profile names, on both sides", Need(themes("unknown")), Offer(offered("unknown")), matching.Candidate},
		{"no theme", Need(themes()), Offer(), matching.ThemeDiffers},
		{"another kind", Need(asked(matching.Training)), Offer(), matching.KindDiffers},
		{"one kind of several", Need(asked(matching.Training, matching.Expertise)), Offer(), matching.Candidate},
		{"theme before kind", Need(themes("stockpiles"), asked(matching.Legal)), Offer(), matching.ThemeDiffers},
		{"another language", Need(), Offer(in("en")), matching.LanguageDiffers},
		{"no language", Need(), Offer(in()), matching.LanguageDiffers},
		{"the same language of another country", Need(), Offer(in("pt-BR")), matching.Candidate},
		{"one of the required languages", Need(func(n *n) { n.Languages = wishes(true, "pt", "en") }), Offer(in("fr", "en")), matching.Candidate},
		{"a related language is not the required one", Need(), Offer(in("es", "gl")), matching.LanguageDiffers},
		{"a preferred language is no condition", Need(func(n *n) { n.Languages = wishes(false, "pt") }), Offer(in("en")), matching.Candidate},
		{
			"a preferred language does not replace the required one",
			Need(func(n *n) { n.Languages = append(wishes(true, "pt"), wishes(false, "en")...) }),
			Offer(in("en")), matching.LanguageDiffers,
		},
		{"money needs no language", Need(asked(matching.Finance)), Offer(given(matching.Finance), in("en")), matching.Candidate},
		{"money and things need no language", Need(asked(matching.Finance, matching.Equipment)), Offer(given(matching.Equipment), in()), matching.Candidate},
		{"money with training needs one", Need(asked(matching.Finance, matching.Training)), Offer(given(matching.Finance), in("en")), matching.LanguageDiffers},
		{
			"interpretation that is accepted", Need(func(n *n) { n.Interpretation = true }),
			Offer(in("en"), func(o *o) { o.InterpretationProvided = true }), matching.Candidate,
		},
		{"interpretation that is not accepted", Need(), Offer(in("en"), func(o *o) { o.InterpretationProvided = true }), matching.LanguageDiffers},
		{"interpretation that is not provided", Need(func(n *n) { n.Interpretation = true }), Offer(in("en")), matching.LanguageDiffers},
	}
}

// placeDecisions are about coverage, eligibility, capacity and exclusion.
func placeDecisions() []Decision {
	covering := func(c matching.Coverage) func(*o) { return func(o *o) { o.Coverage = c } }
	eligible := func(e matching.Eligibility) func(*o) { return func(o *o) { o.Eligibility = e } }
	joint := func(codes ...string) func(*n) { return func(n *n) { n.Beneficiaries = Countries(codes...) } }
	return []Decision{
		{"the country by name", Need(), Offer(covering(matching.Coverage{Countries: Countries("MZ")})), matching.Candidate},
		{"another country by name", Need(), Offer(covering(matching.Coverage{Countries: Countries("AO")})), matching.NotCovered},
		{"the subregion", Need(), Offer(covering(matching.Coverage{Regions: Regions("014")})), matching.Candidate},
		{"the continent", Need(), Offer(covering(matching.Coverage{Regions: Regions("002")})), matching.Candidate},
		{"another continent", Need(), Offer(covering(matching.Coverage{Regions: Regions("419")})), matching.NotCovered},
		{"the regional group", Need(), Offer(covering(matching.Coverage{Groups: []reference.Group{reference.AfricanGroup}})), matching.Candidate},
		{"another regional group", Need(), Offer(covering(matching.Coverage{Groups: []reference.Group{reference.AsiaPacificGroup}})), matching.NotCovered},
		{"a region of the profile", Need(), Offer(covering(matching.Coverage{ProfileRegions: []string{"lusophone"}})), matching.Candidate},
		{"another region of the profile", Need(), Offer(covering(matching.Coverage{ProfileRegions: []string{"balkans"}})), matching.NotCovered},
		{"excluded from the world", Need(), Offer(covering(matching.Coverage{ExcludedCountries: Countries("MZ")})), matching.NotCovered},
		{"named and excluded with its region", Need(), Offer(covering(matching.Coverage{Countries: Countries("MZ"), ExcludedRegions: Regions("014")})), matching.NotCovered},
		{"every State of a joint need", Need(joint("MZ", "AO")), Offer(covering(matching.Coverage{Countries: Countries("AO", "MZ")})), matching.Candidate},
		{"one State of a joint need only", Need(joint("MZ", "AO")), Offer(covering(matching.Coverage{Countries: Countries("AO")})), matching.NotCovered},
		{"Parties only, for a Party", Need(), Offer(eligible(matching.Eligibility{PartiesOnly: true})), matching.Candidate},
		{"Parties only, for another State", Need(joint("FJ")), Offer(eligible(matching.Eligibility{PartiesOnly: true})), matching.NotEligible},
		{"least developed countries, for one", Need(), Offer(eligible(matching.Eligibility{LDC: true})), matching.Candidate},
		{"least developed countries, for another State", Need(joint("PE")), Offer(eligible(matching.Eligibility{LDC: true})), matching.NotEligible},
		{"one of two groups is enough", Need(joint("FJ")), Offer(eligible(matching.Eligibility{LDC: true, SIDS: true})), matching.Candidate},
		{"a group and Parties only are both required", Need(joint("FJ")), Offer(eligible(matching.Eligibility{PartiesOnly: true, SIDS: true})), matching.NotEligible},
		{"a joint need is as eligible as its least eligible State", Need(joint("MZ", "PE")), Offer(eligible(matching.Eligibility{LDC: true})), matching.NotEligible},
		{"an income group", Need(), Offer(eligible(matching.Eligibility{Income: []reference.Income{reference.LowIncome}})), matching.Candidate},
		{"another income group", Need(), Offer(eligible(matching.Eligibility{Income: []reference.Income{reference.HighIncome}})), matching.NotEligible},
		{"nothing remains", Need(), Offer(func(o *o) { o.Unlimited, o.Exhausted = false, true }), matching.CapacityUsed},
		{"an unlimited offer is never exhausted", Need(), Offer(func(o *o) { o.Unlimited, o.Exhausted = true, true }), matching.Candidate},
		{"the need refuses the provider", Need(func(n *n) { n.ExcludedParties = []matching.Party{"BR"} }), Offer(), matching.Excluded},
		{
			"the need refuses a co-provider", Need(func(n *n) { n.ExcludedParties = []matching.Party{"agency"} }),
			Offer(func(o *o) { o.CoProviders = []matching.Party{"institute", "agency"} }), matching.Excluded,
		},
		{"the offer refuses the beneficiary", Need(), Offer(func(o *o) { o.ExcludedParties = []matching.Party{"MZ"} }), matching.Excluded},
		{
			"an exclusion adds nothing to a pair that is removed anyway", Need(func(n *n) { n.ExcludedParties = []matching.Party{"BR"} }),
			Offer(func(o *o) { o.Themes = []string{"stockpiles"} }), matching.ThemeDiffers,
		},
	}
}
