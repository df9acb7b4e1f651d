package reference

import "testing"

// BenchmarkLoad measures what the tables cost at the start of every program.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load()
	}
}

func BenchmarkDistance(b *testing.B) {
	n := Country(len(all.countries) - 1)
	sum := 0
	for b.Loop() {
		for c := Country(1); c <= n; c++ {
			sum += c.DistanceKm(n - c + 1)
		}
	}
	_ = sum
}
