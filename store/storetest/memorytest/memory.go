// Package memorytest gives tests a store that is nothing but memory: quick, and
// copied whole in a moment, so that a test can go back to where it was. What it
// promises of logs and claims is what package store promises; whether the
// engines keep that is for their own tests.
package memorytest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"sync"

	"entente/store"
)

// Store is a database in memory.
type Store struct {
	mu      sync.Mutex
	logs    map[string][]store.Commit
	values  map[string]entry
	claims  map[string]entry
	content map[store.Hash]blob
}

var _ store.Store = (*Store)(nil)

// New makes a store without any log.
func New() *Store {
	return &Store{logs: map[string][]store.Commit{}, values: map[string]entry{}, claims: map[string]entry{}, content: map[store.Hash]blob{}}
}

// Clone is another database with the same content.
func (s *Store) Clone() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Store{logs: map[string][]store.Commit{}, values: maps.Clone(s.values), claims: maps.Clone(s.claims), content: maps.Clone(s.content)}
	for log, commits := range s.logs {
		c.logs[log] = slices.Clip(commits) // what is appended to one goes to an array of its own
	}
	return c
}

// Append implements store.Store.
func (s *Store) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := store.CheckBatch(log, commits); err != nil {
		return 0, err
	}
	return s.append(ctx, log, commits)
}

// Restore implements store.Store.
func (s *Store) Restore(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := store.CheckRestored(log, commits); err != nil {
		return 0, err
	}
	return s.append(ctx, log, commits)
}

func (s *Store) append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if len(commits) == 0 || ctx.Err() != nil {
		return 0, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	held := s.logs[log]
	head := uint64(len(held))
	first := commits[0]
	switch {
	case head >= first.Number:
		return 0, fmt.Errorf("%w: commit %d of log %q", store.ErrTaken, first.Number, log)
	case head+1 < first.Number:
		return 0, fmt.Errorf("%w: commit %d of log %q", store.ErrGap, first.Number-1, log)
	case head > 0 && held[head-1].Hash != first.Previous:
		return 0, fmt.Errorf("%w: commit %d of log %q is not sealed after what is stored", store.ErrInvalid, first.Number, log)
	}
	for _, c := range commits {
		held = append(held, owned(c))
	}
	s.logs[log] = held
	return len(commits), nil
}

// owned is a commit whose versions nobody else changes.
func owned(c store.Commit) store.Commit {
	c.Versions = slices.Clone(c.Versions)
	return c
}

// Read implements store.Store.
func (s *Store) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	return func(yield func(store.Commit, error) bool) {
		for next := after + 1; ; next++ {
			c, ok, err := s.At(ctx, log, next)
			if err != nil {
				yield(store.Commit{}, err)
				return
			}
			if !ok || !yield(c, nil) {
				return
			}
		}
	}
}

// At implements store.Store.
func (s *Store) At(ctx context.Context, log string, number uint64) (store.Commit, bool, error) {
	if ctx.Err() != nil {
		return store.Commit{}, false, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if number == 0 || number > uint64(len(s.logs[log])) {
		return store.Commit{}, false, nil
	}
	return owned(s.logs[log][number-1]), true, nil
}

// Head implements store.Store.
func (s *Store) Head(ctx context.Context, log string) (uint64, store.Hash, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.logs[log]); n > 0 {
		return uint64(n), s.logs[log][n-1].Hash, ctx.Err()
	}
	return 0, store.Hash{}, ctx.Err()
}

// Logs implements store.Store.
func (s *Store) Logs(ctx context.Context) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.logs)), ctx.Err()
}

// Erase implements store.Store.
func (s *Store) Erase(ctx context.Context, log string, versions []store.VersionRef) error {
	if err := errors.Join(store.CheckLog(log), ctx.Err()); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	held := slices.Clone(s.logs[log]) // a clone of this store goes on to hold what it held
	var missing error
	for _, ref := range versions {
		if !erase(held, ref) {
			missing = fmt.Errorf("%w: %s %s version %d in commit %d of log %q", store.ErrNotFound, ref.Kind, ref.ID, ref.Number, ref.Commit, log)
		}
	}
	s.logs[log] = held
	return missing
}

func erase(held []store.Commit, ref store.VersionRef) bool {
	if ref.Commit == 0 || ref.Commit > uint64(len(held)) {
		return false
	}
	c := owned(held[ref.Commit-1])
	at := slices.IndexFunc(c.Versions, func(v store.Version) bool {
		return v.Kind == ref.Kind && v.ID == ref.ID && v.Number == ref.Number
	})
	if at < 0 {
		return false
	}
	c.Versions[at].Body, c.Versions[at].Salt = nil, nil
	held[ref.Commit-1] = c
	return true
}

// SaveCheckpoint keeps none: every start reads the log.
func (s *Store) SaveCheckpoint(ctx context.Context, _ string, _ store.Checkpoint, content io.Reader) error {
	_, err := io.Copy(io.Discard, content)
	return errors.Join(err, ctx.Err())
}

// LoadCheckpoint finds none.
func (s *Store) LoadCheckpoint(ctx context.Context, _, _ string) (store.Checkpoint, io.ReadCloser, bool, error) {
	return store.Checkpoint{}, nil, false, ctx.Err()
}

// Ephemeral implements store.Store.
func (s *Store) Ephemeral() store.Ephemeral { return (*ephemeral)(s) }

// Blobs implements store.Store.
func (s *Store) Blobs() store.Blobs { return (*blobs)(s) }

// Ping implements store.Store.
func (s *Store) Ping(ctx context.Context) error { return ctx.Err() }

// Close leaves everything as it is: the store may be opened again.
func (s *Store) Close() error { return nil }
