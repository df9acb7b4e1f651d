package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entente/store"
)

// markKey is the key of the value that a store carries while it is filled.
const markKey = "archive/unfinished"

// forever is the expiry of the mark.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Unfinished tells whether the store is being filled, or was left so when a
// Read or Copy was interrupted. Such a store must not be used: repeat what was
// interrupted, or start with an empty one.
func Unfinished(ctx context.Context, s store.Store, now time.Time) (bool, error) {
	_, found, err := s.Ephemeral().Value(ctx, markKey, now)
	return found, err
}

// filler appends commits, log by log, to a store that carries the mark.
type filler struct {
	to    store.Store
	logs  []Log
	kept  int
	at    map[string]place
	batch []store.Commit
	size  int
	gone  []store.VersionRef // erased versions of commits that were there
	blobs bool               // whether there may be some from an interrupted restore
	last  store.Hash         // the blob that was added last
	clock func() time.Time
}

// place is where a log of the store to be filled ended at the start.
type place struct {
	number uint64
	hash   store.Hash
}

// fill marks the store, unless it holds something that is not the beginning
// of logs.
func fill(ctx context.Context, to store.Store, logs []Log, now time.Time) (*filler, error) {
	marked, err := Unfinished(ctx, to, now)
	if err != nil {
		return nil, err
	}
	there, err := to.Logs(ctx)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 && !marked {
		return nil, fmt.Errorf("%w: it has %d logs", ErrNotEmpty, len(there))
	}
	if !marked {
		for _, err := range to.Blobs().All(ctx, store.Hash{}) {
			if err == nil {
				err = fmt.Errorf("%w: it has contents of files", ErrNotEmpty)
			}
			return nil, err
		}
	}
	f := &filler{to: to, logs: logs, at: map[string]place{}, blobs: marked, clock: func() time.Time { return now }}
	limits := map[string]uint64{}
	for _, l := range logs {
		limits[l.Log] = l.Number
	}
	for _, name := range there {
		number, hash, err := to.Head(ctx, name)
		if err != nil {
			return nil, err
		}
		if number > limits[name] {
			return nil, fmt.Errorf("%w: it has %d commits in log %q, %d are to be restored", ErrDiffers, number, name, limits[name])
		}
		f.at[name] = place{number, hash}
	}
	if !marked {
		err = to.Ephemeral().Set(ctx, markKey, []byte(now.UTC().Format(time.RFC3339)), forever)
	}
	return f, err
}

// add takes the next commit.
func (f *filler) add(ctx context.Context, c *store.Commit) error {
	if there := f.at[c.Log]; c.Number <= there.number {
		return f.keep(ctx, c, there)
	}
	if len(f.batch) > 0 && (f.batch[0].Log != c.Log || len(f.batch) == store.MaxBatch || f.size+c.Size() > store.MaxBatchBytes) {
		if err := f.flush(ctx); err != nil {
			return err
		}
	}
	f.batch = append(f.batch, *c)
	f.size += c.Size()
	return nil
}

// keep passes over a commit that an interrupted restore left. That the last
// one of them has the same hash shows that all of them are the same, but for
// versions that were erased at the source since: they are erased here too.
func (f *filler) keep(ctx context.Context, c *store.Commit, there place) error {
	f.kept++
	for i := range c.Versions {
		if v := &c.Versions[i]; v.Erased() {
			f.gone = append(f.gone, store.VersionRef{Commit: c.Number, Kind: v.Kind, ID: v.ID, Number: v.Number})
		}
	}
	if c.Number < there.number {
		return nil
	}
	if c.Hash != there.hash {
		return fmt.Errorf("%w: commit %d of log %q is another one", ErrDiffers, c.Number, c.Log)
	}
	gone := f.gone
	f.gone = nil
	if len(gone) == 0 {
		return nil
	}
	return f.to.Erase(ctx, c.Log, gone)
}

// flush appends the batch.
func (f *filler) flush(ctx context.Context) error {
	if len(f.batch) == 0 {
		return nil
	}
	_, err := f.to.Restore(ctx, f.batch[0].Log, f.batch)
	if errors.Is(err, store.ErrTaken) || errors.Is(err, store.ErrInvalid) {
		// Every commit was verified before: what does not fit is what is there.
		return fmt.Errorf("%w: somebody else is writing to it: %w", ErrDiffers, err)
	}
	f.batch, f.size = f.batch[:0], 0
	return err
}

// finish reads everything back and takes the mark away.
func (f *filler) finish(ctx context.Context, s Summary) error {
	if err := f.flush(ctx); err != nil {
		return err
	}
	if err := f.finishBlobs(ctx, s); err != nil {
		return err
	}
	for _, l := range f.logs {
		number, _, err := f.to.Head(ctx, l.Log)
		if err != nil {
			return err
		}
		if number != l.Number {
			return fmt.Errorf("%w: log %q has %d commits, not %d", ErrDiffers, l.Log, number, l.Number)
		}
		back := Log{Log: l.Log, Number: l.Number, Hash: l.Hash}
		if err := back.each(ctx, f.to, func(*store.Commit) error { return nil }); err != nil {
			return fmt.Errorf("archive: read back: %w", err)
		}
		if back.Erased != l.Erased {
			return fmt.Errorf("%w: log %q has %d erased versions, not %d", ErrDiffers, l.Log, back.Erased, l.Erased)
		}
	}
	return f.to.Ephemeral().Delete(ctx, markKey)
}
