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
		states: map[reference.Country]bool{}, wanted: map[OverviewGap]int{}, given: map[OverviewGap]bool{}, offered: map[OverviewGap]bool{}, reached: map[string][]string{}}
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
	offered                           map[OverviewGap]bool // what offers name, by theme and kind
	reached                           map[string][]string  // by theme: it and those above it, none when the mandate does not reach it
}

// under are the themes of a posting that the mandate reaches, with those above
// them; none when the posting is not the body's.
func (g *gathering) under(themes []string) []string {
	var out []string
	for _, t := range themes {
		for _, id := range g.reach(t) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// reach is under for one theme.
func (g *gathering) reach(theme string) []string {
	reached, known := g.reached[theme]
	if !known {
		if g.body.Covers(g.c, theme) {
			reached = append([]string{theme}, g.c.Ancestors(theme)...)
		}
		g.reached[theme] = reached
	}
	return reached
}

func (g *gathering) need(n *Need) {
	themes := g.under(n.Themes)
	if !n.Status.Matchable() || len(themes) == 0 {
		return
	}
	g.out.Needs++
	money := moneyOf(n)
	for _, b := range n.Beneficiaries {
		g.states[b] = true
	}
	for _, t := range themes {
		g.themes.at(t).count(money, n.Beneficiaries)
		for _, k := range n.KindList() {
			g.wanted[OverviewGap{Theme: t, Kind: k}]++
		}
	}
	for _, r := range g.c.regionsOf(n.Beneficiaries) {
		g.regions.at(r).count(money, slices.DeleteFunc(slices.Clone(n.Beneficiaries), func(b reference.Country) bool {
			return !slices.Contains(g.c.regionsOf([]reference.Country{b}), r)
		}))
	}
	for _, k := range n.KindList() {
		g.kinds.at(string(k)).count(money, n.Beneficiaries)
	}
	for _, l := range n.Languages {
		g.languages.at(string(l.Language)).count(money, n.Beneficiaries)
	}
}

// moneyOf is what one need seeks, without a currency when it states none.
func moneyOf(n *Need) OverviewMoney {
	sought, currency := n.SoughtMinor()
	if currency == "" {
		return OverviewMoney{}
	}
	gap, _ := n.Gap()
	return OverviewMoney{Currency: currency, Needs: 1, Sought: sought, Gap: gap}
}

// count adds a need of these States that seeks so much to a cell.
func (c *overviewCell) count(m OverviewMoney, states []reference.Country) {
	c.Needs++
	for _, b := range states {
		c.states[b] = true
	}
	if m.Currency == "" {
		return
	}
	if c.money[m.Currency] == nil {
		c.money[m.Currency] = &OverviewMoney{Currency: m.Currency}
	}
	sum := c.money[m.Currency]
	sum.Needs, sum.Sought, sum.Gap = sum.Needs+m.Needs, sum.Sought+m.Sought, sum.Gap+m.Gap
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
			named := OverviewGap{Theme: t, Kind: k}
			if g.offered[named] {
				continue
			}
			g.offered[named] = true
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
