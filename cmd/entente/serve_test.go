package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entente/api"
)

func TestACallThatGoesOnForeverHasEndedWhenTheServerIsStopped(t *testing.T) {
	came := make(chan struct{})
	var ended atomic.Bool
	server, cutOff := newServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(came)
		<-r.Context().Done()
		ended.Store(true)
	}))
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served, answered := make(chan error, 1), make(chan struct{})
	go func() { served <- server.Serve(listener) }()
	go func() {
		defer close(answered)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String(), nil)
		if err != nil {
			t.Error(err)
			return
		}
		if a, err := http.DefaultClient.Do(r); err == nil {
			a.Body.Close()
		}
	}()
	<-came
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := stopServer(ctx, server, cutOff, 10*time.Millisecond); err != nil {
		t.Error(err)
	}
	<-served
	<-answered
	if !ended.Load() {
		t.Error("the call goes on while what it uses is closed")
	}
}

func TestWhoeverIsTooSlowIsStillAnswered(t *testing.T) {
	server, cutOff := newServer(http.NotFoundHandler())
	defer cutOff()
	if server.ReadTimeout <= api.Longest || server.WriteTimeout <= server.ReadTimeout {
		t.Errorf("a call may take %v, its reading %v, its answer %v", api.Longest, server.ReadTimeout, server.WriteTimeout)
	}
}

func TestTheFirstStartPrintsALinkForTheFirstAdministratorAndNoLaterOne(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t), "ENTENTE_PUBLIC_URL=http://entente.example.org/"}
	var secrets []string
	for range 2 {
		p, url := serving(t, env)
		until(t, "the link is printed", func() bool { return strings.Contains(p.out.String(), "/link/") })
		_, after, _ := strings.Cut(p.out.String(), "  http://entente.example.org/link/")
		secret, _, _ := strings.Cut(after, "\n")
		secrets = append(secrets, secret)
		if status, text := call(t, http.MethodGet, url+"/link/"+secret, "", ""); status != http.StatusOK || !strings.Contains(text, "First administrator") {
			t.Fatalf("the link is answered with %d: %s", status, text)
		}
		p.kill()
	}
	p, url := serving(t, env)
	body := `{"name":"Officer","mail":"officer@example.org","language":"en","password":"correct horse battery"}`
	if status, text := call(t, http.MethodPost, url+"/api/v1/links/"+secrets[0], "", body); status != http.StatusOK {
		t.Fatalf("the link of the first start is answered with %d: %s", status, text)
	}
	if status, _ := call(t, http.MethodPost, url+"/api/v1/links/"+secrets[1], "", body); status != http.StatusNotFound {
		t.Errorf("a second administrator comes in by a link: %d", status)
	}
	p.kill()
	p, _ = serving(t, env)
	p.command.Process.Signal(os.Interrupt)
	p.wait()
	if strings.Contains(p.out.String(), "/link/") {
		t.Errorf("a link is printed although there is an administrator:\n%s", p.out)
	}
}
