package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/store"
	"entente/store/storetest"
)

// BenchmarkAppend appends one small commit at a time, durably, and reports
// the median beside the mean.
func BenchmarkAppend(b *testing.B) {
	e := engine()
	s, err := e.Open(b.Context(), e.Fresh(b))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	body := `{"title":"` + strings.Repeat("x", 500) + `"}`
	number, previous := uint64(0), store.Hash{}
	var times []time.Duration
	for b.Loop() {
		begun := time.Now()
		commits := storetest.Chain("bench", number, previous, "b", 1, body)
		if _, err := s.Append(b.Context(), "bench", commits); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begun))
		number, previous = commits[0].Number, commits[0].Hash
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "µs-p99")
}

// BenchmarkRead reads a whole log of commits of about 2 KB each, with and
// without verifying its chain.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		e := engine()
		s, err := e.Open(b.Context(), e.Fresh(b))
		if err != nil {
			b.Fatal(err)
		}
		body := `{"title":"` + strings.Repeat("x", 1900) + `"}`
		number, previous := uint64(0), store.Hash{}
		for number < uint64(n) {
			commits := storetest.Chain("bench", number, previous, "b", min(store.MaxBatch, n-int(number)), body)
			if _, err := s.Append(b.Context(), "bench", commits); err != nil {
				b.Fatal(err)
			}
			last := commits[len(commits)-1]
			number, previous = last.Number, last.Hash
		}
		for _, verify := range []bool{false, true} {
			b.Run(fmt.Sprintf("%d/verify=%v", n, verify), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					readAll(b, s, n, verify)
				}
			})
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func readAll(b *testing.B, s store.Store, n int, verify bool) {
	previous, count := store.Hash{}, 0
	for c, err := range s.Read(b.Context(), "bench", 0) {
		if err != nil {
			b.Fatal(err)
		}
		if verify {
			if err := c.Verify(previous); err != nil {
				b.Fatal(err)
			}
			previous = c.Hash
		}
		count++
	}
	if count != n {
		b.Fatalf("%d commits, want %d", count, n)
	}
}
