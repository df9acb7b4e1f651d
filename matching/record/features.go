package record

import (
	"math"

	"entente/reference"
)

// The features of a provider for a beneficiary and a theme. The first seven
// walk from what is widest to what is closest: each is the logarithm of how
// much larger the provider's share is there than one step wider would suggest,
// so that their plain sum is the logarithm of the share of the provider in the
// help to this beneficiary with this theme, as far as it is known.
const (
	Share            = "share"             // of all help
	ShareRegion      = "share_region"      // of the help to the continent
	ShareSubRegion   = "share_sub_region"  // … to the sub-region
	ShareTheme       = "share_theme"       // … with the theme
	ShareRegionTheme = "share_theme_there" // … with the theme in the sub-region
	ShareBeneficiary = "share_beneficiary" // … to the beneficiary
	SharePair        = "share_pair"        // … with the theme to the beneficiary

	ShareNear     = "share_near"       // of the help to countries near it, by distance
	ShareNearby   = "share_near_theme" // … with the theme
	ShareLanguage = "share_language"   // of the help to countries with an official language in common
	ShareGroup    = "share_group"      // of the help to countries that are as it is: LDC, SIDS, LLDC
	ShareAlike    = "share_alike"      // of the help to beneficiaries with similar providers

	Partner     = "partner"      // has helped the beneficiary
	LastYear    = "last_year"    // … in the last year on record
	LastPair    = "last_pair"    // … with the theme
	Years       = "years"        // in how many years, as a logarithm
	PairYears   = "pair_years"   // … with the theme
	OtherThemes = "other_themes" // weight of its help to the beneficiary with themes that have similar providers
	LastThere   = "last_there"   // help with the theme to others of the sub-region in the last year
	LastRegion  = "last_region"  // help to others of the sub-region in the last year
	LastTheme   = "last_theme"   // help with the theme in the last year
	LastNear    = "last_near"    // help to others in the last year, by nearness
	LastAll     = "last_all"     // all help in the last year
	Constancy   = "constancy"    // the partner of last year tends to go on
	Opening     = "opening"      // takes up new beneficiaries more often than others
	Breadth     = "breadth"      // many beneficiaries for its help
	Trend       = "trend"        // gave more in the last year than before
	Unknown     = "unknown"      // share of all help where little is known of the beneficiary

	Language  = "language"  // an official language in common
	Neighbour = "neighbour" // a common border
	Distance  = "distance"  // nearness, as a negative logarithm of 1,000 km
)

// Features lists all features, in the order in which they are computed.
func Features() []string {
	return []string{
		Share, ShareRegion, ShareSubRegion, ShareTheme, ShareRegionTheme, ShareBeneficiary, SharePair,
		ShareNear, ShareNearby, ShareLanguage, ShareGroup, ShareAlike,
		Partner, LastYear, LastPair, Years, PairYears, OtherThemes, LastThere, LastRegion, LastTheme, LastNear, LastAll, Constancy, Opening, Breadth, Trend, Unknown,
		Language, Neighbour, Distance,
	}
}

// How many years of help what is wider is worth beside what was counted: the
// strength of the shrinkage at each step. They are round numbers, the smaller
// the closer the step.
const (
	priorRegion      = 10
	priorTheme       = 10
	priorBeneficiary = 5
	priorPair        = 3
	priorNear        = 5
	priorLanguage    = 10
	priorGroup       = 20
	priorAlike       = 2
	alikeWeight      = 5
	nearKm           = 1000 // the scale of nearness
)

// shrunk mixes counts with a wider share that is worth so many of them.
func shrunk(counts, wider []float64, worth float64) []float64 {
	total := 0.0
	for _, c := range counts {
		total += c
	}
	out := make([]float64, len(wider))
	for p, w := range wider {
		c := 0.0
		if counts != nil {
			c = counts[p]
		}
		out[p] = (c + float64(worth*w)) / (total + worth)
	}
	return out
}

// product is a·b/c, made to add up to one.
func product(a, b, c []float64) []float64 {
	out, sum := make([]float64, len(a)), 0.0
	for p := range a {
		out[p] = float64(a[p]*b[p]) / c[p]
		sum += out[p]
	}
	for p := range out {
		out[p] /= sum
	}
	return out
}

// ratio is the logarithm of a/b.
func ratio(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for p := range a {
		out[p] = ln(a[p]) - ln(b[p])
	}
	return out
}

// portrait is what the features of a beneficiary have in common for all themes.
type portrait struct {
	place                     int // in the history, -1 when it was never helped
	country                   reference.Country
	share, region, sub, whole []float64 // whole: the share of help to the beneficiary
	near                      []float64
	closeness                 []float64            // by beneficiary of the history, 0 for itself
	columns                   map[string][]float64 // finished features
	known                     float64              // weight of all help to the beneficiary
}

// portray works out what does not depend on the theme.
func (h *History) portray(b reference.Country) *portrait {
	f := &portrait{place: -1, country: b, share: h.share(), columns: map[string][]float64{}}
	var own []float64
	if at, known := h.place[b]; known {
		f.place, own = at, h.helped[at]
	}
	for _, w := range own {
		f.known += w
	}
	f.region = shrunk(h.regions[b.MacroRegion()], f.share, priorRegion)
	f.sub = shrunk(h.regions[b.Region()], f.region, priorRegion)
	f.whole = shrunk(own, f.sub, priorBeneficiary)
	near, tongue, group, alike := h.kin(f)
	f.near = shrunk(near, f.share, priorNear)
	f.columns[Share] = logs(f.share)
	f.columns[ShareRegion] = ratio(f.region, f.share)
	f.columns[ShareSubRegion] = ratio(f.sub, f.region)
	f.columns[ShareBeneficiary] = ratio(f.whole, f.sub)
	f.columns[ShareNear] = ratio(f.near, f.share)
	f.columns[ShareLanguage] = ratio(shrunk(tongue, f.share, priorLanguage), f.share)
	f.columns[ShareGroup] = ratio(shrunk(group, f.share, priorGroup), f.share)
	f.columns[ShareAlike] = ratio(shrunk(alike, f.share, priorAlike), f.share)
	h.habits(f)
	h.ties(f)
	return f
}

// kin adds up the help to other beneficiaries that are near, share an official
// language, are in the same groups, or have similar providers.
func (h *History) kin(f *portrait) (near, tongue, group, alike []float64) {
	n := h.width()
	near, tongue, group, alike = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	likeness := 0.0
	f.closeness = make([]float64, len(h.places))
	for i, other := range h.places {
		if i == f.place {
			continue
		}
		f.closeness[i] = nearness(f.country, other)
		weight := 0.0
		if f.place >= 0 {
			c := dot(h.taste[f.place], h.taste[i])
			weight = float64(c * c)
		}
		likeness += weight
		speaks, same := sharesLanguage(f.country, other), f.country.LDC() == other.LDC() && f.country.SIDS() == other.SIDS() && f.country.LLDC() == other.LLDC()
		for p, w := range h.helped[i] {
			near[p] += float64(f.closeness[i] * w)
			alike[p] += float64(weight * w)
			if speaks {
				tongue[p] += w
			}
			if same {
				group[p] += w
			}
		}
	}
	if likeness > 0 {
		for p := range alike {
			alike[p] = float64(alike[p]*alikeWeight) / likeness
		}
	}
	return near, tongue, group, alike
}

// nearness of two countries: 1 at the same place, ½ at about 690 km, falling
// with the distance of their capitals; nothing where that is not known.
func nearness(a, b reference.Country) float64 {
	km := a.DistanceKm(b)
	if km < 0 {
		return 0
	}
	// e^(-km/1000) = ½^(km/693), in steps of a kilometre.
	return decay(km, int(math.Round(nearKm*ln2)))
}

// sharesLanguage reports whether two countries have an official language in
// common.
func sharesLanguage(a, b reference.Country) bool {
	for _, l := range a.Languages() {
		for _, m := range b.Languages() {
			if l.Base() == m.Base() {
				return true
			}
		}
	}
	return false
}

// logs is the logarithm of each.
func logs(a []float64) []float64 {
	out := make([]float64, len(a))
	for p, x := range a {
		out[p] = ln(x)
	}
	return out
}

// yes is 1 for what holds.
func yes(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// habits fills the features of how each provider behaves, towards the
// beneficiary and at large.
func (h *History) habits(f *portrait) {
	n := h.width()
	column := func(name string, of func(p int) float64) {
		c := make([]float64, n)
		for p := range c {
			c[p] = of(p)
		}
		f.columns[name] = c
	}
	lately := func(p int) float64 { return yes(f.place >= 0 && h.lately[f.place][p]) }
	years := func(p int) float64 {
		if f.place < 0 {
			return 0
		}
		return float64(h.active[f.place][p])
	}
	opened := 0.0
	for _, o := range h.opening {
		opened += o / float64(n)
	}
	near := make([]float64, n)
	for i, closeness := range f.closeness {
		for p, w := range h.lastPlace[i] {
			near[p] += float64(closeness * w)
		}
	}
	region := h.lastRegion[f.country.Region()]
	column(LastNear, func(p int) float64 { return log1p(near[p]) })
	column(LastAll, func(p int) float64 { return log1p(h.recent[p]) })
	column(LastRegion, func(p int) float64 {
		switch {
		case region == nil:
			return 0
		case f.place < 0:
			return log1p(region[p])
		}
		return log1p(region[p] - h.lastPlace[f.place][p])
	})
	column(Partner, func(p int) float64 { return yes(years(p) > 0) })
	column(LastYear, lately)
	column(Years, func(p int) float64 { return log1p(years(p)) })
	column(Constancy, func(p int) float64 { return h.lasting[p] * lately(p) })
	column(Opening, func(p int) float64 {
		return ln((h.opening[p] + float64(0.5*opened) + 0.1) / (float64(1.5*opened) + 0.1))
	})
	column(Breadth, func(p int) float64 { return ln(h.reach[p]+0.5) - ln(h.all[p]+0.5) })
	column(Trend, func(p int) float64 { return ln(h.recent[p]+1) - ln(h.mean[p]+1) })
	column(Unknown, func(p int) float64 { return ln(f.share[p]) / (1 + f.known) })
}

// ties fills the features of geography and language between the beneficiary and
// each provider that is a State.
func (h *History) ties(f *portrait) {
	n := h.width()
	language, border, distance := make([]float64, n), make([]float64, n), make([]float64, n)
	for p, id := range h.providers {
		c, isState := reference.ParseCountry(id)
		if !isState {
			continue
		}
		language[p] = yes(sharesLanguage(c, f.country))
		border[p] = yes(c.Borders(f.country))
		distance[p] = -ln(max(float64(unknownKm(c.DistanceKm(f.country))), 100) / nearKm)
	}
	f.columns[Language], f.columns[Neighbour], f.columns[Distance] = language, border, distance
}

// unknownKm puts what is not known at a middling distance.
func unknownKm(km int) int {
	if km < 0 {
		return 6000
	}
	return km
}

// of returns the features of all providers for one theme, in the order of
// [Features].
func (h *History) of(f *portrait, theme string) [][]float64 {
	n := h.width()
	var given, there, last, pair, recent []float64
	t, known := h.theme[theme]
	if known {
		given = h.given[t]
		if s := h.subThemes[f.country.Region()]; s != nil {
			there, last = s[t], h.lastThemes[f.country.Region()][t]
		}
	}
	pair, recent = make([]float64, n), make([]float64, n)
	years, others := make([]float64, n), make([]float64, n)
	if known && f.place >= 0 {
		for _, c := range h.pairs[f.place*len(h.themes)+t] {
			pair[c.provider], years[c.provider] = c.weight, float64(c.years)
			recent[c.provider] = yes(c.last == h.years[len(h.years)-1])
		}
		for s := range h.themes {
			for _, c := range h.pairs[f.place*len(h.themes)+s] {
				others[c.provider] += float64(h.likeness[t][s] * c.weight)
			}
		}
	}
	wide := shrunk(given, f.share, priorTheme)
	expected := product(f.sub, wide, f.share)
	local := shrunk(there, expected, priorTheme)
	usual := product(local, f.whole, f.sub)
	exact := shrunk(pair, usual, priorPair)
	expectedNear := product(f.near, wide, f.share)
	around := shrunk(h.around(f, t, known), expectedNear, priorNear)
	own := map[string][]float64{
		ShareTheme: ratio(wide, f.share), ShareRegionTheme: ratio(local, expected), SharePair: ratio(exact, usual),
		ShareNearby: ratio(around, f.near), LastPair: recent, PairYears: make([]float64, n), OtherThemes: make([]float64, n), LastThere: make([]float64, n), LastTheme: make([]float64, n),
	}
	for p := range n {
		own[PairYears][p], own[OtherThemes][p] = log1p(years[p]), log1p(others[p])
		if known {
			own[LastTheme][p] = log1p(h.lastTheme[t][p])
		}
		if last != nil {
			own[LastThere][p] = log1p(last[p] - recent[p])
		}
	}
	names := Features()
	out := make([][]float64, len(names))
	for i, name := range names {
		if out[i] = own[name]; out[i] == nil {
			out[i] = f.columns[name]
		}
	}
	return out
}

// around adds up the help with a theme to other beneficiaries by how near they
// are.
func (h *History) around(f *portrait, theme int, known bool) []float64 {
	sum := make([]float64, h.width())
	if !known {
		return sum
	}
	for i, closeness := range f.closeness {
		for _, c := range h.pairs[i*len(h.themes)+theme] {
			sum[c.provider] += float64(closeness * c.weight)
		}
	}
	return sum
}

// Describe returns the features of every provider, by feature in the order of
// [Features], for a beneficiary and themes.
func (h *History) Describe(b reference.Country, themes []string) [][][]float64 {
	f := h.portray(b)
	out := make([][][]float64, len(themes))
	for i, t := range themes {
		out[i] = h.of(f, t)
		for k, column := range out[i] {
			out[i][k] = column[:len(h.providers)]
		}
	}
	return out
}

// Partner reports whether the provider has helped the beneficiary, by its place
// in [History.Providers].
func (h *History) Partner(b reference.Country, provider int) bool {
	at, known := h.place[b]
	return known && h.active[at][provider] > 0
}
