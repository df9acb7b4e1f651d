package matching

import (
	"slices"

	"entente/reference"
)

// coverages are the different coverages of the offers of a segment. How closely
// each reaches a country stands together by country, for that is how it is read.
type coverages struct {
	tables []*reachTable
	levels []reach // country*len(tables)+coverage
}

// newCoverages numbers the coverages of offers; number is called with the number
// of each offer in turn.
func newCoverages(w *workshop, offers []offerFeatures, number func(i int, coverage uint32)) coverages {
	var c coverages
	numbers, alike := map[*reachTable]uint32{}, map[reachTable]uint32{}
	for i := range offers {
		t := offers[i].reaches
		n, known := numbers[t]
		if !known {
			if n, known = alike[*t]; !known {
				n = uint32(len(c.tables))
				alike[*t], c.tables = n, append(c.tables, t)
			}
			numbers[t] = n
		}
		number(i, n)
	}
	c.levels = make([]reach, len(reachTable{})*len(c.tables))
	for n, t := range c.tables {
		for _, country := range w.countries {
			c.levels[int(country)*len(c.tables)+n] = t[country]
		}
	}
	return c
}

// of returns how closely each coverage reaches a country.
func (c *coverages) of(country reference.Country) []reach {
	n := len(c.tables)
	return c.levels[int(country)*n : (int(country)+1)*n]
}

// everywhere says of each coverage whether it reaches every country.
func (c *coverages) everywhere(w *workshop) []bool {
	all := make([]bool, len(c.tables))
	for n, t := range c.tables {
		all[n] = !slices.ContainsFunc(w.countries, func(country reference.Country) bool { return t[country] == reachNone })
	}
	return all
}
