package reference

import "strings"

// Borders reports whether two countries share a border on land. It is false
// for a country with itself and for the European Union.
func (c Country) Borders(o Country) bool {
	set := c.entry().bordered
	return o != 0 && int(o>>6) < len(set) && set[o>>6]&(1<<(o&63)) != 0
}

// Neighbours returns the countries with which the country shares a land
// border, in the order of their alpha-2 codes. The slice is shared and must
// not be changed.
func (c Country) Neighbours() []Country { return c.entry().neighbours }

// DistanceKm returns the great-circle distance between the capitals of two
// countries in kilometres (territories: their seat of administration; the
// European Union: Brussels). It is 0 for a country with itself, and -1 when
// one of them is none.
func (c Country) DistanceKm(o Country) int {
	n := len(all.rows)
	if c == 0 || o == 0 || int(c) >= n || int(o) >= n {
		return -1
	}
	if c == o {
		return 0
	}
	if c > o {
		c, o = o, c
	}
	at := 2 * (all.rows[c] + int(o))
	return int(distances[at])<<8 | int(distances[at+1])
}

func (t *tables) loadBorders() {
	const table = "borders.tsv"
	words := (len(t.countries) + 63) / 64
	eachRow(table, 2, func(f []string) {
		c := &t.countries[t.country(table, f[0])]
		c.bordered = make([]uint64, words)
		for code := range strings.FieldsSeq(f[1]) {
			o := t.country(table, code)
			c.neighbours = append(c.neighbours, o)
			c.bordered[o>>6] |= 1 << (o & 63)
		}
	})
}

func (t *tables) loadDistances() {
	n := len(t.countries) - 1
	if len(distances) != n*(n-1) {
		panic("reference: the table of distances does not fit the table of countries")
	}
	t.rows = make([]int, n+1)
	start := 0
	for c := 1; c <= n; c++ {
		t.rows[c] = start - c - 1
		start += n - c
	}
}

func (t *tables) country(table, alpha2 string) Country {
	i, ok := alpha2Index(alpha2)
	must(i, ok)(table, alpha2)
	return must(t.byAlpha2[i], t.byAlpha2[i] != 0)(table, alpha2)
}
