package store_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"entente/store"
)

func split(t *testing.T, content []byte) (chunks [][]byte, size int64, sum []byte) {
	t.Helper()
	size, sum, err := store.SplitContent(bytes.NewReader(content), func(place int, chunk []byte) error {
		if place != len(chunks) {
			t.Fatalf("piece %d came where %d was due", place, len(chunks))
		}
		chunks = append(chunks, bytes.Clone(chunk))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return chunks, size, sum
}

func TestContentComesBackFromItsPieces(t *testing.T) {
	for _, size := range []int{0, 1, store.ChunkSize, store.ChunkSize + 1, 3 * store.ChunkSize} {
		content := bytes.Repeat([]byte{7}, size)
		chunks, n, sum := split(t, content)
		if want := (size + store.ChunkSize - 1) / store.ChunkSize; len(chunks) != want || n != int64(size) {
			t.Fatalf("%d bytes became %d pieces of %d bytes", size, len(chunks), n)
		}
		joined := store.JoinContent(n, sum, func(place int) ([]byte, error) { return chunks[place], nil })
		if err := iotest.TestReader(joined, content); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

func TestDamagedContentNeverEndsWell(t *testing.T) {
	content := bytes.Repeat([]byte{7}, store.ChunkSize+10)
	missing := errors.New("missing")
	for name, damage := range map[string]func(chunks [][]byte) [][]byte{
		"a changed byte": func(c [][]byte) [][]byte { c[1][3]++; return c },
		"a piece less":   func(c [][]byte) [][]byte { return c[:1] },
		"a short piece":  func(c [][]byte) [][]byte { c[1] = c[1][:9]; return c },
		"a long piece":   func(c [][]byte) [][]byte { c[1] = append(c[1], 7); return c },
		"an empty piece": func(c [][]byte) [][]byte { c[0] = nil; return c },
		"swapped pieces": func(c [][]byte) [][]byte { c[0][0]++; c[0], c[1] = c[1], c[0]; return c },
	} {
		chunks, size, sum := split(t, content)
		chunks = damage(chunks)
		got, err := io.ReadAll(store.JoinContent(size, sum, func(place int) ([]byte, error) {
			if place >= len(chunks) {
				return nil, missing
			}
			return chunks[place], nil
		}))
		if !errors.Is(err, store.ErrBroken) && !errors.Is(err, missing) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

func TestContentThatBreaksOffIsNotTakenForWhole(t *testing.T) {
	for _, size := range []int{0, 10, store.ChunkSize, store.ChunkSize + 10} {
		cut := io.MultiReader(bytes.NewReader(make([]byte, size)), iotest.ErrReader(io.ErrUnexpectedEOF))
		_, _, err := store.SplitContent(cut, func(int, []byte) error { return nil })
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("after %d bytes: %v", size, err)
		}
	}
}

func TestClosedContentIsNotReadOn(t *testing.T) {
	chunks, size, sum := split(t, []byte("content"))
	joined := store.JoinContent(size, sum, func(place int) ([]byte, error) { return chunks[place], nil })
	if err := joined.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := joined.Read(make([]byte, 1)); n != 0 || err == nil || err == io.EOF {
		t.Errorf("%d, %v", n, err)
	}
}
