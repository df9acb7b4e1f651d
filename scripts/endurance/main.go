// Command endurance is scripts/soak: clients use a server for some minutes,
// and what that costs is reported over time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// plan is what is asked for.
type plan struct {
	minutes  float64
	clients  int
	slices   int
	requests int64
	think    time.Duration
	store    string
}

func main() {
	var p plan
	flag.Float64Var(&p.minutes, "minutes", 5, "how long, at most 60")
	flag.IntVar(&p.clients, "clients", 200, "how many clients at once, at most 1000")
	flag.IntVar(&p.slices, "slices", 10, "how many slices of time are reported, at least 6")
	flag.Int64Var(&p.requests, "requests", 2_000_000, "how many requests at most")
	flag.DurationVar(&p.think, "think", 500*time.Millisecond, "how long a client waits between two requests, on average")
	flag.StringVar(&p.store, "store", "", "an empty store to use; default a new file of SQLite")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := p.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run builds and fills an installation, lets the clients use it and reports.
func (p *plan) run(ctx context.Context) (err error) {
	if p.minutes <= 0 || p.minutes > 60 || p.clients < 1 || p.clients > 1000 || p.slices < 6 {
		return errors.New("at most 60 minutes and 1000 clients, at least 6 slices")
	}
	folder, err := os.MkdirTemp("", "entente-soak-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s, err := startServer(ctx, folder, p.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	t := newTally(p.slices, time.Duration(p.minutes*float64(time.Minute)))
	fmt.Printf("%d clients, %.1f minutes, %s\n", p.clients, p.minutes, s.about())
	bounded, cancel := context.WithTimeout(ctx, t.length)
	defer cancel()
	go t.watch(bounded, s)
	work(bounded, cancel, p, s, t)
	return t.report()
}
