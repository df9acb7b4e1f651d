package plan

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// number is a wide integer as one of the standard library.
func (a wide) number() *big.Int {
	n := new(big.Int).Lsh(big.NewInt(a.hi), 64)
	return n.Add(n, new(big.Int).SetUint64(a.lo))
}

func TestWideIntegersReckonAsThoseOfTheStandardLibrary(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) wide {
		w := wideOf(rapid.Int64Range(0, 1<<47).Draw(t, "digits"), rapid.UintRange(0, 78).Draw(t, "shift"))
		if rapid.Bool().Draw(t, "negative") {
			return w.negated()
		}
		return w
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		x, y := a.number(), b.number()
		if got, want := a.plus(b).number(), new(big.Int).Add(x, y); got.Cmp(want) != 0 {
			t.Errorf("%v + %v = %v, not %v", x, y, got, want)
		}
		if got, want := a.minus(b).number(), new(big.Int).Sub(x, y); got.Cmp(want) != 0 {
			t.Errorf("%v - %v = %v, not %v", x, y, got, want)
		}
		if a.less(b) != (x.Cmp(y) < 0) || a.negative() != (x.Sign() < 0) {
			t.Errorf("%v and %v are in another order", x, y)
		}
	})
}

func TestAShiftedNumberIsThatNumber(t *testing.T) {
	for _, shift := range []uint{0, 1, 63, 64, 65, 108} {
		if got, want := wideOf(3, shift).number(), new(big.Int).Lsh(big.NewInt(3), shift); got.Cmp(want) != 0 {
			t.Errorf("3 shifted by %d is %v, not %v", shift, got, want)
		}
	}
}
