package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is one running program, and the tokens of those who use it.
type server struct {
	url     string
	command *exec.Cmd
	client  *http.Client
	tokens  map[string]string // role → token
}

// roles are held for the tobacco convention.
var roles = map[string][]string{
	"focal_point": {"--participant", "AO"}, "approver": {"--participant", "AO"}, "provider": {"--participant", "BR"},
	"secretariat": {}, "observer": {},
}

// postings is how many needs, and as many offers, are there at the start.
const postings = 400

// startServer builds the program, fills its store by its own commands and
// serves. An hour of its schedules is compressed: the matcher, which runs every
// hour, runs every ten seconds, and the clocks with it.
func startServer(ctx context.Context, folder, store string) (*server, error) {
	program := filepath.Join(folder, "entente")
	if err := command(ctx, nil, "go", "build", "-o", program, "./cmd/entente").Run(); err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	if store == "" {
		store = "sqlite://" + filepath.Join(folder, "entente.db")
	}
	env := []string{"ENTENTE_STORE=" + store, "ENTENTE_LOG_LEVEL=error", "ENTENTE_RATE_ADDRESS=0", "ENTENTE_RATE_ACCOUNT=0", "LC_ALL=C"}
	s := &server{tokens: map[string]string{}, client: &http.Client{Timeout: 30 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 1000, IdleConnTimeout: time.Minute}}}
	for role, held := range roles {
		made, err := command(ctx, env, program, append([]string{"token", "create", "--role", role, "--convention", "fctc"}, held...)...).Output()
		if err != nil {
			return nil, fmt.Errorf("token of a %s: %w", role, err)
		}
		s.tokens[role] = strings.TrimSpace(string(made))
	}
	for kind, who := range map[string]string{"needs": "beneficiary", "offers": "provider"} {
		file := filepath.Join(folder, kind+".csv")
		if err := os.WriteFile(file, rows(kind, who), 0o600); err != nil {
			return nil, err
		}
		if err := command(ctx, env, program, "import", kind, file).Run(); err != nil {
			return nil, fmt.Errorf("import of %s: %w", kind, err)
		}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		return nil, err
	}
	s.url = "http://" + address
	s.command = command(context.WithoutCancel(ctx), env, program, "serve", "--addr", address, "--match-slots", "*/10 * * * * *", "--clock-slots", "*/10 * * * * *")
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	return s, s.ready(ctx)
}

func command(ctx context.Context, env []string, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Env = append(os.Environ(), env...)
	c.Stderr = os.Stderr
	return c
}

// rows is a file of postings.
func rows(kind, who string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "external_id,convention,%s,title,themes,kinds,languages\n", who)
	for n := range postings {
		state := []string{"AO", "MZ", "KH", "PE", "SN"}[n%5]
		if who == "provider" {
			state = []string{"BR", "NO", "JP", "FR", "AU"}[n%5]
		}
		fmt.Fprintf(&b, "%s-%d,fctc,%s,Posting number %d about smoke-free places,fctc-art%d,%s,%s\n", kind, n, state, n,
			[]int{8, 6, 14, 13}[n%4], []string{"training", "legal", "expertise"}[n%3], []string{"pt", "en", "fr"}[n%3])
	}
	return []byte(b.String())
}

// ready waits until the server answers.
func (s *server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if status, _, _ := s.call(ctx, http.MethodGet, "/readyz", "", "", nil); status == http.StatusOK {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server did not get ready: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

// call sends a request and reads the whole answer.
func (s *server) call(ctx context.Context, method, path, role, body string, headers map[string]string) (int, http.Header, string) {
	r, err := http.NewRequestWithContext(ctx, method, s.url+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err.Error()
	}
	if role != "" {
		r.Header.Set("Authorization", "Bearer "+s.tokens[role])
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, nil, err.Error()
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, err.Error()
	}
	return answer.StatusCode, answer.Header, string(content)
}

// measurement reads one from /metrics.
func (s *server) measurement(ctx context.Context, name string) (float64, error) {
	_, _, text := s.call(ctx, http.MethodGet, "/metrics", "", "", nil)
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(text)
	if found == nil {
		return 0, errors.New("no measurement " + name)
	}
	return strconv.ParseFloat(found[1], 64)
}

func (s *server) about() string {
	return fmt.Sprintf("%d needs and %d offers at the start, the matcher every 10 s in place of every hour", postings, postings)
}

// stop ends the server as an operator would.
func (s *server) stop() error {
	s.client.CloseIdleConnections()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.command.Wait()
}
