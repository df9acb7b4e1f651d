package mongo

import (
	"bytes"
	"context"
	"crypto/rand"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"entente/store"
)

// sweepGrace keeps entries beyond their expiry, for clocks of several
// processes that differ.
const sweepGrace = time.Hour

// ephemeral is the short-lived values.
type ephemeral struct{ *Store }

// Ephemeral is the store's short-lived values.
func (s *Store) Ephemeral() store.Ephemeral { return ephemeral{s} }

type valueDocument struct {
	Key    string    `bson:"_id"`
	Value  []byte    `bson:"value"`
	Expiry time.Time `bson:"expiry"`
	Set    string    `bson:"set"` // random for each Set: what Consume consumes
}

func (e ephemeral) Set(ctx context.Context, key string, value []byte, expiry time.Time) error {
	if err := store.CheckEntry(key, value); err != nil {
		return err
	}
	d := valueDocument{key, bytes.Clone(value), expiry, rand.Text()}
	for {
		limited, cancel := limit(ctx)
		_, err := e.values.ReplaceOne(limited, bson.D{{Key: "_id", Value: key}}, d, options.Replace().SetUpsert(true))
		cancel()
		// Two that insert the same key at once: one of them replaces then.
		if !driver.IsDuplicateKeyError(err) {
			return e.wrap(ctx, "set", err)
		}
		if ctx.Err() != nil {
			return e.wrap(ctx, "set", ctx.Err())
		}
	}
}

func (e ephemeral) Value(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	d, found, err := e.value(ctx, key, now)
	return d.Value, found, err
}

func (e ephemeral) value(ctx context.Context, key string, now time.Time) (valueDocument, bool, error) {
	var d valueDocument
	found, err := e.find(ctx, e.values, key, &d)
	if err != nil || !found || !before(now, d.Expiry) {
		return valueDocument{}, false, err
	}
	return d, true, nil
}

// before compares whole milliseconds, as they are stored.
func before(now, expiry time.Time) bool { return now.UnixMilli() < expiry.UnixMilli() }

func (e ephemeral) Delete(ctx context.Context, key string) error {
	_, err := e.remove(ctx, e.values, bson.D{{Key: "_id", Value: key}})
	return err
}

// Consume is decided by the insertion of a note that this Set was consumed;
// the note outlives the value. A process that dies between the note and the
// removal of the value leaves it to be seen by Value until its expiry, never
// to be consumed again.
func (e ephemeral) Consume(ctx context.Context, key string, now time.Time) ([]byte, bool, error) {
	d, found, err := e.value(ctx, key, now)
	if err != nil || !found {
		return nil, false, err
	}
	won, err := e.insert(ctx, e.consumed, bson.D{
		{Key: "_id", Value: key + "/" + d.Set}, {Key: "expiry", Value: d.Expiry.Add(2 * sweepGrace)},
	})
	if err != nil || !won {
		return nil, false, err
	}
	if _, err := e.remove(ctx, e.values, bson.D{{Key: "_id", Value: key}, {Key: "set", Value: d.Set}}); err != nil {
		return nil, false, err
	}
	return d.Value, true, nil
}

func (e ephemeral) Sweep(ctx context.Context, now time.Time) (int, error) {
	expired := bson.D{{Key: "expiry", Value: bson.D{{Key: "$lte", Value: now.Add(-sweepGrace)}}}}
	values, err := e.remove(ctx, e.values, expired)
	if err != nil {
		return 0, err
	}
	claims, err := e.remove(ctx, e.claims, expired)
	if err != nil {
		return values, err
	}
	_, err = e.remove(ctx, e.consumed, expired)
	return values + claims, err
}
