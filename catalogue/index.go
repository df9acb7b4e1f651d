package catalogue

import (
	"slices"
	"sync"

	"entente/cooperation"
)

// index finds the postings of one kind by their cards. All of its sets are
// sets of ordinals. Its answers are those of a plain scan over the postings;
// a test holds it to that.
type index struct {
	size       uint32 // ordinals that were ever used
	values     [dimensions]map[string]set
	everywhere set // postings that hold for every country and region
	holders    map[cooperation.Participant]set
	seen       [rungs]set
	shown      [veils][levels]set

	// Columns by ordinal.
	deadlines  []int32
	amounts    []int64
	currencies []string
	updated    []int64
	lengths    []uint32 // words
	sums       [][3]int64
	spans      []life

	words  map[string][]hit
	public struct { // what the public sees, by which words are weighed
		postings int
		length   int64 // words of all of them
	}

	scores sync.Pool // of *[]float64, one score an ordinal, all zero
}

// hit is how often a word occurs in a posting.
type hit struct {
	ordinal uint32
	count   uint16
}

func newIndex() *index {
	x := &index{holders: map[cooperation.Participant]set{}, words: map[string][]hit{}}
	for d := range x.values {
		x.values[d] = map[string]set{}
	}
	x.scores.New = func() any { return new([]float64) }
	return x
}

// replace takes the card of a posting out and puts its new one in; either may
// be nil. Columns and sets that are the same in both are left alone.
func (x *index) replace(ordinal uint32, before, after *card) {
	if before == nil {
		before = &card{}
	}
	if after == nil {
		after = &card{deadline: none, life: life{none, none, none}}
	}
	x.grow(ordinal)
	for d := range x.values {
		exchange(before.values[d], after.values[d], func(v string, in bool) { change(x.values[d], v, ordinal, in) })
	}
	exchange(before.holders, after.holders, func(p cooperation.Participant, in bool) { change(x.holders, p, ordinal, in) })
	x.everywhere.put(ordinal, after.everywhere)
	for r := range x.seen {
		x.seen[r].put(ordinal, after.seen[r])
	}
	for v := range x.shown {
		for l := range x.shown[v] {
			x.shown[v][l].put(ordinal, after.shown[v][l])
		}
	}
	x.deadlines[ordinal], x.updated[ordinal] = after.deadline, after.updated
	x.amounts[ordinal], x.currencies[ordinal] = after.amount, after.currency
	x.sums[ordinal], x.spans[ordinal] = after.sums, after.life
	x.weigh(before, -1)
	x.weigh(after, +1)
	x.lengths[ordinal] = after.words.length
	x.exchangeWords(ordinal, before.words.words, after.words.words)
}

// grow makes room for an ordinal in the columns.
func (x *index) grow(ordinal uint32) {
	for x.size <= ordinal {
		x.deadlines = append(x.deadlines, none)
		x.amounts = append(x.amounts, 0)
		x.currencies = append(x.currencies, "")
		x.updated = append(x.updated, 0)
		x.lengths = append(x.lengths, 0)
		x.sums = append(x.sums, [3]int64{})
		x.spans = append(x.spans, life{none, none, none})
		x.size++
	}
}

// weigh counts a card among those by which words are weighed.
func (x *index) weigh(c *card, sign int) {
	if c.seen[forPublic] {
		x.public.postings += sign
		x.public.length += int64(sign) * int64(c.words.length)
	}
}

// exchange calls put for what is only in before (out) and only in after (in).
func exchange[T comparable](before, after []T, put func(value T, in bool)) {
	for _, v := range before {
		if !slices.Contains(after, v) {
			put(v, false)
		}
	}
	for _, v := range after {
		if !slices.Contains(before, v) {
			put(v, true)
		}
	}
}

// change puts an ordinal into the set of a key or takes it out.
func change[K comparable](sets map[K]set, key K, ordinal uint32, in bool) {
	s := sets[key]
	s.put(ordinal, in)
	sets[key] = s
}

// exchangeWords walks two lists of words, both in the order of the keys.
func (x *index) exchangeWords(ordinal uint32, before, after []occurrences) {
	for len(before) > 0 || len(after) > 0 {
		switch {
		case len(after) == 0 || len(before) > 0 && before[0].key < after[0].key:
			x.forget(before[0].key, ordinal)
			before = before[1:]
		case len(before) == 0 || after[0].key < before[0].key:
			x.note(after[0], ordinal)
			after = after[1:]
		default:
			if before[0].count != after[0].count {
				x.note(after[0], ordinal)
			}
			before, after = before[1:], after[1:]
		}
	}
}

// note records how often a word occurs in a posting. The posting is the
// latest one most of the time.
func (x *index) note(o occurrences, ordinal uint32) {
	hits := x.words[o.key]
	h := hit{ordinal, o.count}
	if len(hits) == 0 || hits[len(hits)-1].ordinal < ordinal {
		x.words[o.key] = append(hits, h)
		return
	}
	i, found := slices.BinarySearchFunc(hits, ordinal, byOrdinal)
	if found {
		hits[i] = h
		return
	}
	x.words[o.key] = slices.Insert(hits, i, h)
}

func (x *index) forget(key string, ordinal uint32) {
	hits := x.words[key]
	i, found := slices.BinarySearchFunc(hits, ordinal, byOrdinal)
	switch {
	case !found:
	case len(hits) == 1:
		delete(x.words, key)
	default:
		x.words[key] = slices.Delete(hits, i, i+1)
	}
}

func byOrdinal(h hit, ordinal uint32) int { return int(h.ordinal) - int(ordinal) }

// width is the number of words of a set that holds every ordinal.
func (x *index) width() int { return int(x.size+63) / 64 }
