// Package mongotest gives tests a database of a MongoDB-protocol server: of a
// real one that the environment names, or of a FerretDB that it starts.
package mongotest

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// The environment variables that say which server the tests use.
const (
	// URI is a connection string of a real server, on which the tests may make
	// and drop databases whose names start with "entente_test_". It wins.
	URI = "ENTENTE_TEST_MONGODB_URI"

	// FerretDB is the path of the program that scripts/ferretdb/build makes.
	FerretDB = "ENTENTE_TEST_FERRETDB"
)

// patience bounds the start of the server and the work on a database.
const patience = 30 * time.Second

// Start returns the connection string of a fresh database, which is dropped
// with the test. One FerretDB serves all tests of the binary, and ends with
// it, however it ends. Without a server the test is skipped.
func Start(t testing.TB) (uri string) {
	t.Helper()
	base := os.Getenv(URI)
	if base == "" {
		if os.Getenv(FerretDB) == "" {
			t.Skipf("no MongoDB: run with %s=$(scripts/ferretdb/build), or name a server in %s", FerretDB, URI)
		}
		ferret, err := server()
		if err != nil {
			t.Fatal(err)
		}
		base = ferret.uri
	}
	name := "entente_test_" + strings.ToLower(rand.Text())
	uri, err := within(base, name)
	if err != nil {
		t.Fatal(err)
	}
	client := Connect(t, uri)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := client.Ping(ctx, nil); err != nil {
		t.Fatalf("the MongoDB server does not answer: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := client.Database(name).Drop(ctx); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return uri
}

// Connect connects a driver of the test's own, until its end.
func Connect(t testing.TB, uri string) *mongo.Client {
	t.Helper()
	client, err := mongo.Connect(options.Client().ApplyURI(uri).SetServerSelectionTimeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := client.Disconnect(ctx); err != nil {
			t.Errorf("disconnect: %v", err)
		}
	})
	return client
}

// Database is the name of the database in a connection string of Start.
func Database(uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	_, rest, _ = strings.Cut(rest, "/")
	name, _, _ := strings.Cut(rest, "?")
	return name
}

// within puts the name of a database into a connection string.
func within(base, name string) (string, error) {
	scheme, rest, ok := strings.Cut(base, "://")
	if !ok {
		return "", fmt.Errorf("%s is not a connection string", URI)
	}
	rest, query, _ := strings.Cut(rest, "?")
	hosts, database, _ := strings.Cut(rest, "/")
	values, err := url.ParseQuery(query)
	if err != nil {
		return "", fmt.Errorf("%s: %w", URI, err)
	}
	// The database of a connection string is also where its user is known.
	if strings.Contains(hosts, "@") && values.Get("authSource") == "" {
		if database == "" {
			database = "admin"
		}
		values.Set("authSource", database)
	}
	uri := scheme + "://" + hosts + "/" + name
	if len(values) > 0 {
		uri += "?" + values.Encode()
	}
	return uri, nil
}

// running is the binary's one FerretDB. It ends when its standard input
// closes, which it does with our process, or when nothing refers to it.
type running struct {
	uri   string
	stdin io.Closer
}

var server = sync.OnceValues(func() (*running, error) {
	command := exec.Command(os.Getenv(FerretDB), "-listen", "127.0.0.1:0")
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", FerretDB, err)
	}
	if file, ok := output.(*os.File); ok {
		if err := file.SetReadDeadline(time.Now().Add(patience)); err != nil {
			return nil, errors.Join(err, command.Process.Kill())
		}
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "mongodb://") {
		return nil, errors.Join(fmt.Errorf("FerretDB printed %q instead of its address", line), err, command.Process.Kill())
	}
	return &running{strings.TrimSpace(line), stdin}, nil
})
