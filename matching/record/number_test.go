package record

import (
	"math"
	"testing"
)

func TestOwnLogarithmAndPowerAgreeWithThoseOfTheLibrary(t *testing.T) {
	for x := 1e-9; x < 1e9; x *= 1.0173 {
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 1e-13*max(1, math.Abs(want)) {
			t.Fatalf("ln %v is %v, not %v", x, got, want)
		}
	}
	for halfLife := range 30 {
		for years := range 40 {
			want := 1.0
			if halfLife > 0 {
				want = math.Pow(0.5, float64(years)/float64(halfLife))
			}
			if got := decay(years, halfLife); math.Abs(got-want) > 1e-9 {
				t.Fatalf("after %d years of half-life %d: %v, not %v", years, halfLife, got, want)
			}
		}
	}
}
