package main

import (
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed allowed.tsv
var allowedTable string

// allowance explains one difference that is meant.
type allowance struct {
	km   int // for distances: how far from the outside source's place ours lies
	used bool
}

// tally counts what was compared under one heading.
type tally struct{ same, explained, different int }

type report struct {
	allowed     map[[2]string]*allowance // by check and key
	order       []string
	tallies     map[string]*tally
	differences []string
}

func newReport() (*report, error) {
	r := &report{allowed: map[[2]string]*allowance{}, tallies: map[string]*tally{}}
	for i, line := range strings.Split(allowedTable, "\n") {
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "check\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 || f[3] == "" {
			return nil, fmt.Errorf("allowed.tsv:%d: check, keys, km and a reason are expected", i+1)
		}
		km := 0
		if f[2] != "" {
			var err error
			if km, err = strconv.Atoi(f[2]); err != nil {
				return nil, fmt.Errorf("allowed.tsv:%d: %w", i+1, err)
			}
		}
		for key := range strings.SplitSeq(f[1], ",") {
			r.allowed[[2]string{f[0], key}] = &allowance{km: km}
		}
	}
	return r, nil
}

// compare counts one fact: check is the heading, key names the country or the
// pair.
func (r *report) compare(check, key, ours, theirs string) {
	t := r.tally(check)
	if ours == theirs {
		t.same++
		return
	}
	if a, ok := r.allowed[[2]string{check, key}]; ok {
		a.used = true
		t.explained++
		return
	}
	t.different++
	r.differences = append(r.differences, fmt.Sprintf("%s %s: %q here, %q there", check, key, ours, theirs))
}

func (r *report) tally(check string) *tally {
	t, ok := r.tallies[check]
	if !ok {
		t = &tally{}
		r.tallies[check] = t
		r.order = append(r.order, check)
	}
	return t
}

// print writes the counts and the differences, and returns how many of them
// are unexplained.
func (r *report) print(w io.Writer) int {
	for _, check := range r.order {
		t := r.tallies[check]
		fmt.Fprintf(w, "%-18s %6d same %4d explained %4d different\n", check, t.same, t.explained, t.different)
	}
	failed := len(r.differences)
	for _, d := range r.differences {
		fmt.Fprintln(w, "different:", d)
	}
	for key, a := range r.allowed {
		if !a.used {
			failed++
			fmt.Fprintf(w, "explained, but not different: %s %s\n", key[0], key[1])
		}
	}
	return failed
}
