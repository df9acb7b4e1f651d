package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
)

// ShareDelivered is what was delivered of one share of the terms: as much as was
// agreed, or less.
type ShareDelivered struct {
	Share    int    `json:"share"` // of the terms, from 1
	Kinds    []Kind `json:"kinds,omitempty" validate:"max=3,unique"`
	Amount   Money  `json:"amount,omitzero"`                                    // of what was pledged
	Covers   Money  `json:"covers,omitzero"`                                    // of the need's costs, where the terms state that apart
	Quantity int    `json:"quantity,omitempty" validate:"min=0,max=2000000000"` // of the offer's unit of capacity
	Text     string `json:"text,omitempty" validate:"max=2000"`                 // what was delivered, in words
}

// Completion is what one partner states as delivered, with who agrees to it.
type Completion struct {
	Stated
	Delivered []ShareDelivered `json:"delivered"`
	Text      string           `json:"text,omitempty" validate:"max=2000"`
	Agreed    []Stated         `json:"agreed,omitempty"` // besides the partner that states it
}

// agreed reports whether a partner has stated it, or agreed to it.
func (c *Completion) agreed(of Partner) bool {
	return c.Partner == of || heard(c.Agreed, func(s Stated) Partner { return s.Partner })(of)
}

// Complete says that the partnership is complete, and what was delivered; nil is
// all that was agreed. The others say the same, and it is; or something else,
// which is a new statement; or nothing until the clock has run out, and it is
// complete as stated. The sides are the caller's own copies: they change with it.
func (p *Partnership) Complete(k *Timekeeper, s *Sides, delivered []ShareDelivered, text string, a Actor, now time.Time) error {
	if err := p.gate(k, s.Need, a, Complete, PartnershipActive); err != nil {
		return err
	}
	if err := p.pending(k, now); err != nil {
		return err
	}
	if delivered == nil {
		delivered = p.asAgreed()
	}
	if err := p.checkDelivered(delivered, text); err != nil {
		return err
	}
	if len(delivered) == 0 {
		var m mistakes
		m.add("delivered", "error.invalid.nothing_delivered")
		return m.err()
	}
	delivered = canonical(delivered)
	if p.Completion == nil || !equalJSON(p.Completion.Delivered, delivered) {
		p.Completion = &Completion{Stated: p.states(a, s.Need, nil, now), Delivered: delivered, Text: strings.TrimSpace(text)}
	}
	return p.agree(k, s, a, now)
}

// Confirm agrees to what another partner has stated as delivered.
func (p *Partnership) Confirm(k *Timekeeper, s *Sides, a Actor, now time.Time) error {
	if err := p.gate(k, s.Need, a, ConfirmDelivered, PartnershipActive); err != nil {
		return err
	}
	if err := p.pending(k, now); err != nil {
		return err
	}
	if p.Completion == nil {
		return Refuse(State, "error.state.nothing_stated")
	}
	return p.agree(k, s, a, now)
}

// agree notes that the partners for whom the actor speaks agree to what was
// stated. With all of them the partnership is complete.
func (p *Partnership) agree(k *Timekeeper, s *Sides, a Actor, now time.Time) error {
	c := *p.Completion
	for _, of := range p.speaksFor(a, s.Need) {
		if !c.agreed(of) {
			c.Agreed = added(c.Agreed, Stated{of, a.ID, stamp(now)})
		}
	}
	if p.Completion = &c; len(p.Waiting(s.Need)) == 0 {
		p.finish(k.convention, s, now)
	}
	return p.written(now)
}

// canonical is what was delivered in the order of the shares, with the amounts
// written alike, so that the same is recognised as the same.
func canonical(delivered []ShareDelivered) []ShareDelivered {
	out := slices.Clone(delivered)
	for i := range out {
		d := &out[i]
		for _, m := range []*Money{&d.Amount, &d.Covers} {
			if minor, err := m.Minor(); err == nil {
				*m = NewMoney(minor, m.Currency)
			}
		}
		d.Text = strings.TrimSpace(d.Text)
	}
	slices.SortFunc(out, func(a, b ShareDelivered) int { return a.Share - b.Share })
	return out
}

// Waiting are the partners that have not agreed to what was stated.
func (p *Partnership) Waiting(n *Need) []Partner {
	return slices.DeleteFunc(p.Partners(n), p.Completion.agreed)
}

// pending refuses what decides after the clock of the completion has run out: it
// is complete, be the platform late or not.
func (p *Partnership) pending(k *Timekeeper, now time.Time) error {
	if p.Completion != nil && !now.Before(k.End(p.Completion.SilentUntil(k))) {
		return Refuse(State, "error.state.partnership_over")
	}
	return nil
}

// SilentUntil is the last day on which the others may say something else: they
// have as long as for the reply to an introduction.
func (c *Completion) SilentUntil(k *Timekeeper) Date {
	return k.Months(c.Time, k.convention.ReplyMonths)
}

// Elapse completes the partnership as one partner has stated, when the others
// were silent until the clock had run out. Only the clock does it.
func (p *Partnership) Elapse(k *Timekeeper, s *Sides, a Actor, now time.Time) error {
	if err := authorise(a.system); err != nil {
		return err
	}
	if p.Status != PartnershipActive || p.Completion == nil || p.pending(k, now) == nil {
		return refused("partnership", string(Complete), string(p.Status))
	}
	p.finish(k.convention, s, now)
	p.touch(now)
	return nil
}

// finish completes the partnership with what was stated.
func (p *Partnership) finish(c *Convention, s *Sides, now time.Time) {
	p.Status, p.Completed, p.Delivered = PartnershipCompleted, stamp(now), p.Completion.Delivered
	p.settle(c, s, now)
}

// Stop ends the partnership before it is complete, with a coded reason and what
// was delivered until then. What was not goes back to the offers and to the
// need. The sides are the caller's own copies: they change with it.
func (p *Partnership) Stop(k *Timekeeper, s *Sides, reason Reason, text string, delivered []ShareDelivered, a Actor, now time.Time) error {
	if err := p.gate(k, s.Need, a, Stop, PartnershipAgreed, PartnershipActive); err != nil {
		return err
	}
	if err := p.pending(k, now); err != nil {
		return err
	}
	r, err := remark(reason, text, false, a, now)
	if err != nil {
		return err
	}
	var m mistakes
	if reason == "" {
		m.add("reason", "error.invalid.required")
	}
	if p.Status == PartnershipAgreed && len(delivered) > 0 {
		m.add("delivered", "error.invalid.not_begun")
	}
	if err := m.err(); err != nil {
		return err
	}
	if err := p.checkDelivered(delivered, ""); err != nil {
		return err
	}
	p.Status, p.Delivered, p.Completion = PartnershipStopped, canonical(delivered), nil
	p.Stopped = &Stopping{Partner: p.states(a, s.Need, nil, now).Partner, Remark: *r}
	p.settle(k.convention, s, now)
	return p.written(now)
}

// Stopping says for which partner a partnership was stopped, and why.
type Stopping struct {
	Partner
	Remark
}

// asAgreed is what the terms say, as delivered.
func (p *Partnership) asAgreed() []ShareDelivered {
	out := make([]ShareDelivered, len(p.Providers))
	for i, s := range p.Providers {
		out[i] = ShareDelivered{Share: i + 1, Kinds: s.Kinds, Amount: s.Pledged, Covers: s.Covers, Quantity: s.Quantity}
	}
	return out
}

// checkDelivered holds what is stated as delivered against the terms: each share
// once, nothing that was not agreed, and no more of it. What goes beyond that is
// said in words.
func (p *Partnership) checkDelivered(delivered []ShareDelivered, text string) error {
	m := checkShape(&struct {
		Delivered []ShareDelivered `json:"delivered" validate:"max=20,unique=Share,dive"`
		Text      string           `json:"text" validate:"max=2000"`
	}{delivered, text})
	for i, d := range delivered {
		at := place("delivered", i)
		if d.Share < 1 || d.Share > len(p.Providers) {
			m.add(at+".share", "error.invalid.number_of", message.Int("max", len(p.Providers)))
			continue
		}
		agreed := &p.Providers[d.Share-1]
		if !within(d.Amount, agreed.Pledged) {
			m.add(at+".amount", "error.invalid.more_than_agreed")
		}
		if !within(d.Covers, agreed.Covers) {
			m.add(at+".covers", "error.invalid.more_than_agreed")
		}
		if d.Quantity > agreed.Quantity {
			m.add(at+".quantity", "error.invalid.more_than_agreed")
		}
		if slices.ContainsFunc(d.Kinds, func(kind Kind) bool { return !slices.Contains(agreed.Kinds, kind) }) {
			m.add(at+".kinds", "error.invalid.more_than_agreed")
		}
		if len(d.Kinds) == 0 && d.Amount.none() && d.Quantity == 0 {
			m.add(at, "error.invalid.nothing_delivered")
		}
	}
	return m.err()
}

// within reports whether an amount is in the currency of another and not over
// it; none is within any.
func within(amount, of Money) bool {
	if amount.IsZero() {
		return true
	}
	minor, err := amount.Minor()
	most, known := of.Minor()
	return err == nil && known == nil && amount.Currency == of.Currency && minor <= most
}

// settle gives back to the offers what was not delivered, lets the need seek it
// again, and notes for the need what was.
func (p *Partnership) settle(c *Convention, s *Sides, now time.Time) {
	kept := p.deliveredTerms()
	for _, o := range s.Offers {
		had, keeps := p.taking(o.ID, p.ID), kept.taking(o.ID, p.ID)
		served := slices.ContainsFunc(kept.Providers, func(share Share) bool { return share.Offer == o.ID })
		if !served || had.Amount != keeps.Amount || had.Quantity != keeps.Quantity {
			o.GiveBack(p.ID, keeps.Amount, keeps.Quantity, now)
		}
	}
	if s.Need == nil {
		return
	}
	version := s.Need.Version
	had, keeps := p.part(s.Need, p.ID), kept.part(s.Need, p.ID)
	if len(kept.Providers) == 0 || had.Amount != keeps.Amount || !slices.Equal(had.Kinds, keeps.Kinds) {
		s.Need.Uncover(c, p.ID, keeps.Amount, keeps.Kinds, now)
	}
	if s.Need.deliver(p.ID) && s.Need.Version == version {
		s.Need.touch(now)
	}
}

// deliveredTerms are the terms with what was delivered in place of what was
// agreed.
func (p *Partnership) deliveredTerms() *PartnershipTerms {
	t := &PartnershipTerms{Rest: p.Rest}
	for _, d := range p.Delivered {
		share := p.Providers[d.Share-1]
		share.Kinds, share.Pledged, share.Covers, share.Quantity = d.Kinds, d.Amount, d.Covers, d.Quantity
		t.Providers = append(t.Providers, share)
	}
	return t
}

// Gives reports whether help is, or was, really given: the partnership is under
// way or complete, or was stopped after something had been delivered.
func (p *Partnership) Gives() bool {
	switch p.Status {
	case PartnershipActive, PartnershipCompleted:
		return true
	case PartnershipStopped:
		return len(p.Delivered) > 0
	}
	return false
}

// Period is from when to when help was given: from the day on which it began to
// that on which it was over, and to the planned one before that.
func (p *Partnership) Period() (start, end Date) {
	if start = p.Begun; start.IsZero() {
		start = p.Start
	}
	if end = p.ExpectedEnd(); p.Stopped != nil {
		return start, DateOf(p.Stopped.Time)
	}
	if over := DateOf(p.Completed); !p.Completed.IsZero() && (end.IsZero() || over.Before(end)) {
		end = over // it may be said to be complete long after its last day
	}
	return start, end
}

// Givers are the providers that give, or gave, something: all of them while the
// partnership goes on, and those that have delivered once it is over.
func (p *Partnership) Givers() (out []Participant) {
	over := p.Status == PartnershipCompleted || p.Status == PartnershipStopped
	for i, s := range p.Providers {
		gave := slices.ContainsFunc(p.Delivered, func(d ShareDelivered) bool { return d.Share == i+1 })
		if (gave || !over) && !slices.Contains(out, s.Provider) {
			out = append(out, s.Provider)
		}
	}
	return out
}
