package mongo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/store"
)

// checkpointDocument is a checkpoint: in the collection of those being saved
// as long as its content is written, then, with size and sum, in that of the
// complete ones.
type checkpointDocument struct {
	Key    string `bson:"_id"` // greater for what was begun later
	Log    string `bson:"log"`
	Format string `bson:"format"`
	Number int64  `bson:"number"`
	Hash   string `bson:"hash"`
	Size   int64  `bson:"size"`
	Sum    []byte `bson:"sum"`
}

type chunkDocument struct {
	ID   string `bson:"_id"`
	Data []byte `bson:"data"`
}

func chunkID(key string, place int) string { return fmt.Sprintf("%s/%08d", key, place) }

// SaveCheckpoint writes the content under a key of its own and makes it
// visible by one insertion.
func (s *Store) SaveCheckpoint(ctx context.Context, log string, c store.Checkpoint, content io.Reader) error {
	if err := store.CheckLog(log); err != nil {
		return err
	}
	if err := s.checkErasure(ctx, log, c.Number); err != nil {
		return err
	}
	last, found, err := s.lastCheckpoint(ctx, log, c.Format)
	if err != nil || found && uint64(last.Number) > c.Number {
		return err
	}
	d := checkpointDocument{
		Key: fmt.Sprintf("%016x-%s", time.Now().UnixNano(), rand.Text()), Log: log, Format: c.Format,
		Number: int64(c.Number), Hash: c.Hash.String(),
	}
	if _, err := s.insert(ctx, s.saving, d); err != nil {
		return err
	}
	err = s.saveChunks(ctx, &d, content)
	if err == nil {
		_, err = s.insert(ctx, s.checkpoints, d)
	}
	if err == nil {
		// An erasure that began meanwhile has not seen this checkpoint.
		err = s.checkErasure(ctx, log, c.Number)
	}
	if err != nil {
		// Also when the context has ended. What stays because of another error
		// goes with the next checkpoint.
		return errors.Join(err, s.drop(context.WithoutCancel(ctx), d.Key))
	}
	if _, err := s.remove(ctx, s.saving, bson.D{{Key: "_id", Value: d.Key}}); err != nil {
		return err
	}
	return s.dropReplaced(ctx, d)
}

// checkErasure returns ErrStale when versions were erased after the number.
func (s *Store) checkErasure(ctx context.Context, log string, number uint64) error {
	erased, err := s.erasedAt(ctx, log)
	if err != nil {
		return err
	}
	if number < erased {
		return fmt.Errorf("%w: at commit %d of log %q", store.ErrStale, number, log)
	}
	return nil
}

func (s *Store) saveChunks(ctx context.Context, d *checkpointDocument, content io.Reader) (err error) {
	d.Size, d.Sum, err = store.SplitContent(content, func(place int, chunk []byte) error {
		_, err := s.insert(ctx, s.chunks, chunkDocument{chunkID(d.Key, place), chunk})
		return err
	})
	return err
}

// of is the filter for the checkpoints of a log.
func of(log string) bson.D { return bson.D{{Key: "log", Value: log}} }

// dropReplaced removes the checkpoints that d replaces, what others left
// unfinished included.
func (s *Store) dropReplaced(ctx context.Context, d checkpointDocument) error {
	var complete, begun []checkpointDocument
	if err := s.all(ctx, s.checkpoints, of(d.Log), &complete); err != nil {
		return err
	}
	if err := s.all(ctx, s.saving, of(d.Log), &begun); err != nil {
		return err
	}
	for _, o := range complete {
		if o.Format == d.Format && (o.Number < d.Number || o.Number == d.Number && o.Key < d.Key) {
			if err := s.drop(ctx, o.Key); err != nil {
				return err
			}
		}
	}
	for _, o := range begun {
		if o.Format == d.Format && o.Number < d.Number {
			if err := s.drop(ctx, o.Key); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop removes a checkpoint: its content last but for the note that it was
// begun, by which a later one would find what remains.
func (s *Store) drop(ctx context.Context, key string) error {
	id := bson.D{{Key: "_id", Value: key}}
	if _, err := s.remove(ctx, s.checkpoints, id); err != nil {
		return err
	}
	if _, err := s.remove(ctx, s.chunks, between(key+"/")); err != nil {
		return err
	}
	_, err := s.remove(ctx, s.saving, id)
	return err
}

// voidCheckpoints removes the log's checkpoints before a number, of every
// format. Of those that others are just saving it removes the content; they
// find out at their end.
func (s *Store) voidCheckpoints(ctx context.Context, log string, number uint64) error {
	var complete, begun []checkpointDocument
	if err := s.all(ctx, s.checkpoints, of(log), &complete); err != nil {
		return err
	}
	if err := s.all(ctx, s.saving, of(log), &begun); err != nil {
		return err
	}
	for _, d := range complete {
		if uint64(d.Number) < number {
			if err := s.drop(ctx, d.Key); err != nil {
				return err
			}
		}
	}
	for _, d := range begun {
		if uint64(d.Number) < number {
			if _, err := s.remove(ctx, s.chunks, between(d.Key+"/")); err != nil {
				return err
			}
		}
	}
	return nil
}

// lastCheckpoint returns the complete one of the greatest number, and of
// those the latest.
func (s *Store) lastCheckpoint(ctx context.Context, log, format string) (last checkpointDocument, found bool, err error) {
	var complete []checkpointDocument
	if err := s.all(ctx, s.checkpoints, of(log), &complete); err != nil {
		return last, false, err
	}
	for _, d := range complete {
		if d.Format == format && (!found || d.Number > last.Number || d.Number == last.Number && d.Key > last.Key) {
			last, found = d, true
		}
	}
	return last, found, nil
}

// LoadCheckpoint opens the checkpoint of the greatest number.
func (s *Store) LoadCheckpoint(ctx context.Context, log, format string) (store.Checkpoint, io.ReadCloser, bool, error) {
	last, found, err := s.lastCheckpoint(ctx, log, format)
	if err != nil || !found {
		return store.Checkpoint{}, nil, false, err
	}
	erased, err := s.erasedAt(ctx, log)
	if err != nil || uint64(last.Number) < erased {
		return store.Checkpoint{}, nil, false, err
	}
	c := store.Checkpoint{Number: uint64(last.Number), Format: format}
	if err := c.Hash.UnmarshalText([]byte(last.Hash)); err != nil {
		return store.Checkpoint{}, nil, false, fmt.Errorf("%w: a checkpoint of log %q in %s: %w", store.ErrBroken, log, s.place, err)
	}
	content := store.JoinContent(last.Size, last.Sum, func(place int) ([]byte, error) { return s.chunk(ctx, last.Key, place) })
	return c, content, true, nil
}

// chunk reads a piece of a checkpoint's content.
func (s *Store) chunk(ctx context.Context, key string, place int) ([]byte, error) {
	var d chunkDocument
	found, err := s.find(ctx, s.chunks, chunkID(key, place), &d)
	if err == nil && !found {
		err = fmt.Errorf("mongo: %s: the checkpoint was replaced meanwhile", s.place)
	}
	return d.Data, err
}
