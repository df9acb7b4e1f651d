package catalogue

import (
	"cmp"
	"math"
	"slices"
)

// ranked is a posting with what it is ordered by: the greatest key first, of
// equal ones the latest posting.
type ranked struct {
	key     int64
	ordinal uint32
}

func (r ranked) compare(o ranked) int {
	return cmp.Or(cmp.Compare(o.key, r.key), cmp.Compare(o.ordinal, r.ordinal))
}

// first returns the first postings of a set in an order, those after the
// cursor, and whether there are more.
func (s *search) first(found set, order Sort, after *cursor, limit int) (best []ranked, more bool) {
	start := ranked{math.MaxInt64, math.MaxUint32}
	if after != nil && after.Form != "" {
		start = ranked{after.Key, after.Ordinal}
	}
	if order == SortNewest {
		found.down(start.ordinal, func(o uint32) bool {
			best = append(best, ranked{0, o})
			return len(best) <= limit
		})
	} else {
		best = s.top(found, s.keys(order), start, limit+1)
	}
	if len(best) > limit {
		return best[:limit], true
	}
	return best, false
}

// keys returns what an order goes by. A deadline that the viewer does not see
// counts as not stated.
func (s *search) keys(order Sort) func(uint32) int64 {
	x := s.x
	switch order {
	case SortUpdated:
		return func(o uint32) int64 { return x.updated[o] }
	case SortRelevance:
		return func(o uint32) int64 { return whole(s.scores[o]) }
	}
	seen := s.sees(overDeadline)
	return func(o uint32) int64 {
		if x.deadlines[o] == none || seen != nil && !seen.has(o) {
			return math.MinInt64
		}
		return -int64(x.deadlines[o])
	}
}

// top returns the first n of a set after start. It keeps twice as many as are
// asked for and throws the worse half away whenever there is no more room.
func (s *search) top(found set, key func(uint32) int64, start ranked, n int) []ranked {
	var best []ranked
	var worst *ranked // of the n best so far, once there are so many
	cut := func() {
		slices.SortFunc(best, ranked.compare)
		if len(best) >= n {
			best = best[:n]
			w := best[n-1]
			worst = &w
		}
	}
	found.each(func(o uint32) {
		r := ranked{key(o), o}
		if r.compare(start) <= 0 || worst != nil && r.compare(*worst) > 0 {
			return
		}
		if best = append(best, r); len(best) >= 2*n {
			cut()
		}
	})
	cut()
	return best
}

// relevance scores what was found, and returns what gives the scores back.
func (s *search) relevance(found set, by *weights) (done func()) {
	buffer := s.x.scores.Get().(*[]float64)
	if len(*buffer) < int(s.x.size) {
		*buffer = make([]float64, s.x.size)
	}
	s.scores = *buffer
	s.x.score(s.scores, found, s.words, by)
	return func() {
		found.each(func(o uint32) { s.scores[o] = 0 })
		s.x.scores.Put(buffer)
	}
}
