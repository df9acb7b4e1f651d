package cooperation_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// given is what a model remembers of one partnership.
type given struct{ minor, quantity int64 }

// Whatever is agreed and given back, in whatever order and how often: no more is
// taken than there is, nothing is taken twice, and what is left is what the
// model says.
func TestNoMoreOfAnOfferIsTakenThanThereIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := offerIn("open", cooperation.Pledge)
		o.Ceiling, o.Capacity = usd("100"), cooperation.Capacity{Unit: rapid.SampledFrom([]string{"person_days", "beneficiaries", "amount", ""}).Draw(t, "unit"), Quantity: 10}
		counted := o.Capacity.Unit == "person_days" || o.Capacity.Unit == "beneficiaries"
		model := map[string]given{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			id := strconv.Itoa(rapid.IntRange(1, 5).Draw(t, "partnership"))
			g := given{rapid.Int64Range(0, 6000).Draw(t, "amount"), rapid.Int64Range(0, 6).Draw(t, "quantity")}
			var sum given
			for _, m := range model {
				sum.minor, sum.quantity = sum.minor+m.minor, sum.quantity+m.quantity
			}
			before, text, c := *o, asText(t, o), *o
			if rapid.Bool().Draw(t, "take") {
				_, twice := model[id]
				fits := sum.minor+g.minor <= 10000 && (!counted || sum.quantity+g.quantity <= 10)
				err := c.Take(cooperation.Taking{Partnership: id, Amount: cooperation.NewMoney(g.minor, "USD"), Quantity: int(g.quantity)}, noon)
				if (err == nil) != (fits && !twice) {
					t.Fatalf("with %+v taken, taking %+v for %s again (%v) ended with %v", sum, g, id, twice, err)
				}
				if err == nil {
					if !counted {
						g.quantity = 0
					}
					model[id] = g
				}
			} else {
				had := model[id]
				kept := given{min(had.minor, g.minor), min(had.quantity, g.quantity)}
				if !counted {
					kept.quantity = 0
				}
				c.GiveBack(id, cooperation.NewMoney(g.minor, "USD"), int(g.quantity), noon)
				if c.GiveBack(id, cooperation.NewMoney(g.minor, "USD"), int(g.quantity), noon) {
					t.Fatal("giving back twice changed something")
				}
				delete(model, id)
				if kept != (given{}) {
					model[id] = kept
				}
			}
			if got := asText(t, &before); got != text {
				t.Fatalf("the version before was reached into:\n%s", cmp.Diff(text, got))
			}
			o = stored(t, &c)
			sum = given{}
			for _, m := range model {
				sum.minor, sum.quantity = sum.minor+m.minor, sum.quantity+m.quantity
			}
			left, _ := o.RemainingMinor()
			if left != 10000-sum.minor || o.Taken.Quantity != int(sum.quantity) || len(o.Taken.Partnerships) != len(model) {
				t.Fatalf("%d are left with %+v taken; the model says %+v", left, o.Taken, model)
			}
			spent := o.Capacity.Unit == "amount" && left == 0 || counted && sum.quantity == 10
			if (o.Status == cooperation.OfferExhausted) != spent {
				t.Fatalf("with %+v taken it is %s", sum, o.Status)
			}
		}
	})
}

func TestWhatIsNotLeftIsRefusedWithWhatIs(t *testing.T) {
	o := offerIn("open", cooperation.Pledge)
	o.Ceiling, o.Capacity = usd("100"), cooperation.Capacity{Unit: "person_days", Quantity: 10}
	ok(t, o.Take(cooperation.Taking{Partnership: "a", Amount: usd("80"), Quantity: 9}, noon))
	e := refusal(t, o.Take(cooperation.Taking{Partnership: "b", Amount: usd("20.01"), Quantity: 1}, noon))
	if e.Code != cooperation.Conflict || e.Message.Key != "error.conflict.remaining_amount" || e.Message.Args[0].Value != "20.00 USD" {
		t.Errorf("too much is refused with %+v", e)
	}
	e = refusal(t, o.Take(cooperation.Taking{Partnership: "b", Amount: usd("20"), Quantity: 2}, noon))
	if e.Message.Key != "error.conflict.remaining_quantity" || e.Message.Args[0].Value != "1" {
		t.Errorf("too many are refused with %+v", e)
	}
	e = refusal(t, o.Take(cooperation.Taking{Partnership: "b", Amount: cooperation.Money{Amount: "1", Currency: "EUR"}}, noon))
	if e.Message.Key != "error.conflict.remaining_amount" {
		t.Errorf("another currency is refused with %+v", e)
	}
	for _, situation := range []string{"lapsed", "withdrawn", "closed", "draft"} {
		gone := offerIn(situation, cooperation.Pledge)
		wantCode(t, gone.Take(cooperation.Taking{Partnership: "b"}, noon), cooperation.State)
	}
}

func TestAnOfferOfNothingButMoneyIsUsedUpWithItsCeiling(t *testing.T) {
	o := offerIn("open", cooperation.Pledge)
	o.Ceiling, o.Capacity, o.Kinds = usd("100"), cooperation.Capacity{}, []cooperation.Outcome{{Kind: cooperation.Finance}}
	ok(t, o.Take(cooperation.Taking{Partnership: "a", Amount: usd("100")}, noon))
	if o.Status != cooperation.OfferExhausted {
		t.Errorf("it is %s", o.Status)
	}
	if !o.GiveBack("a", usd("60"), 0, noon) || o.Status != cooperation.OfferOpen || o.Taken.Amount != usd("60.00") {
		t.Errorf("given back, it is %s with %+v taken", o.Status, o.Taken)
	}
}

func TestAnOfferCannotBeRestatedSoThatWhatWasTakenIsForgotten(t *testing.T) {
	o := offerIn("open", cooperation.Indication)
	o.OfferContent = fullOffer()
	o.Attachments, o.Ceiling = nil, usd("500")
	ok(t, o.Take(cooperation.Taking{Partnership: "a", Amount: usd("80"), Quantity: 9}, noon))
	content := o.OfferContent
	content.Ceiling = cooperation.Money{Amount: "500", Currency: "EUR"}
	content.Capacity.Unit = "beneficiaries"
	e := refusal(t, o.Replace(pilot(), content, franceProvider, noon))
	if len(e.Fields) != 2 || e.Fields[0].Field != "capacity.unit" || e.Fields[1].Field != "ceiling.currency" {
		t.Errorf("it is refused with %+v", e.Fields)
	}
	content.Ceiling, content.Capacity = usd("80"), cooperation.Capacity{Unit: "person_days", Quantity: 9}
	ok(t, o.Replace(pilot(), content, franceProvider, noon))
	if o.Status != cooperation.OfferExhausted {
		t.Errorf("with as much as was taken it is %s", o.Status)
	}
}
