package catalogue

import (
	"fmt"
)

// shelf is the ledger of the needs, the offers or the activities, with all that finds
// them. F is what the matcher looks at in one of them.
type shelf[T, F any] struct {
	ledger[T]
	index    *index
	external places
	roster   roster[F]
	kind     shelfKind[T, F]
}

// shelfKind says of needs, offers or activities what a shelf has to know.
type shelfKind[T, F any] struct {
	describe func(*T, *scribe) *card
	features func(*T) *F // nil for one that does not stand before the matcher
	names    func(*T) (convention, external string)
	id       func(*F) string
}

func newShelf[T, F any](kind shelfKind[T, F]) shelf[T, F] {
	return shelf[T, F]{index: newIndex(), external: places{}, kind: kind, roster: roster[F]{id: kind.id, fresh: map[string]*F{}}}
}

// prepare reads a change, makes its card and that of the version before, and
// returns what puts it in. It only reads, so that several may be prepared at
// once, each by a scribe of its own.
func (l *shelf[T, F]) prepare(c Change, convention string, s *scribe) (func(), error) {
	doc, err := decode[T](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	if err != nil {
		return nil, err
	}
	var in, out *card
	var external, externalBefore string
	var feature *F
	stood := false
	if before, ok := l.find(c.ID); ok {
		out, stood = l.kind.describe(before, s), l.kind.features(before) != nil
		_, externalBefore = l.kind.names(before)
	}
	if doc != nil {
		var of string
		if of, external = l.kind.names(doc); of != convention {
			return nil, fmt.Errorf("catalogue: %s %s is of convention %q, not of %q", c.Kind, c.ID, of, convention)
		}
		in, feature = l.kind.describe(doc, s), l.kind.features(doc)
	}
	return func() {
		ordinal, _ := l.put(c.ID, c.Version, doc)
		l.index.replace(ordinal, out, in)
		if external != externalBefore {
			l.external.remove(externalBefore, ordinal)
			l.external.add(external, ordinal)
		}
		if stood || feature != nil {
			l.roster.change(c.ID, feature)
		}
	}, nil
}

// byExternalID returns the latest posting with the external id.
func (l *shelf[T, F]) byExternalID(id string) (*T, bool) {
	list := l.external[id]
	if len(list) == 0 || id == "" {
		return nil, false
	}
	return l.entries[list[len(list)-1]].doc, true
}
