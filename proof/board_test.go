package proof_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/store/storetest/memorytest"
)

// opening is a position from which sequences begin.
type opening struct {
	store *memorytest.Store
	model *model
}

// board is where games are played, one after the other.
type board struct {
	t        testing.TB
	server   *server
	clock    *clock
	openings []opening
	tally    map[string]*count
	fruitful map[string]func(*model) bool
}

// newBoard prepares the positions from which games begin: nothing yet; postings
// that are open; what the matcher proposes; a review under way.
func newBoard(t testing.TB) *board {
	t.Helper()
	served, err := conventions()
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{now: begin}
	s := memorytest.New()
	p := platformOn(t, s, c)
	defer p.Close()
	populate(t, p)
	b := &board{t: t, server: newServer(t, p), clock: c, tally: map[string]*count{}, fruitful: fruitful()}
	for _, r := range rows() {
		b.tally[r.name] = &count{}
	}
	m := newModel(served[0])
	keep := func() { b.openings = append(b.openings, opening{s.Clone(), m.clone()}) }
	do := func(c command) {
		t.Helper()
		a := b.server.ask(c.who, c.method, c.path, c.body, c.headers...)
		if a.status >= 300 || a.status != c.want {
			t.Fatalf("%s %s: %d, and not %d: %s", c.method, c.path, a.status, c.want, a.body)
		}
		c.then(a)
	}
	keep()
	for _, by := range []struct {
		kind, drafter, approver string
		sort                    int
	}{
		{"need", "focal", "approver", 1}, {"need", "drafter", "clerk", 0}, {"offer", "provider", "sponsor", 1}, {"offer", "rival", "backer", 2},
	} {
		do(m.post(by.kind, by.drafter, by.sort, false))
		posted := m.postings[m.order[len(m.order)-1]]
		do(m.step(posted, steps()[by.kind][0], by.approver))
		do(m.step(posted, steps()[by.kind][1], "secretary"))
	}
	keep()
	do(m.run("secretary"))
	m.now = m.now.Add(9 * 24 * time.Hour)
	c.set(m.now)
	if _, err := p.Tick(t.Context(), convention); err != nil {
		t.Fatal(err)
	}
	m.tick(func(string) bool { return false })
	keep()
	first := m.proposals[m.order[4]]
	do(m.openReviews([]*proposal{first}, false, "member-KE"))
	keep()
	b.partners(m, do, keep)
	return b
}

// partners prepares the positions in which the sides come to terms: all talk, of
// two offers that give less than three needs of them seek; terms are on the
// table; a partnership was agreed on; it is under way; its partners are asked how
// it goes, and one of them has stated what was delivered.
func (b *board) partners(m *model, do func(command), keep func()) {
	need, offers := m.postings[m.order[0]], []*posting{m.postings[m.order[2]], m.postings[m.order[3]]}
	do(m.together(need, offers, "approver"))
	talk := func(p *proposal) {
		for _, who := range []string{"approver", "clerk", "sponsor", "backer"} {
			if party := m.party(p, who); party != "" && !p.wishes[party] {
				do(m.interest(p, who))
			}
		}
	}
	var all []*proposal
	for _, id := range m.order {
		if p := m.proposals[id]; p != nil {
			talk(p)
			all = append(all, p)
		}
	}
	keep()
	simply := func(string, int) int { return 0 }
	tabled := func(p *proposal, who string) *agreement {
		do(m.propose(p, who, m.write(p, simply), false))
		return m.agreementOf(p)
	}
	last := all[len(all)-2] // of a need that is covered by it, with the last of an offer's days
	x := tabled(last, "rival")
	tabled(all[len(all)-1], "approver")
	keep()
	do(m.accept(x, "clerk", 1))
	keep()
	w := m.partnerships[m.order[len(m.order)-1]]
	partnerDoes := func(who string, names ...string) {
		for _, deed := range deedsOfPartners() {
			if slices.Contains(names, deed.name) {
				do(m.partnerDoes(w, deed, who, simply))
			}
		}
	}
	partnerDoes("clerk", "begin")
	keep()
	m.now = m.now.Add(65 * 24 * time.Hour)
	b.clock.set(m.now)
	if _, err := b.server.Tick(b.t.Context(), convention); err != nil {
		b.t.Fatal(err)
	}
	m.tick(func(string) bool { return false })
	partnerDoes("rival", "write of money")
	partnerDoes("clerk", "draft lessons", "state what was delivered")
	keep()
}

// play is one sequence.
func (b *board) play(t *rapid.T) {
	from := among(&draw{t}, "from", []int{8, 7, 6, 5, 4, 3, 2, 1, 0, 8, 7, 6, 5, 4})
	g := &game{t: t, test: b.t, server: b.server, clock: b.clock, model: b.openings[from].model.clone(), store: b.openings[from].store.Clone(), tally: b.tally}
	g.clock.set(g.model.now)
	g.server.Platform = platformOn(b.t, g.store, g.clock)
	defer g.server.Close()
	t.Repeat(map[string]func(*rapid.T){"a command": func(t *rapid.T) {
		d := &draw{t}
		possible := slices.DeleteFunc(b.rows(from), func(r row) bool { return !r.when(g.model) })
		r := among(d, "command", possible)
		c := r.make(g.model, d)
		if old(c) && d.pick("on an old version", 16) == 15 {
			c = stale(c)
		}
		g.name = r.name
		g.do(c)
	}})
	g.end()
}

// rows are the commands that are played from a position: where the sides know
// each other mostly theirs, and mostly such as come to something.
func (b *board) rows(from int) (all []row) {
	for _, r := range rows() {
		if all = append(all, r); b.fruitful[r.name] != nil {
			r.when = b.fruitful[r.name]
			all = append(all, r, r)
		}
	}
	if from < talking {
		return all
	}
	all = append(all, slices.Concat(introductionRows(), timeRows(), timeRows())...)
	for _, r := range slices.Concat(agreementRows(), partnershipRows()) {
		if b.fruitful[r.name] != nil {
			r.when = b.fruitful[r.name]
			all = append(all, r, r, r, r)
		}
		if r.name == "settle a need" { // there are few moments for it
			all = append(all, r, r, r, r, r, r)
		}
	}
	return all
}

// fruitful says when commands come to something of which the chance is small.
func fruitful() map[string]func(*model) bool {
	all := map[string]func(*model) bool{
		"propose terms": func(m *model) bool { return some(m.proposals, m.negotiates) },
		"accept terms": func(m *model) bool {
			return some(m.agreements, func(x *agreement) bool { return x.waits((*terms).unsigned) })
		},
		"clear terms": func(m *model) bool {
			return some(m.agreements, func(x *agreement) bool { return x.waits((*terms).uncleared) })
		},
		"settle a need": func(m *model) bool {
			return some(m.postings, func(p *posting) bool { return p.status == "partly_covered" })
		},
		"introduce":                  func(m *model) bool { return some(m.proposals, m.introducible) },
		"say yes to an introduction": func(m *model) bool { return some(m.introductions, (*introduction).silent) },
		"answer the other side": func(m *model) bool {
			return some(m.introductions, func(x *introduction) bool { return x.stands() && len(x.questions) > 0 })
		},
		"answer to a modification": func(m *model) bool { return some(m.reviews, func(r *review) bool { return r.asked != nil }) },
		"withdraw-objection of a review": func(m *model) bool {
			return some(m.reviews, func(r *review) bool { return r.under() && len(r.objections) > 0 })
		},
		"open reviews": func(m *model) bool { return some(m.proposals, m.ready) },
	}
	for kind, list := range steps() {
		for _, s := range list[:3] { // from a draft to what is open
			all[s.verb+" a "+kind] = func(m *model) bool {
				return some(m.postings, func(p *posting) bool { return p.kind == kind && s.fits(p) })
			}
		}
	}
	for _, d := range deedsOfPartners() {
		all[d.name] = func(m *model) bool { return some(m.partnerships, func(w *partnership) bool { return d.fit(m, w) }) }
	}
	return all
}

// talking is the first position in which the sides know each other.
const talking = 4

// old reports whether there is an earlier version on which a command could have
// been decided.
func old(c command) bool {
	return len(c.headers) > 0 && c.headers[0] == "If-Match" && c.headers[1] != `"1"` && c.who != ""
}

// stale is a command that was decided on a version that is no more.
func stale(c command) command {
	c.headers = matched(1)
	if c.want != http.StatusNotFound || c.within {
		c.want = http.StatusPreconditionFailed
	}
	return c
}
