package catalogue

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// next is the next version of a need.
func next(n *cooperation.Need) *cooperation.Need {
	c := *n
	c.Version++
	return &c
}

func TestATrailNamesEveryCommitThatCarriesAVersion(t *testing.T) {
	l := newLog(t)
	first, second := openNeed(1, "first"), openNeed(2, "second")
	l.commit(needChange(first), needChange(second))
	l.commit(needChange(next(second)))
	l.commit(needChange(next(first)), needChange(next(next(first)))) // two versions in one commit are one step
	l.commit(erased(KindNeed, first.ID, 9))
	for _, c := range []struct {
		kind, id string
		want     []uint64
	}{
		{KindNeed, first.ID, []uint64{1, 3, 4}}, {KindNeed, second.ID, []uint64{1, 2}},
		{KindOffer, first.ID, nil}, {KindNeed, "nobody", nil},
	} {
		if got := l.state.Trail(c.kind, c.id); !slices.Equal(got, c.want) {
			t.Errorf("the trail of %s %s is %v and not %v", c.kind, c.id, got, c.want)
		}
	}
}

func TestTrailsSurviveACheckpoint(t *testing.T) {
	l := newLog(t)
	n := openNeed(1, "first")
	l.commit(needChange(n))
	for range 300 { // positions of one and of two bytes
		n = next(n)
		l.commit(needChange(n))
	}
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	l.commit(needChange(next(n))) // what comes after is not in it
	restored, err := Restore(convention(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	got := restored.Trail(KindNeed, n.ID)
	if len(got) != 301 || got[0] != 1 || got[300] != 301 {
		t.Errorf("the trail has %d steps: %v", len(got), got)
	}
	l.state = restored
	l.number = 301
	l.commit(needChange(next(n)))
	if got := restored.Trail(KindNeed, n.ID); len(got) != 302 || got[301] != 302 {
		t.Errorf("the trail does not go on: %v", got[299:])
	}
}

func TestATrailThatCannotBeIsRefused(t *testing.T) {
	for _, text := range []string{"", "x", "0", "1,", "2,1", "1,1", "11", "-1", "1,,2", "18446744073709551616"} {
		if _, err := readTrail(text, 10); err == nil {
			t.Errorf("the trail %q is accepted", text)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		want := rapid.SliceOfDistinct(rapid.Uint64Range(1, 1<<60), rapid.ID).Filter(func(s []uint64) bool { return len(s) > 0 }).Draw(r, "positions")
		slices.Sort(want)
		of := trails{}
		for _, p := range want {
			of.append("k", "i", p)
		}
		text := writeTrail(of["k"]["i"])
		back, err := readTrail(text, 1<<60)
		if diff := cmp.Diff(want, positions(back)); err != nil || diff != "" || strings.Count(text, ",") != len(want)-1 {
			r.Fatalf("%s: %v %s", text, err, diff)
		}
	})
}

// BenchmarkTrails says what the trails of documents with four versions each
// take in memory.
func BenchmarkTrails(b *testing.B) {
	const documents, versions = 100_000, 4
	ids := make([]string, documents)
	for i := range ids {
		ids[i] = fmt.Sprintf("%026d", i)
	}
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		of := trails{}
		position := uint64(0)
		for range versions {
			for _, id := range ids {
				position++
				of.append(KindNeed, id, position)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(of)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/documents, "B/document")
}
