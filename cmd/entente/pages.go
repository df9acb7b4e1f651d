package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/web"
)

// pagesCommand shows every page alone, for whoever works on them.
type pagesCommand struct {
	Addr string `help:"${cli_option_addr}" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// Run is called by kong.
func (c *pagesCommand) Run(ctx context.Context, p *program) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return cooperation.Refuse(cooperation.Unavailable, "cli.serve.no_listen", message.Of(message.Text, "addr", c.Addr), message.Of(message.Text, "cause", err.Error()))
	}
	server := &http.Server{Handler: web.Gallery(p.texts, p.logger()), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // nobody waits for what it shows
	defer stop()
	p.say("cli.pages.listening", message.Of(message.Text, "url", "http://"+listener.Addr().String()))
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
