package proof_test

import (
	"net/http"
	"slices"
	"time"
)

// statement is what one partner states as delivered, with who agrees.
type statement struct {
	delivered []given
	agreed    map[string]bool
	at        time.Time
}

// given is what was delivered of a share.
type given struct {
	share        int // from 1
	kinds        []string
	amount, days int
}

// asAgreed is what the terms say, as delivered.
func (w *partnership) asAgreed() (out []given) {
	for i, s := range w.terms.shares {
		out = append(out, given{i + 1, s.kinds, s.pledged, s.days})
	}
	return out
}

// same reports whether two statements say the same.
func same(a, b []given) bool {
	return slices.EqualFunc(a, b, func(a, b given) bool {
		return a.share == b.share && slices.Equal(a.kinds, b.kinds) && a.amount == b.amount && a.days == b.days
	})
}

// silenced reports whether the others were silent for too long about what one
// partner has stated as delivered.
func (m *model) silenced(w *partnership) bool {
	return w.status == "active" && w.stated != nil && m.past(m.day(w.stated.at).AddMonths(m.rules.ReplyMonths))
}

// complete ends a partnership as one partner has stated.
func (m *model) complete(w *partnership) {
	w.status = "completed"
	m.conclude(w, w.stated.delivered)
}

// conclude gives back to the offers and to the need what was not delivered, and
// notes for the need what was.
func (m *model) conclude(w *partnership, delivered []given) {
	kept := &terms{rest: w.terms.rest}
	for _, g := range delivered {
		s := w.terms.shares[g.share-1]
		s.kinds, s.pledged, s.days = g.kinds, g.amount, g.days
		kept.shares = append(kept.shares, s)
	}
	for _, s := range w.terms.shares {
		served := slices.ContainsFunc(kept.shares, func(k share) bool { return k.offer == s.offer })
		m.postings[s.offer].takeBack(w.id, kept.takes(s.offer), served)
	}
	n := m.postings[w.need]
	m.release(n, w.id, kept.part(n), len(delivered) > 0)
}

// delivered makes up what was delivered, and says whether that is no more than was
// agreed and anything at all; nil for as agreed.
func (w *partnership) delivered(pick choice) (list []given, fine bool) {
	fine = true
	switch pick("how much was delivered", 5) {
	case 0, 1:
		return nil, true
	case 2:
		return w.asAgreed(), true
	case 3:
		for _, g := range w.asAgreed() {
			if pick("this share", 3) == 2 {
				continue
			}
			g.amount, g.days = g.amount/2, g.days/2
			if pick("the kinds", 2) == 1 {
				g.kinds = nil
			}
			fine = fine && (len(g.kinds) > 0 || g.amount > 0 || g.days > 0)
			list = append(list, g)
		}
		if len(list) == 0 {
			return nil, true
		}
		return list, fine
	}
	list = w.asAgreed()
	list[0].days++
	return list, false
}

func bodyOf(list []given) (out []any) {
	for _, g := range list {
		x := map[string]any{"share": g.share}
		if len(g.kinds) > 0 {
			x["kinds"] = g.kinds
		}
		if g.amount > 0 {
			x["amount"] = dollars(g.amount)
		}
		if g.days > 0 {
			x["quantity"] = g.days
		}
		out = append(out, x)
	}
	return out
}

func completion(m *model, w *partnership, pick choice, _ string) act {
	list, fine := w.delivered(pick)
	body := map[string]any{"text": m.told(w, "of what was delivered")}
	if list != nil {
		body["delivered"] = bodyOf(list)
	} else {
		list = w.asAgreed()
	}
	a := act{body: body, then: func(w *partnership, party string) {
		if w.stated == nil || !same(w.stated.delivered, list) {
			w.stated = &statement{delivered: list, agreed: map[string]bool{}, at: m.now}
		}
		m.agreeTo(w, party)
	}}
	switch {
	case m.silenced(w):
		a.refused = http.StatusConflict
	case !fine:
		a.refused = http.StatusUnprocessableEntity
	}
	return a
}

// agreeTo notes that a partner agrees to what was stated; with all of them the
// partnership is complete.
func (m *model) agreeTo(w *partnership, party string) {
	if w.stated.agreed[party] = true; len(w.stated.agreed) == len(w.partners()) {
		m.complete(w)
	}
}

func confirmation(m *model, w *partnership, _ choice, _ string) act {
	a := act{then: func(w *partnership, party string) { m.agreeTo(w, party) }}
	if w.stated == nil || m.silenced(w) {
		a.refused = http.StatusConflict
	}
	return a
}

func stopping(m *model, w *partnership, pick choice, _ string) act {
	list, fine := w.delivered(pick)
	body := map[string]any{"reason": "funding_not_approved", "text": m.told(w, "why a partnership is stopped")}
	if list != nil {
		body["delivered"] = bodyOf(list)
	}
	a := act{body: body, then: func(w *partnership, _ string) {
		w.status, w.stated = "stopped", nil
		m.conclude(w, list)
	}}
	switch {
	case m.silenced(w):
		a.refused = http.StatusConflict
	case !fine, w.status == "agreed" && len(list) > 0:
		a.refused = http.StatusUnprocessableEntity
	}
	return a
}
