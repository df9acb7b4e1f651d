package cooperation

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
