package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"entente/jobs/yeartest"
)

// liveYear lives through a year in this process and writes what came of it to
// standard output, for measureYear in another one.
func liveYear(ctx context.Context, folder string, quick bool) error {
	o := yeartest.Busy()
	o.Folder = folder
	if quick {
		o.Needs, o.Offers = o.Needs/10, o.Offers/10
	}
	r, err := yeartest.Live(ctx, o)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// lived is a year with what it took.
type lived struct {
	yeartest.Result
	PeakMiB, CPUSeconds float64
}

// measureYear lives through a year in a process of its own, whose memory and
// time of the processors are told by the system. A fault of the year is an
// error: a platform that tells people wrongly is not to be measured.
func measureYear(ctx context.Context, folder string, quick bool) (*lived, error) {
	place, err := os.MkdirTemp(folder, "year-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(place)
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, self, "--lived-in", place, fmt.Sprintf("--quick=%t", quick))
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("the year: %w", err)
	}
	var l lived
	if err := json.Unmarshal(out, &l.Result); err != nil {
		return nil, err
	}
	if used, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		l.PeakMiB = float64(used.Maxrss) / 1024
	}
	l.CPUSeconds = (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	if len(l.Faults) > 0 {
		for _, fault := range l.Faults[:min(len(l.Faults), 20)] {
			fmt.Fprintln(os.Stderr, fault)
		}
		return nil, fmt.Errorf("the year has %d faults", len(l.Faults))
	}
	return &l, nil
}

// yearAlone measures the year and nothing else.
func yearAlone(ctx context.Context, quick bool) error {
	folder, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	table := newTable()
	if err := measureInsert(ctx, table, folder, 300); err != nil {
		return err
	}
	l, err := measureYear(ctx, folder, quick)
	if err != nil {
		return err
	}
	l.print(table.median("insert p50"))
	return nil
}

// print shows the year beside the baseline: one durable insert of the size of a
// need for each of its commits.
func (l *lived) print(insert float64) {
	fmt.Printf("\nA year of a convention: %d needs, %d offers, %d proposals, %d reviews, %d agreements, %d partnerships; %d commits, %d messages to people, %d mails, %d of them of the day; %d faults.\n",
		l.Needs, l.Offers, l.Proposals, l.Reviews, l.Talks, l.Partnerships, l.Commits, l.Told, l.Mails, l.Digests, len(l.Faults))
	fmt.Printf("It took %.1f s, %.1f s of them in the platform, %.1f s of the processors, and %.0f MiB at most.\n", l.Took.Seconds(), l.Platform.Seconds(), l.CPUSeconds, l.PeakMiB)
	each := l.Platform.Seconds() * 1000 / float64(l.Commits)
	fmt.Printf("A commit with its share of clocks, ranking and mails took %.2f ms, %.1f × one durable SQLite insert (%.2f).\n", each, each/insert, insert)
}
