package catalogue

import (
	"slices"
	"strings"

	"entente/reference"
)

// bag is the words of one posting: how often each key occurs, in the order of
// the keys, and how many words there are in all.
type bag struct {
	words  []occurrences
	length uint32
}

type occurrences struct {
	key   string
	count uint16
}

// passage is a text and its language, as far as it is stated.
type passage struct {
	language reference.Language
	text     string
}

// scribe reads texts into bags. Most pieces of text between two spaces occur
// again and again, so it remembers how it read them. It serves one goroutine.
type scribe struct {
	read map[piece][]reading
	hits map[string]uint16
}

// piece is a text without white space in a tongue.
type piece struct {
	tongue tongue
	text   string
}

// reading is the keys of one word.
type reading []string

const (
	memory   = 200_000 // pieces that a scribe remembers; then it begins anew
	longText = 64      // bytes of a piece that is not worth remembering
)

func newScribe() *scribe {
	return &scribe{read: map[piece][]reading{}, hits: map[string]uint16{}}
}

// bag reads passages.
func (s *scribe) bag(passages []passage) bag {
	clear(s.hits)
	var b bag
	for _, p := range passages {
		t := tongueOf(p.language, p.text)
		for text := range strings.FieldsSeq(p.text) {
			for _, word := range s.piece(piece{t, text}) {
				b.length++
				for _, key := range word {
					if n := s.hits[key]; n < 1<<16-1 {
						s.hits[key] = n + 1
					}
				}
			}
		}
	}
	b.words = make([]occurrences, 0, len(s.hits))
	for key, n := range s.hits {
		b.words = append(b.words, occurrences{key, n})
	}
	slices.SortFunc(b.words, func(x, y occurrences) int { return strings.Compare(x.key, y.key) })
	return b
}

// piece reads a text without white space.
func (s *scribe) piece(p piece) []reading {
	if known, ok := s.read[p]; ok {
		return known
	}
	var out []reading
	split(p.text,
		func(word string) { out = append(out, p.tongue.keys(word)) },
		func(run []rune) {
			for _, key := range pairs(run, false) {
				out = append(out, reading{key})
			}
		})
	if len(p.text) <= longText {
		if len(s.read) >= memory {
			clear(s.read)
		}
		p.text = strings.Clone(p.text) // the piece must not keep the document
		s.read[p] = out
	}
	return out
}

// ask reads a query: for every word that must be found, the keys of which any
// will do. Functional words are left out unless there are no others.
func ask(text string) []reading {
	var words, fillers []reading
	text = strings.ToValidUTF8(text, " ")
	for text := range strings.FieldsSeq(text) {
		split(text,
			func(word string) {
				var keys reading
				for _, t := range tongues() {
					keys = append(keys, t.keys(word)...)
				}
				if functional(fold(word)) {
					fillers = append(fillers, keys)
				} else {
					words = append(words, keys)
				}
			},
			func(run []rune) {
				for _, key := range pairs(run, true) {
					words = append(words, reading{key})
				}
			})
	}
	if len(words) == 0 {
		words = fillers
	}
	return distinct(words)
}

// distinct drops words that were asked twice.
func distinct(words []reading) []reading {
	var out []reading
	for _, w := range words {
		if !slices.ContainsFunc(out, func(o reading) bool { return slices.Equal(o, w) }) {
			out = append(out, w)
		}
	}
	return out
}
