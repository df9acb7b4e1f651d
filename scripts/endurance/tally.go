package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// tally is what was seen, by slices of time.
type tally struct {
	began  time.Time
	length time.Duration
	mu     sync.Mutex
	slices []slice
	wrong  map[string]int // answers that should not be, with an example each
}

// slice is what was seen in one slice.
type slice struct {
	took   map[string][]time.Duration // "read", "write"
	gauges [len(watched)][]float64
}

// watched are the measurements that must stay as they are.
var watched = [...]struct {
	name, shown string
	unit        float64
	slack       float64 // by how much more than a tenth it may grow
}{
	{"process_resident_memory_bytes", "MiB", 1 << 20, 16},
	{"go_goroutines", "goroutines", 1, 20},
	{"process_open_fds", "files", 1, 20},
}

func newTally(n int, length time.Duration) *tally {
	t := &tally{began: time.Now(), length: length, slices: make([]slice, n), wrong: map[string]int{}}
	for i := range t.slices {
		t.slices[i].took = map[string][]time.Duration{}
	}
	return t
}

// now is the slice of this moment.
func (t *tally) now() *slice {
	n := int(int64(len(t.slices)) * int64(time.Since(t.began)) / int64(t.length))
	return &t.slices[min(n, len(t.slices)-1)]
}

// add notes an answer. Whoever was cut off by the end of it all saw none.
func (t *tally) add(ctx context.Context, what string, status int, took time.Duration, text string) {
	if ctx.Err() != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.now()
	s.took[what] = append(s.took[what], took)
	if status == 0 || status >= 500 || status == 429 || what == "write" && status >= 400 {
		if key := problem.FindString(text); key != "" {
			text = key // the same for everybody
		}
		t.wrong[fmt.Sprintf("%s answered with %d: %.200s", what, status, text)]++
	}
}

// problem is what a problem document says is wrong.
var problem = regexp.MustCompile(`"key":"[^"]*"`)

// watch reads the measurements every two seconds.
func (t *tally) watch(ctx context.Context, s *server) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for i, w := range watched {
			value, err := s.measurement(ctx, w.name)
			if err != nil {
				continue
			}
			t.mu.Lock()
			at := t.now()
			at.gauges[i] = append(at.gauges[i], value/w.unit)
			t.mu.Unlock()
		}
	}
}

// quantile of durations, in milliseconds.
func quantile(all []time.Duration, q float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return float64(all[min(int(q*float64(len(all))), len(all)-1)].Microseconds()) / 1000
}

func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

// report prints all slices and says whether everything stayed as it was.
func (t *tally) report() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "from s\trequests\tread p50 ms\tp99\twrite p50 ms\tp99\t")
	for _, g := range watched {
		fmt.Fprint(w, g.shown, "\t")
	}
	fmt.Fprintln(w)
	for n := range t.slices {
		s := &t.slices[n]
		fmt.Fprintf(w, "%.0f\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t", t.length.Seconds()*float64(n)/float64(len(t.slices)), len(s.took["read"])+len(s.took["write"]),
			quantile(s.took["read"], .5), quantile(s.took["read"], .99), quantile(s.took["write"], .5), quantile(s.took["write"], .99))
		for i := range watched {
			fmt.Fprintf(w, "%.0f\t", median(s.gauges[i]))
		}
		fmt.Fprintln(w)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return errors.Join(t.flat(), t.faultless())
}

// flat compares the last third with the first, of which the first slice, when
// all begins, does not count.
func (t *tally) flat() error {
	third := len(t.slices) / 3
	var grown []error
	for i, g := range watched {
		first, last := t.over(1, third+1, i), t.over(len(t.slices)-third, len(t.slices), i)
		fmt.Printf("%s: %.0f in the first third, %.0f in the last\n", g.shown, first, last)
		if last > first*1.1+g.slack {
			grown = append(grown, fmt.Errorf("%s grew from %.0f to %.0f", g.shown, first, last))
		}
	}
	return errors.Join(grown...)
}

func (t *tally) over(from, to, gauge int) float64 {
	var all []float64
	for _, s := range t.slices[from:to] {
		all = append(all, s.gauges[gauge]...)
	}
	return median(all)
}

func (t *tally) faultless() error {
	if len(t.wrong) == 0 {
		fmt.Println("every answer was one that was expected")
		return nil
	}
	var lines []string
	for what, n := range t.wrong {
		lines = append(lines, fmt.Sprintf("%d × %s", n, what))
	}
	slices.Sort(lines)
	return errors.New(strings.Join(lines[:min(len(lines), 20)], "\n"))
}
