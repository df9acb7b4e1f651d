package mongo_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/store/mongo"
	"entente/store/storetest/mongotest"
)

func projection(t *testing.T) (*mongo.Projection, func(collection, id string) string) {
	t.Helper()
	uri := mongotest.Start(t)
	s, err := mongo.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	db := mongotest.Connect(t, uri).Database(mongotest.Database(uri))
	return s.Projection(), func(collection, id string) string {
		t.Helper()
		var found bson.D
		if err := db.Collection(collection).FindOne(t.Context(), bson.D{{Key: "_id", Value: id}}).Decode(&found); err != nil {
			return err.Error()
		}
		text, err := bson.MarshalExtJSON(found, false, false)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}

func TestADocumentIsProjectedAsAPlainOne(t *testing.T) {
	p, read := projection(t)
	ctx := t.Context()
	put := func(document string) error { return p.Put(ctx, "needs", "a", []byte(document)) }
	if err := put(`{"id":"a","convention":"x","position":3,"title":"2026-03-31T14:00:00Z","created":"2026-03-31T14:00:00Z","deadline":"2026-03-31","costs":[{"cost":"10.50","share":0.5}],"open":true,"none":null,"big":9007199254740993}`); err != nil {
		t.Fatal(err)
	}
	want := `{"_id":"a","id":"a","convention":"x","position":3,"title":"2026-03-31T14:00:00Z","created":{"$date":"2026-03-31T14:00:00Z"},"deadline":"2026-03-31","costs":[{"cost":"10.50","share":0.5}],"open":true,"none":null,"big":9007199254740993}`
	if diff := cmp.Diff(want, read("needs", "a")); diff != "" {
		t.Errorf("it is (-want +got):\n%s", diff)
	}
	// What is of an earlier position comes too late, and the same again changes nothing.
	if err := errors.Join(put(`{"convention":"x","position":2}`), put(`{"convention":"x","position":4,"title":"later"}`), put(`{"convention":"x","position":4,"title":"later"}`)); err != nil {
		t.Fatal(err)
	}
	if got := read("needs", "a"); got != `{"_id":"a","convention":"x","position":4,"title":"later"}` {
		t.Errorf("it is %s", got)
	}
	if err := put(`["no object"]`); err == nil || !strings.Contains(err.Error(), "needs a") {
		t.Errorf("what is no document is projected: %v", err)
	}
	if err := errors.Join(p.Put(ctx, "needs", "b", []byte(`{"convention":"x","position":1}`)), p.Put(ctx, "needs", "c", []byte(`{"convention":"y","position":1}`))); err != nil {
		t.Fatal(err)
	}
	ids, err := p.IDs(ctx, "needs", "x")
	slices.Sort(ids)
	if err != nil || !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("%v: %v", err, ids)
	}
	if err := errors.Join(p.Remove(ctx, "needs", "a"), p.Remove(ctx, "needs", "a")); err != nil {
		t.Fatal(err)
	}
	if ids, err := p.IDs(ctx, "needs", "x"); err != nil || !slices.Equal(ids, []string{"b"}) {
		t.Errorf("%v: %v", err, ids)
	}
}

func TestABookmarkIsKept(t *testing.T) {
	p, _ := projection(t)
	for _, want := range []uint64{0, 7, 3} {
		if want > 0 {
			if err := p.SetBookmark(t.Context(), "fctc", want); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := p.Bookmark(t.Context(), "fctc"); err != nil || got != want {
			t.Errorf("%v: the bookmark is at %d and not at %d", err, got, want)
		}
	}
	if got, err := p.Bookmark(t.Context(), "apmbc"); err != nil || got != 0 {
		t.Errorf("%v: another's bookmark is at %d", err, got)
	}
}
