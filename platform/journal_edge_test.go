package platform_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/store"
)

// gate is a store that lets the first append of a log pass only when it is
// told to, and says when it has come.
type gate struct {
	store.Store
	log  string
	came chan struct{}
	open chan struct{}
	once sync.Once
}

func newGate(s store.Store, log string) *gate {
	return &gate{Store: s, log: log, came: make(chan struct{}), open: make(chan struct{})}
}

func (g *gate) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if log == g.log {
		g.once.Do(func() {
			close(g.came)
			<-g.open
		})
	}
	return g.Store.Append(ctx, log, commits)
}

// together runs commands so that they share one insert: the first one holds
// the log up until all the others wait.
func together(t *testing.T, on *platform.Platform, g *gate, first func(), others ...func()) {
	t.Helper()
	var wg sync.WaitGroup
	wg.Go(first)
	<-g.came
	for _, f := range others {
		wg.Go(f)
	}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for on.Waiting(g.log) < len(others) {
		<-tick.C
	}
	close(g.open)
	wg.Wait()
}

func TestTheSameAccountMadeTwiceAtOnceIsMadeOnce(t *testing.T) {
	p := newPlace(t)
	g := newGate(p.store(), platform.AccountsLog)
	on := p.open(g)
	create := func(id string) func() {
		return func() {
			u := cooperation.User{ID: id, Name: "secretariat", Language: "en", Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.Secretariat}}}
			if made, err := on.CreateUser(t.Context(), system, u); err != nil || made.ID != id {
				t.Error(made, explain(err))
			}
		}
	}
	one, two := cooperation.NewID(), cooperation.NewID()
	others := make([]func(), 16)
	for i := range others {
		others[i] = create(two)
	}
	together(t, on, g, create(one), others...)
	if got := len(p.open().Users("fctc")); got != 2 {
		t.Errorf("another replica knows %d accounts, want 2", got)
	}
}

func TestWhoeverFindsThatAnotherMakesTheKeyWaitsUntilItIsMade(t *testing.T) {
	p := newPlace(t)
	g := newGate(p.store(), platform.AccountsLog)
	on := p.open(g)
	others := make([]func(), 16)
	for i := range others {
		others[i] = func() {
			if err := on.EnsureKey(t.Context()); err != nil {
				t.Error(explain(err))
			}
		}
	}
	together(t, on, g, func() { person(t, on, "Ann", drafts) }, others...)
}

// The second command changes nothing because the first one makes the same
// need. When that one's write fails, there is no need, and nobody may be told
// that there is.
func TestNobodyIsAnsweredByWhatIsNotWritten(t *testing.T) {
	p := newPlace(t)
	g := newGate(p.store(), "fctc")
	var writes atomic.Int32
	on := p.open(&faulty{Store: g, before: func() error {
		if writes.Add(1) == 2 {
			return errors.New("the line went dead")
		}
		return nil
	}})
	create := func(key string) (*cooperation.Need, error) {
		return on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), key)
	}
	var failed atomic.Int32
	same := func() {
		n, err := create("same")
		if err != nil {
			failed.Add(1)
			wantCode(t, err, cooperation.Unavailable, "error.unavailable.store")
			return
		}
		if _, _, err := on.Need(focal, n.ID); err != nil {
			t.Errorf("a need was made that is not there: %v", explain(err))
		}
	}
	together(t, on, g, func() {
		if _, err := create("other"); err != nil {
			t.Error(explain(err))
		}
	}, same, same, same)
	if failed.Load() != 1 || on.Position("fctc") != 2 {
		t.Errorf("%d failed at position %d, want the one whose write failed, and two needs", failed.Load(), on.Position("fctc"))
	}
	p.verify()
}

func TestLargeCommandsThatWaitTogetherAllSucceed(t *testing.T) {
	p := newPlace(t)
	g := newGate(p.store(), "fctc")
	on := p.open(g)
	imported := func(of int) func() {
		return func() {
			rows := make([]cooperation.ImportRow[cooperation.NeedContent], 10)
			for i := range rows {
				content := needContent(t, fmt.Sprintf("Law %d of file %d", i, of))
				content.Problem, content.Barrier = strings.Repeat("无烟", 3900), strings.Repeat("立法", 3900)
				rows[i] = cooperation.ImportRow[cooperation.NeedContent]{Line: i + 2, ExternalID: fmt.Sprintf("need-%d-%d", of, i), Convention: "fctc", Content: content}
			}
			if r, err := on.ImportNeeds(t.Context(), system, rows, false); err != nil || r.Created != len(rows) {
				t.Errorf("file %d: %d rows, %v", of, r.Created, explain(err))
			}
		}
	}
	others := make([]func(), 17)
	for i := range others {
		others[i] = imported(i + 1)
	}
	together(t, on, g, imported(0), others...)
	p.verify()
}

// rivalled is a store to which somebody else always writes first, so many times.
type rivalled struct {
	store.Store
	rival func(turn int)
	turns int
	turn  atomic.Int32
}

func (r *rivalled) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if turn := int(r.turn.Add(1)); log == "fctc" && turn <= r.turns {
		r.rival(turn)
	}
	return r.Store.Append(ctx, log, commits)
}

func TestWhoeverComesSecondManyTimesComesFirstInTheEnd(t *testing.T) {
	p := newPlace(t)
	other := p.open()
	s := &rivalled{Store: p.store(), turns: 12, rival: func(turn int) {
		if _, err := other.CreateNeed(t.Context(), focal, "fctc", needContent(t, fmt.Sprintf("Law %d", turn)), ""); err != nil {
			t.Error(explain(err))
		}
	}}
	on := p.open(s)
	if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), ""); err != nil {
		t.Fatal(explain(err))
	}
	if got := on.Position("fctc"); got != 13 {
		t.Errorf("position %d, want 13", got)
	}
	p.verify()
}

func TestPausesGrowUpToABound(t *testing.T) {
	before := time.Duration(0)
	for lost := range 100 {
		pause := platform.PauseAfter(lost)
		if pause < before || pause > 100*time.Millisecond || lost < 3 && pause != 0 || lost >= 3 && pause == 0 {
			t.Errorf("after %d defeats a pause of %v, after one less of %v", lost, pause, before)
		}
		before = pause
	}
}

// silent is a store that stores the first commits and then says nothing until
// its caller gives up.
type silent struct {
	store.Store
	spoke atomic.Bool
}

func (s *silent) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	n, err := s.Store.Append(ctx, log, commits)
	if s.spoke.Swap(true) || err != nil {
		return n, err
	}
	<-ctx.Done()
	return 0, ctx.Err()
}

func TestAWriteWithoutAnAnswerInTimeIsReadBack(t *testing.T) {
	p := newPlace(t)
	on, err := platform.Open(t.Context(), platform.Options{Store: &silent{Store: p.store()}, Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now,
		Patience: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Smoke-free law"), ""); err != nil {
		t.Errorf("the commit is durable, yet the command failed: %v", explain(err))
	}
}

func TestACommandGivenUpBeforeItsTurnIsNeverDone(t *testing.T) {
	p := newPlace(t)
	g := newGate(p.store(), "fctc")
	on := p.open(g)
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "First"), ""); err != nil {
			t.Error(explain(err))
		}
	})
	<-g.came
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := on.CreateNeed(ctx, focal, "fctc", needContent(t, "Second"), "")
	wantCode(t, err, cooperation.Unavailable, "error.unavailable.store")
	close(g.open)
	wg.Wait()
	if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Third"), ""); err != nil {
		t.Error(explain(err))
	}
	if got := on.Position("fctc"); got != 2 {
		t.Errorf("position %d, want 2", got)
	}
}

func TestACommandGivenUpAfterItsTurnHasComeSaysWhatBecameOfIt(t *testing.T) {
	p := newPlace(t)
	g := newGate(p.store(), "fctc")
	on := p.open(g)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-g.came
		cancel()
		close(g.open)
	}()
	if _, err := on.CreateNeed(ctx, focal, "fctc", needContent(t, "First"), ""); err != nil {
		t.Errorf("the commit is durable, yet the command failed: %v", explain(err))
	}
}

func TestACommandAfterTheEndIsRefusedAndDoesNotHang(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	on.Close()
	_, err := on.CreateNeed(context.WithoutCancel(t.Context()), focal, "fctc", needContent(t, "Late"), "")
	wantCode(t, err, cooperation.Unavailable, "error.unavailable.store")
}

// hurried is a store that notes whether reading was bounded in time.
type hurried struct {
	store.Store
	bounded atomic.Bool
}

func (h *hurried) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	if _, ok := ctx.Deadline(); ok {
		h.bounded.Store(true)
	}
	return h.Store.Read(ctx, log, after)
}

func TestAStartMayTakeAsLongAsTheLogIsLong(t *testing.T) {
	p := newPlace(t)
	s := &hurried{Store: p.store()}
	on, err := platform.Open(t.Context(), platform.Options{Store: s, Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now, Poll: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	if s.bounded.Load() {
		t.Error("the first reading of the log was bounded in time: a longer log could never be opened")
	}
}
