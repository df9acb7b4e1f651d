package backtest

import (
	"cmp"
	"slices"

	"entente/matching/record"
	"entente/reference"
)

// Row is a row of a history file as it stands there: the beneficiary may be a
// place that is no State or territory known to the engine.
type Row struct {
	Year        int
	Beneficiary string // alpha-2 code, or the word of the file
	Theme       string
	Provider    string // alpha-2 code, or the word of the file
}

// need is a beneficiary, a theme and a year, with those who helped.
type need struct {
	year               int
	beneficiary, theme string
	country            reference.Country // 0 for a place that is not known
	true               []string
}

// sorted returns the distinct rows in order.
func sorted(rows []Row) []Row {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Beneficiary, b.Beneficiary), cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Provider, b.Provider))
	})
	return slices.Compact(rows)
}

// between returns the rows of some years.
func between(rows []Row, from, to int) []Row {
	var out []Row
	for _, r := range rows {
		if r.Year >= from && r.Year <= to {
			out = append(out, r)
		}
	}
	return out
}

// needsOf groups sorted rows.
func needsOf(rows []Row) []need {
	var list []need
	for _, r := range rows {
		if n := len(list); n == 0 || list[n-1].year != r.Year || list[n-1].beneficiary != r.Beneficiary || list[n-1].theme != r.Theme {
			c, _ := reference.ParseCountry(r.Beneficiary)
			list = append(list, need{year: r.Year, beneficiary: r.Beneficiary, theme: r.Theme, country: c})
		}
		last := &list[len(list)-1]
		last.true = append(last.true, r.Provider)
	}
	return list
}

// Records returns the rows that the engine can learn from: those whose
// beneficiary it knows.
func Records(rows []Row) []record.Row {
	var out []record.Row
	for _, r := range rows {
		if c, known := reference.ParseCountry(r.Beneficiary); known {
			out = append(out, record.Row{Year: r.Year, Beneficiary: c, Theme: r.Theme, Provider: r.Provider})
		}
	}
	return out
}
