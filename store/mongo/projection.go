package mongo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Projection keeps what it is given as plain documents beside the logs, one
// collection a kind, for people's own tools. Nothing of it is ever read to
// decide anything. Documents are written one at a time, by their _id, which
// every MongoDB protocol server can.
type Projection struct {
	store     *Store
	db        *driver.Database
	bookmarks *driver.Collection // "log": how far it has been projected
}

// Projection is the store's projection.
func (s *Store) Projection() *Projection {
	db := s.client.Database(s.place.database)
	return &Projection{store: s, db: db, bookmarks: db.Collection("projection_bookmarks")}
}

// position is the field in which a document says as of which commit it is.
const position = "position"

// Put writes a document, a JSON object with the field position, over what is
// there under the id, unless that is of a later position.
func (p *Projection) Put(ctx context.Context, collection, id string, document []byte) error {
	fields, err := plainDocument(document)
	if err != nil {
		return fmt.Errorf("mongo: %s: project %s %s: %w", p.store.place, collection, id, err)
	}
	var there struct {
		Position int64 `bson:"position"`
	}
	into := p.db.Collection(collection)
	found, err := p.store.find(ctx, into, id, &there)
	if err != nil {
		return err
	}
	for _, f := range fields {
		if of, ok := f.Value.(int64); f.Key == position && ok && found && there.Position > of {
			return nil
		}
	}
	limited, cancel := limit(ctx)
	defer cancel()
	_, err = into.ReplaceOne(limited, bson.D{{Key: "_id", Value: id}}, append(bson.D{{Key: "_id", Value: id}}, fields...), options.Replace().SetUpsert(true))
	return p.store.wrap(ctx, "project "+collection, err)
}

// Remove removes the document with the id, if it is there.
func (p *Projection) Remove(ctx context.Context, collection, id string) error {
	_, err := p.store.remove(ctx, p.db.Collection(collection), bson.D{{Key: "_id", Value: id}})
	return err
}

// IDs lists the documents of a convention in a collection.
func (p *Projection) IDs(ctx context.Context, collection, convention string) ([]string, error) {
	limited, cancel := context.WithTimeout(ctx, listing)
	defer cancel()
	cursor, err := p.db.Collection(collection).Find(limited, bson.D{{Key: "convention", Value: convention}}, options.Find().SetProjection(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		return nil, p.store.wrap(ctx, "list "+collection, err)
	}
	var found []struct {
		ID string `bson:"_id"`
	}
	if err := cursor.All(limited, &found); err != nil {
		return nil, p.store.wrap(ctx, "list "+collection, err)
	}
	out := make([]string, len(found))
	for i, f := range found {
		out[i] = f.ID
	}
	return out, nil
}

// listing bounds the walk through one collection.
const listing = 2 * time.Minute

type bookmark struct {
	ID       string `bson:"_id"`
	Position int64  `bson:"position"`
}

// Bookmark is how far a log has been projected: 0 when it was not, or not to
// the end.
func (p *Projection) Bookmark(ctx context.Context, log string) (uint64, error) {
	var b bookmark
	_, err := p.store.find(ctx, p.bookmarks, log, &b)
	return uint64(max(b.Position, 0)), err
}

// SetBookmark notes how far a log has been projected.
func (p *Projection) SetBookmark(ctx context.Context, log string, at uint64) error {
	limited, cancel := limit(ctx)
	defer cancel()
	_, err := p.bookmarks.ReplaceOne(limited, bson.D{{Key: "_id", Value: log}}, bookmark{log, int64(at)}, options.Replace().SetUpsert(true))
	return p.store.wrap(ctx, "note how far it is projected", err)
}

// plainDocument is a JSON object as fields of BSON, in their order.
func plainDocument(text []byte) (bson.D, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := plainValue(d, "")
	if err != nil {
		return nil, err
	}
	fields, ok := v.(bson.D)
	if !ok {
		return nil, fmt.Errorf("not an object: %.40s", text)
	}
	return fields, nil
}

// plainValue reads the next value of a JSON text. under is the name of its
// field.
func plainValue(d *json.Decoder, under string) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return plainObject(d)
		}
		return plainList(d)
	case json.Number:
		if n, err := t.Int64(); err == nil {
			return n, nil
		}
		return t.Float64()
	case string:
		if at, err := time.Parse(time.RFC3339Nano, t); err == nil && slices.Contains(moments(), under) {
			return at, nil
		}
	}
	return token, nil
}

func plainObject(d *json.Decoder) (any, error) {
	fields := bson.D{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, _ := name.(string)
		value, err := plainValue(d, key)
		if err != nil {
			return nil, err
		}
		fields = append(fields, bson.E{Key: key, Value: value})
	}
	_, err := d.Token()
	return fields, err
}

func plainList(d *json.Decoder) (any, error) {
	list := bson.A{}
	for d.More() {
		value, err := plainValue(d, "")
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	_, err := d.Token()
	return list, err
}

// moments are the fields that are moments in time, which tools want as such.
// Days stay text: they have no time zone.
func moments() []string {
	return []string{"created", "updated", "admitted", "reconfirmed", "time"}
}
