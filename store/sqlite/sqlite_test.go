package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"entente/store"
	"entente/store/sqlite"
	"entente/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m, open) }

func TestConformance(t *testing.T) { storetest.Run(t, engine()) }

func TestErasedBodiesLeaveNoTraceInTheFiles(t *testing.T) { storetest.RandomErasures(t, engine(), 12) }

func TestDeletedBlobsLeaveNoTraceInTheFiles(t *testing.T) { storetest.RandomDeletions(t, engine(), 12) }

func open(ctx context.Context, uri string) (store.Store, error) {
	s, err := sqlite.Open(ctx, uri)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func engine() storetest.Engine {
	return storetest.Engine{
		Fresh: func(t testing.TB) string { return "sqlite://" + filepath.Join(t.TempDir(), "entente.db") },
		Open:  open,
		SetEnvelope: func(t testing.TB, uri, log string, number uint64, envelope int) {
			execute(t, uri, "UPDATE commits SET envelope = ? WHERE log = ? AND number = ?", envelope, log, number)
		},
		Remove: func(t testing.TB, uri, log string, number uint64) {
			execute(t, uri, "DELETE FROM commits WHERE log = ? AND number = ?", log, number)
		},
		Damage: func(t testing.TB, uri string) {
			// The lengths stay, so that it is what a disk does.
			execute(t, uri, `UPDATE blob_chunks SET data = CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB)
				WHERE place = (SELECT max(place) FROM blob_chunks o WHERE o.blob = blob_chunks.blob)`)
		},
		Bytes: files,
	}
}

// execute changes a file behind the store's back.
func execute(t testing.TB, uri, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path(uri)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

func path(uri string) string { return uri[len("sqlite://"):] }

// files returns the bytes of the database and all files beside it.
func files(t testing.TB, uri string) []byte {
	t.Helper()
	names, err := filepath.Glob(path(uri) + "*")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}

// lock takes the file's write lock, as another process would, until the
// returned function is called.
func lock(t testing.TB, uri string) (unlock func()) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path(uri)+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}
