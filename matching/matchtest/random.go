package matchtest

import (
	"fmt"
	"math/rand/v2"

	"entente/matching"
	"entente/reference"
)

// Random makes needs and offers from a seed. Few words are used, so that pairs
// that differ in one filter only, and ties, are frequent; dates lie around
// [Now] to the day; lists may be empty; some postings belong to another
// convention; some ids occur twice.
func Random(seed uint64, needs, offers int) ([]matching.Need, []matching.Offer) {
	r := &random{rand.New(rand.NewPCG(seed, 0))}
	ns := make([]matching.Need, needs)
	for i := range ns {
		ns[i] = r.need()
	}
	os := make([]matching.Offer, offers)
	for i := range os {
		os[i] = r.offer()
	}
	return ns, os
}

// random draws words and numbers.
type random struct{ *rand.Rand }

// one in n times it is true.
func (r *random) one(n int) bool { return r.IntN(n) == 0 }

// some draws up to n of the words, with repetitions now and then.
func some[W any](r *random, n int, words ...W) []W {
	var list []W
	for range r.IntN(n + 1) {
		list = append(list, words[r.IntN(len(words))])
	}
	return list
}

func (r *random) themes() []string {
	return some(r, 4, "clearance", "survey", "release", "drones", "victims", "rehabilitation", "stockpiles", "unknown")
}

func (r *random) kinds() matching.KindSet {
	if r.one(4) {
		return matching.Kinds(some(r, 2, matching.Finance, matching.Equipment)...)
	}
	return matching.Kinds(some(r, 4, matching.Finance, matching.Expertise, matching.Training, matching.Legal)...)
}

func (r *random) languages() []reference.Language {
	return some(r, 3, reference.Language("pt"), "pt-BR", "en", "fr", "es", "gn", "hr", "sr-Latn", "bs")
}

func (r *random) countries(n int) []reference.Country {
	return some(r, n, Countries("MZ", "AO", "BR", "PE", "BA", "HR", "TD", "SN", "FJ", "EU", "PT")...)
}

func (r *random) parties(n int) []matching.Party {
	return some(r, n, matching.Party("MZ"), "AO", "BR", "PE", "HR", "agency", "institute", "EU", "PT")
}

// day is none, or a day around now.
func (r *random) day() matching.Day {
	if r.one(3) {
		return 0
	}
	return Now + matching.Day(r.IntN(3)-1)
}

// later is none, or a day some time before or after now.
func (r *random) later() matching.Day {
	if r.one(2) {
		return 0
	}
	return Now + matching.Day(r.IntN(800)-100)
}

func (r *random) amount() int64 {
	return []int64{0, 1, 999_999, 100_000_000, 100_000_001, 1 << 61}[r.IntN(6)]
}

func (r *random) convention() string {
	if r.one(15) {
		return "another"
	}
	return Convention
}

func (r *random) id() string { return fmt.Sprintf("%04d", r.IntN(500)) }

func (r *random) need() matching.Need {
	n := matching.Need{
		ID: r.id(), ExternalID: r.id(), Convention: r.convention(), Open: !r.one(15),
		Beneficiaries: r.countries(3), Themes: r.themes(), Kinds: r.kinds(),
		Interpretation: r.one(3), Gap: r.amount(),
		Start: r.later(), End: r.later(), Deadline: r.later(), Urgency: matching.Urgency(r.IntN(4)),
		PreferredParties: r.parties(1),
	}
	if len(n.Beneficiaries) == 0 && !r.one(10) {
		n.Beneficiaries = Countries("MZ")
	}
	for _, l := range r.languages() {
		n.Languages = append(n.Languages, matching.LanguageWish{Language: l, Required: !r.one(3)})
	}
	if r.one(4) {
		n.ValidUntil = r.day()
	}
	if r.one(4) {
		n.ExcludedParties = r.parties(2)
	}
	return n
}

func (r *random) offer() matching.Offer {
	o := matching.Offer{
		ID: r.id(), ExternalID: r.id(), Convention: r.convention(), Open: !r.one(15),
		Provider: "institute", CoProviders: r.parties(1),
		Themes: r.themes(), Kinds: r.kinds(),
		Languages: r.languages(), InterpretationProvided: r.one(4),
		Ceiling: r.amount(), Remaining: r.amount(), Unlimited: r.one(2), Exhausted: r.one(6),
		Start: r.later(), LeadDays: int32(r.IntN(3) * r.IntN(200)),
	}
	if p := r.parties(1); len(p) > 0 {
		o.Provider = p[0]
	}
	if r.one(4) {
		o.ValidUntil = r.day()
	}
	if r.one(6) {
		o.End = r.day()
	}
	if r.one(2) {
		o.Coverage = r.coverage()
	}
	if r.one(4) {
		o.Eligibility = matching.Eligibility{
			PartiesOnly: r.one(2), LDC: r.one(3), SIDS: r.one(4), LLDC: r.one(4),
			Income: some(r, 1, reference.LowIncome, reference.UpperMiddleIncome),
		}
	}
	if r.one(4) {
		o.ExcludedParties = r.parties(2)
	}
	return o
}

func (r *random) coverage() matching.Coverage {
	c := matching.Coverage{
		Countries:      r.countries(2),
		Regions:        some(r, 2, Regions("001", "002", "014", "202", "005", "419", "150")...),
		Groups:         some(r, 1, reference.AfricanGroup, reference.LatinAmericanAndCaribbeanGroup),
		ProfileRegions: some(r, 1, "lusophone", "balkans", "unknown"),
	}
	if r.one(3) {
		c.ExcludedCountries = r.countries(1)
		c.ExcludedRegions = some(r, 1, Regions("014", "150")...)
		c.ExcludedGroups = some(r, 1, reference.AfricanGroup, reference.EasternEuropeanGroup)
		c.ExcludedProfileRegions = some(r, 1, "balkans", "unknown")
	}
	return c
}
