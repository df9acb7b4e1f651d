package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"entente/store"
)

// sweepGrace keeps entries beyond their expiry, for clocks of several
// processes that differ.
const sweepGrace = time.Hour

// ephemeral is the short-lived values. Each method is one statement, and thus
// atomic.
type ephemeral struct{ *Store }

// Ephemeral is the store's short-lived values.
func (s *Store) Ephemeral() store.Ephemeral { return ephemeral{s} }

func (e ephemeral) Set(ctx context.Context, key string, value []byte, expiry time.Time) error {
	if err := store.CheckEntry(key, value); err != nil {
		return err
	}
	_, err := e.change(ctx, "set", `INSERT INTO ephemeral (key, value, expiry) VALUES (?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, expiry = excluded.expiry`,
		key, notNull(value), expiry.UnixMilli())
	return err
}

func (e ephemeral) Value(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	return e.read(ctx, "value", "SELECT value FROM ephemeral WHERE key = ? AND expiry > ?", key, now.UnixMilli())
}

func (e ephemeral) Delete(ctx context.Context, key string) error {
	_, err := e.change(ctx, "delete", "DELETE FROM ephemeral WHERE key = ?", key)
	return err
}

func (e ephemeral) Consume(ctx context.Context, key string, now time.Time) (value []byte, found bool, err error) {
	err = e.write(ctx, "consume", func(limited context.Context, tx *sql.Tx) error {
		value, found, err = e.one(ctx, limited, "consume", tx,
			"DELETE FROM ephemeral WHERE key = ? AND expiry > ? RETURNING value", key, now.UnixMilli())
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return value, found, nil
}

func (e ephemeral) Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (bool, error) {
	if err := store.CheckEntry(key, value); err != nil {
		return false, err
	}
	n, err := e.change(ctx, "claim", `INSERT INTO claims (key, value, expiry) VALUES (?1, ?2, ?3)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, expiry = excluded.expiry WHERE claims.expiry <= ?4`,
		key, notNull(value), expiry.UnixMilli(), now.UnixMilli())
	return n == 1, err
}

func (e ephemeral) Holder(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	return e.read(ctx, "holder", "SELECT value FROM claims WHERE key = ? AND expiry > ?", key, now.UnixMilli())
}

func (e ephemeral) Release(ctx context.Context, key string, value []byte, now time.Time) error {
	_, err := e.change(ctx, "release", "DELETE FROM claims WHERE key = ? AND value = ? AND expiry > ?",
		key, notNull(value), now.UnixMilli())
	return err
}

func (e ephemeral) Sweep(ctx context.Context, now time.Time) (int, error) {
	before := now.Add(-sweepGrace).UnixMilli()
	values, err := e.change(ctx, "sweep", "DELETE FROM ephemeral WHERE expiry <= ?", before)
	if err != nil {
		return 0, err
	}
	claims, err := e.change(ctx, "sweep", "DELETE FROM claims WHERE expiry <= ?", before)
	return int(values + claims), err
}

// change runs one writing statement and returns how many rows it changed.
func (e ephemeral) change(ctx context.Context, doing, query string, args ...any) (n int64, err error) {
	err = e.write(ctx, doing, func(limited context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(limited, query, args...)
		if err == nil {
			n, err = result.RowsAffected()
		}
		return e.wrap(ctx, doing, err)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// querier is a transaction or a pool of connections.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (e ephemeral) read(ctx context.Context, doing, query string, args ...any) ([]byte, bool, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	return e.one(ctx, limited, doing, e.reader, query, args...)
}

// one runs a statement that returns at most one value.
func (e ephemeral) one(ctx, limited context.Context, doing string, db querier, query string, args ...any) ([]byte, bool, error) {
	var value []byte
	err := db.QueryRowContext(limited, query, args...).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, e.wrap(ctx, doing, err)
	}
	return value, true, nil
}

// notNull is value as the driver takes it: it writes nil as NULL.
func notNull(value []byte) []byte {
	if value == nil {
		return []byte{}
	}
	return value
}
