package record

import (
	"math"

	"entente/reference"
)

// portrait is what the features of a beneficiary have in common for all themes.
type portrait struct {
	place                     int // in the history, -1 when it was never helped
	country                   reference.Country
	share, region, sub, whole []float64 // whole: the share of help to the beneficiary
	near                      []float64
	closeness                 []float64 // by beneficiary of the history, 0 for itself
	columns                   columns   // finished features
	known                     float64   // weight of all help to the beneficiary
}

// portray works out what does not depend on the theme.
func (h *History) portray(b reference.Country) *portrait {
	f := &portrait{place: -1, country: b, share: h.share()}
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
	f.columns[atShare] = logs(f.share)
	f.columns[atShareRegion] = ratio(f.region, f.share)
	f.columns[atShareSubRegion] = ratio(f.sub, f.region)
	f.columns[atShareBeneficiary] = ratio(f.whole, f.sub)
	f.columns[atShareNear] = ratio(f.near, f.share)
	f.columns[atShareLanguage] = ratio(shrunk(tongue, f.share, priorLanguage), f.share)
	f.columns[atShareGroup] = ratio(shrunk(group, f.share, priorGroup), f.share)
	f.columns[atShareAlike] = ratio(shrunk(alike, f.share, priorAlike), f.share)
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

// habits fills the features of how each provider behaves, towards the
// beneficiary and at large.
func (h *History) habits(f *portrait) {
	n := h.width()
	column := func(at int, of func(p int) float64) {
		c := make([]float64, n)
		for p := range c {
			c[p] = of(p)
		}
		f.columns[at] = c
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
	column(atLastNear, func(p int) float64 { return log1p(near[p]) })
	column(atLastAll, func(p int) float64 { return log1p(h.recent[p]) })
	column(atLastRegion, func(p int) float64 {
		switch {
		case region == nil:
			return 0
		case f.place < 0:
			return log1p(region[p])
		}
		return log1p(region[p] - h.lastPlace[f.place][p])
	})
	column(atPartner, func(p int) float64 { return yes(years(p) > 0) })
	column(atLastYear, lately)
	column(atYears, func(p int) float64 { return log1p(years(p)) })
	column(atConstancy, func(p int) float64 { return h.lasting[p] * lately(p) })
	column(atOpening, func(p int) float64 {
		return ln((h.opening[p] + float64(0.5*opened) + 0.1) / (float64(1.5*opened) + 0.1))
	})
	column(atBreadth, func(p int) float64 { return ln(h.reach[p]+0.5) - ln(h.all[p]+0.5) })
	column(atTrend, func(p int) float64 { return ln(h.recent[p]+1) - ln(h.mean[p]+1) })
	column(atUnknown, func(p int) float64 { return ln(f.share[p]) / (1 + f.known) })
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
	f.columns[atLanguage], f.columns[atNeighbour], f.columns[atDistance] = language, border, distance
}

// unknownKm puts what is not known at a middling distance.
func unknownKm(km int) int {
	if km < 0 {
		return 6000
	}
	return km
}
