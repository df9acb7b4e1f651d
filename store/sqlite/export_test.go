package sqlite

import (
	"fmt"
	"testing"
)

// LimitPages lets the file grow to n pages and no further, as a full disk
// would.
func (s *Store) LimitPages(t testing.TB, n int) {
	s.pragma(t, fmt.Sprintf("PRAGMA max_page_count = %d", n))
}

// Impatient lets writing wait for other processes only a moment.
func (s *Store) Impatient(t testing.TB) { s.pragma(t, "PRAGMA busy_timeout = 20") }

func (s *Store) pragma(t testing.TB, statement string) {
	t.Helper()
	if _, err := s.writer.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
