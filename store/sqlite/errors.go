package sqlite

import (
	"context"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"entente/store"
)

func unavailable(path, remedy string, err error) error {
	return &store.Unavailable{Place: path, Remedy: remedy, Err: err}
}

// wrap gives an error of the driver its place and, where it comes from outside
// the program, its type and remedy. Own time limits count as unavailable; when
// the caller's context ended, its error shows through.
func (s *Store) wrap(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", doing, err)
	if cause := ctx.Err(); cause != nil {
		return fmt.Errorf("sqlite: %s: %w (%w)", s.path, err, cause)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return unavailable(s.path, "the disk is slow or another process keeps the file; stop it or try again", err)
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("sqlite: %s: %w", s.path, err)
	}
	// The low byte is the primary result code, the rest says more about it.
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_PROTOCOL:
		return unavailable(s.path, "another process keeps the file; stop it or try again", err)
	case lib.SQLITE_FULL:
		return unavailable(s.path, "the disk is full; make room on it", err)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN, lib.SQLITE_AUTH:
		return unavailable(s.path, "let this user write the file and its folder", err)
	case lib.SQLITE_IOERR, lib.SQLITE_NOLFS:
		return unavailable(s.path, "check the disk: it has to be a local one with room left", err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %s is not an undamaged database of Entente; restore a backup: %w", store.ErrBroken, s.path, err)
	default:
		return fmt.Errorf("sqlite: %s: %w", s.path, err)
	}
}
