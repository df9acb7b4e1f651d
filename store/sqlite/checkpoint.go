package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"entente/store"
)

// SaveCheckpoint writes the content in short transactions, one a chunk, so
// that commits go on meanwhile, and makes it visible in a last one.
func (s *Store) SaveCheckpoint(ctx context.Context, log string, c store.Checkpoint, content io.Reader) error {
	if err := store.CheckLog(log); err != nil {
		return err
	}
	key, err := s.beginCheckpoint(ctx, log, c)
	if err != nil || key == 0 {
		return err
	}
	size, sum, err := s.saveChunks(ctx, key, content)
	if err == nil {
		err = s.completeCheckpoint(ctx, log, c, key, size, sum)
	}
	if err != nil {
		// Also when the context has ended; what stays because of another error
		// goes with the next checkpoint.
		return errors.Join(err, s.dropCheckpoint(context.WithoutCancel(ctx), key))
	}
	return nil
}

// beginCheckpoint returns the key under which to save, or 0 when there is one
// of a greater number.
func (s *Store) beginCheckpoint(ctx context.Context, log string, c store.Checkpoint) (key int64, err error) {
	err = s.write(ctx, "save checkpoint", func(limited context.Context, tx *sql.Tx) error {
		if err := s.checkErasure(ctx, limited, tx, log, c); err != nil {
			return err
		}
		var newer bool
		if err := tx.QueryRowContext(limited, `SELECT EXISTS (SELECT 1 FROM checkpoints
			WHERE log = ? AND format = ? AND complete AND number > ?)`, log, c.Format, c.Number).Scan(&newer); err != nil || newer {
			return s.wrap(ctx, "save checkpoint", err)
		}
		result, err := tx.ExecContext(limited, `INSERT INTO checkpoints (log, format, number, hash, complete, size, sum)
			VALUES (?, ?, ?, ?, 0, 0, x'')`, log, c.Format, c.Number, c.Hash[:])
		if err == nil {
			key, err = result.LastInsertId()
		}
		return s.wrap(ctx, "save checkpoint", err)
	})
	return key, err
}

// checkErasure returns ErrStale when versions were erased after the
// checkpoint's position.
func (s *Store) checkErasure(ctx, limited context.Context, tx *sql.Tx, log string, c store.Checkpoint) error {
	var stale bool
	if err := tx.QueryRowContext(limited, "SELECT EXISTS (SELECT 1 FROM erasures WHERE log = ? AND number > ?)",
		log, c.Number).Scan(&stale); err != nil {
		return s.wrap(ctx, "save checkpoint", err)
	}
	if stale {
		return fmt.Errorf("%w: at commit %d of log %q", store.ErrStale, c.Number, log)
	}
	return nil
}

// errGone says that a checkpoint went while it was saved.
var errGone = errors.New("sqlite: the checkpoint is gone")

// saveChunks stops early, without an error, when the checkpoint is gone:
// completeCheckpoint finds out why.
func (s *Store) saveChunks(ctx context.Context, key int64, content io.Reader) (size int64, sum []byte, err error) {
	size, sum, err = store.SplitContent(content, func(place int, chunk []byte) error {
		return s.saveChunk(ctx, key, place, chunk)
	})
	if errors.Is(err, errGone) {
		return 0, []byte{}, nil
	}
	return size, sum, err
}

func (s *Store) saveChunk(ctx context.Context, key int64, place int, data []byte) error {
	return s.write(ctx, "save checkpoint", func(limited context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(limited, `INSERT INTO chunks (checkpoint, place, data)
			SELECT key, ?, ? FROM checkpoints WHERE key = ?`, place, data, key)
		if err != nil {
			return s.wrap(ctx, "save checkpoint", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(errGone, err)
		}
		return nil
	})
}

// completeCheckpoint makes the checkpoint visible and removes all that it
// replaces, what others left unfinished included.
func (s *Store) completeCheckpoint(ctx context.Context, log string, c store.Checkpoint, key, size int64, sum []byte) error {
	return s.write(ctx, "save checkpoint", func(limited context.Context, tx *sql.Tx) error {
		if err := s.checkErasure(ctx, limited, tx, log, c); err != nil {
			return err
		}
		result, err := tx.ExecContext(limited, "UPDATE checkpoints SET complete = 1, size = ?, sum = ? WHERE key = ?", size, sum, key)
		if err != nil {
			return s.wrap(ctx, "save checkpoint", err)
		}
		// A later one was completed meanwhile and took this one away: fine.
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return s.wrap(ctx, "save checkpoint", err)
		}
		_, err = tx.ExecContext(limited, `DELETE FROM checkpoints WHERE log = ?1 AND format = ?2
			AND (number < ?3 OR number = ?3 AND complete AND key != ?4)`, log, c.Format, c.Number, key)
		return s.wrap(ctx, "save checkpoint", err)
	})
}

func (s *Store) dropCheckpoint(ctx context.Context, key int64) error {
	return s.write(ctx, "drop checkpoint", func(limited context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(limited, "DELETE FROM checkpoints WHERE key = ?", key)
		return s.wrap(ctx, "drop checkpoint", err)
	})
}

// LoadCheckpoint opens the checkpoint of the greatest number.
func (s *Store) LoadCheckpoint(ctx context.Context, log, format string) (store.Checkpoint, io.ReadCloser, bool, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	c := store.Checkpoint{Format: format}
	var key, size int64
	var hash, sum []byte
	err := s.reader.QueryRowContext(limited, `SELECT key, number, hash, size, sum FROM checkpoints
		WHERE log = ?1 AND format = ?2 AND complete
		AND number >= coalesce((SELECT number FROM erasures WHERE log = ?1), 0)
		ORDER BY number DESC, key DESC LIMIT 1`, log, format).Scan(&key, &c.Number, &hash, &size, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Checkpoint{}, nil, false, nil
	}
	if err != nil {
		return store.Checkpoint{}, nil, false, s.wrap(ctx, "load checkpoint", err)
	}
	copy(c.Hash[:], hash)
	return c, store.JoinContent(size, sum, func(place int) ([]byte, error) { return s.chunk(ctx, key, place) }), true, nil
}

// chunk reads a piece of a checkpoint's content. Nothing stays open between
// two of them.
func (s *Store) chunk(ctx context.Context, key int64, place int) (data []byte, err error) {
	limited, cancel := limit(ctx)
	defer cancel()
	err = s.reader.QueryRowContext(limited, "SELECT data FROM chunks WHERE checkpoint = ? AND place = ?", key, place).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		err = errors.New("the checkpoint was replaced meanwhile")
	}
	return data, s.wrap(ctx, "load checkpoint", err)
}
