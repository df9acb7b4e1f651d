package record

import (
	"slices"

	"entente/reference"
)

// Facts are the counts that explain what the record says of a provider for a
// beneficiary and a theme: what is closest and not nothing is the most telling.
type Facts struct {
	Since, Until int // first and last year on record
	YearsOnFile  int // years with any help on record

	PairYears, PairLast       int // years in which it helped the beneficiary with the theme, and the last of them
	PartnerYears, PartnerLast int // … with any theme
	ThereWithTheme, There     int // beneficiaries of the same sub-region, the beneficiary itself left out
	WithTheme, Anywhere       int // beneficiaries anywhere, the same
}

// Facts counts what a provider did, by its number above 0.
func (t *Table) Facts(number int32, b reference.Country, theme string) Facts {
	p := int(number - 1)
	f := Facts{YearsOnFile: len(t.years), Since: t.years[0], Until: t.years[len(t.years)-1]}
	at, known := t.theme[theme]
	for i, other := range t.places {
		years, last := t.helpedIn(i, p)
		with, withLast := 0, 0
		if known && years > 0 {
			with, withLast = t.cellOf(i, at, p)
		}
		switch {
		case other == b:
			f.PartnerYears, f.PartnerLast, f.PairYears, f.PairLast = years, last, with, withLast
			continue
		case years == 0:
			continue
		}
		f.Anywhere++
		near := b.Region() != 0 && other.Region() == b.Region()
		if near {
			f.There++
		}
		if with > 0 {
			f.WithTheme++
			if near {
				f.ThereWithTheme++
			}
		}
	}
	return f
}

// helpedIn returns in how many years a provider helped a beneficiary, and the
// last of them.
func (t *Table) helpedIn(beneficiary, provider int) (years, last int) {
	return t.active[beneficiary][provider], t.latest[beneficiary][provider]
}

// cellOf returns the same for one theme.
func (t *Table) cellOf(beneficiary, theme, provider int) (years, last int) {
	cells := t.pairs[beneficiary*len(t.themes)+theme]
	at, known := slices.BinarySearchFunc(cells, provider, func(c cell, p int) int { return c.provider - p })
	if !known {
		return 0, 0
	}
	return cells[at].years, cells[at].last
}
