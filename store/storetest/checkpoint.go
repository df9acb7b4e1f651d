package storetest

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"entente/store"
)

// noise is size bytes that are the same at each call.
func noise(size int) []byte {
	r := rand.NewChaCha8([32]byte{1})
	b := make([]byte, size)
	_, _ = r.Read(b) // documented never to fail
	return b
}

func save(t testing.TB, s store.Store, log string, number uint64, format string, content []byte) {
	t.Helper()
	c := store.Checkpoint{Number: number, Hash: store.Hash{byte(number)}, Format: format}
	if err := s.SaveCheckpoint(t.Context(), log, c, iotest.HalfReader(bytes.NewReader(content))); err != nil {
		t.Fatal(err)
	}
}

// expectCheckpoint checks what LoadCheckpoint returns; number 0 stands for
// none.
func expectCheckpoint(t testing.TB, s store.Store, log, format string, number uint64, want []byte) {
	t.Helper()
	c, content, found, err := s.LoadCheckpoint(t.Context(), log, format)
	if err != nil {
		t.Fatal(err)
	}
	if found != (number != 0) {
		t.Fatalf("found: %v", found)
	}
	if !found {
		return
	}
	defer content.Close()
	if c != (store.Checkpoint{Number: number, Hash: store.Hash{byte(number)}, Format: format}) {
		t.Errorf("the checkpoint is %+v", c)
	}
	got, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes came back changed as %d", len(want), len(got))
	}
	if err := content.Close(); err != nil {
		t.Error(err)
	}
}

func checkpoint(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s := e.open(t, uri)
	expectCheckpoint(t, s, "cms", "v1", 0, nil)
	for i, size := range []int{0, 1, 512 << 10, 5<<20 + 7} {
		save(t, s, "cms", uint64(i+1), "v1", noise(size))
		expectCheckpoint(t, s, "cms", "v1", uint64(i+1), noise(size))
	}
	expectCheckpoint(t, e.open(t, uri), "cms", "v1", 4, noise(5<<20+7))
	expectCheckpoint(t, s, "cms", "v2", 0, nil)
	expectCheckpoint(t, s, "untoc", "v1", 0, nil)
}

func latestCheckpoint(t *testing.T, e Engine) {
	s := e.fresh(t)
	save(t, s, "cms", 5, "v1", []byte("five"))
	save(t, s, "cms", 4, "v1", []byte("four, late"))
	expectCheckpoint(t, s, "cms", "v1", 5, []byte("five"))
	save(t, s, "cms", 5, "v1", []byte("five again"))
	expectCheckpoint(t, s, "cms", "v1", 5, []byte("five again"))
	save(t, s, "cms", 10, "v1", []byte("ten"))
	save(t, s, "cms", 7, "v2", []byte("another format"))
	save(t, s, "cm", 3, "s/v1", []byte("another log"))
	expectCheckpoint(t, s, "cms", "v1", 10, []byte("ten"))
	expectCheckpoint(t, s, "cms", "v2", 7, []byte("another format"))
	expectCheckpoint(t, s, "cm", "s/v1", 3, []byte("another log"))
}

func checkpointErasure(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri), e.open(t, uri)
	commits := fill(t, s, "cms", 10, `{}`)
	_, mark := marked(0)
	save(t, s, "cms", 8, "v1", bytes.Repeat([]byte(mark), 30_000))
	save(t, s, "cms", 9, "v2", []byte(mark))
	save(t, s, "untoc", 5, "v1", []byte("of another log"))
	v := commits[2].Versions[0]
	if err := s.Erase(t.Context(), "cms", []store.VersionRef{{Commit: 3, Kind: v.Kind, ID: v.ID, Number: v.Number}}); err != nil {
		t.Fatal(err)
	}
	for _, s := range []store.Store{s, other} {
		expectCheckpoint(t, s, "cms", "v1", 0, nil)
		expectCheckpoint(t, s, "cms", "v2", 0, nil)
		expectCheckpoint(t, s, "untoc", "v1", 5, []byte("of another log"))
		for _, number := range []uint64{8, 9} {
			err := s.SaveCheckpoint(t.Context(), "cms", store.Checkpoint{Number: number, Format: "v1"}, strings.NewReader(mark))
			if !errors.Is(err, store.ErrStale) {
				t.Errorf("saving at %d: %v", number, err)
			}
		}
		expectCheckpoint(t, s, "cms", "v1", 0, nil)
	}
	if e.Bytes != nil && bytes.Contains(e.Bytes(t, uri), []byte(mark)) {
		t.Error("the checkpoint is still in the files")
	}
	save(t, s, "cms", 10, "v1", []byte("clean"))
	expectCheckpoint(t, other, "cms", "v1", 10, []byte("clean"))
}

func failingCheckpoint(t *testing.T, e Engine) {
	s := e.fresh(t)
	save(t, s, "cms", 5, "v1", []byte("five"))
	broken := errors.New("the state cannot be written")
	content := io.MultiReader(bytes.NewReader(noise(2<<20)), iotest.ErrReader(broken))
	err := s.SaveCheckpoint(t.Context(), "cms", store.Checkpoint{Number: 6, Format: "v1"}, content)
	if !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	expectCheckpoint(t, s, "cms", "v1", 5, []byte("five"))
	save(t, s, "cms", 7, "v1", []byte("seven"))
	expectCheckpoint(t, s, "cms", "v1", 7, []byte("seven"))
}

// replacedCheckpoint reads while others save: a reading ends with the whole
// content or with an error, never with a part of it.
func replacedCheckpoint(t *testing.T, e Engine) {
	uri := e.Fresh(t)
	s, other := e.open(t, uri), e.open(t, uri)
	content := noise(2 << 20)
	save(t, s, "cms", 1, "v1", content)

	_, reader, found, err := s.LoadCheckpoint(t.Context(), "cms", "v1")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	defer reader.Close()
	if _, err := io.ReadFull(reader, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	save(t, other, "cms", 2, "v1", content)
	if rest, err := io.ReadAll(reader); err == nil && !bytes.Equal(rest, content[1000:]) {
		t.Error("a part of the content passed for all of it")
	}

	var group sync.WaitGroup
	for i := range 3 {
		group.Go(func() { save(t, other, "cms", uint64(3+i), "v1", content) })
	}
	group.Wait()
	expectCheckpoint(t, s, "cms", "v1", 5, content)
}
