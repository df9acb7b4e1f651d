package backtest

import (
	"cmp"
	"slices"

	"entente/matching"
	"entente/matching/learn"
	"entente/matching/record"
	"entente/reference"
)

// ranker puts the providers in order for a need, the best first.
type ranker interface {
	name() string
	rank(n *need) []string
	// discover ranks for the list of those new to the beneficiary; others in it
	// are taken out.
	discover(n *need) []string
}

// engine is the product's own ranking.
type engine struct{ arena *learn.Arena }

func (engine) name() string { return "entente" }

func (e engine) rank(n *need) []string { return e.arena.Rank(n.country, n.theme) }

func (e engine) discover(n *need) []string { return e.arena.Discover(n.country, n.theme) }

// newEngine learns from the rows of training alone.
func newEngine(train []Row, until int, providers, themes []string) (*engine, learn.Learned, error) {
	rows := Records(train)
	tie, err := learn.EngineTies(rows)
	if err != nil {
		return nil, learn.Learned{}, err
	}
	learned := learn.History(rows, tie)
	main, discovery := learned.Weights(matching.Weights{Version: 1, Record: matching.WeightSum})
	arena, err := learn.NewArena(providers, themes, main, discovery, record.NewTable(rows, until, learned.Model))
	return &engine{arena}, learned, err
}

// counts is a ranking by counts of rows, the largest first.
type counts struct {
	label     string
	providers []string
	of        func(n *need, provider string) []int // compared in order
}

func (c *counts) name() string { return c.label }

func (c *counts) discover(n *need) []string { return c.rank(n) }

func (c *counts) rank(n *need) []string {
	keys := map[string][]int{}
	for _, p := range c.providers {
		keys[p] = c.of(n, p)
	}
	list := slices.Clone(c.providers)
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Or(slices.Compare(keys[b], keys[a]), cmp.Compare(a, b)) })
	return list
}

// baselines are the rankings that anybody could make: by all rows of a
// provider; by those with the theme in the sub-region, then all; and first those
// who have helped the beneficiary, by how often, then by the latter.
func baselines(train []Row, providers []string) []ranker {
	all := map[string]int{}
	type local struct {
		region          reference.Region
		theme, provider string
	}
	there := map[local]int{}
	pair := map[[2]string]int{}
	for _, r := range train {
		all[r.Provider]++
		there[local{subRegion(r.Beneficiary), r.Theme, r.Provider}]++
		pair[[2]string{r.Beneficiary, r.Provider}]++
	}
	near := func(n *need, p string) int { return there[local{subRegion(n.beneficiary), n.theme, p}] }
	return []ranker{
		&counts{"popularity", providers, func(_ *need, p string) []int { return []int{all[p]} }},
		&counts{"popularity_there", providers, func(n *need, p string) []int { return []int{near(n, p), all[p]} }},
		&counts{"incumbent", providers, func(n *need, p string) []int {
			return []int{pair[[2]string{n.beneficiary, p}], near(n, p), all[p]}
		}},
	}
}

// subRegion is the M49 sub-region, the intermediate one where there is one.
func subRegion(beneficiary string) reference.Region {
	c, _ := reference.ParseCountry(beneficiary)
	return c.Region()
}
