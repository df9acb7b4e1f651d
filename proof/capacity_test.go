package proof_test

import (
	"fmt"
	"slices"

	"entente/cooperation"
)

// taking is what a partnership has of an offer: an amount, and person-days.
type taking struct{ amount, days int }

// part is what a partnership covers of a need.
type part struct {
	amount    int
	kinds     []string
	delivered bool
}

// left is what an offer has still to give.
func (p *posting) left() (amount, days int) {
	amount, days = p.ceiling, p.days
	for _, t := range p.taken {
		amount, days = amount-t.amount, days-t.days
	}
	return amount, days
}

// spent reports whether an offer has nothing left to give: of its days where it
// counts them, otherwise of its money where it states how much there is.
func (p *posting) spent() bool {
	amount, days := p.left()
	if p.days > 0 {
		return days <= 0
	}
	return p.ceiling > 0 && amount <= 0
}

// gap is the amount that a need still seeks.
func (p *posting) gap() int {
	gap := p.sought
	for _, x := range p.parts {
		gap -= x.amount
	}
	return gap
}

// missing are the kinds of help that a need still seeks: those that nobody gives
// whole, money as long as an amount is sought, and all of them where nothing but
// an amount is.
func (p *posting) missing() (out []string) {
	if p.settled {
		return nil
	}
	for _, kind := range p.kinds {
		covered := some(p.parts, func(x part) bool { return slices.Contains(x.kinds, kind) })
		if kind == "finance" && p.sought > 0 {
			covered = p.gap() <= 0
		}
		if !covered {
			out = append(out, kind)
		}
	}
	if len(out) == 0 && p.gap() > 0 {
		return p.kinds
	}
	return out
}

// weigh makes the step of a posting that stands follow from what is left of it.
func (p *posting) weigh() {
	switch sought := len(p.missing()) > 0; {
	case p.kind == "offer" && (p.status == "open" || p.status == "exhausted"):
		p.status = "open"
		if p.spent() {
			p.status = "exhausted"
		}
	case p.kind == "offer" || !p.open() && p.status != "covered":
	case !sought && len(p.parts) > 0 && !some(p.parts, func(x part) bool { return !x.delivered }):
		p.status = "met"
	case !sought:
		p.status = "covered"
	case len(p.parts) > 0:
		p.status = "partly_covered"
	default:
		p.status = "open"
	}
}

// give gives to a partnership of what an offer has.
func (p *posting) give(partnership string, t taking) {
	p.taken[partnership] = t
	p.version++
	p.weigh()
}

// takeBack leaves of what a partnership had of an offer what was delivered of it.
func (p *posting) takeBack(partnership string, kept taking, served bool) {
	had := p.taken[partnership]
	if served && kept == had {
		return
	}
	if p.taken[partnership] = kept; kept == (taking{}) {
		delete(p.taken, partnership)
	}
	p.version++
	p.weigh()
}

// cover lets a partnership cover a part of a need.
func (p *posting) cover(partnership string, x part) {
	p.parts[partnership] = x
	p.version++
	p.weigh()
}

// release leaves of what a partnership covered of a need what was delivered, as
// delivered. What was not is sought again, and for as long at least as its State
// is asked beforehand whether it still is.
func (m *model) release(n *posting, partnership string, kept part, served bool) {
	had := n.parts[partnership]
	if !served || kept.amount != had.amount || len(kept.kinds) != len(had.kinds) {
		if n.parts[partnership] = kept; kept.amount == 0 && len(kept.kinds) == 0 {
			delete(n.parts, partnership)
		}
		n.settled = false // that the rest is not needed was said of what was agreed then
		n.weigh()
		if least := cooperation.DateOf(m.now).AddDays(m.rules.ReconfirmDays); n.open() && n.until.Before(least) {
			n.until = least
		}
	}
	if x, covers := n.parts[partnership]; covers {
		x.delivered = true
		n.parts[partnership] = x
		n.weigh()
	}
	n.version++
}

// unlike says how a posting's own account of what partnerships have differs from
// the model's arithmetic; "" for not at all.
func (p *posting) unlike(amount cooperation.Money, quantity int, partnerships int) string {
	amounts, days := 0, 0
	for _, t := range p.taken {
		amounts, days = amounts+t.amount, days+t.days
	}
	for _, x := range p.parts {
		amounts += x.amount
	}
	minor, _ := amount.Minor() // nothing is stated where nothing was taken
	if minor != int64(amounts)*100 || p.days > 0 && quantity != days || partnerships != len(p.taken)+len(p.parts) {
		return fmt.Sprintf("%s and %d days by %d partnerships, and by the description %d and %d by %d", amount, quantity, partnerships, amounts, days, len(p.taken)+len(p.parts))
	}
	return ""
}

// overdrawn reports whether more was given of a posting than there is.
func (p *posting) overdrawn() bool {
	amount, days := p.left()
	return p.ceiling > 0 && amount < 0 || p.days > 0 && days < 0 || p.gap() < 0
}
