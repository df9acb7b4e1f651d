package matching

import "math/bits"

// extract is what a set holds apart from its zeros: those words that are not
// zero, and where they stand. To count what a set that is thin has in common
// with many others costs less from an extract of it.
type extract struct {
	at    []int32
	words []uint64
}

// take makes the extract of a set, in the memory of the one before.
func (e *extract) take(b bitset) {
	if cap(e.at) < len(b) {
		e.at, e.words = make([]int32, len(b)), make([]uint64, len(b))
	}
	at, words := e.at[:len(b)], e.words[:len(b)]
	n := 0
	for i, w := range b {
		at[n], words[n] = int32(i), w
		n += int((w | -w) >> 63)
	}
	e.at, e.words = at[:n], words[:n]
}

// atOnce is how many sets are compared with an extract in one go: what is read
// of the extract then serves for all of them.
const atOnce = 4

// countEach adds to the count beside each set, up to four, how many places the
// extract has in common with it.
func (e *extract) countEach(sets []bitset, counts *[atOnce]int) {
	if len(sets) == atOnce {
		e.countFour(sets, counts)
		return
	}
	words := e.words[:len(e.at)]
	for j, set := range sets {
		n := 0
		for k, i := range e.at {
			n += bits.OnesCount64(words[k] & set[i])
		}
		counts[j] += n
	}
}

// countFour is countEach for four sets.
func (e *extract) countFour(sets []bitset, counts *[atOnce]int) {
	first, second, third, fourth := sets[0], sets[1], sets[2], sets[3]
	var a, b, c, d int
	words := e.words[:len(e.at)]
	for k, i := range e.at {
		w := words[k]
		a += bits.OnesCount64(w & first[i])
		b += bits.OnesCount64(w & second[i])
		c += bits.OnesCount64(w & third[i])
		d += bits.OnesCount64(w & fourth[i])
	}
	counts[0] += a
	counts[1] += b
	counts[2] += c
	counts[3] += d
}
