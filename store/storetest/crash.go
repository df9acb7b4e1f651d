package storetest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"entente/store"
)

// helperURI is the environment variable that turns the test binary into the
// process that killUnderLoad kills.
const helperURI = "ENTENTE_STORETEST_HELPER_URI"

// helperWork is the environment variable that says what such a process does.
const helperWork = "ENTENTE_STORETEST_HELPER_WORK"

// Main runs the tests of an engine's package, and then looks for goroutines
// that were left behind. It does not return. In the processes that the suite
// starts of the test binary it does their work instead.
func Main(m *testing.M, open Open, options ...goleak.Option) {
	uri := os.Getenv(helperURI)
	if uri == "" {
		goleak.VerifyTestMain(m, options...)
		return
	}
	work := appendForever
	if os.Getenv(helperWork) == "put" {
		work = putForever
	}
	fmt.Fprintln(os.Stderr, work(uri, open))
	os.Exit(1)
}

// appendForever appends commits, in batches of one to four, and prints
// number and id of each when it is acknowledged. The id ends with a full stop.
func appendForever(uri string, open Open) error {
	ctx := context.Background()
	s, err := open(ctx, uri)
	if err != nil {
		return err
	}
	w := &writer{s: s, log: "crash"}
	if _, err := w.follow(ctx, ""); err != nil {
		return err
	}
	for i := 0; ; i++ {
		ids := make([]string, 1+i%4)
		for j := range ids {
			ids[j] = fmt.Sprintf("p%d-%d-%d.", os.Getpid(), i, j)
		}
		numbers, err := w.commit(ctx, ids...)
		if err != nil {
			return err
		}
		for j, number := range numbers {
			fmt.Println(number, ids[j])
		}
	}
}

// killUnderLoad kills two processes that write to one log, several times, at
// moments that their output determines, and looks for every commit that they
// acknowledged.
func killUnderLoad(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	acknowledged := map[string]uint64{}
	for round := range 4 {
		for _, a := range workAndKill(t, uri, "append", 20+13*round) {
			acknowledged[a.id] = a.number
		}
		expectAcknowledged(t, e, uri, acknowledged)
	}
	if len(acknowledged) < 20+33+46+59 {
		t.Errorf("only %d commits were acknowledged", len(acknowledged))
	}
}

// workAndKill lets two processes work until they have acknowledged n things,
// kills them, and returns all that they acknowledged.
func workAndKill(t *testing.T, uri, work string, n int) (acknowledged []acknowledgement) {
	t.Helper()
	// Of both together, for a busy writer may keep another from any turn.
	acknowledgements := make(chan acknowledgement)
	var readers sync.WaitGroup
	processes := []*exec.Cmd{
		start(t, uri, work, &readers, acknowledgements), start(t, uri, work, &readers, acknowledgements),
	}
	for range n {
		select {
		case a := <-acknowledgements:
			acknowledged = append(acknowledged, a)
		case <-time.After(time.Minute):
			t.Fatal("the processes acknowledge nothing")
		}
	}
	for _, p := range processes {
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
	}
	go func() { readers.Wait(); close(acknowledgements) }()
	for a := range acknowledgements {
		acknowledged = append(acknowledged, a)
	}
	for _, p := range processes {
		if err := p.Wait(); err == nil {
			t.Error("a process was not killed")
		}
	}
	return acknowledged
}

func expectAcknowledged(t *testing.T, e Engine, uri string, acknowledged map[string]uint64) {
	t.Helper()
	s, err := e.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]uint64{}
	for _, c := range read(t, s, "crash", 0, store.Hash{}) {
		if got[c.ID] != 0 {
			t.Errorf("%s is there twice", c.ID)
		}
		got[c.ID] = c.Number
	}
	for id, number := range acknowledged {
		if got[id] != number {
			t.Errorf("%s was acknowledged at %d and is at %d", id, number, got[id])
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

type acknowledgement struct {
	number uint64
	id     string
}

// start starts a process that does the work, and sends what it acknowledges
// until it ends.
func start(t *testing.T, uri, work string, readers *sync.WaitGroup, to chan<- acknowledgement) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), binary)
	command.Env = append(os.Environ(), helperURI+"="+uri, helperWork+"="+work)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	readers.Go(func() {
		for lines := bufio.NewScanner(output); lines.Scan(); {
			var a acknowledgement
			// A line that the kill cut off acknowledges nothing.
			if _, err := fmt.Sscan(lines.Text(), &a.number, &a.id); err == nil && strings.HasSuffix(a.id, ".") {
				to <- a
			}
		}
	})
	return command
}
