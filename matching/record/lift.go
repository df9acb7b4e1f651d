package record

import "entente/reference"

// lifts say who has had, or given, less help than others: 1 for those without
// any, a half for the average, towards 0 for those with the most.
type lifts struct {
	beneficiary []int32
	theme       []int32
	provider    []int32
}

// newLifts compares the weight of the help of each with the average of those on
// record.
func newLifts(h *History) lifts {
	of := func(n int, weight func(int) float64) []int32 {
		mean := 0.0
		for i := range n {
			mean += weight(i) / float64(n)
		}
		out := make([]int32, n)
		for i := range out {
			out[i] = int32(whole * (mean / (mean + weight(i))))
		}
		return out
	}
	sum := func(list []float64) float64 {
		total := 0.0
		for _, x := range list {
			total += x
		}
		return total
	}
	return lifts{
		beneficiary: of(len(h.places), func(b int) float64 { return sum(h.helped[b]) }),
		theme:       of(len(h.themes), func(t int) float64 { return sum(h.given[t]) }),
		provider:    of(len(h.providers), func(p int) float64 { return h.all[p] }),
	}
}

// LiftBeneficiary says how much less help than others the beneficiary had, in
// millionths; neutral when nothing is on record at all.
func (t *Table) LiftBeneficiary(b reference.Country) int32 {
	if at, known := t.place[b]; known {
		return t.lifts.beneficiary[at]
	}
	return t.unlisted()
}

// LiftTheme says the same of a theme. A theme that is not on record is neutral:
// the source may name it otherwise.
func (t *Table) LiftTheme(theme string) int32 {
	if at, known := t.theme[theme]; known {
		return t.lifts.theme[at]
	}
	return neutral
}

// LiftProvider says the same of a provider by its number: small providers are
// seen less.
func (t *Table) LiftProvider(number int32) int32 {
	if number > 0 {
		return t.lifts.provider[number-1]
	}
	return t.unlisted()
}

// unlisted is the lift of those who are not on record.
func (t *Table) unlisted() int32 {
	if t.Empty() {
		return neutral
	}
	return whole
}
