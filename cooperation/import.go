package cooperation

import "slices"

// ImportRow is one row of an import: the id that the posting has where it
// comes from, and the posting. Line is where the row begins in its file.
type ImportRow[T any] struct {
	Line       int
	ExternalID string
	Convention string
	Content    T
}

// RowError is why a row was not taken over. The fields of Err are named as
// the columns of the file.
type RowError struct {
	Line       int
	ExternalID string
	Err        *Error
}

// ImportResult says what an import did, or would do. Errors are in the order
// of the file.
type ImportResult struct {
	Created, Changed, Unchanged int
	Errors                      []RowError
}

// Plus adds what another part of the same file came to.
func (r ImportResult) Plus(o ImportResult) ImportResult {
	r.Created += o.Created
	r.Changed += o.Changed
	r.Unchanged += o.Unchanged
	r.Errors = append(r.Errors, o.Errors...)
	slices.SortStableFunc(r.Errors, func(a, b RowError) int { return a.Line - b.Line })
	return r
}

// InColumns names the fields of all errors by the columns of the file.
func (r ImportResult) InColumns(column func(field string) string) ImportResult {
	for _, row := range r.Errors {
		for i := range row.Err.Fields {
			row.Err.Fields[i].Field = column(row.Err.Fields[i].Field)
		}
	}
	return r
}
