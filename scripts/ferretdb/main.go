// Command ferretdb is a MongoDB-protocol server for the tests of Entente: a
// FerretDB on its SQLite backend. It is a module of its own, so that nothing
// of it gets into the product. It is never for anybody's data.
//
//	ferretdb [-listen 127.0.0.1:0] [-state FOLDER]
//
// Without a folder it takes a temporary one, which goes with it.
//
// It prints its URI on one line when it listens, and ends at an interrupt, or
// when its standard input closes: a test binary that is killed takes its
// server with it.
package main

import (
	"context"
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
	state := flags.String("state", "", "folder of the databases; a temporary one if empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, remove, err := makeFolder(*state)
	if err != nil {
		return err
	}
	defer remove()

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

// makeFolder makes the folder of the databases, and returns its path and what
// is to be called at the end.
func makeFolder(state string) (folder string, remove func(), err error) {
	if state == "" {
		folder, err = os.MkdirTemp("", "ferretdb-")
		return folder, func() { _ = os.RemoveAll(folder) }, err
	}
	if folder, err = filepath.Abs(state); err != nil {
		return "", nil, err
	}
	return folder, func() {}, os.MkdirAll(folder, 0o700)
}
