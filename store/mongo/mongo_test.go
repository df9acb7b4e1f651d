package mongo_test

import (
	"context"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

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
	}
}

// commits is the collection, behind the store's back.
func commits(t testing.TB, uri string) *driver.Collection {
	return mongotest.Connect(t, uri).Database(mongotest.Database(uri)).Collection("commits")
}

func at(log string, number uint64) bson.D {
	return bson.D{{Key: "log", Value: log}, {Key: "number", Value: int64(number)}}
}
