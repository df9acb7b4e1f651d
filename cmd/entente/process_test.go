package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// actAs makes the test binary the program itself, so that tests can start it
// as processes of its own and kill them.
const actAs = "ENTENTE_TEST_ACT_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(actAs) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is a running program.
type process struct {
	t       *testing.T
	command *exec.Cmd
	out     *output
	errs    *output
	done    chan struct{}
	err     error
}

// output is what a process has printed so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// launch starts the program. It is killed at the end of the test.
func launch(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	return launchAs(t, os.Args[0], env, args...)
}

// launchAs starts the program through another, which becomes it.
func launchAs(t *testing.T, program string, env []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, out: &output{}, errs: &output{}, done: make(chan struct{})}
	p.command = exec.Command(program, args...)
	p.command.Env = append(append(os.Environ(), actAs+"=1", "LC_ALL=C", "LANG=C", "HOME="+t.TempDir()), env...)
	p.command.Stdout, p.command.Stderr = p.out, p.errs
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.err = p.command.Wait(); close(p.done) }()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	_ = p.command.Process.Kill() // it may have ended by itself
	<-p.done
}

// wait waits for the end and returns the exit code.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(2 * time.Minute):
		p.kill()
		p.t.Fatalf("%v did not end; it printed:\n%s%s", p.command.Args[1:], p.out, p.errs)
	}
	var exit *exec.ExitError
	if errors.As(p.err, &exit) {
		return exit.ExitCode()
	}
	return 0
}

// entente runs the program to its end.
func entente(t *testing.T, env []string, args ...string) (out, errs string, code int) {
	t.Helper()
	p := launch(t, env, args...)
	code = p.wait()
	return p.out.String(), p.errs.String(), code
}

// must runs the program and expects it to succeed.
func must(t *testing.T, env []string, args ...string) string {
	t.Helper()
	out, errs, code := entente(t, env, args...)
	if code != 0 {
		t.Fatalf("entente %s: exit %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// until waits for a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain: %s", what)
		case <-tick.C:
		}
	}
}

// serving starts a server and waits until it is ready; it returns its address.
func serving(t *testing.T, env []string, args ...string) (*process, string) {
	t.Helper()
	return servingAs(t, os.Args[0], env, args...)
}

// servingAs is serving through another program; see launchAs.
func servingAs(t *testing.T, program string, env []string, args ...string) (*process, string) {
	t.Helper()
	p := launchAs(t, program, env, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	var url string
	until(t, "the server listens", func() bool {
		select {
		case <-p.done:
			t.Fatalf("the server ended:\n%s%s", p.out, p.errs)
		default:
		}
		_, after, ok := strings.Cut(p.out.String(), "http://")
		if ok {
			url, _, _ = strings.Cut("http://"+after, " ")
			url = strings.Trim(url, ".,\u2068\u2069")
		}
		return ok && strings.Contains(after, "\n")
	})
	until(t, "the server is ready at "+url, func() bool {
		status, _ := call(t, http.MethodGet, url+"/readyz", "", "")
		return status == http.StatusOK
	})
	return p, url
}

// call sends one request and returns status and body; 0 when nobody answers.
func call(t *testing.T, method, url, token, body string) (status int, text string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(content)
}

// stores are the engines on which a test runs: each with a function that gives
// the URI of a fresh database.
func freshSQLite(t *testing.T) string {
	return "sqlite://" + filepath.Join(t.TempDir(), "entente.db")
}

// beside finds a file in the folder of shared data that may stand beside the
// clone.
func beside(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared data do not stand beside the clone: %v", err)
	}
	return path
}

// rows writes a file of n needs or offers of the tobacco convention.
func rows(t *testing.T, kind string, n int) string {
	t.Helper()
	var b strings.Builder
	who := map[string]string{"needs": "beneficiary", "offers": "provider"}[kind]
	states := map[string][]string{"needs": {"AO", "MZ", "TD", "SN"}, "offers": {"NO", "JP", "DE", "BR"}}[kind]
	fmt.Fprintf(&b, "external_id,convention,%s,title,themes,kinds,languages\n", who)
	for i := range n {
		fmt.Fprintf(&b, "%s-%05d,fctc,%s,Posting number %d,fctc-art8,training,en\n", kind, i, states[i%len(states)], i)
	}
	path := filepath.Join(t.TempDir(), kind+".csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
