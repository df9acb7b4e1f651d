package sqlite

import (
	"context"
	"strings"
)

// Examination is what a look at an open file found.
type Examination struct {
	Journal     string // the journal mode: "wal"
	Synchronous bool   // every commit is on the disk when it is acknowledged
	Damage      string // what SQLite's quick check found; empty when nothing
}

// Examine looks whether the file is whole and how writes are made durable. It
// reads the whole file, so it takes as long as that does; ctx bounds it.
func (s *Store) Examine(ctx context.Context) (Examination, error) {
	var e Examination
	if err := s.writer.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&e.Journal); err != nil {
		return e, s.wrap(ctx, "examine", err)
	}
	var level int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&level); err != nil {
		return e, s.wrap(ctx, "examine", err)
	}
	const full = 2
	e.Synchronous = level >= full
	rows, err := s.reader.QueryContext(ctx, "PRAGMA quick_check(5)")
	if err != nil {
		return e, s.wrap(ctx, "examine", err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return e, s.wrap(ctx, "examine", err)
		}
		if line != "ok" {
			found = append(found, strings.Join(strings.Fields(line), " "))
		}
	}
	e.Damage = strings.Join(found, "; ")
	return e, s.wrap(ctx, "examine", rows.Err())
}
