package mongo

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"entente/store"
)

// singly is how many commits are read by their exact _id before a cursor is
// opened for the rest: who follows a log is rarely further behind.
const singly = 16

// errNoCursor says that the server gave the cursor up, which it does when
// nothing was read for some minutes.
var errNoCursor = errors.New("mongo: the cursor is gone")

// Read reads the first commits by their exact _id, then what there is with a
// cursor, which is closed when the caller stops, and then again one by one
// what was written meanwhile. A cursor costs some servers a walk through the
// whole collection: with one after the other a reader would never catch up
// with a busy writer.
func (s *Store) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	return func(yield func(store.Commit, error) bool) {
		stopped, err := s.read(ctx, log, after, func(c store.Commit) bool { return yield(c, nil) })
		if err != nil && !stopped {
			yield(store.Commit{}, err)
		}
	}
}

// read calls yield for each commit, and tells whether yield stopped it.
func (s *Store) read(ctx context.Context, log string, after uint64, yield func(store.Commit) bool) (stopped bool, err error) {
	scanned := false
	for n := 0; ; n++ {
		if n == singly && !scanned {
			after, stopped, err = s.scan(ctx, log, after, yield)
			scanned = err == nil
			if stopped || err != nil && !errors.Is(err, errNoCursor) {
				return stopped, err
			}
			n = 0
		}
		c, found, err := s.At(ctx, log, after+1)
		if err != nil || !found {
			return false, err
		}
		if !yield(c) {
			return true, nil
		}
		after = c.Number
	}
}

// scan reads on with a cursor, and returns the last number that it yielded.
func (s *Store) scan(ctx context.Context, log string, after uint64, yield func(store.Commit) bool) (last uint64, stopped bool, err error) {
	limited, cancel := limit(ctx)
	defer cancel()
	filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: commitID(log, after)}, {Key: "$lte", Value: commitID(log, math.MaxInt64)}}}}
	cursor, err := s.commits.Find(limited, filter, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetBatchSize(1000))
	if err != nil {
		return after, false, s.wrap(ctx, "read", err)
	}
	defer s.close(ctx, cursor)
	for {
		more, err := s.next(ctx, cursor)
		if err != nil || !more {
			return after, false, err
		}
		var d commitDocument
		if err := cursor.Decode(&d); err != nil {
			return after, false, s.wrap(ctx, "read", err)
		}
		c, err := d.decode()
		if c.Number != after+1 && err == nil {
			err = fmt.Errorf("%w: commit %d of log %q", store.ErrGap, after+1, log)
		}
		if err != nil {
			return after, false, fmt.Errorf("mongo: %s: %w", s.place, err)
		}
		s.saw(&c)
		after = c.Number
		if !yield(c) {
			return after, true, nil
		}
	}
}

// next moves the cursor on. Only what asks the server has a time limit, for
// the caller may take its time between two commits.
func (s *Store) next(ctx context.Context, cursor *driver.Cursor) (bool, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	if cursor.Next(limited) {
		return true, nil
	}
	err := cursor.Err()
	var server driver.ServerError
	if errors.As(err, &server) && server.HasErrorCode(codeCursorNotFound) {
		return false, errNoCursor
	}
	return false, s.wrap(ctx, "read", err)
}

// close gives the server's cursor back, also when the context has ended.
func (s *Store) close(ctx context.Context, cursor *driver.Cursor) {
	limited, cancel := limit(context.WithoutCancel(ctx))
	defer cancel()
	// What fails here, the server ends by itself after some minutes, and all
	// that was asked for has been read.
	_ = cursor.Close(limited)
}

// At reads one commit by its exact _id.
func (s *Store) At(ctx context.Context, log string, number uint64) (store.Commit, bool, error) {
	if number == 0 || number > math.MaxInt64 {
		return store.Commit{}, false, ctx.Err()
	}
	var d commitDocument
	found, err := s.find(ctx, s.commits, commitID(log, number), &d)
	if err != nil || !found {
		return store.Commit{}, false, err
	}
	c, err := d.decode()
	if err != nil {
		return store.Commit{}, false, fmt.Errorf("mongo: %s: %w", s.place, err)
	}
	s.saw(&c)
	return c, true, nil
}

// Head looks for the last commit from the last one seen on: with doubling
// steps, then by halves. It needs exact _ids only, mostly one.
func (s *Store) Head(ctx context.Context, log string) (uint64, store.Hash, error) {
	there := s.head(log)
	missing, step := uint64(0), uint64(1)
	for missing == 0 || missing-there.number > 1 {
		probe := there.number + step
		if missing != 0 {
			probe = there.number + (missing-there.number)/2
		}
		c, found, err := s.At(ctx, log, probe)
		switch {
		case err != nil:
			return 0, store.Hash{}, err
		case found:
			there, step = head{c.Number, c.Hash}, step*2
		default:
			missing = probe
		}
	}
	return there.number, there.hash, nil
}

// Logs names the logs that were begun and have a commit.
func (s *Store) Logs(ctx context.Context) ([]string, error) {
	var begun []struct {
		Log string `bson:"_id"`
	}
	if err := s.all(ctx, s.logs, bson.D{}, &begun); err != nil {
		return nil, err
	}
	var logs []string
	for _, b := range begun {
		_, found, err := s.At(ctx, b.Log, 1)
		if err != nil {
			return nil, err
		}
		if found {
			logs = append(logs, b.Log)
		}
	}
	slices.Sort(logs)
	return logs, nil
}
