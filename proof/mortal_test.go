package proof_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync"
	"time"

	"entente/store"
)

// errKilled is what a process that is no more learns of its store.
var errKilled = errors.New("the process was killed here")

// mortal is a store of a process that is killed at one of its writes: before it
// reached the database, or when it was durable and nobody had been told. After
// that nothing of the process reaches the database any more.
type mortal struct {
	store.Store
	at    int    // the write at which the process is killed, from 1; 0 for none
	after bool   // it was durable
	kill  func() // ends the process itself; nil where it is enough that nobody hears of it again

	mu     sync.Mutex
	writes int
	dead   bool
}

// write does one write, unless the process is dead or dies of it.
func (m *mortal) write(do func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errKilled
	}
	m.writes++
	if m.writes == m.at && !m.after {
		return m.die()
	}
	err := do()
	if m.writes == m.at {
		return m.die()
	}
	return err
}

func (m *mortal) die() error {
	if m.kill != nil {
		m.kill()
	}
	m.dead = true
	return errKilled
}

// alive is nil until the process is killed.
func (m *mortal) alive() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errKilled
	}
	return nil
}

// Append implements store.Store. Commands that wait together share an insert,
// of which an engine may have stored a part: every commit is a write of its own,
// so that their number does not depend on who waited with whom.
func (m *mortal) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	for n := range commits {
		if err := m.write(func() error {
			_, err := m.Store.Append(ctx, log, commits[n:n+1])
			return err
		}); err != nil {
			return n, err
		}
	}
	return len(commits), nil
}

// Erase implements store.Store.
func (m *mortal) Erase(ctx context.Context, log string, versions []store.VersionRef) error {
	return m.write(func() error { return m.Store.Erase(ctx, log, versions) })
}

// SaveCheckpoint implements store.Store. A checkpoint is disposable, and no step
// of any work.
func (m *mortal) SaveCheckpoint(ctx context.Context, log string, at store.Checkpoint, content io.Reader) error {
	return errors.Join(m.alive(), errors.New("no checkpoints here"))
}

// Read implements store.Store.
func (m *mortal) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	if err := m.alive(); err != nil {
		return func(yield func(store.Commit, error) bool) { yield(store.Commit{}, err) }
	}
	return m.Store.Read(ctx, log, after)
}

// At implements store.Store.
func (m *mortal) At(ctx context.Context, log string, number uint64) (store.Commit, bool, error) {
	if err := m.alive(); err != nil {
		return store.Commit{}, false, err
	}
	return m.Store.At(ctx, log, number)
}

// Ephemeral implements store.Store.
func (m *mortal) Ephemeral() store.Ephemeral { return mortalValues{m.Store.Ephemeral(), m} }

// Blobs implements store.Store.
func (m *mortal) Blobs() store.Blobs { return mortalBlobs{m.Store.Blobs(), m} }

// mortalValues are the short-lived values of a process that is killed.
type mortalValues struct {
	store.Ephemeral
	m *mortal
}

// Set implements store.Ephemeral.
func (v mortalValues) Set(ctx context.Context, key string, value []byte, expiry time.Time) error {
	return v.m.write(func() error { return v.Ephemeral.Set(ctx, key, value, expiry) })
}

// Delete implements store.Ephemeral.
func (v mortalValues) Delete(ctx context.Context, key string) error {
	return v.m.write(func() error { return v.Ephemeral.Delete(ctx, key) })
}

// Consume implements store.Ephemeral.
func (v mortalValues) Consume(ctx context.Context, key string, now time.Time) (value []byte, ok bool, err error) {
	err = v.m.write(func() (err error) {
		value, ok, err = v.Ephemeral.Consume(ctx, key, now)
		return err
	})
	return value, ok && err == nil, err
}

// Claim implements store.Ephemeral.
func (v mortalValues) Claim(ctx context.Context, key string, value []byte, expiry, now time.Time) (won bool, err error) {
	err = v.m.write(func() (err error) {
		won, err = v.Ephemeral.Claim(ctx, key, value, expiry, now)
		return err
	})
	return won && err == nil, err
}

// Release implements store.Ephemeral.
func (v mortalValues) Release(ctx context.Context, key string, value []byte, now time.Time) error {
	return v.m.write(func() error { return v.Ephemeral.Release(ctx, key, value, now) })
}

// mortalBlobs are the contents of files of a process that is killed.
type mortalBlobs struct {
	store.Blobs
	m *mortal
}

// Put implements store.Blobs.
func (b mortalBlobs) Put(ctx context.Context, content io.Reader, limit int64, now func() time.Time) (put store.Blob, err error) {
	err = b.m.write(func() (err error) {
		put, err = b.Blobs.Put(ctx, content, limit, now)
		return err
	})
	return put, err
}

// Delete implements store.Blobs.
func (b mortalBlobs) Delete(ctx context.Context, gone store.Blob) (deleted bool, err error) {
	err = b.m.write(func() (err error) {
		deleted, err = b.Blobs.Delete(ctx, gone)
		return err
	})
	return deleted, err
}
