package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"entente/store"
)

const (
	insertCommit = `INSERT INTO commits
		(log, number, envelope, id, command, actor, reason, time, fence, previous, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertVersion = `INSERT INTO versions
		(entry, place, kind, id, number, schema, erased, digest, salt, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, x''), ?)`
)

// Append is one transaction: all commits or none of them.
func (s *Store) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := store.CheckBatch(log, commits); err != nil {
		return 0, err
	}
	return s.append(ctx, commits)
}

// Restore is one transaction, as Append is.
func (s *Store) Restore(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := store.CheckRestored(log, commits); err != nil {
		return 0, err
	}
	return s.append(ctx, commits)
}

func (s *Store) append(ctx context.Context, commits []store.Commit) (int, error) {
	if len(commits) == 0 {
		return 0, ctx.Err()
	}
	err := s.write(ctx, "append", func(limited context.Context, tx *sql.Tx) error {
		if err := s.checkPlace(ctx, limited, tx, &commits[0]); err != nil {
			return err
		}
		return s.wrap(ctx, "append", insert(limited, tx, commits))
	})
	if err != nil {
		return 0, err
	}
	return len(commits), nil
}

// checkPlace returns ErrTaken when first's number exists, and refuses a
// commit that does not follow the last one. The transaction has the write
// lock, so what it sees stays so.
func (s *Store) checkPlace(ctx, limited context.Context, tx *sql.Tx, first *store.Commit) error {
	var number uint64
	var hash []byte
	err := tx.QueryRowContext(limited,
		"SELECT number, hash FROM commits WHERE log = ? ORDER BY number DESC LIMIT 1", first.Log).Scan(&number, &hash)
	if err == sql.ErrNoRows {
		err = nil
	}
	switch {
	case err != nil:
		return s.wrap(ctx, "append", err)
	case number >= first.Number:
		return fmt.Errorf("%w: commit %d of log %q", store.ErrTaken, first.Number, first.Log)
	case number < first.Number-1:
		return fmt.Errorf("%w: commit %d of log %q before %d", store.ErrGap, first.Number-1, first.Log, first.Number)
	case number > 0 && string(hash) != string(first.Previous[:]):
		return fmt.Errorf("%w: commit %d of log %q is not sealed after what is stored", store.ErrInvalid, first.Number, first.Log)
	}
	return nil
}

func insert(ctx context.Context, tx *sql.Tx, commits []store.Commit) error {
	commit, err := tx.PrepareContext(ctx, insertCommit)
	if err != nil {
		return err
	}
	defer commit.Close()
	version, err := tx.PrepareContext(ctx, insertVersion)
	if err != nil {
		return err
	}
	defer version.Close()
	for i := range commits {
		c := &commits[i]
		row, err := commit.ExecContext(ctx, c.Log, c.Number, store.Envelope, c.ID, c.Command, c.Actor, c.Reason,
			c.Time.UnixMilli(), c.Fence, c.Previous[:], c.Hash[:])
		if err != nil {
			return err
		}
		key, err := row.LastInsertId()
		if err != nil {
			return err
		}
		for place := range c.Versions {
			v := &c.Versions[place]
			if _, err := version.ExecContext(ctx, key, place, v.Kind, v.ID, v.Number, v.Schema, v.Erased(),
				v.Digest[:], v.Salt, string(v.Body)); err != nil {
				return err
			}
		}
	}
	return nil
}
