package cooperation

import (
	"maps"
	"slices"
	"strings"
	"time"

	"entente/message"
)

// Disburse writes down that a provider has committed or paid money, on which
// day, and what shows it. The provider of a share writes of it, and the lead
// provider of all.
func (p *Partnership) Disburse(k *Timekeeper, n *Need, d Disbursement, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, Disburse, PartnershipAgreed, PartnershipActive); err != nil {
		return err
	}
	d.Text, d.Number, d.Corrects = strings.TrimSpace(d.Text), len(p.Disbursements)+1, 0
	m := checkShape(&d)
	if minor, known := checkAmount(&m, "amount.amount", d.Amount.Amount, d.Amount.Currency); known && minor == 0 {
		m.add("amount.amount", "error.invalid.too_small", message.Of(message.Integer, "min", "1"))
	}
	if d.On.IsZero() || k.Today().Before(d.On) {
		m.add("on", "error.invalid.past_date")
	}
	checkEvidence(&m, d.Text, d.Link)
	if d.Share < 1 || d.Share > len(p.Providers) {
		m.add("share", "error.invalid.number_of", message.Int("max", len(p.Providers)))
	}
	if err := m.err(); err != nil {
		return err
	}
	by, may := p.pays(a, d.Share)
	if err := authorise(may); err != nil {
		return err
	}
	d.Stated = Stated{by, a.ID, stamp(now)}
	p.Disbursements = added(p.Disbursements, d)
	return p.written(now)
}

// pays says for which provider the actor writes of the money of a share.
func (p *Partnership) pays(a Actor, share int) (Partner, bool) {
	own := Partner{OfferSide, p.Providers[share-1].Provider}
	if own.heldBy(a, p.Convention) {
		return own, true
	}
	for _, s := range p.Providers {
		if lead := (Partner{OfferSide, s.Provider}); s.Lead && lead.heldBy(a, p.Convention) {
			return lead, true
		}
	}
	return Partner{}, false
}

// Correct takes an entry back by another one. It can be done once, and what
// took something back stays.
func (p *Partnership) Correct(k *Timekeeper, n *Need, number int, text string, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, CorrectDisburse, PartnershipStatuses()...); err != nil {
		return err
	}
	if number < 1 || number > len(p.Disbursements) {
		return absent()
	}
	wrong := p.Disbursements[number-1]
	by, may := p.pays(a, wrong.Share)
	if err := authorise(may); err != nil {
		return err
	}
	if wrong.Corrects != 0 || slices.ContainsFunc(p.Disbursements, func(d Disbursement) bool { return d.Corrects == number }) {
		return Refuse(Conflict, "error.conflict.corrected")
	}
	back := wrong
	back.Stated, back.Number, back.Corrects, back.Text, back.Link = Stated{by, a.ID, stamp(now)}, len(p.Disbursements)+1, number, strings.TrimSpace(text), ""
	m := checkShape(&back)
	if back.Text == "" {
		m.add("text", "error.invalid.required")
	}
	if err := m.err(); err != nil {
		return err
	}
	p.Disbursements = added(p.Disbursements, back)
	return p.written(now)
}

// PartnershipMoney is what was pledged, committed and paid in one currency, in
// minor units: different things, that are never added up.
type PartnershipMoney struct {
	Currency                 string
	Pledged, Committed, Paid int64
}

// Money adds up the shares and the disbursements, those that were taken back
// apart, by currency in the order of the alphabet.
func (p *Partnership) Money() []PartnershipMoney {
	sums := map[string]*PartnershipMoney{}
	at := func(currency string) *PartnershipMoney {
		if sums[currency] == nil {
			sums[currency] = &PartnershipMoney{Currency: currency}
		}
		return sums[currency]
	}
	for _, s := range p.Providers {
		if minor, err := s.Pledged.Minor(); err == nil {
			at(s.Pledged.Currency).Pledged += minor
		}
	}
	for _, d := range p.Disbursements {
		minor, err := d.Amount.Minor()
		if err != nil {
			continue
		}
		if d.Corrects != 0 {
			minor = -minor
		}
		if d.Sort == MoneyPaid {
			at(d.Amount.Currency).Paid += minor
		} else {
			at(d.Amount.Currency).Committed += minor
		}
	}
	out := make([]PartnershipMoney, 0, len(sums))
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		out = append(out, *sums[currency])
	}
	return out
}
