package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/collectors"

	"entente/access"
	"entente/api"
	"entente/cooperation"
	"entente/jobs"
	"entente/message"
	"entente/web"
)

// serveCommand serves until a signal.
type serveCommand struct {
	Addr string `help:"${cli_option_addr}" env:"ENTENTE_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// Run is called by kong.
func (c *serveCommand) Run(ctx context.Context, p *program) error {
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	err = p.serve(ctx, i, c.Addr, func(url string) { p.welcomeFirst(ctx, i, url) })
	return errors.Join(err, i.close())
}

// serve listens, runs the jobs and waits for the end of ctx. ready is called
// with the address once requests are answered.
func (p *program) serve(ctx context.Context, i *installation, addr string, ready func(url string)) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return cooperation.Refuse(cooperation.Unavailable, "cli.serve.no_listen", message.Of(message.Text, "addr", addr), message.Of(message.Text, "cause", err.Error()))
	}
	i.watch.begin(i.platform.Vitals())
	i.registry.MustRegister(newVitals(i.platform, version()), collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	door, err := p.access(i)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	i.later("access", func(context.Context) error { door.Close(); return nil })
	listener, scheme, err := p.overTLS(i, listener)
	if err != nil {
		return err
	}
	handler := http.NewServeMux()
	handler.Handle("/", api.New(api.Options{Platform: i.platform, Access: door, Texts: p.texts, Logger: i.log, Registry: i.registry, Version: version()}))
	pages := web.New(web.Options{Platform: i.platform, Access: door, Texts: p.texts, Logger: i.log, Demo: i.demo, DemoTime: i.demoTime})
	for _, path := range web.Paths() {
		handler.Handle(path, pages)
	}
	if i.deliver == nil {
		p.say("cli.serve.no_smtp")
	}
	work, err := jobs.Start(ctx, jobs.Options{Platform: i.platform, Claims: i.store.Ephemeral(), Holder: holder(),
		Match: p.config.MatchSlots, Clocks: p.config.ClockSlots, Projector: i.projector(), Deliver: i.deliver, Post: p.webhooks(i), Logger: i.log})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	i.later("jobs", func(ctx context.Context) error { work.Stop(ctx); return nil })
	server, cutOff := newServer(i.traceRequests(door.Guard(handler)))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	i.later("server", func(ctx context.Context) error { return stopServer(ctx, server, cutOff, draining) })
	url := scheme + "://" + listener.Addr().String()
	p.say("cli.serve.listening", message.Of(message.Text, "url", url))
	if ready != nil {
		ready(url)
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		p.say("cli.serve.stopping")
		return nil
	}
}

// welcomeFirst prints the link by which the first administrator comes in, as
// long as there is none: there is no password that everybody knows.
func (p *program) welcomeFirst(ctx context.Context, i *installation, url string) {
	if i.platform.HasAdministrator() {
		return
	}
	id, err := i.platform.IssueLink(ctx, cooperation.LinkFirstAdministrator, "", access.FirstLife)
	if err != nil {
		i.log.Error("no link for the first administrator could be made; start again", "error", err)
		return
	}
	if p.config.PublicURL != "" {
		url = strings.TrimSuffix(p.config.PublicURL, "/")
	}
	p.say("cli.serve.first_link", message.Int("hours", int(access.FirstLife/time.Hour)))
	fmt.Fprintf(p.out, "  %s/link/%s\n", url, i.platform.LinkSecret(id))
}

// newServer makes the server. Reading a request may take longer than the
// longest call, and the answer longer again: so that whoever is too slow is
// told, and who is not told is gone. cutOff ends the calls under way.
func newServer(handler http.Handler) (server *http.Server, cutOff func()) {
	calls, cutOff := context.WithCancel(context.Background())
	return &http.Server{Handler: handler, BaseContext: func(net.Listener) context.Context { return calls },
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: api.Longest + 15*time.Second, WriteTimeout: api.Longest + 45*time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}, cutOff
}

// How long calls under way may go on when the program stops, and how long they
// may take to end when they are cut off.
const (
	draining = 10 * time.Second
	parting  = 5 * time.Second
)

// stopServer lets calls finish for a while, then cuts them off and waits for
// their ends: what they use is closed after it.
func stopServer(ctx context.Context, server *http.Server, cutOff func(), patience time.Duration) error {
	drain, cancel := context.WithTimeout(ctx, patience)
	err := server.Shutdown(drain)
	cancel()
	cutOff()
	if err == nil {
		return nil
	}
	last, cancel := context.WithTimeout(ctx, parting)
	defer cancel()
	if server.Shutdown(last) == nil {
		return nil
	}
	return errors.Join(err, server.Close())
}
