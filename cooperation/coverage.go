package cooperation

import (
	"slices"
	"time"

	"entente/message"
)

// Coverage is what partnerships have agreed and delivered for a need, in the
// currency of its costs.
type Coverage struct {
	Agreed    Money    `json:"agreed,omitzero"`
	Delivered Money    `json:"delivered,omitzero"`
	Kinds     []Kind   `json:"kinds,omitempty"`        // kinds that partnerships cover
	Partners  []string `json:"partnerships,omitempty"` // ids of the partnerships
	Parts     []Part   `json:"parts,omitempty"`        // what each of them covers; for the need's own side
	Settled   *Remark  `json:"settled,omitempty"`      // the State has said that the rest is not needed
}

// Part is what one partnership covers of a need.
type Part struct {
	Partnership string `json:"partnership"`
	Amount      Money  `json:"amount,omitzero"`     // in the currency of the need's costs
	Kinds       []Kind `json:"kinds,omitempty"`     // of which nothing remains to be sought
	Delivered   bool   `json:"delivered,omitempty"` // it was, and not only agreed
}

// Cover notes what a partnership covers of a need that is still sought. More
// than is sought is refused, and so is covering twice for one partnership. With
// nothing left to seek the need is covered; it is partly covered otherwise.
func (n *Need) Cover(p Part, now time.Time) error {
	if slices.Contains(n.Coverage.Partners, p.Partnership) {
		return Refuse(Conflict, "error.conflict.counted")
	}
	if !n.Status.Matchable() {
		return refused("need", "cover", string(n.Status))
	}
	if err := n.seeks(p); err != nil {
		return err
	}
	if p.Amount.none() {
		p.Amount = Money{}
	}
	n.Coverage.Parts = append(slices.Clip(n.Coverage.Parts), p)
	n.resettle()
	n.touch(now)
	return nil
}

// seeks refuses what the need does not seek any more.
func (n *Need) seeks(p Part) error {
	if !p.Amount.IsZero() {
		amount, err := p.Amount.Minor()
		left, currency := n.Gap()
		if err != nil || p.Amount.Currency != currency || amount > left {
			return Refuse(Conflict, "error.conflict.gap", remainingArg(left, currency))
		}
	}
	missing := n.Missing()
	if slices.ContainsFunc(p.Kinds, func(k Kind) bool { return !slices.Contains(missing, k) }) {
		return Refuse(Conflict, "error.conflict.kinds", kindsArg("missing", missing))
	}
	return nil
}

// Uncover says what a partnership keeps covering of a need: nothing, when it is
// stopped before anything was delivered. The rest is sought again. It reports
// whether that changed anything; doing it again changes nothing. A need that is
// before the matcher again stands at least as long as its State is asked
// beforehand whether it still does.
func (n *Need) Uncover(c *Convention, partnership string, kept Money, kinds []Kind, now time.Time) (changed bool) {
	i := slices.IndexFunc(n.Coverage.Parts, func(p Part) bool { return p.Partnership == partnership })
	if i < 0 {
		return false
	}
	before := n.Coverage.Parts[i]
	after := Part{Partnership: partnership, Amount: less(before.Amount, kept)}
	for _, k := range before.Kinds {
		if slices.Contains(kinds, k) {
			after.Kinds = append(after.Kinds, k)
		}
	}
	nothing := after.Amount.IsZero() && len(after.Kinds) == 0
	if after.Amount == before.Amount && len(after.Kinds) == len(before.Kinds) && !nothing {
		return false
	}
	n.Coverage.Parts = slices.Clone(n.Coverage.Parts)
	if n.Coverage.Parts[i] = after; nothing {
		n.Coverage.Parts = slices.Delete(n.Coverage.Parts, i, i+1)
	}
	n.Coverage.Agreed, n.Coverage.Kinds, n.Coverage.Partners = Money{}, nil, nil
	n.Coverage.Settled = nil // it was said of what was agreed then
	if n.Status == NeedCovered || n.Status.Matchable() {
		n.resettle()
	} else {
		n.Coverage.recount(&n.NeedContent)
	}
	if earliest := DateOf(now).AddDays(c.ReconfirmDays); n.Status.Matchable() && n.ValidUntil.Before(earliest) {
		n.ValidUntil = earliest
	}
	n.touch(now)
	return true
}

// Settle says that what partnerships do not cover is not needed any more. The
// need is covered then, until one of them is stopped.
func (n *Need) Settle(text string, actor Actor, now time.Time) error {
	if err := n.gate(actor, Settle, NeedPartlyCovered); err != nil {
		return err
	}
	r, err := remark("", text, false, actor, now)
	if err != nil {
		return err
	}
	n.Coverage.Settled = r
	n.resettle()
	n.touch(now)
	return nil
}

// Missing lists the kinds that are still sought, in the order of the need.
// Finance is, as long as an amount is: what was pledged of it covers no more
// than was pledged. Where every kind is covered and an amount is still sought,
// it is sought for all of them. Of a need whose State has said that the rest is
// not needed there are none.
func (n *Need) Missing() []Kind {
	if n.Coverage.Settled != nil {
		return nil
	}
	gap, _ := n.Gap()
	sought, _ := n.SoughtMinor()
	var out []Kind
	for _, k := range n.KindList() {
		missing := !slices.Contains(n.Coverage.Kinds, k)
		if k == Finance && sought > 0 {
			missing = gap > 0
		}
		if missing {
			out = append(out, k)
		}
	}
	if len(out) == 0 && gap > 0 {
		return n.KindList()
	}
	return out
}

// resettle makes the step of a need follow from what is covered of it.
func (n *Need) resettle() {
	n.Coverage.recount(&n.NeedContent)
	switch {
	case len(n.Missing()) == 0 && n.Coverage.delivered():
		n.Status = NeedMet
	case len(n.Missing()) == 0:
		n.Status = NeedCovered
	case len(n.Coverage.Parts) > 0:
		n.Status = NeedPartlyCovered
	default:
		n.Status = NeedOpen
	}
}

// recount adds up what partnerships cover.
func (c *Coverage) recount(content *NeedContent) {
	if len(c.Parts) == 0 {
		return
	}
	_, currency := content.SoughtMinor()
	c.Agreed, c.Delivered, c.Kinds, c.Partners = Money{}, Money{}, nil, nil
	var sum, delivered int64
	for _, p := range c.Parts {
		c.Partners = append(c.Partners, p.Partnership)
		if minor, err := p.Amount.Minor(); err == nil && p.Amount.Currency == currency {
			sum += minor
			if p.Delivered {
				delivered += minor
			}
		}
	}
	for _, k := range content.KindList() {
		if slices.ContainsFunc(c.Parts, func(p Part) bool { return slices.Contains(p.Kinds, k) }) {
			c.Kinds = append(c.Kinds, k)
		}
	}
	if sum > 0 {
		c.Agreed = NewMoney(min(sum, maxMinor), currency)
	}
	if delivered > 0 {
		c.Delivered = NewMoney(min(delivered, maxMinor), currency)
	}
}

// checkCovered refuses a currency in which what partnerships cover could not be
// counted any more.
func (c *Coverage) checkCovered(content *NeedContent) error {
	var m mistakes
	_, currency := content.SoughtMinor()
	for _, p := range c.Parts {
		if currency != "" && !p.Amount.IsZero() && p.Amount.Currency != currency {
			m.add("costs[0].currency", "error.invalid.agreed_currency", currencyArg(p.Amount.Currency))
		}
	}
	return m.err()
}

func kindsArg(name string, kinds []Kind) message.Arg {
	codes := make([]string, len(kinds))
	for i, k := range kinds {
		codes[i] = string(k)
	}
	return message.List(message.Kinds, name, codes...)
}
