package proof_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/store/storetest/memorytest"
)

// rounds is how often a hundred sequences are played by each player: a few
// seconds, unless ENTENTE_PROOF_ROUNDS asks for more, as a long run at night does.
func rounds(t testing.TB) int {
	t.Helper()
	text := os.Getenv("ENTENTE_PROOF_ROUNDS")
	if text == "" {
		return 5
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("ENTENTE_PROOF_ROUNDS is %q and must be a number", text)
	}
	return n
}

// game is one sequence that is being played: the program, and the model of it.
type game struct {
	t      *rapid.T
	test   testing.TB // whose context lasts as long as the sequence
	server *server
	clock  *clock
	model  *model
	store  *memorytest.Store
}

// opening is a position from which sequences begin.
type opening struct {
	store *memorytest.Store
	model *model
}

func TestNoSequenceOfCommandsLeadsWhereTheDescriptionDoesNot(t *testing.T) {
	for player := range 2 { // as many as there are processors, usually
		t.Run(fmt.Sprint("player ", player), func(t *testing.T) {
			t.Parallel()
			b := newBoard(t)
			for range rounds(t) {
				rapid.Check(t, b.play)
			}
		})
	}
}

// board is where games are played, one after the other.
type board struct {
	t        testing.TB
	server   *server
	clock    *clock
	openings []opening
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
	b := &board{t: t, server: newServer(t, p), clock: c}
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
	for _, by := range []struct{ kind, drafter, approver string }{
		{"need", "focal", "approver"}, {"need", "drafter", "clerk"}, {"offer", "provider", "provider"}, {"offer", "rival", "backer"},
	} {
		do(m.post(by.kind, by.drafter, false))
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
	return b
}

// play is one sequence.
func (b *board) play(t *rapid.T) {
	from := rapid.SampledFrom([]int{3, 2, 1, 0}).Draw(t, "from")
	g := &game{t: t, test: b.t, server: b.server, clock: b.clock, model: b.openings[from].model.clone(), store: b.openings[from].store.Clone()}
	g.clock.set(g.model.now)
	g.server.Platform = platformOn(b.t, g.store, g.clock)
	defer g.server.Close()
	d := &draw{t}
	commands := map[string]func(*rapid.T){}
	for _, r := range rows() {
		commands[r.name] = func(t *rapid.T) {
			if !r.when(g.model) {
				t.Skip("there is nothing to do this to")
			}
			c := r.make(g.model, d)
			if old(c) && rapid.IntRange(0, 15).Draw(t, "on an old version") == 15 {
				c = stale(c)
			}
			g.do(c)
		}
	}
	t.Repeat(commands)
	g.end()
}

// old reports whether there is an earlier version on which a command could have
// been decided.
func old(c command) bool {
	return len(c.headers) > 0 && c.headers[0] == "If-Match" && c.headers[1] != `"1"` && c.who != ""
}

// stale is a command that was decided on a version that is no more.
func stale(c command) command {
	c.headers = matched(1)
	if c.want != http.StatusNotFound {
		c.want = http.StatusPreconditionFailed
	}
	return c
}

// do carries a command out and holds what came of it against the model.
func (g *game) do(c command) {
	if c.passes > 0 {
		g.pass(c)
		return
	}
	before := g.server.Position(convention)
	a := g.server.ask(c.who, c.method, c.path, c.body, c.headers...)
	g.t.Logf("%s: %s %s %v → %d %s", c.who, c.method, c.path, c.body, a.status, a.key())
	if a.status != c.want {
		g.t.Logf("%s", a.body) // not in the failure: with a number that is new each time no sequence could be made simpler
		g.t.Fatalf("%s of %q was answered with %d %s, and not with %d", c.path, c.who, a.status, a.key(), c.want)
	}
	switch after := g.server.Position(convention); {
	case a.status >= 300 && after != before:
		g.t.Fatalf("what was refused has written to the log: %d after %d", after, before)
	case a.status < 300 && !c.silent && after != before+1:
		g.t.Fatalf("one command wrote %d commits", after-before)
	}
	if a.status < 300 {
		c.then(a)
	}
	g.compare()
}

// pass lets time pass, and has the clocks looked at unless it is a time in which
// nobody does.
func (g *game) pass(c command) {
	g.model.now = g.model.now.Add(c.passes)
	g.clock.set(g.model.now)
	g.t.Logf("%v pass, unseen: %v", c.passes, c.blind)
	if c.blind {
		return
	}
	g.tick()
	g.compare()
}

func (g *game) tick() {
	if _, err := g.server.Tick(g.test.Context(), convention); err != nil {
		g.t.Fatalf("the clocks: %v", err)
	}
	if _, err := g.server.Digest(g.test.Context(), convention); err != nil {
		g.t.Fatalf("the digest: %v", err)
	}
	s, _ := g.server.State(convention)
	g.model.tick(func(id string) bool {
		q, ok := s.Proposal(id)
		return ok && q.Status == cooperation.Introduced
	})
}

// compare holds every document against the model.
func (g *game) compare() {
	s, _ := g.server.State(convention)
	differ := func(what, id, status string, version uint64, is string, has uint64) {
		if status != is || version != has {
			g.t.Fatalf("%s %s is %s in version %d, and by the description %s in version %d", what, id, is, has, status, version)
		}
	}
	for id, p := range g.model.postings {
		if n, ok := s.Need(id); ok && p.kind == "need" {
			differ("need", id, p.status, p.version, string(n.Status), n.Version)
		} else if o, ok := s.Offer(id); ok && p.kind == "offer" {
			differ("offer", id, p.status, p.version, string(o.Status), o.Version)
		} else {
			g.t.Fatalf("%s %s is not there", p.kind, id)
		}
	}
	for id, p := range g.model.proposals {
		q, ok := s.Proposal(id)
		if !ok {
			g.t.Fatalf("proposal %s is not there", id)
		}
		differ("proposal", id, p.status, p.version, string(q.Status), q.Version)
		if q.WasEndorsed() == p.endorsed.IsZero() {
			g.t.Fatalf("proposal %s was endorsed %v, and by the description %v", id, q.WasEndorsed(), !p.endorsed.IsZero())
		}
	}
	if differs := g.model.differs(s.Introduction); differs != "" {
		g.t.Fatalf("%s", differs)
	}
	for id, r := range g.model.reviews {
		v, ok := s.Review(id)
		if !ok {
			g.t.Fatalf("review %s is not there", id)
		}
		differ("review", id, r.status, r.version, string(v.Status), v.Version)
	}
}

// end looks at what a sequence has left: at what people read, then at the clocks
// until the last of them has ended, and at the chain.
func (g *game) end() {
	g.tick()
	g.compare()
	if rapid.IntRange(0, 9).Draw(g.t, "everything is read") == 0 {
		g.read()
	}
	g.wind()
	verified(g.t, g.store, g.test)
}

// wind lets time pass until nothing is left that ends by itself, and holds every
// clock against what is said of clocks.
func (g *game) wind() {
	for range 4 {
		g.pass(command{passes: 300 * 24 * time.Hour})
		g.clocks(false)
	}
	g.do(g.model.run("secretary")) // takes back what nobody took up
	g.clocks(true)
}

// clocks holds every clock against what is said of clocks: somebody owns it, and
// once it is over the platform has acted. In the end none is left that ends.
func (g *game) clocks(last bool) {
	s, _ := g.server.State(convention)
	served, _ := g.server.Convention(convention)
	k := served.Timekeeper(s, g.model.now)
	for _, doc := range s.Clocked(cooperation.System("test")) {
		for _, c := range cooperation.ClocksOf(doc, k) {
			if len(c.Owners) == 0 || slices.ContainsFunc(c.Owners, func(o cooperation.Owner) bool { return len(o.Roles) == 0 }) {
				g.t.Fatalf("clock %s of %s is nobody's", c.Kind, c.Document)
			}
			if c.Ends && (c.Over(g.model.now) || last) {
				g.t.Fatalf("clock %s of %s, due %s, has not ended at %s", c.Kind, c.Document, c.Due, g.model.now)
			}
		}
	}
	if last {
		for id, q := range g.model.proposals {
			if q.status == "proposed" {
				g.t.Fatalf("proposal %s is still proposed", id)
			}
		}
	}
}
