package plan

import "entente/matching"

// personDays is what helping a need of ordinary size takes: one expert for a
// month.
const personDays = 20

// SupplyOf says what an offer can still give: the amount that remains of its
// ceiling, and as many needs as are left of its capacity, counting one need for
// each beneficiary or for twenty person-days. A capacity that is stated in
// neither of these, nor in an amount that can be compared, serves one need.
func SupplyOf(o *matching.Offer) Supply {
	if o.Exhausted && !o.Unlimited {
		return Supply{}
	}
	s := Supply{Amount: Unlimited, Needs: Unlimited}
	if o.Ceiling > 0 || o.Remaining > 0 {
		s.Amount = o.Remaining
	}
	switch {
	case o.Unlimited:
	case o.Beneficiaries > 0:
		s.Needs = scaled(o.Beneficiaries, 1000, 1)
	case o.PersonDays > 0:
		s.Needs = scaled(o.PersonDays, 1000, personDays)
	case s.Amount == Unlimited:
		s.Needs = 1000
	}
	return s
}
