package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/store"
)

// erasureDocument says that checkpoints of a log before a number are void.
type erasureDocument struct {
	ID     string `bson:"_id"`
	Number int64  `bson:"number"`
}

// Erase first voids the checkpoints and then empties the versions, commit by
// commit; after an error, erase again. Beyond the collections it cannot
// reach: the oplog turns over with time, backups are the operator's.
func (s *Store) Erase(ctx context.Context, log string, versions []store.VersionRef) error {
	if err := store.CheckLog(log); err != nil {
		return err
	}
	if len(versions) == 0 {
		return ctx.Err()
	}
	number, _, err := s.Head(ctx, log)
	if err != nil {
		return err
	}
	if _, err := s.insert(ctx, s.erasures, erasureDocument{commitID(log, number), int64(number)}); err != nil {
		return err
	}
	byCommit := map[uint64][]store.VersionRef{}
	var order []uint64
	for _, v := range versions {
		if byCommit[v.Commit] == nil {
			order = append(order, v.Commit)
		}
		byCommit[v.Commit] = append(byCommit[v.Commit], v)
	}
	var missing []error
	for _, commit := range order {
		err := s.eraseIn(ctx, log, commit, byCommit[commit])
		if errors.Is(err, store.ErrNotFound) {
			missing = append(missing, err)
		} else if err != nil {
			return err
		}
	}
	return errors.Join(append(missing, s.voidCheckpoints(ctx, log, number))...)
}

// eraseIn erases versions of one commit. It looks afterwards, and again if a
// simultaneous erasure in the same commit undid it, which a server without
// atomic updates lets happen.
func (s *Store) eraseIn(ctx context.Context, log string, commit uint64, versions []store.VersionRef) error {
	for range 10 {
		c, found, err := s.At(ctx, log, commit)
		if err != nil {
			return err
		}
		set, missing := bson.D{}, []error(nil)
		for _, v := range versions {
			place := -1
			for i, w := range c.Versions {
				if w.Kind == v.Kind && w.ID == v.ID && w.Number == v.Number {
					place = i
				}
			}
			switch {
			case !found || place < 0:
				missing = append(missing, fmt.Errorf("%w: %s %s version %d in commit %d of log %q",
					store.ErrNotFound, v.Kind, v.ID, v.Number, commit, log))
			case !c.Versions[place].Erased():
				set = append(set, bson.E{Key: fmt.Sprintf("versions.%d.body", place)}, bson.E{Key: fmt.Sprintf("versions.%d.salt", place)})
			}
		}
		if len(set) == 0 {
			return errors.Join(missing...)
		}
		if err := s.empty(ctx, commitID(log, commit), set); err != nil {
			return err
		}
	}
	return fmt.Errorf("mongo: %s: commit %d of log %q: versions come back after their erasure", s.place, commit, log)
}

// empty sets fields to null.
func (s *Store) empty(ctx context.Context, id string, fields bson.D) error {
	limited, cancel := limit(ctx)
	defer cancel()
	_, err := s.commits.UpdateOne(limited, bson.D{{Key: "_id", Value: id}}, bson.D{{Key: "$set", Value: fields}})
	return s.wrap(ctx, "erase", err)
}

// erasedAt returns the number before which checkpoints of the log are void.
func (s *Store) erasedAt(ctx context.Context, log string) (uint64, error) {
	var marks []erasureDocument
	if err := s.all(ctx, s.erasures, between(log+"/"), &marks); err != nil {
		return 0, err
	}
	number := int64(0)
	for _, m := range marks {
		number = max(number, m.Number)
	}
	return uint64(number), nil
}
