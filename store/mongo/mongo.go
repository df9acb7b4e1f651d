// Package mongo is the engine of the store for production: a MongoDB replica
// set, through the official driver. It uses of a server what every MongoDB
// protocol server has: inserts under a unique _id, reads by _id, one range
// scan, and small collections beside. It needs no transactions, no change
// streams, no indexes but that of _id and no atomic updates.
//
// Writes are acknowledged by a majority and journalled, reads are of the
// majority's state on the primary, retryable writes and the Stable API are on.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"entente/store"
)

const (
	// callTimeout bounds one command of the protocol, with its retry.
	callTimeout = 15 * time.Second

	// selectTimeout is how long a command waits for a primary, such as during
	// an election.
	selectTimeout = 10 * time.Second

	// connections is the most that a process keeps to one server.
	connections = 20
)

// layout is the version of the collections, kept in the collection meta: 2
// since there are blobs.
const layout = 2

// Store is one open database. It implements store.Store.
type Store struct {
	place  place
	client *driver.Client

	commits     *driver.Collection // "log/00000000000000000007": the commits
	logs        *driver.Collection // "log": the logs that were begun
	erasures    *driver.Collection // "log/0000…7": checkpoints before 7 are void
	checkpoints *driver.Collection // complete ones
	saving      *driver.Collection // those that were begun and not yet completed
	chunks      *driver.Collection // "key/00000001": their content
	values      *driver.Collection // ephemeral values
	consumed    *driver.Collection // "key/set": values that somebody consumed
	claims      *driver.Collection // "key#0000000001": attempts at a claim
	blobs       *driver.Collection // "sum/key": contents of files
	blobsSaving *driver.Collection // "key": those that may have chunks and be none
	blobChunks  *driver.Collection // "key/00000001": their content
	meta        *driver.Collection // the layout

	mutex sync.Mutex
	heads map[string]head // the last commit seen of each log: never ahead of the truth
}

type head struct {
	number uint64
	hash   store.Hash
}

var (
	_ store.Store     = (*Store)(nil)
	_ store.Ephemeral = ephemeral{}
)

// Open connects to the database that a MongoDB connection string names,
// "entente" when it names none. Its errors name the servers, never the
// credentials; they wrap store.ErrNewer for a newer program's database, and
// are *store.Unavailable when no primary answers.
func Open(ctx context.Context, uri string) (*Store, error) {
	place, err := parsePlace(uri)
	if err != nil {
		return nil, err
	}
	journal := true
	client, err := driver.Connect(options.Client().ApplyURI(uri).
		SetAppName("entente").
		SetServerAPIOptions(options.ServerAPI(options.ServerAPIVersion1)).
		SetWriteConcern(&writeconcern.WriteConcern{W: writeconcern.WCMajority, Journal: &journal}).
		SetReadConcern(readconcern.Majority()).
		SetReadPreference(readpref.Primary()).
		SetRetryReads(true).SetRetryWrites(true).
		SetMaxPoolSize(connections).SetMaxConnIdleTime(10 * time.Minute).
		SetConnectTimeout(selectTimeout).SetServerSelectionTimeout(selectTimeout))
	if err != nil {
		// The driver's words may quote the URI with its credentials.
		return nil, fmt.Errorf("mongo: the connection string for %s is not valid; see the MongoDB manual on connection strings", place)
	}
	s := &Store{place: place, client: client, heads: map[string]head{}}
	s.name(client.Database(place.database))
	if err := s.checkLayout(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) name(db *driver.Database) {
	s.commits, s.logs, s.erasures = db.Collection("commits"), db.Collection("logs"), db.Collection("erasures")
	s.checkpoints, s.saving, s.chunks = db.Collection("checkpoints"), db.Collection("checkpoints_saving"), db.Collection("checkpoint_chunks")
	s.values, s.consumed, s.claims = db.Collection("ephemeral"), db.Collection("ephemeral_consumed"), db.Collection("claims")
	s.blobs, s.blobsSaving, s.blobChunks = db.Collection("blobs"), db.Collection("blobs_saving"), db.Collection("blob_chunks")
	s.meta = db.Collection("meta")
}

// limit bounds one command.
func limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, callTimeout)
}

// checkLayout writes the layout into a fresh database or an older one, to which
// it only added collections, and refuses a newer one.
func (s *Store) checkLayout(ctx context.Context) error {
	mark := struct {
		ID      string `bson:"_id"`
		Version int    `bson:"version"`
	}{ID: "layout"}
	for range 2 {
		found, err := s.find(ctx, s.meta, "layout", &mark)
		if err != nil {
			return err
		}
		if found && mark.Version < layout {
			return s.raiseLayout(ctx)
		}
		if found && mark.Version != layout {
			return fmt.Errorf("%w: %s has layout %d, this program knows %d; use the program that wrote it",
				store.ErrNewer, s.place, mark.Version, layout)
		}
		if found {
			return nil
		}
		mark.Version = layout
		if _, err := s.insert(ctx, s.meta, mark); err != nil {
			return err
		}
	}
	return fmt.Errorf("mongo: %s: the layout was written and cannot be read", s.place)
}

func (s *Store) raiseLayout(ctx context.Context) error {
	limited, cancel := limit(ctx)
	defer cancel()
	_, err := s.meta.UpdateOne(limited, bson.D{{Key: "_id", Value: "layout"}}, bson.D{{Key: "$set", Value: bson.D{{Key: "version", Value: layout}}}})
	return s.wrap(ctx, "raise the layout", err)
}

// find reads one document by its _id.
func (s *Store) find(ctx context.Context, from *driver.Collection, id string, into any) (bool, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	err := from.FindOne(limited, bson.D{{Key: "_id", Value: id}}).Decode(into)
	if errors.Is(err, driver.ErrNoDocuments) {
		return false, nil
	}
	return err == nil, s.wrap(ctx, "read from "+from.Name(), err)
}

// all reads the documents of a small collection that a filter names.
func (s *Store) all(ctx context.Context, from *driver.Collection, filter bson.D, into any) error {
	limited, cancel := limit(ctx)
	defer cancel()
	cursor, err := from.Find(limited, filter)
	if err != nil {
		return s.wrap(ctx, "read from "+from.Name(), err)
	}
	// All closes the cursor.
	return s.wrap(ctx, "read from "+from.Name(), cursor.All(limited, into))
}

// insert writes one document, and tells whether it did: not when its _id
// exists.
func (s *Store) insert(ctx context.Context, into *driver.Collection, document any) (bool, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	_, err := into.InsertOne(limited, document)
	if driver.IsDuplicateKeyError(err) {
		return false, nil
	}
	return err == nil, s.wrap(ctx, "insert into "+into.Name(), err)
}

// remove removes documents and tells how many.
func (s *Store) remove(ctx context.Context, from *driver.Collection, filter bson.D) (int, error) {
	limited, cancel := limit(ctx)
	defer cancel()
	result, err := from.DeleteMany(limited, filter)
	if err != nil {
		return 0, s.wrap(ctx, "delete from "+from.Name(), err)
	}
	return int(result.DeletedCount), nil
}

// between is the filter for the _ids that start with prefix, whose last
// character must not be the last of its alphabet.
func between(prefix string) bson.D {
	end := prefix[:len(prefix)-1] + string(prefix[len(prefix)-1]+1)
	return bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: prefix}, {Key: "$lt", Value: end}}}}
}

// Place names the servers and the database, without credentials, for messages.
func (s *Store) Place() string { return s.place.String() }

// Ping asks the primary. That its disk has room, only a write shows.
func (s *Store) Ping(ctx context.Context) error {
	limited, cancel := limit(ctx)
	defer cancel()
	return s.wrap(ctx, "ping", s.client.Ping(limited, readpref.Primary()))
}

// Close ends all connections, after what is under way.
func (s *Store) Close() error {
	ctx, cancel := limit(context.Background())
	defer cancel()
	err := s.client.Disconnect(ctx)
	if errors.Is(err, driver.ErrClientDisconnected) {
		return nil
	}
	return s.wrap(context.Background(), "close", err)
}
