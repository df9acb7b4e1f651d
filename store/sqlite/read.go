package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"entente/store"
)

// pageBytes is about how much of a log is read ahead of the caller.
const pageBytes = 4 << 20

const (
	columns = `SELECT
		c.number, c.envelope, c.id, c.command, c.actor, c.reason, c.time, c.fence, c.previous, c.hash,
		v.kind, v.id, v.number, v.schema, v.erased, v.digest, v.salt, v.body
		FROM commits c LEFT JOIN versions v ON v.entry = c.key `
	selectAfter = columns + `WHERE c.log = ? AND c.number > ? ORDER BY c.number, v.place`
	selectOne   = columns + `WHERE c.log = ? AND c.number = ? ORDER BY v.place`

	// selectLogs skips from one name to the next in the index.
	selectLogs = `WITH RECURSIVE names(log) AS (
		SELECT min(log) FROM commits
		UNION ALL
		SELECT (SELECT min(log) FROM commits WHERE log > names.log) FROM names WHERE names.log IS NOT NULL)
		SELECT log FROM names WHERE log IS NOT NULL`
)

// Read reads page by page, and is between statements while its caller works:
// neither a slow caller nor one that stops early keeps anything open.
func (s *Store) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	return func(yield func(store.Commit, error) bool) {
		// No number is above this one.
		for after < math.MaxInt64 {
			page, err := s.page(ctx, log, after)
			for _, c := range page {
				if c.Number != after+1 {
					err = fmt.Errorf("%w: %s: commit %d of log %q", store.ErrGap, s.path, after+1, log)
					break
				}
				if !yield(c, nil) {
					return
				}
				after = c.Number
			}
			if err != nil {
				yield(store.Commit{}, err)
				return
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// page reads the next commits, up to pageBytes or the end of the log. With an
// error come the commits before it; the last one that was begun is left out,
// for versions of it may be missing.
func (s *Store) page(ctx context.Context, log string, after uint64) ([]store.Commit, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	rows, err := s.reader.QueryContext(limited, selectAfter, log, after)
	if err != nil {
		return nil, s.wrap(ctx, "read", err)
	}
	defer rows.Close()
	var page []store.Commit
	size := 0
	scan := newScanner(log)
	for rows.Next() {
		if err := scan.row(rows); err != nil {
			return page[:max(len(page)-1, 0)], s.wrap(ctx, "read", err)
		}
		if n := len(page); n > 0 && page[n-1].Number == scan.commit.Number {
			last := &page[n-1]
			last.Versions = append(last.Versions, scan.version)
			size += scan.version.Size()
			continue
		}
		// Only here, between two commits, the page may end.
		if size > pageBytes {
			return page, nil
		}
		if scan.envelope != store.Envelope {
			return page, fmt.Errorf("%w: %s: commit %d of log %q has envelope %d",
				store.ErrNewer, s.path, scan.commit.Number, log, scan.envelope)
		}
		c := scan.commit
		if scan.kind.Valid {
			c.Versions = []store.Version{scan.version}
		}
		page = append(page, c)
		size += c.Size()
	}
	if err := rows.Err(); err != nil {
		return page[:max(len(page)-1, 0)], s.wrap(ctx, "read", err)
	}
	return page, nil
}

// scanner holds the places that a row is read into.
type scanner struct {
	commit                store.Commit
	version               store.Version
	envelope, millis      int64
	previous, hash        sql.RawBytes
	kind, id              sql.NullString
	number, schema        sql.NullInt64
	erased                sql.NullBool
	digest                sql.RawBytes
	targets               []any
	command, actor, fence sql.RawBytes
	texts                 map[string]string
}

func newScanner(log string) *scanner {
	s := &scanner{texts: map[string]string{}}
	c, v := &s.commit, &s.version
	c.Log = log
	s.targets = []any{
		&c.Number, &s.envelope, &c.ID, &s.command, &s.actor, &c.Reason, &s.millis, &s.fence, &s.previous, &s.hash,
		&s.kind, &s.id, &s.number, &s.schema, &s.erased, &s.digest, &v.Salt, &v.Body,
	}
	return s
}

// row reads the row under the cursor into commit, version and envelope. A
// commit without versions has one row, in which kind is null.
func (s *scanner) row(rows *sql.Rows) error {
	s.version = store.Version{}
	if err := rows.Scan(s.targets...); err != nil {
		return err
	}
	c, v := &s.commit, &s.version
	c.Command, c.Actor, c.Fence = s.text(s.command), s.text(s.actor), s.text(s.fence)
	c.Time = time.UnixMilli(s.millis).UTC()
	if copy(c.Previous[:], s.previous) != len(c.Previous) || copy(c.Hash[:], s.hash) != len(c.Hash) {
		return fmt.Errorf("%w: commit %d has a short hash", store.ErrBroken, c.Number)
	}
	if !s.kind.Valid {
		return nil
	}
	v.Kind, v.ID = s.text([]byte(s.kind.String)), s.id.String
	v.Number, v.Schema = uint64(s.number.Int64), int(s.schema.Int64)
	if copy(v.Digest[:], s.digest) != len(v.Digest) {
		return fmt.Errorf("%w: commit %d has a short digest", store.ErrBroken, c.Number)
	}
	if s.erased.Bool {
		v.Salt, v.Body = nil, nil
	}
	return nil
}

// text returns one string for all equal bytes: commands, actors and kinds are
// few, commits many.
func (s *scanner) text(b []byte) string {
	if t, ok := s.texts[string(b)]; ok {
		return t
	}
	t := string(b)
	if len(s.texts) < 4096 {
		s.texts[t] = t
	}
	return t
}

// At reads one commit.
func (s *Store) At(ctx context.Context, log string, number uint64) (store.Commit, bool, error) {
	if number == 0 || number >= 1<<63 {
		return store.Commit{}, false, ctx.Err()
	}
	limited, cancel := limit(ctx)
	defer cancel()
	rows, err := s.reader.QueryContext(limited, selectOne, log, number)
	if err != nil {
		return store.Commit{}, false, s.wrap(ctx, "read", err)
	}
	defer rows.Close()
	var c store.Commit
	scan := newScanner(log)
	for rows.Next() {
		if err := scan.row(rows); err != nil {
			return store.Commit{}, false, s.wrap(ctx, "read", err)
		}
		if c.Number == 0 {
			c = scan.commit
		}
		if scan.kind.Valid {
			c.Versions = append(c.Versions, scan.version)
		}
	}
	if err := rows.Err(); err != nil {
		return store.Commit{}, false, s.wrap(ctx, "read", err)
	}
	if c.Number != 0 && scan.envelope != store.Envelope {
		return store.Commit{}, false, fmt.Errorf("%w: %s: commit %d of log %q has envelope %d",
			store.ErrNewer, s.path, number, log, scan.envelope)
	}
	return c, c.Number != 0, nil
}

// Head reads number and hash of the last commit.
func (s *Store) Head(ctx context.Context, log string) (uint64, store.Hash, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	var number uint64
	var hash []byte
	err := s.reader.QueryRowContext(limited,
		"SELECT number, hash FROM commits WHERE log = ? ORDER BY number DESC LIMIT 1", log).Scan(&number, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, store.Hash{}, nil
	}
	if err != nil {
		return 0, store.Hash{}, s.wrap(ctx, "head", err)
	}
	if len(hash) != len(store.Hash{}) {
		return 0, store.Hash{}, fmt.Errorf("%w: commit %d of log %q has a short hash", store.ErrBroken, number, log)
	}
	return number, store.Hash(hash), nil
}

// Logs names the logs.
func (s *Store) Logs(ctx context.Context) ([]string, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	rows, err := s.reader.QueryContext(limited, selectLogs)
	if err != nil {
		return nil, s.wrap(ctx, "logs", err)
	}
	defer rows.Close()
	var logs []string
	for rows.Next() {
		var log string
		if err := rows.Scan(&log); err != nil {
			return nil, s.wrap(ctx, "logs", err)
		}
		logs = append(logs, log)
	}
	return logs, s.wrap(ctx, "logs", rows.Err())
}
