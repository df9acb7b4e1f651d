package proof_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"entente/store"
	"entente/store/mongo"
	"entente/store/sqlite"
	"entente/store/storetest/memorytest"
	"entente/store/storetest/mongotest"
)

// engines are the stores on which everything is cut off, each with a function
// that begins a series of databases: it gives a fresh one each time.
func engines() map[string]func(t testing.TB) (fresh func(t testing.TB) store.Store) {
	return map[string]func(testing.TB) func(testing.TB) store.Store{
		"sqlite": func(testing.TB) func(testing.TB) store.Store {
			return func(t testing.TB) store.Store {
				return opened(t, func() (store.Store, error) {
					return sqlite.Open(t.Context(), "sqlite://"+filepath.Join(t.TempDir(), "entente.db"))
				})
			}
		},
		// One database, emptied each time: making one takes a server longer than
		// everything that is tried on it.
		"mongodb": func(t testing.TB) func(testing.TB) store.Store {
			uri := mongotest.Start(t)
			database := mongotest.Connect(t, uri).Database(mongotest.Database(uri))
			s := opened(t, func() (store.Store, error) { return mongo.Open(t.Context(), uri) })
			return func(t testing.TB) store.Store {
				empty(t, database)
				return s
			}
		},
	}
}

// empty removes every document of a database.
func empty(t testing.TB, database *driver.Database) {
	t.Helper()
	names, err := database.ListCollectionNames(t.Context(), bson.D{})
	for _, name := range names {
		if err == nil && name != "meta" { // the mark of the layout
			_, err = database.Collection(name).DeleteMany(t.Context(), bson.D{})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func opened(t testing.TB, open func() (store.Store, error)) store.Store {
	t.Helper()
	s, err := open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Whatever is cut off between any two of its writes is completed once after the
// next start, or it is undone. The points are counted, and each is tried: before
// the write was durable, and after.
func TestWhateverIsKilledAnywhereIsCompletedOnceOrUndone(t *testing.T) {
	for _, w := range works() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := prepare(t, w)
			for _, engine := range slices.Sorted(maps.Keys(engines())) {
				t.Run(engine, func(t *testing.T) { s.everywhere(t, engine) })
			}
		})
	}
}

// prepared is a work with what there is before it.
type prepared struct {
	work   work
	before *memorytest.Store
	stands map[string]string // the documents that there are before, in words
	heads  map[string]uint64 // how long the logs are
	at     time.Time
	ids    map[string]string
}

func prepare(t testing.TB, w work) *prepared {
	t.Helper()
	s := &scene{t: t, clock: &clock{now: begin}, out: newOutside(t), process: &mortal{}, ids: map[string]string{}}
	before := memorytest.New()
	s.on = platformOn(t, before, s.clock)
	populate(t, s.on)
	w.begin(s)
	s.on.Close()
	if w.again == nil {
		w.again = w.do
	}
	p := &prepared{work: w, before: before, at: s.clock.Now().Add(w.later), ids: s.ids}
	stands, heads := p.documents(t, before)
	if !w.erases {
		p.stands, p.heads = stands, heads
	}
	return p
}

// everywhere cuts the work off at every one of its writes on an engine.
func (p *prepared) everywhere(t *testing.T, engine string) {
	undone, _ := p.until(t, memorytest.New(), false)
	whole, writes := p.until(t, memorytest.New(), true)
	if undone == whole || writes == 0 {
		t.Fatalf("the work does nothing:\n%s", whole)
	}
	fresh := engines()[engine](t)
	for at := 1; at <= writes; at++ {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("write %d of %d, durable %v", at, writes, after), func(t *testing.T) {
				left, again, done := p.cut(t, fresh(t), at, after)
				switch {
				case p.work.whole && left != undone && left != whole:
					t.Errorf("it is half done:\n%s", cmp.Diff(whole, left))
				case p.work.whole && writes == 1 && (left == whole) != after:
					t.Errorf("durable %v, it is done %v", after, left == whole)
				}
				if again != whole {
					t.Errorf("it is not completed once:\n%s", cmp.Diff(whole, again))
				}
				if done != whole {
					t.Errorf("done again, it is done twice:\n%s", cmp.Diff(whole, done))
				}
			})
		}
	}
}

// scene is the installation that a process has opened.
func (p *prepared) scene(t testing.TB, s *mortal, c *clock, out *outside) *scene {
	return &scene{t: t, on: platformOn(t, s, c), clock: c, out: out, process: s, ids: maps.Clone(p.ids)}
}

// fill puts what there is before into a fresh database.
func (p *prepared) fill(t testing.TB, s store.Store) {
	t.Helper()
	logs, err := p.before.Logs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, log := range logs {
		var all []store.Commit
		for c, err := range p.before.Read(t.Context(), log, 0) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, c)
		}
		for chunk := range slices.Chunk(all, store.MaxBatch) {
			if _, err := s.Restore(t.Context(), log, chunk); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.fillFiles(t, s)
}

// fillFiles puts the files that there are before into a fresh database.
func (p *prepared) fillFiles(t testing.TB, s store.Store) {
	t.Helper()
	for b, err := range p.before.Blobs().All(t.Context(), store.Hash{}) {
		if err != nil {
			t.Fatal(err)
		}
		_, content, _, err := p.before.Blobs().Open(t.Context(), b.Sum)
		if err == nil {
			_, err = s.Blobs().Put(t.Context(), content, b.Size, func() time.Time { return b.Stored })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// until does the work without a crash, or not at all, and says what there is to
// see then, and how many writes it took.
func (p *prepared) until(t testing.TB, s store.Store, do bool) (seen string, writes int) {
	t.Helper()
	p.fill(t, s)
	c, out := &clock{now: p.at}, newOutside(t)
	process := &mortal{Store: s}
	scene := p.scene(t, process, c, out)
	if scene.unharmed = do; do {
		if err := p.work.do(t.Context(), scene); err != nil {
			t.Fatal(err)
		}
	}
	writes = process.writes
	if scene.unharmed = false; do { // what follows a work that was not cut off changes nothing
		if err := p.work.again(t.Context(), scene); err != nil {
			t.Fatal(err)
		}
	}
	scene.on.Close()
	return p.look(t, s, out), writes
}

// cut does the work on a process that is killed, starts the next and asks again,
// twice; it says what there was to see each time.
func (p *prepared) cut(t testing.TB, s store.Store, at int, after bool) (left, again, twice string) {
	t.Helper()
	p.fill(t, s)
	c, out := &clock{now: p.at}, newOutside(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	dying := p.scene(t, &mortal{Store: s, at: at, after: after}, c, out)
	err := p.work.do(ctx, dying)
	dying.on.Close()
	if dying.process.alive() == nil {
		t.Fatalf("the process was not killed: %v", err)
	}
	left = p.look(t, s, out)
	c.set(p.at.Add(5 * time.Minute)) // the claims of the dead process have run out
	next := p.scene(t, &mortal{Store: s}, c, out)
	defer next.on.Close()
	if err := p.work.again(ctx, next); err != nil {
		t.Fatalf("after the next start: %v", err)
	}
	again = p.look(t, s, out)
	if err := p.work.again(ctx, next); err != nil {
		t.Fatalf("once more: %v", err)
	}
	out.settled(t)
	verified(t, s, t)
	return left, again, p.look(t, s, out)
}

// documents are all documents as they stand, in words, and how long the logs
// are. What there was before the work is not read again, for every chain is
// verified; a server of the tests reads slowly.
func (p *prepared) documents(t testing.TB, s store.Store) (stands map[string]string, heads map[string]uint64) {
	t.Helper()
	logs, err := s.Logs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stands, heads = map[string]string{}, map[string]uint64{}
	maps.Copy(stands, p.stands)
	for _, log := range logs {
		heads[log] = p.heads[log]
		for c, err := range s.Read(t.Context(), log, heads[log]) {
			if err != nil {
				t.Fatal(err)
			}
			heads[log] = c.Number
			for _, v := range c.Versions {
				stands[log+" "+v.Kind+" "+v.ID] = inWords(t, v)
			}
		}
	}
	return stands, heads
}

// look says what there is to see of an installation, in words that are the same
// whatever numbers its documents have: every document as it stands, and what has
// reached the world outside.
func (p *prepared) look(t testing.TB, s store.Store, out *outside) string {
	t.Helper()
	stands, _ := p.documents(t, s)
	count := map[string]int{}
	for key, words := range stands {
		count[strings.Fields(key)[1]+" "+words]++
	}
	var lines []string
	for line, n := range count {
		lines = append(lines, fmt.Sprintf("%d × %s", n, line))
	}
	files := 0
	for _, err := range s.Blobs().All(t.Context(), store.Hash{}) {
		if files++; err != nil {
			t.Fatal(err)
		}
	}
	lines = append(lines, fmt.Sprintf("%d contents of files", files))
	out.mu.Lock()
	defer out.mu.Unlock()
	lines = append(lines, fmt.Sprintf("%d mails and events outside", len(out.came)))
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// outcomes are the fields that say what came of documents that also tell how
// often something was tried; of all others everything counts.
var outcomes = map[string][]string{
	"run": {"done"}, "notification": {"recipient", "reason", "status"}, "delivery": {"event", "status"}, "webhook": {"owner", "status"},
	"erasure": {"completed"}, "history": {"source", "rows", "removed"}, "history_part": {"rows"},
}

// inWords is a document without what differs from one time to another: the times
// themselves, and numbers that are drawn.
func inWords(t testing.TB, v store.Version) string {
	t.Helper()
	var body map[string]any
	if !v.Erased() {
		if err := json.Unmarshal(v.Body, &body); err != nil {
			t.Fatal(err)
		}
	}
	if fields, ok := outcomes[v.Kind]; ok {
		maps.DeleteFunc(body, func(field string, _ any) bool { return !slices.Contains(fields, field) })
	}
	text, err := json.Marshal(timeless(body))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var drawn = regexp.MustCompile("^[a-z2-7]{26}$")

// timeless is a value with every time and every drawn number alike.
func timeless(v any) any {
	switch v := v.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, value := range v {
			kept[key] = timeless(value)
		}
		return kept
	case []any:
		for n := range v {
			v[n] = timeless(v[n])
		}
	case string:
		if _, err := time.Parse(time.RFC3339, v); err == nil || drawn.MatchString(v) {
			return "…"
		}
	}
	return v
}
