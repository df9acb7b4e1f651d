package proof_test

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
)

// proposal pairs a need with an offer, or with several that cover it together.
type proposal struct {
	id, need     string
	offers       []string
	status       string
	version      uint64
	at           time.Time
	review       string
	withdrew     string          // who withdrew or declined it, or was silent; "" where it was without prejudice
	wishes       map[string]bool // who wants to talk
	endorsed     time.Time       // by a committee, the last time; zero where none has
	introduction string          // the latest
	round        int
	ended        time.Time // when an introduction came to nothing, or to an agreement
}

// holds reports whether a proposal passes the filters: of several offers, that
// they cover the need together and none of them could be left out.
func (m *model) holds(p *proposal) bool {
	n, offers := m.postings[p.need], m.offersOf(p)
	if len(offers) == 1 {
		return m.fits(n, offers[0])
	}
	for i := range offers {
		if !m.fits(n, offers[i]) || m.covers(n, slices.Delete(slices.Clone(offers), i, i+1)) {
			return false
		}
	}
	return m.covers(n, offers)
}

// covers reports whether offers give all that a need seeks.
func (m *model) covers(n *posting, offers []*posting) bool {
	gap := n.gap()
	for _, o := range offers {
		amount, _ := o.left()
		gap -= max(amount, 0)
	}
	return gap <= 0 && !slices.ContainsFunc(n.missing(), func(kind string) bool {
		return !slices.ContainsFunc(offers, func(o *posting) bool { return slices.Contains(o.kinds, kind) })
	})
}

func (m *model) offersOf(p *proposal) (out []*posting) {
	for _, id := range p.offers {
		out = append(out, m.postings[id])
	}
	return out
}

// parties are who is on the two sides of a proposal: the State of the need, and
// the provider of every offer.
func (m *model) parties(p *proposal) []string {
	out := []string{m.postings[p.need].party()}
	for _, o := range m.offersOf(p) {
		out = append(out, o.party())
	}
	return out
}

// sideOf is the side on which a party is.
func sideOf(party string) string {
	side, _, _ := strings.Cut(party, " ")
	return side
}

// speaks reports whether somebody speaks for a party.
func speaks(who, party string) bool {
	side, state, _ := strings.Cut(party, " ")
	p := posting{kind: side, state: state}
	return party != "" && p.own(who)
}

// party is for whom somebody speaks in a proposal; "" for nobody.
func (m *model) party(p *proposal, who string) string {
	for _, party := range m.parties(p) {
		if speaks(who, party) {
			return party
		}
	}
	return ""
}

// side is the side for which somebody speaks; "" for neither.
func (m *model) side(p *proposal, who string) string { return sideOf(m.party(p, who)) }

// knows reports whether somebody knows of a proposal: both sides, the body, and
// the secretariat.
func (m *model) knows(p *proposal, who string) bool {
	return runs(who) || seat(who) != "" || m.side(p, who) != ""
}

func (p *proposal) met() bool {
	return slices.Contains([]string{"introduced", "in_talks", "agreed"}, p.status)
}

// stands reports whether all postings of a proposal are open.
func (m *model) stands(p *proposal) bool {
	return m.postings[p.need].open() && !slices.ContainsFunc(m.offersOf(p), func(o *posting) bool { return !o.open() })
}

// outlived reports whether a posting of a proposal has ended.
func (m *model) outlived(p *proposal) bool {
	return m.postings[p.need].over() || slices.ContainsFunc(m.offersOf(p), (*posting).over)
}

// proposalRows are what the sides do with a proposal.
func proposalRows() []row {
	any := func(m *model) bool { return len(m.proposals) > 0 }
	pair := func(m *model) bool {
		return some(m.postings, func(p *posting) bool { return p.kind == "need" }) && some(m.postings, func(p *posting) bool { return p.kind == "offer" })
	}
	return []row{
		{"withdraw a proposal", any, func(m *model, d *draw) command {
			p := one(d, m, m.proposals, anything)
			return m.withdraw(p, d.who(func(who string) bool { return m.side(p, who) != "" }))
		}},
		{"express interest", any, func(m *model, d *draw) command {
			p := one(d, m, m.proposals, apt(d, m.proposals, anything, m.stands))
			return m.interest(p, d.who(func(who string) bool { return m.side(p, who) != "" }))
		}},
		{"express interest in a posting", pair, func(m *model, d *draw) command {
			n := one(d, m, m.postings, func(p *posting) bool { return p.kind == "need" })
			o := one(d, m, m.postings, func(p *posting) bool { return p.kind == "offer" })
			who := d.who(func(who string) bool { return n.own(who) || o.own(who) })
			return m.interestIn(n, o, who, rapid.Bool().Draw(d.t, "from the need"))
		}},
	}
}

func (m *model) withdraw(p *proposal, who string) command {
	party := m.party(p, who)
	can := slices.Contains([]string{"proposed", "in_review", "endorsed", "recommended", "returned"}, p.status)
	return command{who: who, method: http.MethodPost, path: "/api/v1/proposals/" + p.id + "/withdraw", headers: matched(p.version),
		want: verdict(who, m.knows(p, who), party != "", can), then: func(answer) {
			was := p.status
			p.status, p.withdrew = "withdrawn", party
			if p.version++; was == "in_review" {
				m.leave(p)
			}
		}}
}

// interest introduces both sides at once, whatever a committee does. What the
// other side has withdrawn one cannot bring back.
func (m *model) interest(p *proposal, who string) command {
	party := m.party(p, who)
	changes, can := m.welcome(p, party)
	return command{who: who, method: http.MethodPost, path: "/api/v1/proposals/" + p.id + "/interest", headers: matched(p.version), silent: !changes,
		want: verdict(who, m.knows(p, who), party != "", can), then: func(answer) { m.introduce(p, party, changes) }}
}

// welcome says whether somebody may express interest, and whether that changes
// anything.
func (m *model) welcome(p *proposal, party string) (changes, can bool) {
	closed := p.withdrew != "" && (p.status == "withdrawn" && sideOf(p.withdrew) != sideOf(party) || (p.status == "declined" || p.status == "expired") && p.withdrew != party)
	switch {
	case p.met() && p.wishes[party]:
		return false, true
	case p.met():
		return true, !m.overdue(m.introductions[p.introduction])
	case closed, !m.stands(p):
		return false, false
	case slices.Contains([]string{"superseded", "declined", "expired"}, p.status):
		return m.holds(p), m.holds(p)
	}
	return true, true
}

func (m *model) introduce(p *proposal, party string, changes bool) {
	if !changes {
		return
	}
	p.version++
	if x := m.introductions[p.introduction]; p.met() {
		p.wishes[party], x.sides[party].reply = true, "interested"
		x.version++
		m.meet(x, p)
		return
	}
	p.wishes = map[string]bool{party: true}
	m.begin(p)
}

// interestIn is interest in a posting, whether or not anybody has proposed the
// pairing.
func (m *model) interestIn(n, o *posting, who string, fromNeed bool) command {
	c := command{who: who, method: http.MethodPost, path: "/api/v1/offers/" + o.id + "/interest", body: map[string]any{"need": n.id}}
	if fromNeed {
		c.path, c.body = "/api/v1/needs/"+n.id+"/interest", map[string]any{"offer": o.id}
	}
	sees, may := n.visible(who) && o.visible(who), n.own(who) || o.own(who)
	if p, known := m.proposals[cooperation.ProposalID(convention, n.id, o.id)]; known {
		party := m.party(p, who)
		changes, can := m.welcome(p, party)
		c.silent, c.want = !changes, verdict(who, sees, may, can)
		c.then = func(answer) { m.introduce(p, party, changes) }
		return c
	}
	c.want = verdict(who, sees, may, m.fits(n, o))
	c.then = func(a answer) {
		p := &proposal{id: idOf(a), need: n.id, offers: []string{o.id}, version: 1, at: m.now, wishes: map[string]bool{}}
		m.addProposal(p)
		p.wishes[m.party(p, who)] = true
		m.begin(p)
	}
	return c
}

// together proposes offers that cover a need together.
func (m *model) together(n *posting, offers []*posting, who string) command {
	var ids []string
	sees := n.visible(who)
	for _, o := range offers {
		ids, sees = append(ids, o.id), sees && o.visible(who)
	}
	fresh := &proposal{id: cooperation.ProposalID(convention, n.id, ids...), need: n.id, offers: slices.Sorted(slices.Values(ids)), status: "proposed", wishes: map[string]bool{}}
	p, known := m.proposals[fresh.id]
	if !known {
		p = fresh
	}
	alive := known && (p.met() || slices.Contains([]string{"proposed", "in_review", "endorsed", "recommended", "returned"}, p.status))
	can := alive || (!known || p.status == "superseded") && m.stands(p) && m.holds(p)
	return command{who: who, method: http.MethodPost, path: "/api/v1/needs/" + n.id + "/bundles", body: map[string]any{"offers": ids}, silent: alive,
		want: verdict(who, sees, n.own(who) || runs(who), can), then: func(answer) {
			if alive {
				return
			}
			p.status, p.at, p.withdrew = "proposed", m.now, ""
			if p.version++; !known {
				m.addProposal(p)
			}
		}}
}
