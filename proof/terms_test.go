package proof_test

import (
	"maps"
	"slices"
	"strings"

	"entente/cooperation"
)

// terms are one version of what the sides agree on.
type terms struct {
	proposal   string
	number     int
	by         string // the party that has proposed it
	shares     []share
	rest       []string
	start, end cooperation.Date
	report     cooperation.Date
	signed     map[string]bool
	clears     map[string]bool // whose approver has to clear it as well
	cleared    map[string]bool
	text       map[string]any // as it is sent
}

// share is what one provider gives of an offer.
type share struct {
	offer, party string
	kinds        []string
	pledged      int
	days         int
}

func (t *terms) clone() *terms {
	c := *t
	c.signed, c.cleared = maps.Clone(t.signed), maps.Clone(t.cleared)
	return &c
}

// parties are those who have to accept.
func (t *terms) parties() map[string]string {
	out := map[string]string{}
	for party := range t.signed {
		out[party] = party
	}
	return out
}

// done reports whether nobody has anything left to do.
func (t *terms) done() bool {
	for party, signed := range t.signed {
		if !signed || t.clears[party] && !t.cleared[party] {
			return false
		}
	}
	return true
}

// write makes up terms of a proposal: all that is left, a part of it or, at
// times, more than there is.
func (m *model) write(p *proposal, pick choice) *terms {
	n, offers := m.postings[p.need], m.offersOf(p)
	t := &terms{proposal: p.id, start: cooperation.DateOf(m.now), signed: map[string]bool{}, clears: map[string]bool{}, cleared: map[string]bool{}}
	t.end = t.start.AddDays([]int{200, 30, 400}[pick("how long", 3)])
	if pick("a day for a report", 2) == 1 {
		t.report = t.end.AddDays(45)
	}
	gap := n.gap()
	binding := slices.ContainsFunc(offers, func(o *posting) bool { return o.binding })
	t.signed[n.party()], t.clears[n.party()] = false, binding
	for _, o := range offers {
		t.signed[o.party()], t.clears[o.party()] = false, o.binding
		x := m.offerShare(n, o, gap, pick)
		gap -= x.pledged
		t.shares = append(t.shares, x)
	}
	if pick("a rest", 5) == 4 {
		t.rest = t.shares[0].kinds[:1]
	}
	return t
}

func (m *model) offerShare(n, o *posting, gap int, pick choice) share {
	x := share{offer: o.id, party: o.party()}
	for _, kind := range o.kinds {
		if slices.Contains(n.missing(), kind) {
			x.kinds = append(x.kinds, kind)
		}
	}
	if len(x.kinds) == 0 {
		x.kinds = o.kinds[:1] // which nobody seeks
	}
	if len(x.kinds) > 1 && pick("one kind", 3) == 2 {
		x.kinds = x.kinds[:1]
	}
	amount, days := o.left()
	if o.ceiling == 0 {
		amount = gap
	}
	if n.sought > 0 && gap < amount {
		amount = gap
	}
	sizes := func(most int, stated bool) int {
		if !stated {
			return 0
		}
		return []int{max(most, 0), max(most/2, 1), max(most/2, 1), 1, max(most, 0), most + 1}[pick("how much", 6)]
	}
	x.pledged = sizes(amount, o.ceiling > 0 || n.sought > 0)
	x.days = sizes(days, o.days > 0)
	return x
}

// takes is what terms take of an offer.
func (t *terms) takes(offer string) (x taking) {
	for _, s := range t.shares {
		if s.offer == offer {
			x.amount, x.days = x.amount+s.pledged, x.days+s.days
		}
	}
	return x
}

// part is what terms cover of a need: what is pledged of its costs, and the kinds
// that are given whole.
func (t *terms) part(n *posting) (x part) {
	for _, s := range t.shares {
		if n.sought > 0 {
			x.amount += s.pledged
		}
	}
	for _, kind := range n.kinds {
		given := slices.ContainsFunc(t.shares, func(s share) bool { return slices.Contains(s.kinds, kind) })
		if given && !slices.Contains(t.rest, kind) {
			x.kinds = append(x.kinds, kind)
		}
	}
	return x
}

// fit reports whether terms fit what the postings say: no more is taken than is
// left, no more covered than is sought, and their days are not over.
func (m *model) fit(p *proposal, t *terms) bool {
	n := m.postings[p.need]
	missing := n.missing()
	for _, s := range t.shares {
		o := m.postings[s.offer]
		amount, days := o.left()
		required := slices.Contains(s.kinds, "finance") || o.ceiling > 0 && o.days == 0
		switch {
		case slices.ContainsFunc(s.kinds, func(kind string) bool { return !slices.Contains(missing, kind) }),
			o.ceiling > 0 && s.pledged > amount, required && s.pledged == 0,
			o.days > 0 && (s.days > days || s.days == 0):
			return false
		}
	}
	return t.part(n).amount <= max(n.gap(), 0) && !t.end.Before(cooperation.DateOf(m.now))
}

// body are the terms as they are sent. The plan is for the sides alone as long as
// they negotiate, and for the committee too once it is agreed on.
func (t *terms) body(m *model) map[string]any {
	if t.text != nil {
		return t.text
	}
	within := func(m *model, who string) bool {
		p := m.proposals[t.proposal]
		agreed := some(m.partnerships, func(w *partnership) bool { return w.proposal == t.proposal && w.terms.number == t.number })
		return runs(who) || m.party(p, who) != "" || agreed && seat(who) != ""
	}
	t.text = map[string]any{"start": t.start, "end": t.end, "languages": []string{"en"}, "plan": m.secretUntil("a plan that is negotiated", within),
		"milestones": []any{map[string]any{"title": m.secretUntil("a milestone that is negotiated", within), "due": t.start.AddDays(10)}}}
	var providers []any
	for i, s := range t.shares {
		_, state, _ := strings.Cut(s.party, " ")
		x := map[string]any{"offer": s.offer, "provider": state, "lead": i == 0, "kinds": s.kinds,
			"in_kind": []any{map[string]any{"what": m.secretUntil("a thing that is negotiated", within), "quantity": 1}}}
		if s.pledged > 0 {
			x["pledged"] = dollars(s.pledged)
		}
		if s.days > 0 {
			x["quantity"] = s.days
		}
		providers = append(providers, x)
	}
	t.text["providers"] = providers
	if len(t.rest) > 0 {
		t.text["rest"] = t.rest
	}
	if !t.report.IsZero() {
		t.text["reports"] = []cooperation.Date{t.report}
	}
	return t.text
}
