package main

import (
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/store/storetest/mongotest"
)

func TestTheProjectionIsRebuiltAndFollowsTheServer(t *testing.T) {
	uri := mongotest.Start(t)
	env := []string{"ENTENTE_STORE=" + uri}
	db := mongotest.Connect(t, uri).Database(mongotest.Database(uri))
	count := func(collection string) int {
		t.Helper()
		var found []bson.M
		cursor, err := db.Collection(collection).Find(t.Context(), bson.D{{Key: "convention", Value: "fctc"}})
		if err == nil {
			err = cursor.All(t.Context(), &found)
		}
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	secretariat := strings.TrimSpace(must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "secretariat@example.org"))
	must(t, env, "import", "offers", rows(t, "offers", 3))
	if count("offers") != 0 {
		t.Error("the command line projects by itself")
	}
	for range 2 {
		if out := must(t, env, "store", "project", "--convention", "fctc"); !strings.Contains(out, "3 documents") {
			t.Errorf("it says %q", out)
		}
		if n := count("offers"); n != 3 {
			t.Errorf("%d offers are projected", n)
		}
	}
	if _, errs, code := entente(t, env, "store", "project", "--convention", "nowhere"); code == 0 || !strings.Contains(errs, "nowhere") {
		t.Errorf("what is not served is projected: %s", errs)
	}
	_, url := serving(t, env)
	importOne(t, url, secretariat, 1)
	until(t, "the new need is projected", func() bool { return count("needs") == 1 })
}

func TestAStoreWithoutAProjectionSaysSo(t *testing.T) {
	_, errs, code := entente(t, []string{"ENTENTE_STORE=" + freshSQLite(t)}, "store", "project")
	if code == 0 || !strings.Contains(errs, "MongoDB") {
		t.Errorf("%d: %s", code, errs)
	}
}
