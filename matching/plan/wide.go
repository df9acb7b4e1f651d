package plan

import "math/bits"

// wide is an integer of 128 bits, for costs: what comes first outweighs all
// that comes after it, and nothing is rounded.
type wide struct {
	hi int64
	lo uint64
}

// wideOf returns n shifted to the left by fewer than 128 bits, for n >= 0.
func wideOf(n int64, shift uint) wide {
	if shift >= 64 {
		return wide{hi: n << (shift - 64)}
	}
	return wide{hi: int64(uint64(n) >> (64 - shift)), lo: uint64(n) << shift}
}

func (a wide) plus(b wide) wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return wide{a.hi + b.hi + int64(carry), lo}
}

func (a wide) minus(b wide) wide {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return wide{a.hi - b.hi - int64(borrow), lo}
}

// negated returns -a.
func (a wide) negated() wide { return wide{}.minus(a) }

// negative reports whether a is less than nothing.
func (a wide) negative() bool { return a.hi < 0 }

// less reports whether a is less than b.
func (a wide) less(b wide) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }
