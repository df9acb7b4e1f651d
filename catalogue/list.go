package catalogue

import "math"

// newest makes a page of the documents of a set, the latest first.
func newest[T any](l *ledger[T], found set, text, form string, limit int) (page Page[*T], err error) {
	after, err := decodeCursor(text, form)
	if err != nil {
		return page, err
	}
	if limit, err = pageSize(limit); err != nil {
		return page, err
	}
	start := uint32(math.MaxUint32)
	if after != nil {
		start = after.Ordinal
	}
	page.Total = found.count()
	last := start
	found.down(start, func(o uint32) bool {
		if len(page.Items) == limit {
			page.Next = cursor{Form: form, Ordinal: last}.encode()
			return false
		}
		page.Items, last = append(page.Items, l.entries[o].doc), o
		return true
	})
	return page, nil
}

// everything is the set of the documents that are not erased.
func (l *ledger[T]) everything() set {
	var s set
	for i := range l.entries {
		if l.entries[i].doc != nil {
			s.add(uint32(i))
		}
	}
	return s
}

// wantedOf makes a page of the documents of a kind that are wanted, the latest
// first.
func wantedOf[T any](l *ledger[T], kind string, wanted func(*T) bool, asked []any, text string, limit int) (Page[*T], error) {
	var found set
	for i := range l.entries {
		if doc := l.entries[i].doc; doc != nil && wanted(doc) {
			found.add(uint32(i))
		}
	}
	return newest(l, found, text, form(append([]any{kind}, asked...)...), limit)
}
