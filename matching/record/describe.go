package record

import "entente/reference"

// Describe returns the features of every provider, by feature in the order of
// [Features], for a beneficiary and themes.
func (h *History) Describe(b reference.Country, themes []string) [][][]float64 {
	f := h.portray(b)
	out := make([][][]float64, len(themes))
	for i, t := range themes {
		out[i] = h.of(f, h.survey(f, t), everything())
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

// of returns the wanted features of all providers for one theme, in the order
// of [Features]; features that are not wanted may be nil.
func (h *History) of(f *portrait, g *ground, wanted choice) [][]float64 {
	own := h.together(f, g, wanted)
	if wanted[atShareNearby] {
		expectedNear := product(f.near, g.wide, f.share)
		own[atShareNearby] = ratio(shrunk(h.around(f, g.theme, g.known), expectedNear, priorNear), f.near)
	}
	out := make([][]float64, featureCount)
	for i := range out {
		for _, list := range []*columns{own, &g.columns, &f.columns} {
			if list[i] != nil {
				out[i] = list[i]
				break
			}
		}
	}
	return out
}

// together fills the features of what a provider and the beneficiary did with
// the theme.
func (h *History) together(f *portrait, g *ground, wanted choice) *columns {
	own, n := new(columns), h.width()
	pair, years, recent := make([]float64, n), make([]float64, n), make([]float64, n)
	if g.known && f.place >= 0 {
		for _, c := range h.pairs[f.place*len(h.themes)+g.theme] {
			pair[c.provider], years[c.provider] = c.weight, float64(c.years)
			recent[c.provider] = yes(c.last == h.years[len(h.years)-1])
		}
	}
	own[atLastPair] = recent
	if wanted[atSharePair] {
		usual := product(g.local, f.whole, f.sub)
		own[atSharePair] = ratio(shrunk(pair, usual, priorPair), usual)
	}
	if wanted[atPairYears] {
		own[atPairYears] = years
		for p, y := range years {
			years[p] = log1p(y)
		}
	}
	if wanted[atOtherThemes] {
		own[atOtherThemes] = h.otherThemes(f, g)
	}
	if wanted[atLastThere] {
		own[atLastThere] = make([]float64, n)
		for p, l := range g.last {
			own[atLastThere][p] = log1p(l - recent[p])
		}
	}
	return own
}

// otherThemes is the weight of the help to the beneficiary with themes that have
// similar providers, as a logarithm.
func (h *History) otherThemes(f *portrait, g *ground) []float64 {
	others := make([]float64, h.width())
	if g.known && f.place >= 0 {
		for s := range h.themes {
			for _, c := range h.pairs[f.place*len(h.themes)+s] {
				others[c.provider] += float64(h.likeness[g.theme][s] * c.weight)
			}
		}
	}
	for p, o := range others {
		others[p] = log1p(o)
	}
	return others
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
