package archive_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/store"
	"entente/store/archive"
	"entente/store/storetest"
)

// small is the archive of a store with few commits.
func small(t testing.TB) (store.Store, []byte) {
	t.Helper()
	source := freshSQLite(t)
	grow(t, source, "cms", 4)
	grow(t, source, "fctc", 2)
	erase(t, source, "cms", 2)
	return source, backup(t, source)
}

func TestATruncatedFileIsRefused(t *testing.T) {
	_, file := small(t)
	for n := range file {
		if _, err := archive.Check(t.Context(), bytes.NewReader(file[:n])); !errors.Is(err, archive.ErrDamaged) {
			t.Errorf("%d of %d bytes: %v", n, len(file), err)
		}
	}
}

func TestAFileWithAFlippedBitIsRefusedOrTheSame(t *testing.T) {
	_, file := small(t)
	whole, err := archive.Check(t.Context(), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	harmless := 0
	for i := range file {
		for bit := range 8 {
			// All bits of what frames the content, one of each byte within it.
			if i > 64 && i < len(file)-12 && bit != i%8 {
				continue
			}
			bad := slices.Clone(file)
			bad[i] ^= 1 << bit
			s, err := archive.Check(t.Context(), bytes.NewReader(bad))
			switch {
			case errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrForeign) || errors.Is(err, store.ErrNewer):
			case err == nil:
				// Bits of gzip's own header that say nothing of the content.
				harmless++
				if diff := cmp.Diff(whole, s); diff != "" {
					t.Errorf("byte %d bit %d: %s", i, bit, diff)
				}
			default:
				t.Errorf("byte %d bit %d: %v", i, bit, err)
			}
		}
	}
	if harmless > 64 {
		t.Errorf("%d flipped bits were not noticed", harmless)
	}
}

func TestWhatIsNotAWholeArchiveIsRefusedAndNothingOfItUsed(t *testing.T) {
	_, file := small(t)
	edit := func(change func([]string) []string) []byte { return zipped(t, change(lines(t, file))) }
	replace := func(line int, from, to string) []byte {
		return edit(func(l []string) []string {
			if !strings.Contains(l[line], from) {
				t.Fatalf("%q is not in %q", from, l[line])
			}
			l[line] = strings.Replace(l[line], from, to, 1)
			return l
		})
	}
	if _, err := archive.Check(t.Context(), bytes.NewReader(edit(func(l []string) []string { return l }))); err != nil {
		t.Fatalf("the test's own archive: %v", err)
	}
	last := len(lines(t, file)) - 1
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":                         {nil, archive.ErrDamaged},
		"a text":                          {[]byte("external_id,convention,title\n"), archive.ErrForeign},
		"another database":                {[]byte("SQLite format 3\x00and so on"), archive.ErrForeign},
		"a compressed text":               {compressed(t, "external_id,convention,title"), archive.ErrForeign},
		"compressed JSON":                 {compressed(t, `{"form":"another"}`+"\n"), archive.ErrForeign},
		"compressed nothing":              {compressed(t, ""), archive.ErrDamaged},
		"a long line of another file":     {compressed(t, strings.Repeat("x", 13<<20)), archive.ErrForeign},
		"a newer version":                 {replace(0, `"version":2`, `"version":3`), store.ErrNewer},
		"newer commits":                   {replace(0, `"envelope":1`, `"envelope":2`), store.ErrNewer},
		"version 0":                       {replace(0, `"version":2`, `"version":0`), archive.ErrDamaged},
		"a log without commits":           {replace(0, `"number":4`, `"number":0`), archive.ErrDamaged},
		"a log with a strange name":       {replace(0, `"log":"fctc"`, `"log":"../x"`), archive.ErrDamaged},
		"a log that is said to be longer": {replace(0, `"number":4`, `"number":5`), archive.ErrDamaged},
		"a log that ends otherwise":       {replace(0, `"hash":"`, `"hash":"00`), archive.ErrDamaged},
		"a changed body":                  {replace(1, `é`, `e`), archive.ErrDamaged},
		"a changed actor":                 {replace(1, `"actor":"tester"`, `"actor":"nobody"`), archive.ErrDamaged},
		"a body without salt":             {replace(1, `"salt":`, `"was":`), archive.ErrDamaged},
		"another count":                   {replace(last, `"erased":1`, `"erased":0`), archive.ErrDamaged},
		"no trailer":                      {edit(func(l []string) []string { return l[:last] }), archive.ErrDamaged},
		"a commit less":                   {edit(func(l []string) []string { return slices.Delete(l, 4, 5) }), archive.ErrDamaged},
		"a commit twice":                  {edit(func(l []string) []string { return slices.Insert(l, 2, l[1]) }), archive.ErrDamaged},
		"commits in another order":        {edit(func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }), archive.ErrDamaged},
		"a commit of another log":         {edit(func(l []string) []string { l[1], l[5] = l[5], l[1]; return l }), archive.ErrDamaged},
		"a line that is not JSON":         {edit(func(l []string) []string { l[2] = "{\n"; return l }), archive.ErrDamaged},
		"a line without end":              {edit(func(l []string) []string { l[2] = strings.Repeat("x", 13<<20); return l }), archive.ErrDamaged},
		"something after the trailer":     {compressed(t, strings.Join(lines(t, file), "")+"\n{}\n"), archive.ErrDamaged},
		"a second archive after it":       {append(slices.Clone(file), file...), archive.ErrDamaged},
		"another sum":                     {compressed(t, strings.Replace(strings.Join(lines(t, file), "")+"\n", `"sha256":"`, `"sha256":"00`, 1)), archive.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			target := freshSQLite(t)
			if _, err := read(t.Context(), c.file, target); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			expectUntouched(t, target)
		})
	}
}

// An erased version has nothing that its digest could be held
// against, but the chain is over the digest.
func TestTheDigestOfAnErasedVersionIsHeldByTheChain(t *testing.T) {
	_, file := small(t)
	l := lines(t, file)
	start, rest, found := strings.Cut(l[2], `"digest":"`)
	if !found || strings.Contains(l[2], `"body"`) {
		t.Fatalf("no erased version: %s", l[2])
	}
	l[2] = start + `"digest":"` + strings.Repeat("0", 64) + rest[64:]
	if _, err := archive.Check(t.Context(), bytes.NewReader(zipped(t, l))); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("%v", err)
	}
}

func TestAnErrorOfTheDiskIsNotCalledDamage(t *testing.T) {
	_, file := small(t)
	disk := errors.New("input/output error")
	for _, n := range []int{0, 5, len(file) / 2, len(file) - 1} {
		_, err := archive.Check(t.Context(), io.MultiReader(bytes.NewReader(file[:n]), failing{disk}))
		if !errors.Is(err, disk) || errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrForeign) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// narrow is a disk with little room.
type narrow struct{ left int }

func (n *narrow) Write(p []byte) (int, error) {
	if n.left -= len(p); n.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("no space left on device")

func TestAFullDiskIsAnError(t *testing.T) {
	source, file := small(t)
	for _, room := range []int{0, 100, len(file) - 1} {
		if _, err := archive.Write(t.Context(), source, &narrow{room}, now); !errors.Is(err, errFull) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}

// held is a store that can only be read, without an engine: a fuzz test runs
// it often.
type held struct {
	store.Store
	commits []store.Commit
}

func (h held) Logs(context.Context) ([]string, error) { return []string{h.commits[0].Log}, nil }

func (h held) Head(context.Context, string) (uint64, store.Hash, error) {
	last := h.commits[len(h.commits)-1]
	return last.Number, last.Hash, nil
}

func (h held) Read(context.Context, string, uint64) iter.Seq2[store.Commit, error] {
	return func(yield func(store.Commit, error) bool) {
		for _, c := range h.commits {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (held) Blobs() store.Blobs { return heldBlob{} }

// heldBlob is one blob that can only be read.
type heldBlob struct{ store.Blobs }

const heldText = "a small file"

func (heldBlob) All(context.Context, store.Hash) iter.Seq2[store.Blob, error] {
	return func(yield func(store.Blob, error) bool) {
		yield(store.Blob{Sum: sha256.Sum256([]byte(heldText)), Size: int64(len(heldText))}, nil)
	}
}

func (heldBlob) Open(context.Context, store.Hash) (store.Blob, io.ReadCloser, bool, error) {
	return store.Blob{}, io.NopCloser(strings.NewReader(heldText)), true, nil
}

func FuzzCheck(f *testing.F) {
	source := held{commits: storetest.Chain("cms", 0, store.Hash{}, "c", 3, `{}`)}
	erased := &source.commits[1].Versions[0]
	erased.Body, erased.Salt = nil, nil
	file := backup(f, source)
	f.Add(file)
	f.Add([]byte(strings.Join(lines(f, file), "") + "\n"))
	f.Add([]byte(`{"form":"entente-archive","version":1,"envelope":1,"logs":[{"log":"a","number":9223372036854775807}]}` + "\n{}\n"))
	f.Add([]byte(`{"form":"entente-archive","version":1,"envelope":1,"logs":null}` + "\n" + `{"end":true}` + "\n"))
	f.Add([]byte(`{"form":"entente-archive","version":2,"envelope":1,"logs":null}` + "\n" + `{"blob":"` + strings.Repeat("0f", 32) + `","size":9}` + "\n" + `{"gone":true}` + "\n" + `{"end":true}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, file := range [][]byte{data, compressed(t, string(data))} {
			s, err := archive.Check(t.Context(), bytes.NewReader(file))
			known := errors.Is(err, archive.ErrDamaged) || errors.Is(err, archive.ErrForeign) || errors.Is(err, store.ErrNewer)
			if err != nil && !known {
				t.Fatalf("an error without a name: %v", err)
			}
			for _, l := range s.Logs {
				if err == nil && l.Commits != int(l.Number) {
					t.Fatalf("log %s was called whole with %d of %d commits", l.Log, l.Commits, l.Number)
				}
			}
		}
	})
}
