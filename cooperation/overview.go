package cooperation

import (
	"maps"
	"slices"

	"entente/reference"
)

// Overview is all needs of a convention in aggregate, as a body examines them:
// what is asked for by theme, region, kind and language, what is offered and
// already running, and what nobody offers. It names no pairing and no State.
type Overview struct {
	Needs      int // that are pursued: open, or covered in part
	States     int // that ask
	Offers     int // that are open
	Activities int // that are planned or running
	Themes     []OverviewCell
	Regions    []OverviewCell
	Kinds      []OverviewCell
	Languages  []OverviewCell // in which help is asked for
	Gaps       []OverviewGap
}

// OverviewCell is what is known under one theme, region, kind or language.
type OverviewCell struct {
	ID         string
	Needs      int
	States     int
	Offers     int
	Activities int
	Money      []OverviewMoney
}

// OverviewMoney is what is sought in one currency, and what of it nobody has
// agreed to give.
type OverviewMoney struct {
	Currency    string
	Needs       int
	Sought, Gap int64 // minor units
}

// OverviewGap is a kind of help that is asked for under a theme and not
// offered there.
type OverviewGap struct {
	Theme string
	Kind  Kind
	Needs int
}

// overviewCells gathers the cells of one dimension.
type overviewCells map[string]*overviewCell

type overviewCell struct {
	OverviewCell
	states map[reference.Country]bool
	money  map[string]*OverviewMoney
}

func (c overviewCells) at(id string) *overviewCell {
	if c[id] == nil {
		c[id] = &overviewCell{OverviewCell: OverviewCell{ID: id}, states: map[reference.Country]bool{}, money: map[string]*OverviewMoney{}}
	}
	return c[id]
}

// list is the cells, those with the most needs first, then by id.
func (c overviewCells) list() []OverviewCell {
	out := make([]OverviewCell, 0, len(c))
	for _, id := range slices.Sorted(maps.Keys(c)) {
		cell := c[id]
		cell.States = len(cell.states)
		for _, currency := range slices.Sorted(maps.Keys(cell.money)) {
			cell.Money = append(cell.Money, *cell.money[currency])
		}
		out = append(out, cell.OverviewCell)
	}
	slices.SortStableFunc(out, func(a, b OverviewCell) int { return b.Needs - a.Needs })
	return out
}

// Overview gathers the needs, offers and activities that fall under the mandate
// of a body. They are those that the reader sees, as he sees them.
func (c *Convention) Overview(b *Committee, needs []*Need, offers []*Offer, activities []*Activity) Overview {
	g := gathering{c: c, body: b, themes: overviewCells{}, regions: overviewCells{}, kinds: overviewCells{}, languages: overviewCells{},
		states: map[reference.Country]bool{}, wanted: map[OverviewGap]int{}, given: map[OverviewGap]bool{}}
	for _, n := range needs {
		g.need(n)
	}
	for _, o := range offers {
		g.offer(o)
	}
	for _, a := range activities {
		g.activity(a)
	}
	g.out.States = len(g.states)
	g.out.Themes, g.out.Regions, g.out.Kinds, g.out.Languages = g.themes.list(), g.regions.list(), g.kinds.list(), g.languages.list()
	for gap, n := range g.wanted {
		if !g.given[gap] {
			gap.Needs = n
			g.out.Gaps = append(g.out.Gaps, gap)
		}
	}
	slices.SortFunc(g.out.Gaps, func(x, y OverviewGap) int {
		if x.Needs != y.Needs {
			return y.Needs - x.Needs
		}
		return slices.Compare([]string{x.Theme, string(x.Kind)}, []string{y.Theme, string(y.Kind)})
	})
	return g.out
}

// gathering is the work on one overview.
type gathering struct {
	c                                 *Convention
	body                              *Committee
	out                               Overview
	themes, regions, kinds, languages overviewCells
	states                            map[reference.Country]bool
	wanted                            map[OverviewGap]int  // needs, by theme and kind
	given                             map[OverviewGap]bool // what an offer gives, by theme and kind
}

// under are the themes of a posting that the mandate reaches, with those above
// them; none when the posting is not the body's.
func (g *gathering) under(themes []string) []string {
	var out []string
	for _, t := range themes {
		if !g.body.Covers(g.c, t) {
			continue
		}
		for _, id := range append([]string{t}, g.c.Ancestors(t)...) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

func (g *gathering) need(n *Need) {
	themes := g.under(n.Themes)
	if !n.Status.Matchable() || len(themes) == 0 {
		return
	}
	g.out.Needs++
	for _, b := range n.Beneficiaries {
		g.states[b] = true
	}
	for _, t := range themes {
		g.themes.at(t).count(n, n.Beneficiaries)
		for _, k := range n.KindList() {
			g.wanted[OverviewGap{Theme: t, Kind: k}]++
		}
	}
	for _, r := range g.c.regionsOf(n.Beneficiaries) {
		g.regions.at(r).count(n, slices.DeleteFunc(slices.Clone(n.Beneficiaries), func(b reference.Country) bool {
			return !slices.Contains(g.c.regionsOf([]reference.Country{b}), r)
		}))
	}
	for _, k := range n.KindList() {
		g.kinds.at(string(k)).count(n, n.Beneficiaries)
	}
	for _, l := range n.Languages {
		g.languages.at(string(l.Language)).count(n, n.Beneficiaries)
	}
}

// count adds a need of these States to a cell.
func (c *overviewCell) count(n *Need, states []reference.Country) {
	c.Needs++
	for _, b := range states {
		c.states[b] = true
	}
	sought, currency := n.SoughtMinor()
	if currency == "" {
		return
	}
	if c.money[currency] == nil {
		c.money[currency] = &OverviewMoney{Currency: currency}
	}
	gap, _ := n.Gap()
	sum := c.money[currency]
	sum.Needs, sum.Sought, sum.Gap = sum.Needs+1, sum.Sought+sought, sum.Gap+gap
}

func (g *gathering) offer(o *Offer) {
	themes := g.under(o.Themes)
	if o.Status != OfferOpen || len(themes) == 0 {
		return
	}
	g.out.Offers++
	for _, t := range themes {
		g.themes.at(t).Offers++
	}
	for _, k := range o.KindList() {
		g.kinds.at(string(k)).Offers++
		for _, t := range o.Themes {
			for wanted := range g.wanted { // an offer under a theme serves those above and below it
				if wanted.Kind == k && g.c.Common(t, wanted.Theme) {
					g.given[wanted] = true
				}
			}
		}
	}
	for _, l := range o.Languages {
		g.languages.at(string(l)).Offers++
	}
}

func (g *gathering) activity(a *Activity) {
	themes := g.under(a.Themes)
	if !a.open() || len(themes) == 0 {
		return
	}
	g.out.Activities++
	for _, t := range themes {
		g.themes.at(t).Activities++
	}
	for _, k := range a.Kinds {
		g.kinds.at(string(k)).Activities++
	}
	var states []reference.Country
	for _, p := range a.Beneficiaries {
		if state, ok := p.State(); ok {
			states = append(states, state)
		}
	}
	for _, r := range g.c.regionsOf(states) {
		g.regions.at(r).Activities++
	}
}

// regionsOf are the regions of the convention in which the States lie, or the
// continents where it has none of its own.
func (c *Convention) regionsOf(states []reference.Country) []string {
	var out []string
	add := func(id string) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, s := range states {
		if len(c.Regions) == 0 {
			if r := s.MacroRegion(); r != 0 {
				add(r.Code())
			}
			continue
		}
		for _, r := range c.Regions {
			if slices.Contains(r.Countries, s) {
				add(r.ID)
			}
		}
	}
	return out
}
