package catalogue

import "math/bits"

// set is a set of ordinals, one bit each. Sets of different lengths work
// together: what is not there is not in the set.
type set []uint64

// add puts an ordinal in.
func (s *set) add(i uint32) {
	word := int(i / 64)
	if n := word + 1 - len(*s); n > 0 {
		*s = append(*s, make(set, n)...)
	}
	(*s)[word] |= 1 << (i % 64)
}

// addAll puts ordinals in.
func (s *set) addAll(list []uint32) {
	for _, i := range list {
		s.add(i)
	}
}

// setOf makes a set of ordinals.
func setOf(list []uint32) set {
	var s set
	s.addAll(list)
	return s
}

// remove takes an ordinal out.
func (s set) remove(i uint32) {
	if word := int(i / 64); word < len(s) {
		s[word] &^= 1 << (i % 64)
	}
}

// put adds or removes.
func (s *set) put(i uint32, in bool) {
	if in {
		s.add(i)
	} else {
		s.remove(i)
	}
}

func (s set) has(i uint32) bool {
	word := int(i / 64)
	return word < len(s) && s[word]&(1<<(i%64)) != 0
}

// count returns the number of ordinals in the set.
func (s set) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// clone copies the set, with room for so many words at least.
func (s set) clone(words int) set {
	c := make(set, max(words, len(s)))
	copy(c, s)
	return c
}

// and keeps what is in the other set too.
func (s set) and(o set) {
	n := min(len(s), len(o))
	for i, w := range o[:n] {
		s[i] &= w
	}
	clear(s[n:])
}

// or adds what is in the other set, which is not longer.
func (s set) or(o set) {
	for i, w := range o {
		s[i] |= w
	}
}

// common returns how many ordinals are in both sets.
func (s set) common(o set) int {
	n := 0
	o = o[:min(len(s), len(o))]
	for i, w := range o {
		n += bits.OnesCount64(w & s[i])
	}
	return n
}

// each calls f for every ordinal, in ascending order.
func (s set) each(f func(uint32)) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			f(uint32(i*64 + bits.TrailingZeros64(w)))
		}
	}
}

// keep removes every ordinal of which f says no.
func (s set) keep(f func(uint32) bool) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			if bit := bits.TrailingZeros64(w); !f(uint32(i*64 + bit)) {
				s[i] &^= 1 << bit
			}
		}
	}
}

// down calls f for the ordinals below the bound, in descending order, until
// it says false.
func (s set) down(bound uint32, f func(uint32) bool) {
	word := int(bound / 64)
	if word >= len(s) {
		word, bound = len(s), 0
	}
	for i := word; i >= 0; i-- {
		if i == len(s) {
			continue
		}
		w := s[i]
		if i == word {
			w &= 1<<(bound%64) - 1
		}
		for w != 0 {
			bit := 63 - bits.LeadingZeros64(w)
			if !f(uint32(i*64 + bit)) {
				return
			}
			w &^= 1 << bit
		}
	}
}
