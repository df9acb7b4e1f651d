package matching

// tailSize is the number of postings up to which the last segment is made anew
// with each posting that comes in: few enough to take microseconds.
const tailSize = 64

// growth is how many times larger a segment stays than the one after it; where
// that fails the two are merged.
const growth = 4

// segment is an unchanging index of some postings of one side.
type segment[F, S any] interface {
	// size is the number of postings for which it was made.
	size() int
	// without returns a copy without the postings that have the id, and the
	// first turn of those; false when it has none.
	without(id string) (S, int32, bool)
	// living appends the postings that were not taken out.
	living(list []F) []F
}

// shelf is all postings of one side: segments of falling size. It is never
// changed in place; put and remove return another that shares what stayed the
// same, so that whoever reads the old one is not disturbed. That a posting
// changes costs the making of one small segment; larger ones are merged the
// more rarely the larger they are.
type shelf[F any, S segment[F, S]] []S

// remove returns the shelf without the postings that have the id, and the first
// turn of those; -1 when there is none.
func (s shelf[F, S]) remove(id string) (shelf[F, S], int32) {
	first := int32(-1)
	kept := make(shelf[F, S], 0, len(s)+1)
	for _, part := range s {
		rest, turn, found := part.without(id)
		if !found {
			kept = append(kept, part)
			continue
		}
		if first < 0 || turn < first {
			first = turn
		}
		kept = append(kept, rest)
	}
	return kept, first
}

// put returns the shelf with a posting more. build makes a segment.
func (s shelf[F, S]) put(f F, build func([]F) S) shelf[F, S] {
	list := []F{f}
	kept := s[:len(s):len(s)]
	if n := len(s); n > 0 && s[n-1].size() < tailSize {
		list, kept = s[n-1].living(list), s[:n-1:n-1]
	}
	for len(list) >= tailSize && len(kept) > 0 && kept[len(kept)-1].size() < growth*len(list) {
		list, kept = kept[len(kept)-1].living(list), kept[:len(kept)-1]
	}
	return append(kept[:len(kept):len(kept)], build(list))
}
