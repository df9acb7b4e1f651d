package catalogue

import (
	"math"
	"slices"
)

// The parameters of BM25 (Robertson and Zaragoza, "The Probabilistic
// Relevance Framework: BM25 and Beyond", 2009): how soon more occurrences
// count no more, and how much the length of a text is taken into account.
const (
	saturation = 1.2
	lengthPart = 0.75
)

// word is a word of a query: where it is found and how rare it is.
type word struct {
	hits     []hit // in the texts, by ordinal
	concepts set   // postings about a theme or country whose name holds it
	found    set   // either
}

// weights are the figures that the words of a query are weighed by. A cursor
// carries them, so that postings that come in between two pages do not change
// the order of the others. They are those of what the public sees, so that
// they tell nothing else.
type weights struct {
	Postings int   `json:"n"`
	Length   int64 `json:"l"` // words of all postings
	Found    []int `json:"d"` // postings with each word
}

// lookup finds the words of a query.
func (x *index) lookup(words []question) []word {
	out := make([]word, len(words))
	for i, question := range words {
		w := &out[i]
		w.hits = x.merge(question.keys)
		w.found, w.concepts = make(set, x.width()), make(set, x.width())
		for _, h := range w.hits {
			w.found.add(h.ordinal)
		}
		for _, c := range question.named {
			w.concepts.or(x.values[c.dimension][c.value])
		}
		w.found.or(w.concepts)
	}
	return out
}

// merge unites the hits of the keys of one word. Where several keys hit a
// posting, it is by one and the same word: the greatest count stands.
func (x *index) merge(keys reading) []hit {
	var out []hit
	for _, key := range keys {
		hits := x.words[key]
		switch {
		case len(hits) == 0:
		case out == nil:
			out = hits // shared: copied before it is changed
		default:
			out = unite(out, hits)
		}
	}
	return out
}

// unite merges two lists in the order of their ordinals into a new one.
func unite(a, b []hit) []hit {
	out := make([]hit, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].ordinal < b[0].ordinal:
			out, a = append(out, a[0]), a[1:]
		case b[0].ordinal < a[0].ordinal:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, hit{a[0].ordinal, max(a[0].count, b[0].count)})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// weights are the figures of now.
func (x *index) weights(words []word) *weights {
	w := &weights{Postings: x.public.postings, Length: x.public.length, Found: make([]int, len(words))}
	for i := range words {
		w.Found[i] = words[i].found.common(x.seen[forPublic])
	}
	return w
}

// fits reports whether the figures can be those of so many words.
func (w *weights) fits(words int) bool {
	return w != nil && len(w.Found) == words && w.Postings >= 0 && w.Length >= 0 &&
		!slices.ContainsFunc(w.Found, func(n int) bool { return n < 0 })
}

// score adds the scores of the words for the postings of a set into scores.
// A posting about a theme or country that the word names counts as if the word
// occurred once more in its text.
func (x *index) score(scores []float64, found set, words []word, by *weights) {
	for i := range words {
		w := &words[i]
		rarity := by.rarity(i)
		for _, h := range w.hits {
			if found.has(h.ordinal) {
				count := float64(h.count)
				if w.concepts.has(h.ordinal) {
					count++
				}
				scores[h.ordinal] += by.points(rarity, count, x.lengths[h.ordinal])
			}
		}
		about := w.concepts.clone(0)
		about.and(found)
		for _, h := range w.hits {
			about.remove(h.ordinal)
		}
		about.each(func(o uint32) { scores[o] += by.points(rarity, 1, x.lengths[o]) })
	}
}

// rarity is the weight of a word: the fewer postings hold it, the more.
func (w *weights) rarity(i int) float64 {
	n := float64(min(w.Found[i], w.Postings))
	return math.Log1p((float64(w.Postings) - n + 0.5) / (n + 0.5))
}

// points is the score of one word in one posting. Each product is rounded by
// itself (the conversions forbid fused operations), so that all processors
// agree.
func (w *weights) points(rarity, count float64, length uint32) float64 {
	mean := 1.0
	if w.Length > 0 && w.Postings > 0 {
		mean = float64(w.Length) / float64(w.Postings)
	}
	long := float64(lengthPart*float64(length)) / mean
	return float64(rarity*float64(count*(saturation+1))) / (count + float64(saturation*(1-lengthPart+long)))
}

// precision makes whole numbers of scores: a millionth counts.
const precision = 1e6

func whole(score float64) int64 { return int64(math.Round(score * precision)) }
