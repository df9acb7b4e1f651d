package client

import "iter"

// Pages walks all the entries of a list, page by page. fetch reads the page at
// a cursor, which is empty for the first, and returns its entries and the
// cursor of the next one. The walk ends with the last page, with an error, or
// when its reader stops.
func Pages[T any](fetch func(cursor string) (items []T, next string, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for cursor := ""; ; {
			items, next, err := fetch(cursor)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			cursor = next
		}
	}
}
