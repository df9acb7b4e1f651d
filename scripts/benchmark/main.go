// Command benchmark measures Entente as its users meet it: a server started
// as a process of its own, asked over HTTP, on a store on disk. Every figure
// is the median over several runs, each on a fresh copy, and stands beside a
// baseline that was measured in the same run.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"time"
)

func main() { os.Exit(run()) }

func run() int {
	runs := flag.Int("runs", 5, "runs of which the median is reported")
	quick := flag.Bool("quick", false, "one short run with fewer documents")
	year := flag.Bool("year", false, "lives through a year of a busy convention, and nothing else")
	pages := flag.Bool("pages", false, "measures how soon pages answer, and nothing else")
	lived := flag.String("lived-in", "", "the folder of a year that another process measures")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	do := func() error { return bench(ctx, *runs, *quick) }
	switch {
	case *lived != "":
		do = func() error { return liveYear(ctx, *lived, *quick) }
	case *pages:
		do = func() error { return pagesAlone(ctx, *quick) }
	case *year:
		do = func() error { return yearAlone(ctx, *quick) }
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		return 1
	}
	return 0
}

// sizes are the numbers of documents and the length of a load.
type sizes struct {
	small, large int
	posts        int
	load         time.Duration
}

func bench(ctx context.Context, runs int, quick bool) error {
	size := sizes{small: 10_000, large: 100_000, posts: 300, load: 10 * time.Second}
	if quick {
		runs, size = 1, sizes{small: 1_000, large: 5_000, posts: 50, load: 2 * time.Second}
	}
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "entente")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "entente/cmd/entente")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	small, large := filepath.Join(folder, "small"), filepath.Join(folder, "large")
	token, err := fill(ctx, small, size.small)
	if err != nil {
		return err
	}
	if _, err := fill(ctx, large, size.large); err != nil {
		return err
	}
	table := newTable()
	for n := range runs {
		fmt.Fprintf(os.Stderr, "run %d of %d\n", n+1, runs)
		if err := measureRun(ctx, table, program, folder, small, large, token, size); err != nil {
			return err
		}
	}
	table.print(runs, size)
	fmt.Fprintln(os.Stderr, "a year of a convention")
	l, err := measureYear(ctx, folder, quick)
	if err != nil {
		return err
	}
	l.print(table.median("insert p50"))
	return nil
}

// measureRun takes every measurement once.
func measureRun(ctx context.Context, table *table, program, folder, small, large, token string, size sizes) error {
	if err := measureInsert(ctx, table, folder, size.posts); err != nil {
		return err
	}
	for _, store := range []struct{ name, path string }{{"empty", ""}, {"small", small}, {"large", large}} {
		at, err := fresh(folder, store.path)
		if err != nil {
			return err
		}
		took, err := start(ctx, program, at, func(string, int) error { return nil })
		if err != nil {
			return err
		}
		table.add("start "+store.name, took)
	}
	at, err := fresh(folder, small)
	if err != nil {
		return err
	}
	_, err = start(ctx, program, at, func(url string, pid int) error {
		if err := measurePosts(ctx, table, url, token, size.posts); err != nil {
			return err
		}
		if err := measureLists(ctx, table, url, token, size.load); err != nil {
			return err
		}
		if err := measurePages(ctx, table, url, token, at, size.load); err != nil {
			return err
		}
		return measureMemory(table, "memory small", pid)
	})
	return err
}

// table gathers the figures of all runs, in milliseconds unless said
// otherwise.
type table struct{ figures map[string][]float64 }

func newTable() *table { return &table{map[string][]float64{}} }

func (t *table) add(name string, d time.Duration) { t.addNumber(name, float64(d.Microseconds())/1000) }

func (t *table) addNumber(name string, v float64) { t.figures[name] = append(t.figures[name], v) }

func (t *table) median(name string) float64 {
	all := slices.Sorted(slices.Values(t.figures[name]))
	if len(all) == 0 {
		return 0
	}
	return all[len(all)/2]
}

// row prints a figure beside its baseline.
func (t *table) row() func(label, name, baseline, against string) {
	return func(label, name, baseline, against string) {
		all := slices.Sorted(slices.Values(t.figures[name]))
		ratio := ""
		if baseline != "" && t.median(baseline) > 0 {
			ratio = fmt.Sprintf("%.1f × %s (%.2f)", t.median(name)/t.median(baseline), against, t.median(baseline))
		}
		fmt.Printf("%-64s %10.2f  (%.2f–%.2f)  %s\n", label, t.median(name), all[0], all[len(all)-1], ratio)
	}
}

func (t *table) print(runs int, size sizes) {
	fmt.Printf("Medians of %d runs (min–max over the runs), on this machine.\n\n", runs)
	row := t.row()
	row("post a need, durable, over HTTP: p50 ms", "post p50", "insert p50", "one durable SQLite insert")
	row("post a need, durable, over HTTP: p99 ms", "post p99", "insert p99", "one durable SQLite insert")
	list := fmt.Sprintf("list with filters and facets, %d documents, 100/s during writes", size.small)
	row(list+": p50 ms", "list p50", "health p50", "an empty answer")
	row(list+": p99 ms", "list p99", "health p99", "an empty answer")
	t.printPages(row, size)
	row("start, empty store: ms", "start empty", "", "")
	row(fmt.Sprintf("start, %d documents: ms", size.small), "start small", "start empty", "an empty start")
	row(fmt.Sprintf("start, %d documents: ms", size.large), "start large", "start empty", "an empty start")
	row(fmt.Sprintf("memory after the load, %d documents: MiB", size.small), "memory small", "", "")
}
