package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"entente/store"
)

func earlyBreak(t *testing.T, e Engine) {
	s := e.fresh(t)
	fill(t, s, "cms", 300, `{}`)
	// More iterations than any pool has connections: one that was kept would
	// be missed.
	for stop := range 64 {
		seen := 0
		for _, err := range s.Read(t.Context(), "cms", 0) {
			if err != nil {
				t.Fatal(err)
			}
			if seen++; seen > stop {
				break
			}
		}
	}
	fill(t, s, "cms", 1, `{}`)
}

func largeLog(t *testing.T, e Engine) {
	s := e.fresh(t)
	// Above what an engine reads at once, with commits of 0 to 4 versions.
	const n = 1000
	number, previous := uint64(0), store.Hash{}
	var want []store.Commit
	for len(want) < n {
		batch := make([]store.Commit, 0, store.MaxBatch)
		for len(batch) < cap(batch) && len(want)+len(batch) < n {
			number++
			c := Chain("cms", number-1, previous, "l", 1, `{}`)[0]
			c.Versions = nil
			for v := range number % 5 {
				body := fmt.Sprintf("[%d,%q]", v, strings.Repeat("v", 3000))
				c.Versions = append(c.Versions, store.Version{Kind: "need", ID: fmt.Sprint(v), Number: number, Body: []byte(body)})
			}
			store.Seal(previous, &c)
			previous = c.Hash
			batch = append(batch, c)
		}
		if _, err := s.Append(t.Context(), "cms", batch); err != nil {
			t.Fatal(err)
		}
		want = append(want, batch...)
	}
	if got := read(t, s, "cms", 0, store.Hash{}); !reflect.DeepEqual(want, got) { // cmp takes seconds for it
		t.Errorf("%d commits are not as the %d that were written", len(got), len(want))
	}
}

func gapInLog(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	writer := e.open(t, uri)
	fill(t, writer, "cms", 40, `{}`)
	e.Remove(t, uri, "cms", 33)
	s := e.open(t, uri)
	for _, after := range []uint64{0, 10} {
		seen, failed := after, false
		for c, err := range s.Read(t.Context(), "cms", after) {
			if failed {
				t.Fatal("something came after the error")
			}
			if err != nil {
				failed = true
				if !errors.Is(err, store.ErrGap) {
					t.Errorf("after %d: %v", after, err)
				}
				continue
			}
			seen = c.Number
		}
		if !failed || seen != 32 {
			t.Errorf("after %d: read to %d, error: %v", after, seen, failed)
		}
	}
}

func newerEnvelope(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	fill(t, e.open(t, uri), "cms", 30, `{}`)
	e.SetEnvelope(t, uri, "cms", 25, store.Envelope+1)
	s := e.open(t, uri)
	for _, after := range []uint64{0, 23, 24} {
		seen, last := after, error(nil)
		for c, err := range s.Read(t.Context(), "cms", after) {
			if last = err; err == nil {
				seen = c.Number
			}
		}
		if !errors.Is(last, store.ErrNewer) || seen != 24 {
			t.Errorf("after %d: read to %d, %v", after, seen, last)
		}
	}
	if _, _, err := s.At(t.Context(), "cms", 25); !errors.Is(err, store.ErrNewer) {
		t.Errorf("At: %v", err)
	}
}
