package matching

import "math/bits"

// bitset is a set of places in a list, one bit each. Sets that are combined
// belong to the same list and have the same length.
type bitset []uint64

// newBitset makes an empty set of places below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

// newFullBitset makes the set of all places below n.
func newFullBitset(n int) bitset {
	b := newBitset(n)
	for i := range n {
		b.add(int32(i))
	}
	return b
}

func (b bitset) add(i int32)    { b[i>>6] |= 1 << (i & 63) }
func (b bitset) remove(i int32) { b[i>>6] &^= 1 << (i & 63) }

func (b bitset) has(i int32) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// take removes a place and returns how many it removed, 1 or 0.
func (b bitset) take(i int32) int {
	had := int(b[i>>6] >> (i & 63) & 1)
	b.remove(i)
	return had
}

// count returns how many places are in the set.
func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countBoth returns how many places are in both sets.
func (b bitset) countBoth(o bitset) int {
	n := 0
	for i, w := range o[:len(b)] {
		n += bits.OnesCount64(b[i] & w)
	}
	return n
}

// meets reports whether a place is in both sets.
func (b bitset) meets(o bitset) bool {
	for i, w := range o[:len(b)] {
		if b[i]&w != 0 {
			return true
		}
	}
	return false
}

// join adds the places of another set.
func (b bitset) join(o bitset) {
	for i, w := range o[:len(b)] {
		b[i] |= w
	}
}

// meet leaves the places that are in another set too.
func (b bitset) meet(o bitset) {
	for i, w := range o[:len(b)] {
		b[i] &= w
	}
}

// meetCounting is meet; it returns how many places it removed.
func (b bitset) meetCounting(o bitset) int {
	removed := 0
	for i, w := range o[:len(b)] {
		removed += bits.OnesCount64(b[i] &^ w)
		b[i] &= w
	}
	return removed
}

// drop removes the places that are in another set.
func (b bitset) drop(o bitset) {
	for i, w := range o[:len(b)] {
		b[i] &^= w
	}
}

// each calls f for every place in ascending order.
func (b bitset) each(f func(i int32)) {
	for at, w := range b {
		for ; w != 0; w &= w - 1 {
			f(int32(at<<6 + bits.TrailingZeros64(w)))
		}
	}
}
