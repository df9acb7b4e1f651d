package mongo_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/store"
	"entente/store/mongo"
	"entente/store/storetest"
	"entente/store/storetest/mongotest"
)

func TestErrorsNeverShowThePassword(t *testing.T) {
	for _, uri := range []string{
		"http://user:hunter2@host/db", "mongodb://", "mongodb://user:hunter2@/db", "mongodb://user:hunter2@host/a.b",
		"mongodb://user:hunter2@host:notaport/db", "mongodb://user:hunter2@host/db?w=hunter2&tls=maybe",
		"mongodb://user:hunter2@host/db?" + "authMechanism=hunter2",
	} {
		s, err := mongo.Open(t.Context(), uri)
		if err == nil {
			t.Errorf("%s was opened: %v", uri, s.Close())
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is in: %v", err)
		}
	}
}

func TestAServerThatDoesNotAnswerIsUnavailable(t *testing.T) {
	// A port that was free a moment ago.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = mongo.Open(t.Context(), "mongodb://user:hunter2@"+address+"/db?serverSelectionTimeoutMS=1")
	var unavailable *store.Unavailable
	if !errors.As(err, &unavailable) || unavailable.Place != "mongodb://"+address+"/db" || unavailable.Remedy == "" {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := mongo.Open(ctx, "mongodb://"+address); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with an impatient caller: %v", err)
	}
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	uri := mongotest.Start(t)
	meta := mongotest.Connect(t, uri).Database(mongotest.Database(uri)).Collection("meta")
	if _, err := meta.InsertOne(t.Context(), bson.D{{Key: "_id", Value: "layout"}, {Key: "version", Value: 3}}); err != nil {
		t.Fatal(err)
	}
	if _, err := mongo.Open(t.Context(), uri); !errors.Is(err, store.ErrNewer) {
		t.Errorf("%v", err)
	}
}

func TestADatabaseOfAnEarlierProgramIsTakenOver(t *testing.T) {
	uri := mongotest.Start(t)
	meta := mongotest.Connect(t, uri).Database(mongotest.Database(uri)).Collection("meta")
	if _, err := meta.InsertOne(t.Context(), bson.D{{Key: "_id", Value: "layout"}, {Key: "version", Value: 1}}); err != nil {
		t.Fatal(err)
	}
	s, err := mongo.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var mark struct {
		Version int `bson:"version"`
	}
	if err := meta.FindOne(t.Context(), bson.D{{Key: "_id", Value: "layout"}}).Decode(&mark); err != nil || mark.Version != 2 {
		t.Errorf("the layout is %d, %v: a program that knows no blobs would leave them out of a backup", mark.Version, err)
	}
}

// A number in the middle of a batch that is taken leaves the prefix stored.
func TestThePrefixOfABatchIsStored(t *testing.T) {
	uri := mongotest.Start(t)
	s, err := mongo.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	commits := storetest.Chain("cms", 0, store.Hash{}, "c", 5, `{}`)
	if n, err := s.Append(t.Context(), "cms", commits); n != 5 || err != nil {
		t.Fatal(n, err)
	}
	for _, number := range []uint64{1, 2, 4, 5} {
		engine().Remove(t, uri, "cms", number)
	}
	if n, err := s.Append(t.Context(), "cms", commits); n != 2 || !errors.Is(err, store.ErrTaken) {
		t.Fatalf("%d stored, %v; want the two before the one that is there", n, err)
	}
	for number, want := range map[uint64]bool{1: true, 2: true, 3: true, 4: false} {
		if _, found, err := s.At(t.Context(), "cms", number); err != nil || found != want {
			t.Errorf("commit %d found: %v, %v", number, found, err)
		}
	}
}

// Whoever follows from far behind gets all, by the cursor and one by one.
func TestALogIsReadAcrossTheCursorsLimits(t *testing.T) {
	s, err := mongo.Open(t.Context(), mongotest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const n = 2200 // three of the cursor's batches
	number, previous := uint64(0), store.Hash{}
	for number < n {
		commits := storetest.Chain("cms", number, previous, "c", min(store.MaxBatch, n-int(number)), `{}`)
		if _, err := s.Append(t.Context(), "cms", commits); err != nil {
			t.Fatal(err)
		}
		last := commits[len(commits)-1]
		number, previous = last.Number, last.Hash
	}
	for _, after := range []uint64{0, 1, n - 17, n - 16, n - 15, n - 1, n} {
		seen, appended := after, false
		for c, err := range s.Read(t.Context(), "cms", after) {
			if err != nil || c.Number != seen+1 {
				t.Fatalf("after %d: commit %d came after %d, %v", after, c.Number, seen, err)
			}
			seen = c.Number
			// What is written while it is read is read too.
			if after == 0 && seen == 1500 && !appended {
				appended = true
				if _, err := s.Append(t.Context(), "cms", storetest.Chain("cms", n, previous, "late", 1, `{}`)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if want := uint64(n + 1); seen != want {
			t.Errorf("after %d: read to %d, want %d", after, seen, want)
		}
	}
}
