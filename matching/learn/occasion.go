package learn

import (
	"math"
	"slices"

	"entente/matching/record"
	"entente/reference"
)

// Tie returns what the parts "language" and "region" of the score are worth
// between a beneficiary and every provider, from 0 to 1: provider → values.
type Tie func(b reference.Country, providers []string) [][]float64

// ties is the number of parts that a Tie values.
const ties = 2

// occasions are the examples of a history: of each beneficiary, theme and year,
// who helped, seen with what was known some years before.
type occasions struct {
	all, fresh choices // fresh: only providers new to the beneficiary, and choices of those
}

// choices are examples, with the names of those who came true in each.
type choices struct {
	examples []Example
	who      [][]string
}

// balanced are the examples with each choice of a provider counting by one over
// the root of how many it has: small providers matter, and large ones are not
// learned by heart. The mean is 1.
func (c *choices) balanced() []Example {
	count, total := map[string]float64{}, 0.0
	for _, names := range c.who {
		for _, p := range names {
			count[p]++
			total++
		}
	}
	sum := 0.0
	for _, names := range c.who {
		for _, p := range names {
			sum += 1 / math.Sqrt(count[p])
		}
	}
	out := make([]Example, len(c.examples))
	for i, e := range c.examples {
		for _, p := range c.who[i] {
			e.Worth = append(e.Worth, total/sum/math.Sqrt(count[p]))
		}
		out[i] = e
	}
	return out
}

// yearsOf lists the years of rows, in order.
func yearsOf(rows []record.Row) []int {
	var years []int
	for _, r := range rows {
		years = append(years, r.Year)
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// rolling collects the examples of every year but the first, each seen with
// what was known at the end of the year on record before it.
func rolling(rows []record.Row, halfLife int, tie Tie) occasions {
	var out occasions
	years := yearsOf(rows)
	for i := 1; i < len(years); i++ {
		out.collect(record.New(rows, years[i-1], halfLife), rows, years[i:i+1], tie)
	}
	return out
}

// chosen is who helped a beneficiary with a theme in a year, by the place of
// the provider in the history.
type chosen struct {
	beneficiary reference.Country
	theme       string
	year        int
}

// collect adds the examples of some years.
func (o *occasions) collect(h *record.History, rows []record.Row, years []int, tie Tie) {
	taken := map[chosen][]int{}
	themes := map[reference.Country][]string{}
	var places []reference.Country
	for _, r := range rows {
		at, known := slices.BinarySearch(h.Providers(), r.Provider)
		if !known || !slices.Contains(years, r.Year) {
			continue
		}
		key := chosen{r.Beneficiary, r.Theme, r.Year}
		if !slices.Contains(taken[key], at) {
			taken[key] = append(taken[key], at)
		}
		if !slices.Contains(themes[r.Beneficiary], r.Theme) {
			themes[r.Beneficiary] = append(themes[r.Beneficiary], r.Theme)
		}
		places = append(places, r.Beneficiary)
	}
	slices.Sort(places)
	for _, b := range slices.Compact(places) {
		slices.Sort(themes[b])
		fresh := make([]bool, len(h.Providers()))
		for p := range fresh {
			fresh[p] = !h.Partner(b, p)
		}
		tied := columns(tie(b, h.Providers()))
		for i, x := range h.Describe(b, themes[b]) {
			x = append(x, tied...)
			for _, y := range years {
				o.add(h, x, taken[chosen{b, themes[b][i], y}], fresh)
			}
		}
	}
}

// columns turns provider → values into value → providers.
func columns(rows [][]float64) [][]float64 {
	out := make([][]float64, ties)
	for k := range out {
		out[k] = make([]float64, len(rows))
		for p, row := range rows {
			out[k][p] = row[k]
		}
	}
	return out
}

// add enters one occasion.
func (o *occasions) add(h *record.History, x [][]float64, truth []int, fresh []bool) {
	if len(truth) == 0 {
		return
	}
	o.all.add(h, Example{X: x, True: truth})
	var news []int
	for _, p := range truth {
		if fresh[p] {
			news = append(news, p)
		}
	}
	if len(news) > 0 {
		o.fresh.add(h, Example{X: x, True: news, Open: fresh})
	}
}

func (c *choices) add(h *record.History, e Example) {
	var names []string
	for _, p := range e.True {
		names = append(names, h.Providers()[p])
	}
	c.examples, c.who = append(c.examples, e), append(c.who, names)
}
