// Package archive writes the logs of a store, and the blobs that they refer to,
// into one stream, reads them back into an empty store, and copies them from
// one store into another. What arrives is what left: hashes, salts and digests
// byte for byte, erased bodies erased. Ephemeral values and checkpoints are not part of it: the first are
// short-lived, the second are made again.
//
// A store that is being filled carries a mark until all has arrived and was
// read back. Unfinished tells of it, and whoever opens a store for use must
// ask. The store must not be in use while it is filled.
package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"entente/store"
)

// The errors that a caller tells apart with errors.Is, beside store.ErrNewer
// for an archive of a newer program and store.ErrBroken for a store whose
// chain does not verify.
var (
	// ErrForeign says that a stream is not an archive of this program.
	ErrForeign = errors.New("archive: not an archive of Entente")

	// ErrDamaged says that an archive ends early, or that its bytes are not
	// what was written.
	ErrDamaged = errors.New("archive: the archive is damaged")

	// ErrNothing says that the store to be read has no commit, which is more
	// often a wrong name than a wish.
	ErrNothing = errors.New("archive: the store holds nothing")

	// ErrNotEmpty says that the store to be filled is in use already: it has
	// commits, and no mark of an unfinished restore.
	ErrNotEmpty = errors.New("archive: the store is not empty")

	// ErrDiffers says that the store to be filled was begun with other content,
	// or was written to by somebody else meanwhile.
	ErrDiffers = errors.New("archive: the store holds other content")
)

// Log says what of one log an archive holds: the commits from 1 to Number.
type Log struct {
	Log     string     `json:"log"`
	Number  uint64     `json:"number"` // the last commit
	Hash    store.Hash `json:"hash"`   // that commit's hash
	Commits int        `json:"-"`      // how many were read
	Erased  int        `json:"-"`      // how many versions of them are erased
}

// Summary says what was written, read or copied.
type Summary struct {
	Time  time.Time // when the heads of the logs were seen
	Logs  []Log     // in order of their names
	Kept  int       // commits that an interrupted restore had left in the store
	Blobs int       // how many contents of files
	Bytes int64     // of these
}

// people is the log of people's accounts. See heads.
const people = "accounts"

// heads looks how far each log of the store goes. People come last: a commit
// names as its actor an account that was there before it, so that every actor
// of the other logs' commits is in what is taken of the people's log.
func heads(ctx context.Context, from store.Store) ([]Log, error) {
	names, err := from.Logs(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(names, func(a, b string) int {
		switch {
		case (a == people) == (b == people):
			return strings.Compare(a, b)
		case a == people:
			return 1
		default:
			return -1
		}
	})
	logs := make([]Log, 0, len(names))
	for _, name := range names {
		number, hash, err := from.Head(ctx, name)
		if err != nil {
			return nil, err
		}
		logs = append(logs, Log{Log: name, Number: number, Hash: hash})
	}
	if len(logs) == 0 {
		return nil, ErrNothing
	}
	slices.SortFunc(logs, func(a, b Log) int { return strings.Compare(a.Log, b.Log) })
	return logs, nil
}

// each calls f for the commits of the log up to the one that the log was seen
// to end with, checks the chain on the way, and counts.
func (l *Log) each(ctx context.Context, from store.Store, f func(*store.Commit) error) error {
	previous := store.Hash{}
	for c, err := range from.Read(ctx, l.Log, 0) {
		if err == nil {
			err = l.take(&c, previous)
		}
		if err == nil {
			err = f(&c)
		}
		if err != nil {
			return err
		}
		if previous = c.Hash; c.Number == l.Number {
			return nil
		}
	}
	return fmt.Errorf("%w: log %q ends before commit %d", store.ErrGap, l.Log, l.Number)
}

// take checks that c is the log's next commit, and counts it.
func (l *Log) take(c *store.Commit, previous store.Hash) error {
	if c.Log != l.Log || c.Number != uint64(l.Commits)+1 || c.Number > l.Number {
		return fmt.Errorf("%w: commit %d of log %q came where %d of %q was due", store.ErrGap, c.Number, c.Log, l.Commits+1, l.Log)
	}
	if err := c.Verify(previous); err != nil {
		return err
	}
	if c.Number == l.Number && c.Hash != l.Hash {
		return fmt.Errorf("%w: log %q does not end with the commit that it ended with", store.ErrBroken, l.Log)
	}
	l.Commits++
	for i := range c.Versions {
		if c.Versions[i].Erased() {
			l.Erased++
		}
	}
	return nil
}

// Write writes the commits that the store's logs have when it starts into an
// archive, and then the blobs: a blob is there before the commit that refers to
// it. The store may be written to meanwhile: of each log a prefix is taken,
// whole and verified. An error means that what was written is of no use.
func Write(ctx context.Context, from store.Store, to io.Writer, now time.Time) (Summary, error) {
	logs, err := heads(ctx, from)
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Time: now.UTC().Truncate(time.Millisecond), Logs: logs}
	e := newEncoder(to)
	if err := e.header(s); err != nil {
		return Summary{}, err
	}
	for i := range logs {
		if err := logs[i].each(ctx, from, e.commit); err != nil {
			return Summary{}, err
		}
	}
	for b, err := range from.Blobs().All(ctx, store.Hash{}) {
		if err == nil {
			err = e.blob(ctx, from, b)
		}
		if err != nil {
			return Summary{}, err
		}
	}
	s.Blobs, s.Bytes = e.counts.Blobs, e.counts.Bytes
	return s, e.trailer()
}

// Check reads an archive to its end without using it.
func Check(ctx context.Context, from io.Reader) (Summary, error) {
	d, err := newDecoder(from)
	if err != nil {
		return Summary{}, err
	}
	err = d.each(ctx, func(*store.Commit) error { return nil }, func(store.Blob, io.Reader) error { return nil })
	return d.summary, err
}

// Read fills the store with what an archive holds. It reads the archive twice:
// nothing of one that is damaged, foreign or newer reaches the store. The
// store has to be empty, or to hold the beginning of the same content from an
// interrupted Read or Copy, which is then completed. After an error the store
// stays marked as unfinished if anything was written to it.
func Read(ctx context.Context, from io.ReadSeeker, to store.Store, now time.Time) (Summary, error) {
	if _, err := Check(ctx, from); err != nil {
		return Summary{}, err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return Summary{}, fmt.Errorf("archive: start over: %w", err)
	}
	d, err := newDecoder(from)
	if err != nil {
		return Summary{}, err
	}
	f, err := fill(ctx, to, d.summary.Logs, now)
	if err != nil {
		return Summary{}, err
	}
	err = d.each(ctx, func(c *store.Commit) error { return f.add(ctx, c) },
		func(b store.Blob, content io.Reader) error { return f.addBlob(ctx, b, content) })
	if err != nil {
		return Summary{}, err
	}
	d.summary.Kept = f.kept
	return d.summary, f.finish(ctx, d.summary)
}

// Copy fills one store with what the logs of another hold when it starts, as
// Read does from an archive. Two copies of a store that is written to meanwhile
// may differ in length: an interrupted copy is completed up to the later one.
func Copy(ctx context.Context, from, to store.Store, now time.Time) (Summary, error) {
	logs, err := heads(ctx, from)
	if err != nil {
		return Summary{}, err
	}
	f, err := fill(ctx, to, logs, now)
	if err != nil {
		return Summary{}, err
	}
	for i := range logs {
		if err := logs[i].each(ctx, from, func(c *store.Commit) error { return f.add(ctx, c) }); err != nil {
			return Summary{}, err
		}
	}
	s := Summary{Time: now.UTC().Truncate(time.Millisecond), Logs: logs, Kept: f.kept}
	for b, err := range from.Blobs().All(ctx, store.Hash{}) {
		copied := false
		if err == nil {
			copied, err = f.copyBlob(ctx, from, b)
		}
		if err != nil {
			return Summary{}, err
		}
		if copied {
			s.Blobs, s.Bytes = s.Blobs+1, s.Bytes+b.Size
		}
	}
	return s, f.finish(ctx, s)
}
