package catalogue

import "entente/reference"

// Finder finds the words of one search in texts that have no index: few ones,
// which are looked through.
type Finder struct{ words []*marker }

// Finder reads the text of a search, under the same rules as SearchAll.
func (s *State) Finder(text string) (*Finder, error) {
	asked := s.ask(text)
	if _, err := (&SearchQuery{}).check(len(asked)); err != nil {
		return nil, err
	}
	f := &Finder{words: []*marker{newMarker(asked)}}
	for i := range asked {
		f.words = append(f.words, newMarker(asked[i:i+1]))
	}
	return f, nil
}

// Text is a text in a language.
type Text struct {
	Language reference.Language // "" where nobody knows it
	Text     string
}

// Find gives the passage of the texts in which the words are found, when each of
// them stands in one of the texts; nil otherwise.
func (f *Finder) Find(texts ...Text) []Piece {
	passages := make([]passage, 0, len(texts))
	for _, t := range texts {
		if t.Text != "" {
			passages = append(passages, passage{t.Language, t.Text})
		}
	}
	for _, word := range f.words[1:] {
		if !word.stands(passages) {
			return nil
		}
	}
	if len(passages) == 0 {
		return nil
	}
	return f.words[0].snippet(passages)
}

// stands reports whether one of the passages has what is searched for.
func (m *marker) stands(passages []passage) bool {
	for _, p := range passages {
		for _, piece := range m.mark(p) {
			if piece.Match {
				return true
			}
		}
	}
	return false
}
