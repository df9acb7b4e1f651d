package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/store"
)

// morning is the instant at which the suite puts blobs.
var morning = time.UnixMilli(1_800_000_000_123).UTC()

func at(now time.Time) func() time.Time { return func() time.Time { return now } }

const roomy = 64 << 20

// put puts a content and checks what is said of it.
func put(t testing.TB, s store.Store, content []byte, now time.Time) store.Blob {
	t.Helper()
	b, err := s.Blobs().Put(t.Context(), iotest.HalfReader(bytes.NewReader(content)), roomy, at(now))
	if err != nil {
		t.Fatal(err)
	}
	if b.Sum != store.Hash(sha256.Sum256(content)) || b.Size != int64(len(content)) || b.Stored.Before(now) {
		t.Errorf("%d bytes became %+v", len(content), b)
	}
	return b
}

// expectBlob checks that Find and Open tell of the blob, and give its content.
func expectBlob(t testing.TB, s store.Store, want store.Blob, content []byte) {
	t.Helper()
	if got, found, err := s.Blobs().Find(t.Context(), want.Sum); !found || err != nil || got != want {
		t.Errorf("found %v: %+v, want %+v: %v", found, got, want, err)
	}
	got, reader, found, err := s.Blobs().Open(t.Context(), want.Sum)
	if !found || err != nil || got != want {
		t.Fatalf("opened %v: %+v, want %+v: %v", found, got, want, err)
	}
	all, err := io.ReadAll(reader)
	if err = errors.Join(err, reader.Close()); err != nil || !bytes.Equal(all, content) {
		t.Errorf("%d bytes came back as %d: %v", len(content), len(all), err)
	}
}

// expectBlobs checks which blobs All yields.
func expectBlobs(t testing.TB, s store.Store, after store.Hash, want ...store.Blob) {
	t.Helper()
	slices.SortFunc(want, func(a, b store.Blob) int { return bytes.Compare(a.Sum[:], b.Sum[:]) })
	var got []store.Blob
	for b, err := range s.Blobs().All(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, b)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blobs (-want +got):\n%s", diff)
	}
}

func blobComesBack(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s := e.open(t, uri)
	if _, found, err := s.Blobs().Find(t.Context(), store.Hash{1}); found || err != nil {
		t.Errorf("of nothing: %v %v", found, err)
	}
	if _, _, found, err := s.Blobs().Open(t.Context(), store.Hash{1}); found || err != nil {
		t.Errorf("of nothing: %v %v", found, err)
	}
	for _, size := range []int{0, 1, store.ChunkSize, 3*store.ChunkSize + 7} {
		b := put(t, s, noise(size), morning)
		expectBlob(t, s, b, noise(size))
		expectBlob(t, e.open(t, uri), b, noise(size))
	}
	if logs, err := s.Logs(t.Context()); len(logs) != 0 || err != nil {
		t.Errorf("blobs made logs: %v %v", logs, err)
	}
}

func blobKeptOnce(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri), e.open(t, uri)
	content := noise(store.ChunkSize + 5)
	first := put(t, s, content, morning)
	again := put(t, other, content, morning)
	if !again.Stored.After(first.Stored) {
		t.Errorf("put again, it is not newer: %v after %v", again.Stored, first.Stored)
	}
	later := put(t, s, content, morning.Add(time.Hour))
	if !later.Stored.Equal(morning.Add(time.Hour)) {
		t.Errorf("stored at %v", later.Stored)
	}
	expectBlobs(t, other, store.Hash{}, later)
	expectBlob(t, other, later, content)
	if n, err := s.Blobs().Sweep(t.Context(), morning.AddDate(1, 0, 0)); n != 0 || err != nil {
		t.Errorf("%d were left unfinished, %v", n, err)
	}
	expectBlob(t, s, later, content)
}

func blobsListed(t *testing.T, e Engine) {
	s := e.fresh(t)
	expectBlobs(t, s, store.Hash{})
	var all []store.Blob
	for i := range 90 { // more than engines read at once
		b, err := s.Blobs().Put(t.Context(), bytes.NewReader(fmt.Appendf(nil, "file %d", i)), roomy, at(morning))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	expectBlobs(t, s, store.Hash{}, all...)
	expectBlobs(t, s, all[89].Sum)
	expectBlobs(t, s, all[70].Sum, all[71:]...)
	for b, err := range s.Blobs().All(t.Context(), store.Hash{}) {
		if b != all[0] || err != nil {
			t.Errorf("first %v, %v", b, err)
		}
		break // and nothing is left open
	}
}

func failingBlob(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s := e.open(t, uri)
	content, mark := marked(2*store.ChunkSize + 100)
	if _, err := s.Blobs().Put(t.Context(), bytes.NewReader([]byte(content)), int64(len(content)-1), at(morning)); !errors.Is(err, store.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	broken := errors.New("the line broke")
	cut := io.MultiReader(bytes.NewReader([]byte(content)), iotest.ErrReader(broken))
	if _, err := s.Blobs().Put(t.Context(), cut, roomy, at(morning)); !errors.Is(err, broken) {
		t.Errorf("cut off: %v", err)
	}
	expectBlobs(t, s, store.Hash{})
	if n, err := s.Blobs().Sweep(t.Context(), morning.Add(time.Hour)); n != 0 || err != nil {
		t.Errorf("%d were left unfinished, %v", n, err)
	}
	if _, err := s.Blobs().Delete(t.Context(), store.Blob{}); err != nil { // empties what an engine writes ahead
		t.Error(err)
	}
	if e.Bytes != nil && bytes.Contains(e.Bytes(t, uri), []byte(mark)) {
		t.Error("what was not kept is in the files")
	}
	exact, err := s.Blobs().Put(t.Context(), bytes.NewReader([]byte(content)), int64(len(content)), at(morning))
	if err != nil {
		t.Fatalf("just as large as allowed: %v", err)
	}
	expectBlob(t, s, exact, []byte(content))
}

func replacedBlob(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri), e.open(t, uri)
	content := noise(4 * store.ChunkSize)
	put(t, s, content, morning)
	_, reader, _, err := s.Blobs().Open(t.Context(), store.Hash(sha256.Sum256(content)))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	start := make([]byte, store.ChunkSize+1)
	if _, err := io.ReadFull(reader, start); err != nil {
		t.Fatal(err)
	}
	put(t, other, content, morning.Add(time.Minute))
	rest, err := io.ReadAll(reader)
	if err != nil || !bytes.Equal(append(start, rest...), content) {
		t.Errorf("%d bytes and then %v", len(start)+len(rest), err)
	}
}

func damagedBlob(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s := e.open(t, uri)
	for _, size := range []int{1, 2*store.ChunkSize + 9} {
		content := bytes.Repeat([]byte("x"), size)
		b := put(t, s, content, morning)
		e.Damage(t, uri)
		_, reader, _, err := s.Blobs().Open(t.Context(), b.Sum)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(reader)
		if !errors.Is(err, store.ErrBroken) || len(got) >= size {
			t.Errorf("%d of %d bytes, %v", len(got), size, err)
		}
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
		// Whoever puts it again makes it whole.
		expectBlob(t, s, put(t, s, content, morning), content)
	}
}

func deletedBlob(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri), e.open(t, uri)
	content, mark := marked(store.ChunkSize + 300)
	kept, keptMark := marked(200)
	first := put(t, s, []byte(content), morning)
	stays := put(t, s, []byte(kept), morning)
	again := put(t, s, []byte(content), morning)
	if gone, err := s.Blobs().Delete(t.Context(), first); gone || err != nil {
		t.Errorf("as it was before it was put again: %v %v", gone, err)
	}
	expectBlob(t, other, again, []byte(content))
	if e.Bytes != nil && !bytes.Contains(e.Bytes(t, uri), []byte(mark)) {
		t.Fatal("the blob is not in the files: the test shows nothing")
	}
	_, reader, _, err := other.Blobs().Open(t.Context(), again.Sum)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if gone, err := other.Blobs().Delete(t.Context(), again); !gone || err != nil {
		t.Errorf("%v %v", gone, err)
	}
	if gone, err := s.Blobs().Delete(t.Context(), again); gone || err != nil {
		t.Errorf("a second time: %v %v", gone, err)
	}
	if _, err := io.ReadAll(reader); err == nil {
		t.Error("a reader of what was deleted came to its end")
	}
	if _, found, err := s.Blobs().Find(t.Context(), again.Sum); found || err != nil {
		t.Errorf("%v %v", found, err)
	}
	expectBlobs(t, s, store.Hash{}, stays)
	expectBlob(t, s, stays, []byte(kept))
	if e.Bytes != nil {
		if files := e.Bytes(t, uri); bytes.Contains(files, []byte(mark)) || !bytes.Contains(files, []byte(keptMark)) {
			t.Error("the files hold what was deleted, or not what was kept")
		}
	}
}

// racingBlobs puts the same few contents from many sides at once, and reads
// them meanwhile.
func racingBlobs(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	stores := []store.Store{e.open(t, uri), e.open(t, uri)}
	contents := [][]byte{noise(store.ChunkSize + 1), []byte("small"), noise(100)}
	for _, c := range contents {
		put(t, stores[0], c, morning)
	}
	var group sync.WaitGroup
	for i := range 12 {
		group.Go(func() {
			s := stores[i%2]
			for j := range 3 {
				c := contents[(i+j)%3]
				b := put(t, s, c, morning)
				_, reader, found, err := s.Blobs().Open(t.Context(), b.Sum)
				if err != nil || !found {
					t.Errorf("it is not there: %v %v", found, err)
					return
				}
				got, err := io.ReadAll(reader)
				if err = errors.Join(err, reader.Close()); err != nil || !bytes.Equal(got, c) {
					t.Errorf("%d of %d bytes: %v", len(got), len(c), err)
				}
			}
		})
	}
	group.Wait()
	var all []store.Blob
	for _, c := range contents {
		b, _, err := stores[0].Blobs().Find(t.Context(), store.Hash(sha256.Sum256(c)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
		expectBlob(t, stores[1], b, c)
	}
	expectBlobs(t, stores[1], store.Hash{}, all...)
	if n, err := stores[0].Blobs().Sweep(t.Context(), morning.Add(time.Hour)); n != 0 || err != nil {
		t.Errorf("%d were left unfinished, %v", n, err)
	}
}

func endedBlobs(t *testing.T, e Engine) {
	s := e.fresh(t)
	b := put(t, s, []byte("a file"), morning)
	ctx, cancel := context.WithCancel(t.Context())
	_, reader, _, err := s.Blobs().Open(ctx, b.Sum)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	cancel()
	calls := map[string]func() error{
		"Put": func() error {
			_, err := s.Blobs().Put(ctx, bytes.NewReader([]byte("another")), roomy, at(morning))
			return err
		},
		"Find":   func() error { _, _, err := s.Blobs().Find(ctx, b.Sum); return err },
		"Open":   func() error { _, _, _, err := s.Blobs().Open(ctx, b.Sum); return err },
		"read":   func() error { _, err := io.ReadAll(reader); return err },
		"Delete": func() error { _, err := s.Blobs().Delete(ctx, b); return err },
		"Sweep":  func() error { _, err := s.Blobs().Sweep(ctx, morning); return err },
		"All": func() (last error) {
			for _, err := range s.Blobs().All(ctx, store.Hash{}) {
				last = err
			}
			return last
		},
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	expectBlobs(t, s, store.Hash{}, b)
}

// crashed is the content that a process puts: by its number and its size one
// can tell what it was.
func crashed(process, number int) []byte {
	content := noise(1 + (number%4)*store.ChunkSize/2)
	return append(content, fmt.Sprintf("%d-%d", process, number)...)
}

// putForever puts blobs and prints the number of each when it is acknowledged.
func putForever(uri string, open Open) error {
	ctx := context.Background()
	s, err := open(ctx, uri)
	if err != nil {
		return err
	}
	for i := uint64(1); ; i++ {
		if _, err := s.Blobs().Put(ctx, bytes.NewReader(crashed(os.Getpid(), int(i))), roomy, at(morning)); err != nil {
			return err
		}
		fmt.Printf("%d p%d.\n", i, os.Getpid())
	}
}

// killWhilePutting kills processes in the middle of Puts: what they
// acknowledged is there, everything that is there is whole, and what is left
// of the rest goes with a sweep.
func killWhilePutting(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	var acknowledged []acknowledgement
	for round := range 3 {
		acknowledged = append(acknowledged, workAndKill(t, uri, "put", 6+5*round)...)
	}
	s := e.open(t, uri)
	if _, err := s.Blobs().Sweep(t.Context(), morning.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Blobs().Sweep(t.Context(), morning.Add(time.Hour)); n != 0 || err != nil {
		t.Errorf("a second sweep finds %d, %v", n, err)
	}
	there := map[store.Hash]bool{}
	for b, err := range s.Blobs().All(t.Context(), store.Hash{}) {
		if err != nil {
			t.Fatal(err)
		}
		there[b.Sum] = true
		_, reader, _, err := s.Blobs().Open(t.Context(), b.Sum)
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, reader)
		if err = errors.Join(err, reader.Close()); err != nil || n != b.Size {
			t.Errorf("%s is not whole: %v", b.Sum, err)
		}
	}
	for _, a := range acknowledged {
		var process int
		if _, err := fmt.Sscanf(a.id, "p%d.", &process); err != nil {
			t.Fatal(err)
		}
		if !there[store.Hash(sha256.Sum256(crashed(process, int(a.number))))] {
			t.Errorf("%s was acknowledged at %d and is not there", a.id, a.number)
		}
	}
}

// RandomDeletions deletes blobs of all sizes in random order, among others
// that are put meanwhile, and looks for them in the files. It is for engines
// with Bytes.
func RandomDeletions(t *testing.T, e Engine, rounds int) {
	uri := e.Fresh(t)
	s := e.open(t, uri)
	marks := map[store.Blob]string{}
	for round := range rounds {
		for i := range 15 {
			content, mark := marked(20 << (i % 15))
			marks[put(t, s, []byte(content), morning)] = mark
		}
		var gone []string
		for b, mark := range marks { // in random order
			if len(gone) == 9 {
				break
			}
			if removed, err := s.Blobs().Delete(t.Context(), b); !removed || err != nil {
				t.Fatal(removed, err)
			}
			gone = append(gone, mark)
			delete(marks, b)
		}
		files := e.Bytes(t, uri)
		for _, mark := range gone {
			if bytes.Contains(files, []byte(mark)) {
				t.Fatalf("round %d: a deleted blob is still in the files", round)
			}
		}
	}
	expectBlobs(t, s, store.Hash{}, slices.Collect(func(yield func(store.Blob) bool) {
		for b := range marks {
			if !yield(b) {
				return
			}
		}
	})...)
}
