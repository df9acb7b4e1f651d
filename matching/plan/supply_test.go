package plan_test

import (
	"testing"

	"entente/matching"
	"entente/matching/matchtest"
	"entente/matching/plan"
)

func TestAnOfferGivesWhatRemainsOfItsAmountAndCapacity(t *testing.T) {
	const free = plan.Unlimited
	for name, c := range map[string]struct {
		offer func(*matching.Offer)
		want  plan.Supply
	}{
		"nothing stated":        {func(o *matching.Offer) { o.Unlimited = true }, plan.Supply{Amount: free, Needs: free}},
		"an amount":             {func(o *matching.Offer) { o.Ceiling, o.Remaining = 500, 200 }, plan.Supply{Amount: 200, Needs: free}},
		"all of it used":        {func(o *matching.Offer) { o.Ceiling, o.Unlimited = 500, true }, plan.Supply{Needs: free}},
		"beneficiaries":         {func(o *matching.Offer) { o.Beneficiaries = 3 }, plan.Supply{Amount: free, Needs: 3000}},
		"days":                  {func(o *matching.Offer) { o.PersonDays = 30 }, plan.Supply{Amount: free, Needs: 1500}},
		"both":                  {func(o *matching.Offer) { o.Ceiling, o.Remaining, o.Beneficiaries = 9, 9, 2 }, plan.Supply{Amount: 9, Needs: 2000}},
		"exhausted":             {func(o *matching.Offer) { o.Exhausted, o.Remaining = true, 5 }, plan.Supply{}},
		"limited, not known to": {func(*matching.Offer) {}, plan.Supply{Amount: free, Needs: 1000}},
	} {
		o := matchtest.Offer(func(o *matching.Offer) { o.Unlimited = false }, c.offer)
		if got := plan.SupplyOf(&o); got != c.want {
			t.Errorf("%s: %+v, not %+v", name, got, c.want)
		}
	}
}
