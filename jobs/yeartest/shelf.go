package yeartest

import (
	"encoding/json"
	"fmt"

	"entente/store"
)

// shelf is the documents of one kind as the log leaves them, in the order in
// which they came.
type shelf[T any] struct {
	docs  map[string]*T
	order []string
}

func newShelf[T any]() *shelf[T] { return &shelf[T]{docs: map[string]*T{}} }

func (s *shelf[T]) get(id string) (*T, bool) {
	doc, ok := s.docs[id]
	return doc, ok
}

// that are the documents of which something is so.
func (s *shelf[T]) that(is func(*T) bool) (out []*T) {
	for _, id := range s.order {
		if doc := s.docs[id]; is(doc) {
			out = append(out, doc)
		}
	}
	return out
}

// take puts the version of a document on its shelf and returns it with the one
// before, which is nil for the first.
func (s *shelf[T]) take(v store.Version) (before, after *T, err error) {
	after = new(T)
	if err := json.Unmarshal(v.Body, after); err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", v.Kind, v.ID, err)
	}
	before, known := s.docs[v.ID]
	if !known {
		s.order = append(s.order, v.ID)
	}
	s.docs[v.ID] = after
	return before, after, nil
}
