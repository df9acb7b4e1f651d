package storetest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"go.uber.org/goleak"

	"entente/store"
)

// helperURI is the environment variable that turns the test binary into the
// process that killUnderLoad kills.
const helperURI = "ENTENTE_STORETEST_HELPER_URI"

// Main runs the tests of an engine's package, and then looks for goroutines
// that were left behind. It does not return. In the processes that the suite
// starts of the test binary it does their work instead.
func Main(m *testing.M, open Open, options ...goleak.Option) {
	uri := os.Getenv(helperURI)
	if uri == "" {
		goleak.VerifyTestMain(m, options...)
		return
	}
	if err := appendForever(uri, open); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(1)
}

// appendForever appends commits, in batches of one to four, and prints
// number and id of each when it is acknowledged.
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
			ids[j] = fmt.Sprintf("p%d-%d-%d", os.Getpid(), i, j)
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

// killUnderLoad kills two writing processes at once, several times, at
// moments that their output determines, and looks for every commit that they
// acknowledged.
func killUnderLoad(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	acknowledged := map[string]uint64{}
	for round := range 4 {
		processes := []*process{start(t, uri), start(t, uri)}
		for _, p := range processes {
			p.collect(t, acknowledged, 10+7*round)
		}
		for _, p := range processes {
			p.kill(t, acknowledged)
		}
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
				t.Errorf("round %d: %s was acknowledged at %d and is at %d", round, id, number, got[id])
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(acknowledged) < 2*4*10 {
		t.Errorf("only %d commits were acknowledged", len(acknowledged))
	}
}

type process struct {
	command *exec.Cmd
	output  *bufio.Scanner
}

func start(t *testing.T, uri string) *process {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), binary)
	command.Env = append(os.Environ(), helperURI+"="+uri)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	return &process{command, bufio.NewScanner(output)}
}

// collect reads n acknowledgements.
func (p *process) collect(t *testing.T, acknowledged map[string]uint64, n int) {
	t.Helper()
	for range n {
		if !p.output.Scan() {
			t.Fatalf("the process ended by itself: %v", p.output.Err())
		}
		p.note(t, acknowledged)
	}
}

// kill ends the process without any warning, and reads what it had still
// acknowledged.
func (p *process) kill(t *testing.T, acknowledged map[string]uint64) {
	t.Helper()
	if err := p.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for p.output.Scan() {
		p.note(t, acknowledged)
	}
	if err := p.command.Wait(); err == nil {
		t.Error("the process was not killed")
	}
}

func (p *process) note(t *testing.T, acknowledged map[string]uint64) {
	t.Helper()
	var number uint64
	var id string
	if _, err := fmt.Sscan(p.output.Text(), &number, &id); err != nil {
		return // the line was cut off by the kill
	}
	acknowledged[id] = number
}
