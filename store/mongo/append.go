package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"entente/store"
)

// Append is one ordered insertion: of a batch a prefix may be stored, when
// somebody else takes a number in its middle.
func (s *Store) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := store.CheckBatch(log, commits); err != nil {
		return 0, err
	}
	return s.append(ctx, log, commits)
}

// Restore is one ordered insertion, as Append is.
func (s *Store) Restore(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := store.CheckRestored(log, commits); err != nil {
		return 0, err
	}
	return s.append(ctx, log, commits)
}

func (s *Store) append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if len(commits) == 0 {
		return 0, ctx.Err()
	}
	if err := s.checkPlace(ctx, &commits[0]); err != nil {
		return 0, err
	}
	n, err := s.insertAll(ctx, commits)
	if n > 0 {
		s.saw(&commits[n-1])
	}
	if err == nil || !errors.Is(err, store.ErrTaken) {
		return n, err
	}
	return n, errors.Join(err, s.await(ctx, log, commits[n].Number))
}

// checkPlace refuses a commit that does not follow a stored one. Mostly the
// process has just read or written its predecessor and asks nobody.
func (s *Store) checkPlace(ctx context.Context, first *store.Commit) error {
	if first.Number == 1 {
		// Before the log's first commit, so that no commit is in an unknown log.
		_, err := s.insert(ctx, s.logs, bson.D{{Key: "_id", Value: first.Log}})
		return err
	}
	before := head{first.Number - 1, first.Previous}
	if s.head(first.Log) == before {
		return nil
	}
	c, found, err := s.At(ctx, first.Log, before.number)
	switch {
	case err != nil:
		return err
	case !found:
		return fmt.Errorf("%w: commit %d of log %q before %d", store.ErrGap, before.number, first.Log, first.Number)
	case c.Hash != before.hash:
		return fmt.Errorf("%w: commit %d of log %q is not sealed after what is stored", store.ErrInvalid, first.Number, first.Log)
	}
	return nil
}

func (s *Store) insertAll(ctx context.Context, commits []store.Commit) (int, error) {
	documents := make([]any, len(commits))
	for i := range commits {
		documents[i] = encode(&commits[i])
	}
	limited, cancel := limit(ctx)
	defer cancel()
	_, err := s.commits.InsertMany(limited, documents, options.InsertMany().SetOrdered(true))
	if err == nil {
		return len(commits), nil
	}
	var failed driver.BulkWriteException
	// Without the majority's word it is unknown whether what the primary has
	// will stay: nothing is called durable then.
	if errors.As(err, &failed) && failed.WriteConcernError == nil && len(failed.WriteErrors) == 1 && ctx.Err() == nil {
		first := failed.WriteErrors[0]
		if driver.IsDuplicateKeyError(first.WriteError) && first.Index < len(commits) {
			c := &commits[first.Index]
			return first.Index, fmt.Errorf("%w: commit %d of log %q", store.ErrTaken, c.Number, c.Log)
		}
	}
	return 0, s.wrap(ctx, "append", err)
}

// await waits until a number that is taken can be read: the primary has it
// already, the majority only some moments later.
func (s *Store) await(ctx context.Context, log string, number uint64) error {
	limited, cancel := limit(ctx)
	defer cancel()
	pause := time.NewTicker(5 * time.Millisecond)
	defer pause.Stop()
	for {
		if _, found, err := s.At(ctx, log, number); err != nil || found {
			return err
		}
		select {
		case <-limited.Done():
			return s.wrap(ctx, "read what was stored first", limited.Err())
		case <-pause.C:
		}
	}
}

// saw remembers the last commit of a log.
func (s *Store) saw(c *store.Commit) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if c.Number > s.heads[c.Log].number {
		s.heads[c.Log] = head{c.Number, c.Hash}
	}
}

func (s *Store) head(log string) head {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.heads[log]
}
