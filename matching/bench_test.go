package matching_test

import (
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching"
	"entente/matching/matchbench"
)

func benchSetting(tb testing.TB) *matching.Setting {
	tb.Helper()
	s, err := matchbench.Setting()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestTheIndexEqualsTheDefinitionOnRealisticInput(t *testing.T) {
	needs, offers := matchbench.Generate(1, 60, 300)
	s := benchSetting(t)
	x := matching.NewIndex(matchbench.Now, s, needs, offers)
	want := matching.Rank(matchbench.Now, s, needs, offers, 10)
	if diff := cmp.Diff(want, reports(t)(x.Needs(t.Context(), 10, 2))); diff != "" {
		t.Fatalf("(-definition +index):\n%s", diff)
	}
	candidates := 0
	for _, r := range want {
		candidates += r.Candidates
	}
	if candidates < 60 {
		t.Errorf("only %d candidates among 18,000 pairs", candidates)
	}
}

func BenchmarkIndexBuild10k(b *testing.B) {
	needs, offers := matchbench.Generate(1, 10_000, 10_000)
	s := benchSetting(b)
	b.ReportAllocs()
	for b.Loop() {
		matching.NewIndex(matchbench.Now, s, needs, offers)
	}
}

func BenchmarkOneNeedAgainst10kOffers(b *testing.B) {
	needs, offers := matchbench.Generate(1, 1000, 10_000)
	x := matching.NewIndex(matchbench.Now, benchSetting(b), nil, offers)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.ForNeed(&needs[i%len(needs)], 10)
	}
}

func BenchmarkOneOfferAgainst10kNeeds(b *testing.B) {
	needs, offers := matchbench.Generate(1, 10_000, 1000)
	x := matching.NewIndex(matchbench.Now, benchSetting(b), needs, nil)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.ForOffer(&offers[i%len(offers)], 10)
	}
}

func BenchmarkFullRun10k(b *testing.B) {
	needs, offers := matchbench.Generate(1, 10_000, 10_000)
	x := matching.NewIndex(matchbench.Now, benchSetting(b), needs, offers)
	for b.Loop() {
		all, err := x.Needs(b.Context(), 10, runtime.NumCPU())
		if err != nil {
			b.Fatal(err)
		}
		candidates := 0
		for i := range all {
			candidates += all[i].Candidates
		}
		b.ReportMetric(float64(candidates), "candidates")
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e8, "ns/pair")
}

func BenchmarkDefinitionOnOneCore(b *testing.B) {
	needs, offers := matchbench.Generate(1, 200, 2000)
	s := benchSetting(b)
	for b.Loop() {
		if _, err := matching.BruteForce(b.Context(), matchbench.Now, s, needs, offers, 10, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(200*2000), "ns/pair")
}
