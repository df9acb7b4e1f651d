package matching

import (
	"slices"

	"entente/reference"
)

// nonParties is the value of the change that opens an offer to States that are
// not Parties.
const nonParties = "non_parties"

// groupKey is the key of the name of those to whom an offer would be opened.
func groupKey(value string) string {
	if income, ok := reference.ParseIncome(value); ok {
		return income.Key()
	}
	return "country_group." + value
}

// openings lists the changes that would let further States receive an offer: to
// drop that only Parties may, and to add one group where groups are named.
func (e *Eligibility) openings() []string {
	var values []string
	if e.PartiesOnly {
		values = append(values, nonParties)
	}
	if !e.LDC && !e.SIDS && !e.LLDC && len(e.Income) == 0 {
		return values
	}
	for _, group := range []struct {
		code  string
		named bool
	}{{"ldc", e.LDC}, {"sids", e.SIDS}, {"lldc", e.LLDC}} {
		if !group.named {
			values = append(values, group.code)
		}
	}
	for _, income := range reference.Incomes() {
		if !slices.Contains(e.Income, income) {
			values = append(values, income.Code())
		}
	}
	return values
}

// open returns the rule with one opening made.
func (e Eligibility) open(value string) Eligibility {
	switch value {
	case nonParties:
		e.PartiesOnly = false
	case "ldc":
		e.LDC = true
	case "sids":
		e.SIDS = true
	case "lldc":
		e.LLDC = true
	default:
		income, _ := reference.ParseIncome(value)
		e.Income = append(slices.Clone(e.Income), income)
	}
	return e
}
