package matchbench

import (
	"fmt"
	"math"
	"math/rand/v2"

	"entente/matching"
	"entente/matching/record"
	"entente/reference"
)

// Now is the day of the measurement.
const Now = matching.Day(20_000)

// convention is the id of the convention that is generated.
const convention = "bench"

// Setting is a convention with twelve groups of four themes each, and some years
// of past help.
func Setting() (*matching.Setting, error) {
	themes := map[string]string{}
	for _, t := range themeNames() {
		themes[t] = ""
		if len(t) > len("theme-00") {
			themes[t] = t[:len("theme-00")]
		}
	}
	parties := reference.Countries()
	return matching.NewSetting(matching.Convention{
		ID: convention, Themes: themes, Parties: parties,
		Weights: matching.Weights{
			Version: 1, Theme: 270_000, Kind: 130_000, Language: 170_000,
			Region: 130_000, Size: 80_000, Time: 70_000, Record: 100_000, Fairness: 50_000,
		},
		Record: record.NewTable(Past(1, 6000), pastUntil, record.Plain()),
	})
}

// pastUntil is the last year of the history, pastYears how many there are.
const (
	pastUntil = 2023
	pastYears = 8
)

// Past makes a history of so many rows from a seed, as skewed as the postings.
func Past(seed uint64, rows int) []record.Row {
	g := newGenerator(seed)
	past := make([]record.Row, rows)
	for i := range past {
		past[i] = record.Row{
			Year: pastUntil - g.IntN(pastYears), Beneficiary: skewed(g, g.beneficiaries),
			Theme: skewed(g, g.themes), Provider: string(skewed(g, g.providers)),
		}
	}
	return past
}

// themeNames lists the themes, each group before its members.
func themeNames() []string {
	var names []string
	for group := range 12 {
		names = append(names, fmt.Sprintf("theme-%02d", group))
		for member := range 4 {
			names = append(names, fmt.Sprintf("theme-%02d-%d", group, member))
		}
	}
	return names
}

// Generate makes needs and offers from a seed; the same seed and numbers give
// the same postings.
func Generate(seed uint64, needs, offers int) ([]matching.Need, []matching.Offer) {
	g := newGenerator(seed)
	ns := make([]matching.Need, needs)
	for i := range ns {
		ns[i] = g.need(i)
	}
	os := make([]matching.Offer, offers)
	for i := range os {
		os[i] = g.offer(i)
	}
	return ns, os
}

// generator draws postings. Lists are drawn from with a skew: their order is
// the order of frequency.
type generator struct {
	*rand.Rand
	themes        []string
	beneficiaries []reference.Country
	providers     []matching.Party
}

func newGenerator(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), themes: themeNames()}
	for _, c := range reference.Countries() {
		switch {
		case !c.IsState():
		case c.Income() == reference.HighIncome || c.Income() == reference.UpperMiddleIncome:
			g.providers = append(g.providers, matching.PartyOf(c))
			if c.Income() == reference.UpperMiddleIncome {
				g.beneficiaries = append(g.beneficiaries, c)
			}
		default:
			g.beneficiaries = append(g.beneficiaries, c)
		}
	}
	for i := range 40 {
		g.providers = append(g.providers, matching.Party(fmt.Sprintf("organisation-%02d", i)))
	}
	// The order of frequency is not that of the alphabet, but the same for
	// every seed, as conventions differ less than their years do.
	order := rand.New(rand.NewPCG(1, 1))
	order.Shuffle(len(g.themes), func(i, j int) { g.themes[i], g.themes[j] = g.themes[j], g.themes[i] })
	order.Shuffle(len(g.beneficiaries), func(i, j int) {
		g.beneficiaries[i], g.beneficiaries[j] = g.beneficiaries[j], g.beneficiaries[i]
	})
	order.Shuffle(len(g.providers), func(i, j int) { g.providers[i], g.providers[j] = g.providers[j], g.providers[i] })
	return g
}

// skewed draws from a list so that the entry at rank r comes about as often as
// 1/(r+3).
func skewed[T any](g *generator, list []T) T {
	n := float64(len(list))
	rank := 3*math.Pow((n+3)/3, g.Float64()) - 3
	return list[min(int(rank), len(list)-1)]
}

// several draws one to n different entries.
func several[T comparable](g *generator, n int, list []T) []T {
	var drawn []T
	for want := 1 + g.IntN(n); len(drawn) < want; {
		next, repeated := skewed(g, list), false
		for _, d := range drawn {
			repeated = repeated || d == next
		}
		if !repeated {
			drawn = append(drawn, next)
		}
	}
	return drawn
}

func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

func (g *generator) kinds() matching.KindSet {
	return matching.Kinds(several(g, 3, []matching.Kind{
		matching.Expertise, matching.Training, matching.Finance, matching.Equipment,
		matching.Legal, matching.Institution, matching.Research, matching.Information,
	})...)
}

// amount is in US cents, from about 5,000 to about 50 million dollars, with one
// in three not stated.
func (g *generator) amount() int64 {
	if g.chance(33) {
		return 0
	}
	return int64(math.Pow(10, 5.7+4*g.Float64()))
}

// day lies between the first and the last, as a number of days from now; it is
// not stated in so many of a hundred cases.
func (g *generator) day(unstated, first, last int) matching.Day {
	if g.chance(unstated) {
		return 0
	}
	return Now + matching.Day(first+g.IntN(last-first))
}

func (g *generator) need(i int) matching.Need {
	n := matching.Need{
		ID: fmt.Sprintf("need-%08d", i), Convention: convention, Open: !g.chance(5),
		Beneficiaries: []reference.Country{skewed(g, g.beneficiaries)},
		Themes:        several(g, 3, g.themes), Kinds: g.kinds(),
		Interpretation: g.chance(20), Gap: g.amount(),
		Start: g.day(40, -100, 500), Deadline: g.day(70, 100, 2000),
		ValidUntil: g.day(30, -30, 700), Urgency: matching.Urgency(g.IntN(4)),
	}
	if g.chance(5) {
		n.Beneficiaries = append(n.Beneficiaries, skewed(g, g.beneficiaries))
	}
	if n.Start != 0 && g.chance(70) {
		n.End = n.Start + matching.Day(60+g.IntN(900))
	}
	languages := n.Beneficiaries[0].Languages()
	for j, l := range languages[:min(len(languages), 2)] {
		n.Languages = append(n.Languages, matching.LanguageWish{Language: l, Required: j == 0 || g.chance(60)})
	}
	if g.chance(50) || len(n.Languages) == 0 {
		n.Languages = append(n.Languages, matching.LanguageWish{Language: "en", Required: g.chance(70)})
	}
	if g.chance(5) {
		n.ExcludedParties = []matching.Party{skewed(g, g.providers)}
	}
	return n
}

// OfferID is the id of the offer that is generated in a place.
func OfferID(place int) string { return fmt.Sprintf("offer-%08d", place) }

func (g *generator) offer(i int) matching.Offer {
	o := matching.Offer{
		ID: OfferID(i), Convention: convention, Open: !g.chance(5),
		Provider: skewed(g, g.providers), Themes: several(g, 3, g.themes), Kinds: g.kinds(),
		InterpretationProvided: g.chance(10),
		Ceiling:                g.amount(), Unlimited: g.chance(60), Exhausted: g.chance(10),
		Start: g.day(50, -300, 300), End: g.day(60, -20, 1500), ValidUntil: g.day(30, -30, 700),
		LeadDays: int32(g.IntN(3) * g.IntN(120)), Coverage: g.coverage(),
	}
	o.Remaining = o.Ceiling * int64(30+g.IntN(71)) / 100
	if c, isState := o.Provider.Country(); isState {
		o.Languages = append(o.Languages, c.Languages()...)
		o.Languages = o.Languages[:min(len(o.Languages), 2)]
	}
	if g.chance(80) || len(o.Languages) == 0 {
		o.Languages = append(o.Languages[:len(o.Languages):len(o.Languages)],
			several(g, 2, []reference.Language{"en", "fr", "es", "ru", "ar", "pt", "zh"})...)
	}
	if g.chance(15) {
		o.CoProviders = []matching.Party{skewed(g, g.providers)}
	}
	if g.chance(15) {
		o.Eligibility = matching.Eligibility{LDC: g.chance(60), SIDS: g.chance(30), LLDC: g.chance(30), PartiesOnly: g.chance(50)}
	}
	if g.chance(3) {
		o.ExcludedParties = []matching.Party{matching.PartyOf(skewed(g, g.beneficiaries))}
	}
	return o
}

// coverage is the whole world for every second offer, otherwise some regions or
// countries.
func (g *generator) coverage() matching.Coverage {
	var c matching.Coverage
	switch {
	case g.chance(50):
	case g.chance(60):
		for _, country := range several(g, 2, g.beneficiaries) {
			region := country.SubRegion()
			if g.chance(40) {
				region = country.MacroRegion()
			}
			c.Regions = append(c.Regions, region)
		}
	default:
		c.Countries = several(g, 5, g.beneficiaries)
	}
	if g.chance(5) {
		c.ExcludedCountries = []reference.Country{skewed(g, g.beneficiaries)}
	}
	return c
}
