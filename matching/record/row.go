package record

import (
	"cmp"
	"slices"

	"entente/reference"
)

// Row says that a provider helped a beneficiary with a theme in a year.
type Row struct {
	Year        int
	Beneficiary reference.Country
	Theme       string // a theme of the convention, or of the source
	Provider    string // a matching.Party: the alpha-2 code of a State or the id of an organisation
	Amount      int64  // US cents, 0 is not stated; shown to people and not weighed
}

// order puts rows by year, beneficiary, theme and provider.
func order(a, b Row) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Beneficiary, b.Beneficiary),
		cmp.Compare(a.Theme, b.Theme), cmp.Compare(a.Provider, b.Provider))
}

// Distinct returns the rows in order, each year, beneficiary, theme and
// provider once, with the amounts of repetitions added up. Rows that lack a
// year, a beneficiary, a theme or a provider are left out.
func Distinct(rows []Row) []Row {
	out := make([]Row, 0, len(rows))
	for _, r := range rows {
		if r.Year > 0 && r.Beneficiary != 0 && r.Theme != "" && r.Provider != "" {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, order)
	kept := out[:0]
	for _, r := range out {
		if n := len(kept); n > 0 && order(kept[n-1], r) == 0 {
			kept[n-1].Amount += r.Amount
			continue
		}
		kept = append(kept, r)
	}
	return kept
}
