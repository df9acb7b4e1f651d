package matchtest

import (
	"entente/matching"
	"entente/reference"
)

// Preference is a case of the score: of two offers that differ in one part only,
// one must be ranked before the other for a need, and a reader must find the
// reason sensible.
type Preference struct {
	Name, Because string
	Part          matching.PartName
	Need          matching.Need
	Better, Worse matching.Offer
	// Equal says that the two must score the same, and only ids order them.
	Equal bool
}

// Preferences are the cases of the score.
func Preferences() []Preference {
	themes := func(t ...string) func(*n) { return func(n *n) { n.Themes = t } }
	offered := func(t ...string) matching.Offer { return Offer(func(o *o) { o.Themes = t }) }
	kinds := func(k ...matching.Kind) matching.Offer {
		return Offer(func(o *o) { o.Kinds = matching.Kinds(k...) })
	}
	cases := []Preference{
		{
			"the same theme before a part of it", "the offer answers the whole of the need", matching.PartTheme,
			Need(), offered("clearance"), offered("survey"), false,
		},
		{
			"a theme one level away before one two levels away", "the nearer theme says more about the help", matching.PartTheme,
			Need(), offered("survey"), offered("drones"), false,
		},
		{
			"the first theme before the second and third together", "the need says what matters most", matching.PartTheme,
			Need(themes("survey", "inclusion", "stockpiles")), offered("survey"), offered("inclusion", "stockpiles"), false,
		},
		{
			"two themes before one", "more of the need is answered", matching.PartTheme,
			Need(themes("survey", "inclusion")), offered("inclusion", "survey"), offered("survey"), false,
		},
		{
			"a sister of the second theme before none", "who clears and assists some victims knows others", matching.PartTheme,
			Need(themes("survey", "inclusion")), offered("survey", "rehabilitation"), offered("survey", "stockpiles"), false,
		},
		{
			"all kinds before some", "less remains to be found elsewhere", matching.PartKind,
			Need(func(n *n) { n.Kinds = matching.Kinds(matching.Expertise, matching.Training) }),
			kinds(matching.Expertise, matching.Training), kinds(matching.Expertise), false,
		},
		{
			"further kinds do not count", "the need did not ask for them, so only the name decides", matching.PartKind,
			Need(), kinds(matching.Expertise), kinds(matching.Expertise, matching.Finance, matching.Legal), true,
		},
	}
	return append(append(append(cases, languagePreferences()...), regionPreferences()...), practicalPreferences()...)
}

// languagePreferences are about languages.
func languagePreferences() []Preference {
	in := func(l ...reference.Language) matching.Offer { return Offer(func(o *o) { o.Languages = l }) }
	prefer := func(l ...reference.Language) matching.Need {
		return Need(func(n *n) { n.Languages = wishes(false, l...) })
	}
	interpreted := Offer(func(o *o) { o.Languages, o.InterpretationProvided = []reference.Language{"ru"}, true })
	accepting := Need(func(n *n) {
		n.Beneficiaries, n.Interpretation, n.Languages = Countries("PE"), true, wishes(false, "es", "en")
	})
	peru := Need(func(n *n) { n.Beneficiaries, n.Languages = Countries("PE"), wishes(false, "qu") })
	return []Preference{
		{"the first language before the second", "the order is the need's own", matching.PartLanguage, prefer("pt", "en"), in("pt"), in("en"), false},
		{"the second language before the third", "the order is the need's own", matching.PartLanguage, prefer("pt", "en", "fr"), in("en"), in("fr"), false},
		{"a language asked for before one close to the first", "what was asked for is understood by all", matching.PartLanguage, prefer("hr", "en", "fr", "de"), in("de"), in("bs"), false},
		{"a close language before a foreign one", "speakers understand each other", matching.PartLanguage, prefer("hr"), in("bs"), in("ja"), false},
		{"an official language before a foreign one", "every public servant there knows it", matching.PartLanguage, prefer("en"), in("pt"), in("ja"), false},
		{"a language asked for before interpretation", "nothing is lost on the way", matching.PartLanguage, accepting, in("en"), interpreted, false},
		{"interpretation before an unknown language", "the need accepts it", matching.PartLanguage, accepting, interpreted, in("ru"), false},
		{"a co-official language before a foreign one", "who speaks Quechua in public life also speaks Spanish", matching.PartLanguage, peru, in("es"), in("ru"), false},
		{"no language stated before one that does not fit", "silence may be good news", matching.PartLanguage, prefer("en"), in(), in("ja"), false},
		{
			"an official language where none is asked for", "it is the most probable", matching.PartLanguage,
			Need(func(n *n) { n.Languages = nil }), in("pt"), in("en"), false,
		},
	}
}

// regionPreferences are about places.
func regionPreferences() []Preference {
	covering := func(c matching.Coverage) matching.Offer { return Offer(func(o *o) { o.Coverage = c }) }
	from := func(p ...matching.Party) matching.Offer {
		return Offer(func(o *o) { o.Provider, o.CoProviders = p[0], p[1:] })
	}
	country := covering(matching.Coverage{Countries: Countries("MZ", "AO")})
	subRegion := covering(matching.Coverage{Regions: Regions("014")})
	continent := covering(matching.Coverage{Regions: Regions("002")})
	profile := covering(matching.Coverage{ProfileRegions: []string{"lusophone"}})
	return []Preference{
		{"the country before its subregion", "the provider means this country", matching.PartRegion, Need(), country, subRegion, false},
		{"the subregion before the continent", "the provider knows these countries", matching.PartRegion, Need(), subRegion, continent, false},
		{"the continent before the world", "the provider chose it", matching.PartRegion, Need(), continent, Offer(), false},
		{"a region of the profile before the world", "the provider chose it", matching.PartRegion, Need(), profile, Offer(), false},
		{"a neighbour before a distant provider", "it shares borders, climate and often languages", matching.PartRegion, Need(), from("ZA"), from("BR"), false},
		{"a provider at hand before one far away", "travel is shorter", matching.PartRegion, Need(), from("KE"), from("JP"), false},
		{"a neighbour as co-provider counts", "it takes part in the help", matching.PartRegion, Need(), from("JP", "ZA"), from("JP"), false},
		{
			"a joint need is as near as its farthest beneficiary", "the help must reach both", matching.PartRegion,
			Need(func(n *n) { n.Beneficiaries = Countries("MZ", "AO") }),
			covering(matching.Coverage{Countries: Countries("MZ", "AO")}),
			covering(matching.Coverage{Countries: Countries("MZ"), Regions: Regions("002")}), false,
		},
	}
}

// practicalPreferences are about amounts and time.
func practicalPreferences() []Preference {
	gap := Need(func(n *n) { n.Gap = 100_000_00 })
	amount := func(remaining, ceiling int64) matching.Offer {
		return Offer(func(o *o) { o.Remaining, o.Ceiling = remaining, ceiling })
	}
	year := Need(func(n *n) { n.Start, n.End = Now, Now+365 })
	urgent := Need(func(n *n) { n.Urgency = matching.UrgencyHigh })
	lead := func(days int32) matching.Offer { return Offer(func(o *o) { o.LeadDays = days }) }
	until := func(end matching.Day) matching.Offer { return Offer(func(o *o) { o.End = end }) }
	return []Preference{
		{"the whole gap before a part of it", "nothing remains to be sought", matching.PartSize, gap, amount(100_000_00, 0), amount(60_000_00, 0), false},
		{"what remains counts, not the ceiling", "the rest is given already", matching.PartSize, gap, amount(90_000_00, 90_000_00), amount(60_000_00, 900_000_00), false},
		{"more than the gap is worth no more", "it cannot be used, so only the name decides", matching.PartSize, gap, amount(100_000_00, 0), amount(900_000_00, 0), true},
		{"a known whole before an unknown amount", "what is known can be planned", matching.PartSize, gap, amount(100_000_00, 0), amount(0, 0), false},
		{"an unknown amount before a small one", "it may be larger", matching.PartSize, gap, amount(0, 0), amount(10_000_00, 0), false},
		{"the whole period before half of it", "the help is there when it is wanted", matching.PartTime, year, until(Now + 400), until(Now + 180), false},
		{"a short lead time before a long one, when it is urgent", "people wait", matching.PartTime, urgent, lead(10), lead(60), false},
		{"an unknown time before one too late", "it may be in time", matching.PartTime, urgent, Offer(), lead(200), false},
		{
			"before the treaty deadline rather than after it", "the deadline binds the State", matching.PartTime,
			Need(func(n *n) { n.Start, n.Deadline, n.End = Now, Now+100, Now+365 }), lead(90), lead(110), false,
		},
	}
}
