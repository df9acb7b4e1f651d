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
	read  map[tongue]map[string][][]*term // pieces → words → keys
	terms map[string]*term
	found []*term // in the texts that are being read
}

// term is a key with how often it has occurred in the texts that are being
// read.
type term struct {
	key   string
	count uint16
}

// reading is the keys of one word.
type reading []string

const (
	memory   = 200_000 // keys that a scribe remembers; then it begins anew
	longText = 64      // bytes of a piece that is not worth remembering
)

func newScribe() *scribe {
	return &scribe{read: map[tongue]map[string][][]*term{}, terms: map[string]*term{}}
}

// bag reads passages.
func (s *scribe) bag(passages []passage) bag {
	var b bag
	for _, p := range passages {
		t := tongueOf(p.language, p.text)
		known := s.read[t]
		if known == nil {
			known = map[string][][]*term{}
			s.read[t] = known
		}
		for piece := range strings.FieldsSeq(p.text) {
			words, ok := known[piece]
			if !ok {
				words = s.piece(t, piece)
				if len(piece) <= longText {
					known[strings.Clone(piece)] = words // a clone, not to keep the document
				}
			}
			b.length += uint32(len(words))
			for _, word := range words {
				s.count(word)
			}
		}
	}
	b.words = make([]occurrences, len(s.found))
	for i, t := range s.found {
		b.words[i] = occurrences{t.key, t.count}
		t.count = 0
	}
	s.found = s.found[:0]
	if len(s.terms) > memory {
		*s = *newScribe()
	}
	slices.SortFunc(b.words, func(x, y occurrences) int { return strings.Compare(x.key, y.key) })
	return b
}

// count notes that a word occurs.
func (s *scribe) count(word []*term) {
	for _, t := range word {
		if t.count == 0 {
			s.found = append(s.found, t)
		}
		if t.count < 1<<16-1 {
			t.count++
		}
	}
}

// piece reads a text without white space.
func (s *scribe) piece(t tongue, text string) [][]*term {
	var out [][]*term
	put := func(keys ...string) {
		word := make([]*term, len(keys))
		for i, key := range keys {
			if s.terms[key] == nil {
				s.terms[key] = &term{key: key}
			}
			word[i] = s.terms[key]
		}
		out = append(out, word)
	}
	split(text,
		func(word string) { put(t.keys(word)...) },
		func(run []rune) {
			for _, key := range pairs(run, false) {
				put(key)
			}
		})
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
