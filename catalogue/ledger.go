package catalogue

import "fmt"

// ledger holds the documents of one kind. A document's place in it, its
// ordinal, is the order of its first appearance in the log: it is the same in
// every process, survives checkpoints, and stays taken when the document is
// erased, so that cursors may be bound to it.
type ledger[T any] struct {
	entries []entry[T]
	ids     map[string]uint32
	live    int // entries that are not erased
}

// entry is one document at its place.
type entry[T any] struct {
	id      string
	version uint64
	doc     *T // nil when it was erased
}

// check refuses a version that is not newer than the one that is held.
func (l *ledger[T]) check(kind, id string, version uint64) error {
	if i, ok := l.ids[id]; ok && version <= l.entries[i].version {
		return fmt.Errorf("catalogue: %s %s: version %d comes after version %d", kind, id, version, l.entries[i].version)
	}
	return nil
}

// put holds a new version and returns its place and the document before it.
func (l *ledger[T]) put(id string, version uint64, doc *T) (ordinal uint32, before *T) {
	if l.ids == nil {
		l.ids = map[string]uint32{}
	}
	ordinal, known := l.ids[id]
	if !known {
		ordinal = uint32(len(l.entries))
		l.ids[id] = ordinal
		l.entries = append(l.entries, entry[T]{id: id})
	}
	e := &l.entries[ordinal]
	before, e.version, e.doc = e.doc, version, doc
	if before != nil {
		l.live--
	}
	if doc != nil {
		l.live++
	}
	return ordinal, before
}

// find returns the document with the id.
func (l *ledger[T]) find(id string) (*T, bool) {
	i, ok := l.ids[id]
	if !ok || l.entries[i].doc == nil {
		return nil, false
	}
	return l.entries[i].doc, true
}
