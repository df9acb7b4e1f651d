package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"entente/store"
)

// eraseVersion overwrites with zeros of the same length: SQLite then writes
// them over the bytes where they lie. A shorter row would let it move the
// rows around it, and leave copies of these behind.
const eraseVersion = `UPDATE versions
	SET erased = 1, salt = zeroblob(length(salt)), body = CAST(zeroblob(octet_length(body)) AS TEXT)
	WHERE entry = (SELECT key FROM commits WHERE log = ? AND number = ?)
	AND kind = ? AND id = ? AND number = ?`

// Erase overwrites the versions in one transaction and then empties the
// write-ahead log, which may hold copies of them. Only when that is done it
// succeeds; after an error, erase again.
func (s *Store) Erase(ctx context.Context, log string, versions []store.VersionRef) error {
	if err := store.CheckLog(log); err != nil {
		return err
	}
	if len(versions) == 0 {
		return ctx.Err()
	}
	var missing []error
	err := s.write(ctx, "erase", func(limited context.Context, tx *sql.Tx) error {
		if err := voidCheckpoints(limited, tx, log); err != nil {
			return s.wrap(ctx, "erase", err)
		}
		for _, v := range versions {
			result, err := tx.ExecContext(limited, eraseVersion, log, v.Commit, v.Kind, v.ID, v.Number)
			if err != nil {
				return s.wrap(ctx, "erase", err)
			}
			if n, err := result.RowsAffected(); err != nil {
				return s.wrap(ctx, "erase", err)
			} else if n == 0 {
				missing = append(missing, fmt.Errorf("%w: %s %s version %d in commit %d of log %q",
					store.ErrNotFound, v.Kind, v.ID, v.Number, v.Commit, log))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return errors.Join(append(missing, s.emptyWAL(ctx))...)
}

// voidCheckpoints removes the log's checkpoints before its last commit, of
// every format, and keeps such from being completed.
func voidCheckpoints(ctx context.Context, tx *sql.Tx, log string) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO erasures (log, number)
		SELECT ?1, coalesce(max(number), 0) FROM commits WHERE log = ?1
		ON CONFLICT (log) DO UPDATE SET number = excluded.number`, log); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM checkpoints
		WHERE log = ?1 AND number < (SELECT number FROM erasures WHERE log = ?1)`, log)
	return err
}

// emptyWAL moves the write-ahead log into the file and cuts it to no bytes.
// Readers in the middle of a statement keep it from that: it waits for them.
func (s *Store) emptyWAL(ctx context.Context) error {
	limited, cancel := limit(ctx)
	defer cancel()
	pause := time.NewTicker(10 * time.Millisecond)
	defer pause.Stop()
	for {
		var busy, frames, moved int
		err := s.writer.QueryRowContext(limited, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
		if err == nil && busy == 0 {
			return nil
		}
		if err == nil {
			err = errors.New("others keep the write-ahead log")
		}
		select {
		case <-limited.Done():
			return s.wrap(ctx, "erase from the write-ahead log", errors.Join(err, limited.Err()))
		case <-pause.C:
		}
	}
}
