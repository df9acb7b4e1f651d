package matching

import "slices"

// ranked is a candidate by its score and its place in the order of ids.
type ranked struct {
	score Score
	place int32
}

// before reports whether a is ranked before b: by score, highest first, then by
// place.
func (a ranked) before(b ranked) bool {
	return a.score > b.score || (a.score == b.score && a.place < b.place)
}

// topK keeps the first k of the candidates that are added, or all when k is 0:
// a heap with the last of them on top.
type topK struct {
	k    int
	heap []ranked
}

// reset empties it for another k.
func (t *topK) reset(k int) { t.k, t.heap = k, t.heap[:0] }

// lowest returns the score below which nothing more is kept, -1 while there is
// room.
func (t *topK) lowest() Score {
	if t.k <= 0 || len(t.heap) < t.k {
		return -1
	}
	return t.heap[0].score
}

// add considers a candidate.
func (t *topK) add(c ranked) {
	switch {
	case t.k <= 0:
		t.heap = append(t.heap, c)
	case len(t.heap) < t.k:
		t.heap = append(t.heap, c)
		t.up(len(t.heap) - 1)
	case c.before(t.heap[0]):
		t.heap[0] = c
		t.down()
	}
}

// up restores the heap after an addition at i.
func (t *topK) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !t.heap[parent].before(t.heap[i]) {
			return
		}
		t.heap[parent], t.heap[i] = t.heap[i], t.heap[parent]
		i = parent
	}
}

// down restores the heap after its top was replaced.
func (t *topK) down() {
	for i := 0; ; {
		last, left, right := i, 2*i+1, 2*i+2
		if left < len(t.heap) && t.heap[last].before(t.heap[left]) {
			last = left
		}
		if right < len(t.heap) && t.heap[last].before(t.heap[right]) {
			last = right
		}
		if last == i {
			return
		}
		t.heap[i], t.heap[last] = t.heap[last], t.heap[i]
		i = last
	}
}

// sorted returns what was kept, the first first. The slice is valid until the
// next reset.
func (t *topK) sorted() []ranked {
	slices.SortFunc(t.heap, func(a, b ranked) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return t.heap
}
