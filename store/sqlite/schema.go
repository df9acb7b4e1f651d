package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"entente/store"
)

// applicationID marks the file as Entente's ("Ente"), for tools such as
// file(1) and against opening another program's database.
const applicationID = 0x456e7465

// layout is the version of the tables, kept as user_version: 2 since there are
// blobs.
const layout = 2

// Bodies are rows of their own in the order of writing: reading a log reads
// the file from front to back, and a body can be overwritten where it lies.
const tables = `
CREATE TABLE commits (
	key      INTEGER PRIMARY KEY,
	log      TEXT    NOT NULL,
	number   INTEGER NOT NULL,
	envelope INTEGER NOT NULL,
	id       TEXT    NOT NULL,
	command  TEXT    NOT NULL,
	actor    TEXT    NOT NULL,
	reason   TEXT    NOT NULL,
	time     INTEGER NOT NULL, -- milliseconds since 1970, UTC
	fence    TEXT    NOT NULL,
	previous BLOB    NOT NULL,
	hash     BLOB    NOT NULL,
	UNIQUE (log, number)
) STRICT;
CREATE TABLE versions (
	entry    INTEGER NOT NULL REFERENCES commits (key),
	place    INTEGER NOT NULL,
	kind     TEXT    NOT NULL,
	id       TEXT    NOT NULL,
	number   INTEGER NOT NULL,
	schema   INTEGER NOT NULL,
	erased   INTEGER NOT NULL DEFAULT 0,
	digest   BLOB    NOT NULL,
	salt     BLOB    NOT NULL,
	body     TEXT    NOT NULL,
	UNIQUE (entry, place)
) STRICT;
CREATE TABLE erasures (
	log    TEXT    PRIMARY KEY,
	number INTEGER NOT NULL -- checkpoints before this number are void
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (
	key      INTEGER PRIMARY KEY,
	log      TEXT    NOT NULL,
	format   TEXT    NOT NULL,
	number   INTEGER NOT NULL,
	hash     BLOB    NOT NULL,
	complete INTEGER NOT NULL,
	size     INTEGER NOT NULL,
	sum      BLOB    NOT NULL
) STRICT;
CREATE TABLE chunks (
	checkpoint INTEGER NOT NULL REFERENCES checkpoints (key) ON DELETE CASCADE,
	place      INTEGER NOT NULL,
	data       BLOB    NOT NULL,
	UNIQUE (checkpoint, place)
) STRICT;
CREATE TABLE ephemeral (
	key    TEXT    PRIMARY KEY,
	value  BLOB    NOT NULL,
	expiry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE claims (
	key    TEXT    PRIMARY KEY,
	value  BLOB    NOT NULL,
	expiry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE pulse (
	key  INTEGER PRIMARY KEY CHECK (key = 1),
	beat INTEGER NOT NULL
) STRICT;
INSERT INTO pulse VALUES (1, 0);
`

// blobTables came with layout 2. The pad is as long as a page, so that it
// fills what of a row lies among other rows, which SQLite moves and leaves
// copies of: the data lies in pages of its own, which are overwritten when
// they are freed.
const blobTables = `
CREATE TABLE blobs (
	key      INTEGER PRIMARY KEY AUTOINCREMENT,
	sum      BLOB    NOT NULL, -- empty until complete
	size     INTEGER NOT NULL,
	stored   INTEGER NOT NULL, -- milliseconds since 1970, UTC; the beginning until complete
	complete INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX blobs_sum ON blobs (sum) WHERE complete;
CREATE TABLE blob_chunks (
	blob  INTEGER NOT NULL REFERENCES blobs (key) ON DELETE CASCADE,
	place INTEGER NOT NULL,
	pad   BLOB    NOT NULL,
	data  BLOB    NOT NULL,
	UNIQUE (blob, place)
) STRICT;
`

// prepare turns the write-ahead log on and makes the tables, unless another
// process has.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.turnWALOn(ctx); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(ctx, "open", err)
	}
	defer tx.Rollback()
	var application, version int
	if err := tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return s.wrap(ctx, "open", err)
	}
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return s.wrap(ctx, "open", err)
	}
	switch {
	case application == applicationID && version == layout:
		return nil
	case application == applicationID && version == 1:
		return s.mark(ctx, tx, blobTables)
	case application == applicationID && version > layout:
		return fmt.Errorf("%w: %s has layout %d, this program knows %d; use the program that wrote it",
			store.ErrNewer, s.path, version, layout)
	case application != 0 || version != 0:
		return fmt.Errorf("%w: %s is another program's database; name another file with --store", store.ErrBroken, s.path)
	}
	if err := s.refuseForeign(ctx, tx); err != nil {
		return err
	}
	return s.mark(ctx, tx, tables+blobTables)
}

// mark makes tables and says in the same transaction that they are there.
func (s *Store) mark(ctx context.Context, tx *sql.Tx, tables string) error {
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, layout)
	if _, err := tx.ExecContext(ctx, tables+mark); err != nil {
		return s.wrap(ctx, "make tables", err)
	}
	return s.wrap(ctx, "make tables", tx.Commit())
}

// refuseForeign returns an error when an unmarked file has tables.
func (s *Store) refuseForeign(ctx context.Context, tx *sql.Tx) error {
	var count int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&count); err != nil {
		return s.wrap(ctx, "open", err)
	}
	if count > 0 {
		return fmt.Errorf("%w: %s is another program's database; name another file with --store", store.ErrBroken, s.path)
	}
	return nil
}

// turnWALOn tries again while others open the file: changing the journal mode
// needs the file alone and does not wait for it by itself.
func (s *Store) turnWALOn(ctx context.Context) error {
	pause := time.NewTicker(5 * time.Millisecond)
	defer pause.Stop()
	for {
		var mode string
		err := s.writer.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
		if err == nil && mode != "wal" {
			return unavailable(s.path, "the file has to be on a local disk", fmt.Errorf("the journal mode stays %q", mode))
		}
		var e *driver.Error
		if err == nil || !errors.As(err, &e) || e.Code()&0xff != lib.SQLITE_BUSY {
			return s.wrap(ctx, "open", err)
		}
		select {
		case <-ctx.Done():
			return s.wrap(ctx, "open", err)
		case <-pause.C:
		}
	}
}
