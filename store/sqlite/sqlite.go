// Package sqlite is the embedded engine of the store: one SQLite file, without
// cgo, which several processes may use at once. Every write is on the disk
// when its call returns (write-ahead log, synchronous=FULL), and what is
// erased is overwritten (secure_delete).
//
// All writes of a process go through one connection, so that they wait for
// each other in Go instead of in SQLite's lock; readings have a small pool of
// their own and hold no transaction while their caller works.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	_ "modernc.org/sqlite" // the database/sql driver

	"entente/store"
)

// callTimeout bounds a call. It is above busyTimeout, so that SQLite's own
// word on what is wrong comes first.
const callTimeout = 20 * time.Second

// readers is the number of connections for reading.
const readers = 6

// Store is one open SQLite file. It implements store.Store and, as what
// Ephemeral returns, store.Ephemeral.
type Store struct {
	path   string
	writer *sql.DB
	reader *sql.DB
}

var (
	_ store.Store     = (*Store)(nil)
	_ store.Ephemeral = ephemeral{}
)

// Open opens the file that a URI such as sqlite:///var/lib/entente/entente.db
// names. It makes the file (mode 0600) and its folders (0700) when they are
// missing. Its errors name the path and a remedy; they wrap store.ErrNewer for
// a file of a newer program, store.ErrBroken for one that is not Entente's,
// and are *store.Unavailable when the place cannot be used.
func Open(ctx context.Context, uri string) (*Store, error) {
	path, err := parsePath(uri)
	if err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if s.writer, err = connect(path, true, 1); err != nil {
		return nil, err
	}
	if s.reader, err = connect(path, false, readers); err != nil {
		return nil, errors.Join(err, s.writer.Close())
	}
	limited, cancel := limit(ctx)
	defer cancel()
	if err := s.prepare(limited); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func connect(path string, writer bool, connections int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, writer))
	if err != nil {
		return nil, fmt.Errorf("sqlite: %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// limit bounds one call.
func limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, callTimeout)
}

// write runs f in one transaction that has the file's write lock from its
// start, and commits it. An error of f that is the driver's must have been
// wrapped by f.
func (s *Store) write(ctx context.Context, doing string, f func(ctx context.Context, tx *sql.Tx) error) error {
	limited, cancel := limit(ctx)
	defer cancel()
	tx, err := s.writer.BeginTx(limited, nil)
	if err != nil {
		return s.wrap(ctx, doing, err)
	}
	defer tx.Rollback()
	if err := f(limited, tx); err != nil {
		return err
	}
	return s.wrap(ctx, doing, tx.Commit())
}

// Path is the file's path, for messages.
func (s *Store) Path() string { return s.path }

// Ping writes one row, for only a write shows that the disk is not full.
func (s *Store) Ping(ctx context.Context) error {
	return s.write(ctx, "ping", func(limited context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(limited, "UPDATE pulse SET beat = (beat + 1) & 0xffffff")
		return s.wrap(ctx, "ping", err)
	})
}

// Close closes the file. The last process to close it folds the write-ahead
// log into it.
func (s *Store) Close() error {
	err := errors.Join(s.reader.Close(), s.writer.Close())
	if err != nil {
		return fmt.Errorf("sqlite: close %s: %w", s.path, err)
	}
	return nil
}
