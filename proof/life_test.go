package proof_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store/storetest/memorytest"
)

// rounds is how often a hundred sequences are played by each player: half a
// minute, unless ENTENTE_PROOF_ROUNDS asks for more, as a long run at night does.
func rounds(t testing.TB) int {
	t.Helper()
	text := os.Getenv("ENTENTE_PROOF_ROUNDS")
	if text == "" {
		return 10
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
	tally  map[string]*count
	name   string // of the command that is being carried out
}

// count is how often a sort of command succeeded, and how often it was refused.
type count struct{ done, refused int }

func TestNoSequenceOfCommandsLeadsWhereTheDescriptionDoesNot(t *testing.T) {
	for player := range 2 { // as many as there are processors, usually
		t.Run(fmt.Sprint("player ", player), func(t *testing.T) {
			t.Parallel()
			b := newBoard(t)
			for range rounds(t) {
				rapid.Check(t, b.play)
			}
			b.reached(rounds(t))
		})
	}
}

// reached holds how often each command was carried out against how often it is to
// be: those of agreements and partnerships at least once in two hundred sequences,
// and refused as often, so that what they are held against is reached.
func (b *board) reached(rounds int) {
	late := slices.Concat(agreementRows(), partnershipRows())
	for _, name := range slices.Sorted(maps.Keys(b.tally)) {
		n := b.tally[name]
		b.t.Logf("%-32s %5d done, %5d refused", name, n.done, n.refused)
		if is := func(r row) bool { return r.name == name }; slices.ContainsFunc(late, is) && min(n.done, n.refused) < rounds/2 {
			b.t.Errorf("%q succeeded %d times and was refused %d times in %d hundred sequences", name, n.done, n.refused, rounds)
		}
	}
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
	after := g.server.Position(convention)
	switch {
	case a.status >= 300 && after != before:
		g.t.Fatalf("what was refused has written to the log: %d after %d", after, before)
	case a.status < 300 && !c.silent && after != before+1:
		g.t.Fatalf("one command wrote %d commits", after-before)
	}
	if a.status < 300 {
		c.then(a)
	}
	g.note(a.status < 300)
	if read := leak(string(a.body), g.hidden(c.who)); read != "" {
		g.t.Logf("%s", a.body)
		g.t.Fatalf("%q is answered with %s by %s", c.who, read, c.path)
	}
	g.compare()
}

// note counts the command.
func (g *game) note(done bool) {
	switch n := g.tally[g.name]; {
	case n == nil: // the end of a sequence runs the matcher
	case done:
		n.done++
	default:
		n.refused++
	}
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
		if differs := g.unlike(s, id, p); differs != "" || p.overdrawn() {
			g.t.Fatalf("of %s %s %s", p.kind, id, differs)
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
	if differs := g.model.agreementsDiffer(s.Agreement); differs != "" {
		g.t.Fatalf("%s", differs)
	}
	if differs := g.model.partnershipsDiffer(s.Partnership); differs != "" {
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

// unlike says how what partnerships have of a posting differs from the model's
// arithmetic.
func (g *game) unlike(s *catalogue.State, id string, p *posting) string {
	if o, ok := s.Offer(id); ok {
		return p.unlike(o.Taken.Amount, o.Taken.Quantity, len(o.Taken.Takings))
	}
	n, _ := s.Need(id)
	return p.unlike(n.Coverage.Agreed, 0, len(n.Coverage.Parts))
}

// end looks at what a sequence has left: at what people read, at the clocks, of
// one in six until the last of them has ended, and at the chain.
func (g *game) end() {
	g.tick()
	g.compare()
	if (&draw{g.t}).pick("everything is read", 4) == 3 {
		g.read()
	}
	if g.clocks(false); (&draw{g.t}).pick("it is played to the end", 6) == 5 {
		g.wind()
	}
	verified(g.t, g.store, g.test)
}

// wind lets time pass until nothing is left that ends by itself, and holds every
// clock against what is said of clocks.
func (g *game) wind() {
	for range 3 {
		g.pass(command{passes: 400 * 24 * time.Hour})
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
			if c.Kind != cooperation.MembersClock && c.Due.IsZero() == c.Paused.IsZero() { // for members a review waits as long as it takes
				g.t.Fatalf("clock %s of %s neither runs to a day nor stands still: %+v", c.Kind, c.Document, c)
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
