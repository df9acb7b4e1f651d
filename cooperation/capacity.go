package cooperation

import (
	"slices"
	"strconv"
	"time"

	"entente/message"
)

// Taken is what agreed partnerships have taken of an offer's capacity.
type Taken struct {
	Amount       Money    `json:"amount,omitzero"`        // in the currency of the ceiling
	Quantity     int      `json:"quantity,omitempty"`     // beneficiaries or person-days, as the capacity is stated
	Partnerships []string `json:"partnerships,omitempty"` // ids
	Takings      []Taking `json:"takings,omitempty"`      // what each of them has taken; for the offer's own side
}

// Taking is what one partnership takes of an offer.
type Taking struct {
	Partnership string `json:"partnership"`
	Amount      Money  `json:"amount,omitzero"`
	Quantity    int    `json:"quantity,omitempty"`
	Unit        string `json:"unit,omitempty"` // of the capacity when it was taken
}

// Take takes from the capacity of an open offer what a partnership has agreed
// on. What is not left is refused, and so is taking twice for one partnership.
func (o *Offer) Take(t Taking, now time.Time) error {
	if slices.Contains(o.Taken.Partnerships, t.Partnership) {
		return Refuse(Conflict, "error.conflict.counted")
	}
	if o.Status != OfferOpen && o.Status != OfferExhausted {
		return refused("offer", "take", string(o.Status))
	}
	if err := o.leaves(t); err != nil {
		return err
	}
	if t.Unit = o.Capacity.Unit; t.Amount.none() {
		t.Amount = Money{}
	}
	if !o.counted() {
		t.Quantity, t.Unit = 0, ""
	}
	o.Taken.Takings = append(slices.Clip(o.Taken.Takings), t)
	o.settle()
	o.touch(now)
	return nil
}

// leaves refuses what the offer has not left.
func (o *Offer) leaves(t Taking) error {
	if !o.Ceiling.IsZero() && !t.Amount.IsZero() {
		wanted, err := t.Amount.Minor()
		left, currency := o.RemainingMinor()
		if err != nil || t.Amount.Currency != currency || wanted > left {
			return Refuse(Conflict, "error.conflict.remaining_amount", remainingArg(left, currency))
		}
	}
	if left := o.Capacity.Quantity - o.Taken.Quantity; o.counted() && (t.Quantity < 0 || t.Quantity > left) {
		return Refuse(Conflict, "error.conflict.remaining_quantity", message.Of(message.Integer, "remaining", strconv.Itoa(max(left, 0))), unitArg(o.Capacity.Unit))
	}
	return nil
}

// GiveBack says what a partnership keeps of what it has taken: nothing, when it
// is stopped before anything was given. The rest can be agreed with others. It
// reports whether that changed anything; doing it again changes nothing.
func (o *Offer) GiveBack(partnership string, kept Money, quantity int, now time.Time) (changed bool) {
	i := slices.IndexFunc(o.Taken.Takings, func(t Taking) bool { return t.Partnership == partnership })
	if i < 0 {
		return false
	}
	t := o.Taken.Takings[i]
	t.Amount, t.Quantity = less(t.Amount, kept), min(t.Quantity, max(quantity, 0))
	nothing := t.Amount.IsZero() && t.Quantity == 0
	if t == o.Taken.Takings[i] && !nothing {
		return false
	}
	o.Taken.Takings = slices.Clone(o.Taken.Takings)
	if o.Taken.Takings[i] = t; nothing {
		o.Taken.Takings = slices.Delete(o.Taken.Takings, i, i+1)
	}
	o.Taken.Amount, o.Taken.Quantity, o.Taken.Partnerships = Money{}, 0, nil
	if o.Status == OfferOpen || o.Status == OfferExhausted {
		o.settle()
	} else {
		o.Taken.recount(&o.OfferContent)
	}
	o.touch(now)
	return true
}

// counted reports whether the capacity is stated in something that is counted.
func (c *OfferContent) counted() bool {
	return c.Capacity.Unit == "beneficiaries" || c.Capacity.Unit == "person_days"
}

// recount adds up what partnerships have taken, in the currency and the unit in
// which the offer is stated.
func (t *Taken) recount(c *OfferContent) {
	if len(t.Takings) == 0 {
		return
	}
	currency := c.Ceiling.Currency
	t.Amount, t.Quantity, t.Partnerships = Money{}, 0, nil
	var sum int64
	for _, x := range t.Takings {
		t.Partnerships = append(t.Partnerships, x.Partnership)
		if currency == "" {
			currency = x.Amount.Currency
		}
		if minor, err := x.Amount.Minor(); err == nil && x.Amount.Currency == currency {
			sum += minor
		}
		if x.Unit == c.Capacity.Unit {
			t.Quantity += x.Quantity
		}
	}
	if sum > 0 {
		t.Amount = NewMoney(min(sum, maxMinor), currency)
	}
}

// checkTaken refuses a currency or a unit in which what partnerships have taken
// could not be counted any more.
func (t *Taken) checkTaken(c *OfferContent) error {
	var m mistakes
	for _, x := range t.Takings {
		if !c.Ceiling.IsZero() && !x.Amount.IsZero() && x.Amount.Currency != c.Ceiling.Currency {
			m.add("ceiling.currency", "error.invalid.agreed_currency", currencyArg(x.Amount.Currency))
		}
		if c.counted() && x.Quantity > 0 && x.Unit != c.Capacity.Unit {
			m.add("capacity.unit", "error.invalid.agreed_unit", unitArg(x.Unit))
		}
	}
	return m.err()
}

// less is the smaller of what there was and what is kept of it.
func less(had, kept Money) Money {
	was, err := had.Minor()
	if err != nil {
		return had
	}
	stays, err := kept.Minor()
	switch {
	case err != nil || kept.Currency != had.Currency || stays == 0:
		return Money{}
	case stays >= was:
		return had
	}
	return NewMoney(stays, had.Currency)
}

func remainingArg(minor int64, currency string) message.Arg {
	return message.Of(message.Money, "remaining", NewMoney(minor, currency).String())
}

func unitArg(unit string) message.Arg {
	return message.Of(message.Key, "unit", "capacity."+unit)
}
