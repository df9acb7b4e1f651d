package catalogue

// newest makes a page of a ledger, the latest first, of what keep lets
// through. It looks at every document, which is right for small ledgers and
// for those that keep narrows cheaply.
func newest[T any](l *ledger[T], text, form string, limit int, keep func(*T) bool) (Page[*T], error) {
	var page Page[*T]
	after, err := decodeCursor(text, form)
	if err != nil {
		return page, err
	}
	if limit, err = pageSize(limit); err != nil {
		return page, err
	}
	var last uint32
	for i := len(l.entries) - 1; i >= 0; i-- {
		doc := l.entries[i].doc
		if doc == nil || !keep(doc) {
			continue
		}
		page.Total++
		switch {
		case after != nil && uint32(i) >= after.Ordinal:
		case len(page.Items) < limit:
			page.Items, last = append(page.Items, doc), uint32(i)
		case page.Next == "":
			page.Next = cursor{Form: form, Ordinal: last}.encode()
		}
	}
	return page, nil
}
