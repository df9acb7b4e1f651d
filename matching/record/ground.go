package record

// ground is what the features of a theme have in common for all beneficiaries of
// a sub-region.
type ground struct {
	theme       int // in the history
	known       bool
	wide, local []float64 // the share of help with the theme, and of that in the sub-region
	last        []float64 // help with the theme in the sub-region in the last year, nil without any
	columns     columns   // finished features
}

// survey works out what depends on the theme and the sub-region of a beneficiary
// alone.
func (h *History) survey(f *portrait, theme string) *ground {
	g := &ground{}
	var given, there []float64
	if g.theme, g.known = h.theme[theme]; g.known {
		given = h.given[g.theme]
		if s := h.subThemes[f.country.Region()]; s != nil {
			there, g.last = s[g.theme], h.lastThemes[f.country.Region()][g.theme]
		}
	}
	g.wide = shrunk(given, f.share, priorTheme)
	expected := product(f.sub, g.wide, f.share)
	g.local = shrunk(there, expected, priorTheme)
	g.columns[atShareTheme] = ratio(g.wide, f.share)
	g.columns[atShareRegionTheme] = ratio(g.local, expected)
	g.columns[atLastTheme] = make([]float64, h.width())
	if g.known {
		for p, n := range h.lastTheme[g.theme] {
			g.columns[atLastTheme][p] = log1p(n)
		}
	}
	return g
}
