package mongo_test

import (
	"context"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"entente/store"
	"entente/store/mongo"
	"entente/store/storetest"
	"entente/store/storetest/mongotest"
)

func TestMain(m *testing.M) { storetest.Main(m, open) }

func TestConformance(t *testing.T) {
	mongotest.Start(t) // or skip all of it
	storetest.Run(t, engine())
}

func open(ctx context.Context, uri string) (store.Store, error) {
	s, err := mongo.Open(ctx, uri)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func engine() storetest.Engine {
	return storetest.Engine{
		Fresh: mongotest.Start,
		Open:  open,
		SetEnvelope: func(t testing.TB, uri, log string, number uint64, envelope int) {
			t.Helper()
			update := bson.D{{Key: "$set", Value: bson.D{{Key: "envelope", Value: envelope}}}}
			result, err := commits(t, uri).UpdateOne(t.Context(), at(log, number), update)
			if err != nil || result.ModifiedCount != 1 {
				t.Fatal(result, err)
			}
		},
		Remove: func(t testing.TB, uri, log string, number uint64) {
			t.Helper()
			result, err := commits(t, uri).DeleteOne(t.Context(), at(log, number))
			if err != nil || result.DeletedCount != 1 {
				t.Fatal(result, err)
			}
		},
		Damage: damage,
	}
}

func damage(t testing.TB, uri string) {
	t.Helper()
	chunks := mongotest.Connect(t, uri).Database(mongotest.Database(uri)).Collection("blob_chunks")
	cursor, err := chunks.Find(t.Context(), bson.D{}, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		ID   string `bson:"_id"`
		Data []byte `bson:"data"`
	}
	if err := cursor.All(t.Context(), &all); err != nil {
		t.Fatal(err)
	}
	for i, c := range all {
		key, _, _ := strings.Cut(c.ID, "/")
		if i+1 < len(all) && strings.HasPrefix(all[i+1].ID, key+"/") {
			continue
		}
		c.Data[len(c.Data)-1] = 0
		change := bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: c.Data}}}}
		if _, err := chunks.UpdateOne(t.Context(), bson.D{{Key: "_id", Value: c.ID}}, change); err != nil {
			t.Fatal(err)
		}
	}
}

// commits is the collection, behind the store's back.
func commits(t testing.TB, uri string) *driver.Collection {
	return mongotest.Connect(t, uri).Database(mongotest.Database(uri)).Collection("commits")
}

func at(log string, number uint64) bson.D {
	return bson.D{{Key: "log", Value: log}, {Key: "number", Value: int64(number)}}
}
