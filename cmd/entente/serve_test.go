package main

import (
	"context"
	"net"
	"net/http"
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
