// Command ferretdb is a MongoDB-protocol server for the tests of Entente: a
// FerretDB on its SQLite backend. It is a module of its own, so that nothing
// of it gets into the product. It is never for anybody's data.
//
//	ferretdb [-listen 127.0.0.1:0] -state FOLDER
//
// It prints its URI on one line when it listens, and ends at an interrupt, or
// when its standard input closes: a test binary that is killed takes its
// server with it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ferretdb:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	flags := flag.NewFlagSet("ferretdb", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	state := flags.String("state", "", "folder of the databases")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *state == "" {
		return errors.New("-state FOLDER is missing")
	}
	folder, err := filepath.Abs(*state)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}

	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: *listen},
		Logger:    slog.New(slog.DiscardHandler),
		Handler:   "sqlite",
		SQLiteURL: "file:" + strings.TrimSuffix(folder, "/") + "/",
	})
	if err != nil {
		return err
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		cancel()
	}()
	go func() { fmt.Fprintln(stdout, server.MongoDBURI()) }()
	return server.Run(ctx)
}
