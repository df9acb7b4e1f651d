package catalogue

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Piece is a part of a text, and whether it is what was searched for. The text
// is plain: whoever shows it in a page escapes it as any other.
type Piece struct {
	Text  string
	Match bool
}

// The length of a snippet in characters, and how many of them may stand before
// the first match.
const (
	snippetLength = 200
	snippetLead   = 60
)

// marker finds the words of one search in texts. Texts repeat their words, so
// that it remembers what it read.
type marker struct {
	keys map[string]bool
	read map[tongue]map[string]bool
}

func newMarker(words []question) *marker {
	m := &marker{keys: map[string]bool{}, read: map[tongue]map[string]bool{}}
	for _, w := range words {
		for _, key := range w.keys {
			m.keys[key] = true
		}
	}
	return m
}

// matches reports whether a word of a text is one that is searched for.
func (m *marker) matches(t tongue, part string) bool {
	if known, ok := m.read[t][part]; ok {
		return known
	}
	match := false
	elide(part, func(word string) {
		for _, key := range t.keys(word) {
			match = match || m.keys[key]
		}
	})
	if m.read[t] == nil {
		m.read[t] = map[string]bool{}
	}
	m.read[t][part] = match
	return match
}

// snippet is the passage in which most of the words are found, cut around the
// first of them. The first passage is the title, which is shown anyhow: it is
// taken when nothing else holds as many.
func (m *marker) snippet(passages []passage) []Piece {
	var best []Piece
	most := -1
	for i, p := range passages {
		pieces := m.mark(p)
		n := 0
		for _, piece := range pieces {
			if piece.Match {
				n++
			}
		}
		if n > most || i == 1 && n == most {
			best, most = pieces, n
		}
	}
	return cut(best)
}

// mark divides a passage into what is searched for and what stands between.
func (m *marker) mark(p passage) []Piece {
	t := tongueOf(p.language, p.text)
	var parts []string
	for rest, state := strings.Join(strings.Fields(p.text), " "), -1; rest != ""; {
		var part string
		part, rest, state = uniseg.FirstWordInString(rest, state)
		parts = append(parts, part)
	}
	var out []Piece
	for i, part := range parts {
		var match bool
		if ideographic(part) {
			match = matchesIdeographs(parts, i, m.keys)
		} else {
			match = m.matches(t, part)
		}
		if last := len(out) - 1; last >= 0 && out[last].Match == match {
			out[last].Text += part
		} else {
			out = append(out, Piece{part, match})
		}
	}
	return out
}

// matchesIdeographs reports whether a run of ideographs is one that is searched
// for, alone or together with one beside it.
func matchesIdeographs(parts []string, i int, keys map[string]bool) bool {
	run := []rune(parts[i])
	if i > 0 && ideographic(parts[i-1]) {
		before, _ := utf8.DecodeLastRuneInString(parts[i-1])
		run = append([]rune{before}, run...)
	}
	if i+1 < len(parts) && ideographic(parts[i+1]) {
		after, _ := utf8.DecodeRuneInString(parts[i+1])
		run = append(run, after)
	}
	for _, key := range append(pairs(run, true), string(ideographs)+parts[i]) {
		if keys[key] {
			return true
		}
	}
	return false
}

// cut shortens a text to what stands around its first match.
func cut(pieces []Piece) []Piece {
	var out []Piece
	left := snippetLength
	for i, p := range pieces {
		text := p.Text
		if i == 0 && !p.Match && len(pieces) > 1 {
			text = lastCharacters(text, snippetLead)
		}
		short := firstCharacters(text, left)
		left -= utf8.RuneCountInString(short)
		if out = append(out, Piece{short, p.Match}); short != text || left <= 0 {
			if short != text || i+1 < len(pieces) {
				out[len(out)-1].Text += "…"
			}
			break
		}
	}
	return out
}

// firstCharacters cuts a text behind a word, or within one that is too long.
func firstCharacters(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	short := string(runes[:n])
	if space := strings.LastIndexByte(short, ' '); space > 0 {
		short = short[:space]
	}
	return short
}

// lastCharacters cuts a text before a word.
func lastCharacters(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	short := string(runes[len(runes)-n:])
	if space := strings.IndexByte(short, ' '); space >= 0 && space+1 < len(short) {
		short = short[space+1:]
	}
	return "…" + short
}
