package proof_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/store"
	"entente/store/mongo"
	"entente/store/sqlite"
	"entente/store/storetest/memorytest"
	"entente/store/storetest/mongotest"
)

// The environment of a process that does work and is killed: what it does on
// which database, as of when, and at which write it dies.
const (
	workURI   = "ENTENTE_PROOF_URI"
	workOrder = "ENTENTE_PROOF_ORDER"
)

// order is what such a process is to do.
type order struct {
	Work  string
	At    int
	After bool
	Now   time.Time
	IDs   map[string]string
}

// openAt opens a database by its address.
func openAt(ctx context.Context, uri string) (store.Store, error) {
	if strings.HasPrefix(uri, "sqlite:") {
		return sqlite.Open(ctx, uri)
	}
	return mongo.Open(ctx, uri)
}

// workAndDie makes the test binary a process of its own, which kills itself in
// the middle of its work as a power cut would. It ends with 0 when it did not.
func workAndDie() {
	if err := workUntilKilled(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func workUntilKilled(ctx context.Context) error {
	var o order
	if err := json.Unmarshal([]byte(os.Getenv(workOrder)), &o); err != nil {
		return err
	}
	s, err := openAt(ctx, os.Getenv(workURI))
	if err != nil {
		return err
	}
	process := &mortal{Store: s, at: o.At, after: o.After, kill: func() {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // the signal is on its way
	}}
	c := &clock{now: o.Now}
	on, err := start(ctx, process, c)
	if err != nil {
		return err
	}
	all := works()
	at := slices.IndexFunc(all, func(w work) bool { return w.name == o.Work })
	return all[at].do(ctx, &scene{on: on, clock: c, process: process, ids: o.IDs})
}

// What the enumeration tries in one process holds when a real one is killed by
// the system, too.
func TestAProcessThatIsKilledForGoodIsMadeUpForByTheNext(t *testing.T) {
	for _, k := range []struct {
		work   string
		engine string
		at     []int // none: every write
	}{
		{work: "an import", engine: "sqlite"},
		{work: "a run", engine: "sqlite"},
		{work: "the erasure of a person", engine: "sqlite", at: []int{5, 9}},
		{work: "a partnership that stops, and the run that follows", engine: "sqlite"},
		{work: "an import", engine: "mongodb", at: []int{2}},
		{work: "terms that are proposed, countered and taken back", engine: "mongodb", at: []int{2}},
		{work: "a run", engine: "mongodb", at: []int{1}},
	} {
		t.Run(k.work+" on "+k.engine, func(t *testing.T) {
			t.Parallel()
			var uri string
			if k.engine == "mongodb" {
				uri = mongotest.Start(t) // skips where there is none
			}
			all := works()
			p := prepare(t, all[slices.IndexFunc(all, func(w work) bool { return w.name == k.work })])
			whole, writes := p.until(t, memorytest.New(), true)
			if k.at == nil {
				for at := range writes {
					k.at = append(k.at, at+1)
				}
			}
			for _, at := range k.at {
				for _, after := range []bool{false, true} {
					if k.engine == "sqlite" {
						uri = "sqlite://" + filepath.Join(t.TempDir(), "entente.db")
					}
					if got := p.killed(t, uri, at, after); got != whole {
						t.Errorf("killed at write %d, durable %v, it is not completed once:\n%s", at, after, cmp.Diff(whole, got))
					}
				}
			}
		})
	}
}

// killed does the work in a process that is killed, takes it up in this one, and
// says what there is to see.
func (p *prepared) killed(t *testing.T, uri string, at int, after bool) string {
	t.Helper()
	s := opened(t, func() (store.Store, error) { return openAt(t.Context(), uri) })
	if strings.HasPrefix(uri, "mongodb:") {
		empty(t, mongotest.Connect(t, uri).Database(mongotest.Database(uri)))
	}
	p.fill(t, s)
	text, err := json.Marshal(order{p.work.name, at, after, p.at, p.ids})
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), workURI+"="+uri, workOrder+"="+string(text))
	out, err := command.CombinedOutput()
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the process was not killed: %v\n%s", err, out)
	}
	c, seen := &clock{now: p.at.Add(5 * time.Minute)}, newOutside(t)
	next := &scene{t: t, on: platformOn(t, s, c), clock: c, out: seen, process: &mortal{}, ids: maps.Clone(p.ids)}
	defer next.on.Close()
	for range 2 {
		if err := p.work.again(t.Context(), next); err != nil {
			t.Fatal(err)
		}
	}
	verified(t, s, t)
	return p.look(t, s, seen)
}
