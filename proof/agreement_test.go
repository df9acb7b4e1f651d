package proof_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"entente/cooperation"
)

// agreement is how the sides of a proposal come to terms.
type agreement struct {
	id, proposal string
	status       string
	version      uint64
	versions     []*terms
}

// mostTerms bounds the versions of one agreement.
const mostTerms = 30

func (x *agreement) clone() *agreement {
	c := *x
	c.versions = nil
	for _, t := range x.versions {
		c.versions = append(c.versions, t.clone())
	}
	return &c
}

func (x *agreement) under() bool {
	return slices.Contains([]string{"proposed", "clearing", "open"}, x.status)
}

// table is the version that is on the table, or was last.
func (x *agreement) table() *terms { return x.versions[len(x.versions)-1] }

func (m *model) agreementOf(p *proposal) *agreement {
	return m.agreements[cooperation.AgreementID(p.id)]
}

// tabled reports whether there are terms on the table.
func (x *agreement) tabled() bool { return x.status == "proposed" || x.status == "clearing" }

// waits reports whether somebody has still to do something about the terms on the
// table.
func (x *agreement) waits(of func(t *terms, party string) bool) bool {
	return x.tabled() && some(x.table().parties(), func(party string) bool { return of(x.table(), party) })
}

func (t *terms) unsigned(party string) bool { return !t.signed[party] }

func (t *terms) uncleared(party string) bool {
	return t.signed[party] && t.clears[party] && !t.cleared[party]
}

// agreementRows are what those do who come to terms.
func agreementRows() []row {
	any := func(m *model) bool { return len(m.agreements) > 0 }
	who := func(m *model, x *agreement, of func(*terms, string) bool) func(who string) bool {
		return func(who string) bool {
			party := m.party(m.proposals[x.proposal], who)
			return party != "" && of(x.table(), party)
		}
	}
	return []row{
		{"propose terms", func(m *model) bool { return len(m.proposals) > 0 }, func(m *model, d *draw) command {
			p := one(d, m, m.proposals, preferred(m.proposals, m.negotiates))
			who := d.who(func(who string) bool { return m.party(p, who) != "" })
			return m.propose(p, who, m.write(p, d.pick), m.agreementOf(p) != nil && d.pick("begins again", 10) == 9)
		}},
		{"accept terms", any, func(m *model, d *draw) command {
			x := one(d, m, m.agreements, preferred(m.agreements, func(x *agreement) bool { return x.waits((*terms).unsigned) }))
			return m.accept(x, d.who(who(m, x, (*terms).unsigned)), d.number(x))
		}},
		{"clear terms", any, func(m *model, d *draw) command {
			x := one(d, m, m.agreements, preferred(m.agreements, func(x *agreement) bool { return x.waits((*terms).uncleared) }))
			return m.clear(x, d.who(func(w string) bool { return holds(w, "", cooperation.Approver) && who(m, x, (*terms).uncleared)(w) }), d.number(x))
		}},
		{"take terms back", any, func(m *model, d *draw) command {
			x := one(d, m, m.agreements, preferred(m.agreements, (*agreement).tabled))
			return m.takeTermsBack(x, d.who(who(m, x, func(t *terms, party string) bool { return sideOf(party) == sideOf(t.by) })))
		}},
		{"break talks off", any, func(m *model, d *draw) command {
			x := one(d, m, m.agreements, preferred(m.agreements, (*agreement).under))
			return m.breakOff(x, d.who(who(m, x, func(*terms, string) bool { return true })))
		}},
		{"propose offers together", func(m *model) bool {
			return some(m.postings, func(p *posting) bool { return p.kind == "need" }) && m.count("offer") > 1
		}, func(m *model, d *draw) command {
			n := one(d, m, m.postings, preferred(m.postings, func(p *posting) bool { return p.kind == "need" && p.open() && p.sought > 0 }))
			if n.kind != "need" {
				n = one(d, m, m.postings, func(p *posting) bool { return p.kind == "need" })
			}
			given := func(p *posting) bool { return p.kind == "offer" }
			first, second := one(d, m, m.postings, given), one(d, m, m.postings, given)
			if first.state == second.state || n.state == first.state || n.state == second.state {
				return m.run("observer") // nothing to put together, and nobody who may
			}
			return m.together(n, []*posting{first, second}, d.who(func(who string) bool { return n.own(who) || runs(who) }))
		}},
		{"settle a need", func(m *model) bool { return some(m.postings, func(p *posting) bool { return p.kind == "need" }) }, func(m *model, d *draw) command {
			n := one(d, m, m.postings, preferred(m.postings, func(p *posting) bool { return p.status == "partly_covered" }))
			if n.kind != "need" {
				n = one(d, m, m.postings, func(p *posting) bool { return p.kind == "need" })
			}
			return m.settleNeed(n, d.who(n.own))
		}},
	}
}

// number is that of the version on the table or, at times, of none.
func (d *draw) number(x *agreement) int {
	if d.pick("another version", 12) == 11 {
		return len(x.versions) + 1
	}
	return len(x.versions)
}

// negotiates reports whether terms may be proposed, and none wait for an answer.
func (m *model) negotiates(p *proposal) bool {
	x := m.agreementOf(p)
	return m.talkable(p) && m.stands(p) && (x == nil || !x.tabled())
}

// talkable reports whether terms may be agreed on: the sides were introduced, and
// the postings stand.
func (m *model) talkable(p *proposal) bool {
	n := m.postings[p.need]
	return (p.status == "introduced" || p.status == "in_talks") && (n.open() || n.status == "covered") &&
		!slices.ContainsFunc(m.offersOf(p), func(o *posting) bool { return !o.open() && o.status != "exhausted" })
}

// deaf reports whether somebody would say only now that it wants to talk, when the
// time for it is over and the platform is about to act.
func (m *model) deaf(p *proposal, party string) bool {
	return p.met() && !p.wishes[party] && m.overdue(m.introductions[p.introduction])
}

// propose puts terms on the table of a proposal.
func (m *model) propose(p *proposal, who string, t *terms, again bool) command {
	x, party := m.agreementOf(p), m.party(p, who)
	note := m.secret("a note on terms", func(who string) bool { return runs(who) || m.party(p, who) != "" })
	c := command{who: who, method: http.MethodPost, path: "/api/v1/agreements", body: map[string]any{"proposal": p.id, "terms": t.body(m), "note": note}}
	can := m.talkable(p) && (x == nil || x.status != "agreed" && len(x.versions) < mostTerms)
	if c.want = verdict(who, m.knows(p, who), party != "", can); c.want == http.StatusOK {
		switch {
		case !m.fit(p, t):
			c.want = http.StatusUnprocessableEntity
		case m.deaf(p, party):
			c.want = http.StatusConflict
		case x == nil:
			c.want = http.StatusCreated
		}
	}
	switch {
	case x != nil && again:
		c.want = verdict(who, m.knows(p, who), party != "", false) // there is one already
	case x != nil:
		c.path, c.body, c.headers = "/api/v1/agreements/"+x.id+"/terms", map[string]any{"terms": t.body(m), "note": note}, matched(x.version)
	}
	c.then = func(a answer) {
		if x == nil {
			x = &agreement{id: idOf(a), proposal: p.id}
			m.agreements[x.id] = x
			m.order = append(m.order, x.id)
		}
		x.versions = append(x.versions, t)
		t.number, t.by = len(x.versions), party
		m.sign(x, party, who)
		x.status = "proposed"
		x.version++
		m.introduce(p, party, !p.wishes[party])
	}
	return c
}

// sign accepts terms for a party. An approver clears them by that.
func (m *model) sign(x *agreement, party, who string) (changed bool) {
	t := x.table()
	if !t.signed[party] {
		t.signed[party], changed = true, true
	}
	if t.clears[party] && !t.cleared[party] && holds(who, "", cooperation.Approver) {
		t.cleared[party], changed = true, true
	}
	return changed
}

// toTable is a command on the version on the table with the number.
func (m *model) toTable(x *agreement, who, verb string, number int, may, changes, can bool, body map[string]any, then func(party string)) command {
	p, t := m.proposals[x.proposal], x.table()
	party := m.party(p, who)
	tabled := x.status == "proposed" || x.status == "clearing"
	can = can && tabled && m.talkable(p) && number == t.number && m.fit(p, t)
	body["number"] = number
	return command{who: who, method: http.MethodPost, path: "/api/v1/agreements/" + x.id + "/" + verb, body: body, headers: matched(x.version), silent: !changes,
		want: verdict(who, m.knows(p, who), may && party != "", can), then: func(a answer) {
			if !changes {
				return
			}
			was := p.version
			then(party)
			x.version++
			if x.status = "clearing"; some(t.signed, func(signed bool) bool { return !signed }) {
				x.status = "proposed"
			}
			if t.done() {
				m.agree(x, a)
			}
			p.version = min(p.version, was+1) // of several steps in one commit there is one version
		}}
}

func (m *model) accept(x *agreement, who string, number int) command {
	p, t := m.proposals[x.proposal], x.table()
	party := m.party(p, who)
	changes := !t.signed[party] || t.clears[party] && !t.cleared[party] && holds(who, "", cooperation.Approver)
	return m.toTable(x, who, "accept", number, true, changes, !changes || !m.deaf(p, party), map[string]any{}, func(party string) {
		m.sign(x, party, who)
		m.introduce(p, party, !p.wishes[party])
	})
}

func (m *model) clear(x *agreement, who string, number int) command {
	t, party := x.table(), m.party(m.proposals[x.proposal], who)
	changes := t.signed[party] && !t.cleared[party]
	return m.toTable(x, who, "clear", number, holds(who, "", cooperation.Approver), changes, t.signed[party], map[string]any{"clearance": map[string]any{"date": "2026-01-15"}}, func(party string) {
		t.cleared[party] = true
	})
}

// agree makes the partnership: it takes from the offers and covers the need, and
// what nothing is left for is taken out of the way.
func (m *model) agree(x *agreement, a answer) {
	p, t := m.proposals[x.proposal], x.table()
	var made struct{ Partnership string }
	_ = json.Unmarshal(a.body, &made) // what is missing is missed by what follows
	n := m.postings[p.need]
	x.status, p.status, p.ended = "agreed", "agreed", m.now
	p.version++
	w := &partnership{id: made.Partnership, proposal: p.id, need: n.id, status: "agreed", version: 1, terms: t, feedback: map[string]bool{}}
	m.partnerships[w.id] = w
	m.order = append(m.order, w.id)
	for _, o := range m.offersOf(p) {
		o.give(w.id, t.takes(o.id))
	}
	n.cover(w.id, t.part(n))
	m.overtake(n, p.offers)
}

// overtake takes proposals out of the way for which nothing is left: of a need
// that is covered all that have not brought the sides together, otherwise those
// that nobody has taken up and that the filters would remove by now.
func (m *model) overtake(n *posting, offers []string) {
	for _, id := range m.order {
		p := m.proposals[id]
		if p == nil || p.need != n.id && !slices.ContainsFunc(p.offers, func(o string) bool { return slices.Contains(offers, o) }) {
			continue
		}
		taken := n.status == "covered" && p.need == n.id && slices.Contains([]string{"proposed", "in_review", "endorsed", "recommended", "returned"}, p.status)
		if !taken && (p.status != "proposed" || m.remains(p)) {
			continue
		}
		was := p.status
		p.status = "superseded"
		if p.version++; was == "in_review" {
			m.leave(p)
		}
	}
}

// remains reports whether the filters would keep a proposal. What several offers
// cover together is for the next run to say, as long as each has something left.
func (m *model) remains(p *proposal) bool {
	if len(p.offers) == 1 {
		return m.holds(p)
	}
	return m.postings[p.need].open() && !slices.ContainsFunc(m.offersOf(p), func(o *posting) bool { return o.status == "exhausted" })
}

func (m *model) takeTermsBack(x *agreement, who string) command {
	p := m.proposals[x.proposal]
	side := m.side(p, who)
	return command{who: who, method: http.MethodPost, path: "/api/v1/agreements/" + x.id + "/withdraw", headers: matched(x.version),
		want: verdict(who, m.knows(p, who), side != "" && side == sideOf(x.table().by), x.status == "proposed" || x.status == "clearing"), then: func(answer) {
			x.status = "open"
			x.version++
		}}
}

func (m *model) breakOff(x *agreement, who string) command {
	p := m.proposals[x.proposal]
	party := m.party(p, who)
	body := map[string]any{"reason": "timing", "text": m.secret("why talks were broken off", func(who string) bool { return runs(who) || m.side(p, who) == sideOf(party) && party != "" })}
	return command{who: who, method: http.MethodPost, path: "/api/v1/agreements/" + x.id + "/end", body: body, headers: matched(x.version),
		want: verdict(who, m.knows(p, who), party != "", x.under()), then: func(answer) {
			x.status = "ended"
			if x.version++; !p.met() {
				return
			}
			p.status, p.withdrew, p.ended = "declined", party, m.now
			p.version++
			if i := m.introductions[p.introduction]; i.stands() {
				i.status = "ended"
				i.version++
			}
		}}
}

// settleNeed says that what is not covered of a need is not needed.
func (m *model) settleNeed(n *posting, who string) command {
	text := m.secret("why the rest is not needed", func(who string) bool { return runs(who) || n.own(who) })
	return command{who: who, method: http.MethodPost, path: "/api/v1/needs/" + n.id + "/settle", body: map[string]any{"text": text}, headers: matched(n.version),
		want: verdict(who, n.visible(who), n.own(who), n.status == "partly_covered"), then: func(answer) {
			n.settled = true
			n.version++
			n.weigh()
		}}
}

// agreementsDiffer says how the agreements that there are differ from the model's.
func (m *model) agreementsDiffer(found func(id string) (*cooperation.Agreement, bool)) string {
	for id, x := range m.agreements {
		switch got, ok := found(id); {
		case !ok:
			return "agreement " + id + " is not there"
		case string(got.Status) != x.status || got.Version != x.version || len(got.Versions) != len(x.versions):
			return fmt.Sprintf("agreement %s is %s in version %d with %d terms, and by the description %s in version %d with %d", id, got.Status, got.Version, len(got.Versions), x.status, x.version, len(x.versions))
		}
	}
	return ""
}
