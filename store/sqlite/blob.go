package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"iter"
	"time"

	"entente/store"
)

// blobs is the contents of files.
type blobs struct{ *Store }

// Blobs is the contents of files.
func (s *Store) Blobs() store.Blobs { return blobs{s} }

// pageOfBlobs is how many blobs All reads at once.
const pageOfBlobs = 64

// Put writes the content in short transactions, one a chunk, so that commits
// go on meanwhile, and makes it visible in a last one.
func (b blobs) Put(ctx context.Context, content io.Reader, limit int64, clock func() time.Time) (store.Blob, error) {
	key, err := b.begin(ctx, clock())
	if err != nil {
		return store.Blob{}, err
	}
	blob, err := store.SplitBlob(content, limit, func(place int, chunk []byte) error {
		return b.saveChunk(ctx, key, place, chunk)
	})
	if err == nil {
		blob, err = b.complete(ctx, key, blob, clock())
	}
	if err != nil {
		// Also when the context has ended; what stays because of another error,
		// a sweep removes.
		return store.Blob{}, errors.Join(err, b.drop(context.WithoutCancel(ctx), key))
	}
	return blob, nil
}

func (b blobs) begin(ctx context.Context, now time.Time) (key int64, err error) {
	err = b.write(ctx, "put blob", func(limited context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(limited, "INSERT INTO blobs (sum, size, stored, complete) VALUES (x'', 0, ?, 0)", now.UnixMilli())
		if err == nil {
			key, err = result.LastInsertId()
		}
		return b.wrap(ctx, "put blob", err)
	})
	return key, err
}

func (b blobs) saveChunk(ctx context.Context, key int64, place int, data []byte) error {
	return b.write(ctx, "put blob", func(limited context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(limited, `INSERT INTO blob_chunks (blob, place, pad, data)
			SELECT ?, ?, zeroblob(page_size), ? FROM pragma_page_size`, key, place, data)
		return b.wrap(ctx, "put blob", err)
	})
}

// complete makes the blob visible, in place of one with the same content.
func (b blobs) complete(ctx context.Context, key int64, blob store.Blob, now time.Time) (store.Blob, error) {
	err := b.write(ctx, "put blob", func(limited context.Context, tx *sql.Tx) error {
		var before int64
		err := tx.QueryRowContext(limited, "DELETE FROM blobs WHERE sum = ? AND complete RETURNING stored", blob.Sum[:]).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return b.wrap(ctx, "put blob", err)
		}
		blob.Stored = store.NextStored(time.UnixMilli(before).UTC(), now)
		result, err := tx.ExecContext(limited, "UPDATE blobs SET sum = ?, size = ?, stored = ?, complete = 1 WHERE key = ?",
			blob.Sum[:], blob.Size, blob.Stored.UnixMilli(), key)
		if err != nil {
			return b.wrap(ctx, "put blob", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(errors.New("sqlite: the blob was swept while it was put"), err)
		}
		return nil
	})
	return blob, err
}

func (b blobs) drop(ctx context.Context, key int64) error {
	return b.write(ctx, "drop blob", func(limited context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(limited, "DELETE FROM blobs WHERE key = ?", key)
		return b.wrap(ctx, "drop blob", err)
	})
}

// Find looks the sum up.
func (b blobs) Find(ctx context.Context, sum store.Hash) (store.Blob, bool, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	blob, stored := store.Blob{Sum: sum}, int64(0)
	err := b.reader.QueryRowContext(limited, "SELECT size, stored FROM blobs WHERE sum = ? AND complete", sum[:]).Scan(&blob.Size, &stored)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Blob{}, false, nil
	}
	blob.Stored = time.UnixMilli(stored).UTC()
	return blob, err == nil, b.wrap(ctx, "find blob", err)
}

// Open reads each chunk of what is kept under the sum at that moment: nothing
// stays open between two of them.
func (b blobs) Open(ctx context.Context, sum store.Hash) (store.Blob, io.ReadCloser, bool, error) {
	blob, found, err := b.Find(ctx, sum)
	if err != nil || !found {
		return store.Blob{}, nil, false, err
	}
	return blob, store.JoinContent(blob.Size, sum[:], func(place int) ([]byte, error) { return b.chunk(ctx, sum, place) }), true, nil
}

func (b blobs) chunk(ctx context.Context, sum store.Hash, place int) (data []byte, err error) {
	limited, cancel := limit(ctx)
	defer cancel()
	err = b.reader.QueryRowContext(limited, `SELECT data FROM blob_chunks
		WHERE blob = (SELECT key FROM blobs WHERE sum = ? AND complete) AND place = ?`, sum[:], place).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		err = errors.New("the blob is gone")
	}
	return data, b.wrap(ctx, "read blob", err)
}

// Delete frees the pages, which secure_delete overwrites, and then empties the
// write-ahead log, which may hold copies of them.
func (b blobs) Delete(ctx context.Context, blob store.Blob) (bool, error) {
	var n int64
	err := b.write(ctx, "delete blob", func(limited context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(limited, "DELETE FROM blobs WHERE sum = ? AND complete AND stored = ?", blob.Sum[:], blob.Stored.UnixMilli())
		if err == nil {
			n, err = result.RowsAffected()
		}
		return b.wrap(ctx, "delete blob", err)
	})
	if err != nil {
		return false, err
	}
	return n > 0, b.emptyWAL(ctx)
}

// All reads some at a time, so that nothing stays open while the caller works.
func (b blobs) All(ctx context.Context, after store.Hash) iter.Seq2[store.Blob, error] {
	return func(yield func(store.Blob, error) bool) {
		for {
			page, err := b.page(ctx, after)
			if err != nil {
				yield(store.Blob{}, err)
				return
			}
			for _, blob := range page {
				if !yield(blob, nil) {
					return
				}
				after = blob.Sum
			}
			if len(page) < pageOfBlobs {
				return
			}
		}
	}
}

func (b blobs) page(ctx context.Context, after store.Hash) ([]store.Blob, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	rows, err := b.reader.QueryContext(limited, `SELECT sum, size, stored FROM blobs
		WHERE complete AND sum > ? ORDER BY sum LIMIT ?`, after[:], pageOfBlobs)
	if err != nil {
		return nil, b.wrap(ctx, "list blobs", err)
	}
	defer rows.Close()
	var page []store.Blob
	for rows.Next() {
		var sum []byte
		var blob store.Blob
		var stored int64
		if err := rows.Scan(&sum, &blob.Size, &stored); err != nil {
			return nil, b.wrap(ctx, "list blobs", err)
		}
		copy(blob.Sum[:], sum)
		blob.Stored = time.UnixMilli(stored).UTC()
		page = append(page, blob)
	}
	return page, b.wrap(ctx, "list blobs", rows.Err())
}

// Sweep removes what was begun and never completed.
func (b blobs) Sweep(ctx context.Context, before time.Time) (int, error) {
	var n int64
	err := b.write(ctx, "sweep blobs", func(limited context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(limited, "DELETE FROM blobs WHERE NOT complete AND stored < ?", before.UnixMilli())
		if err == nil {
			n, err = result.RowsAffected()
		}
		return b.wrap(ctx, "sweep blobs", err)
	})
	return int(n), err
}
