package platform_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
	"entente/store"
)

// draftOf makes a draft of a need.
func draftOf(t *testing.T, on *platform.Platform) string {
	t.Helper()
	n, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "A need"), "")
	if err != nil {
		t.Fatal(explain(err))
	}
	return n.ID
}

func attach(t *testing.T, on *platform.Platform, id, text string) cooperation.Attachment {
	t.Helper()
	file, _, err := on.Attach(t.Context(), focal, catalogue.KindNeed, id, "minutes.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(explain(err))
	}
	return file
}

// contentOf reads a file as its own side.
func contentOf(t *testing.T, on *platform.Platform, id string, file cooperation.Attachment) (string, error) {
	t.Helper()
	_, content, _, err := on.File(t.Context(), focal, catalogue.KindNeed, id, file.SHA256)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(content)
	return string(text), errors.Join(err, content.Close())
}

// kept reports whether the store still has the content.
func kept(t *testing.T, on *platform.Platform, file cooperation.Attachment) bool {
	t.Helper()
	var sum store.Hash
	if err := sum.UnmarshalText([]byte(file.SHA256)); err != nil {
		t.Fatal(err)
	}
	_, found, err := on.Store().Blobs().Find(t.Context(), sum)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func sweep(t *testing.T, on *platform.Platform, want int) {
	t.Helper()
	if n, err := on.SweepFiles(t.Context()); n != want || err != nil {
		t.Errorf("%d files were swept, want %d: %v", n, want, err)
	}
}

func TestAFileIsThereForEveryReplicaAndAfterAStart(t *testing.T) {
	p := newPlace(t)
	on, other := p.open(), p.open()
	id := draftOf(t, on)
	file := attach(t, on, id, "The minutes.")
	if file.Name != "minutes.txt" || file.Type != "text/plain" || file.Size != 12 {
		t.Errorf("%+v", file)
	}
	if err := other.Await(t.Context(), "fctc", on.Position("fctc")); err != nil {
		t.Fatal(err)
	}
	for name, replica := range map[string]*platform.Platform{"the same": on, "another": other, "a later": p.open()} {
		if text, err := contentOf(t, replica, id, file); text != "The minutes." || err != nil {
			t.Errorf("%s reads %q, %v", name, text, err)
		}
	}
}

func TestNothingIsKeptOfAFileThatMayNotBeSent(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	id := draftOf(t, on)
	pdf := "%PDF-1.7\n" + strings.Repeat("x", cooperation.FileHead)
	broken := errors.New("the line broke")
	for name, c := range map[string]struct {
		actor   cooperation.Actor
		id      string
		content io.Reader
		want    func(error) bool
	}{
		"not theirs":    {provider, id, iotest.ErrReader(errors.New("it was read")), code(cooperation.NotFound)},
		"not there":     {focal, "nothing", iotest.ErrReader(errors.New("it was read")), code(cooperation.NotFound)},
		"no file":       {focal, id, strings.NewReader("<html>"), code(cooperation.Invalid)},
		"empty":         {focal, id, strings.NewReader(""), code(cooperation.Invalid)},
		"too large":     {focal, id, io.MultiReader(strings.NewReader(pdf), bytes.NewReader(make([]byte, cooperation.MaxFile))), code(cooperation.TooLarge)},
		"cut off early": {focal, id, io.MultiReader(strings.NewReader("%PDF-"), iotest.ErrReader(broken)), func(err error) bool { return errors.Is(err, broken) }},
		"cut off late":  {focal, id, io.MultiReader(strings.NewReader(pdf), iotest.ErrReader(broken)), func(err error) bool { return errors.Is(err, broken) }},
		"cut short":     {focal, id, io.MultiReader(strings.NewReader(pdf), iotest.ErrReader(io.ErrUnexpectedEOF)), func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }},
	} {
		if _, _, err := on.Attach(t.Context(), c.actor, catalogue.KindNeed, c.id, "x", c.content); err == nil || !c.want(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for b, err := range on.Store().Blobs().All(t.Context(), store.Hash{}) {
		t.Errorf("%v was kept, %v", b, err)
	}
	n, _, err := on.Need(focal, id)
	if err != nil || len(n.Files) != 0 || n.Version != 1 {
		t.Errorf("%+v, %v", n.Files, err)
	}
}

func code(want cooperation.Code) func(error) bool {
	return func(err error) bool { return cooperation.CodeOf(err) == want }
}

// Wherever a macro's mark lies, also across the pieces that are read.
func TestDocumentsWithMacrosAreRefused(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	id := draftOf(t, on)
	head := "PK\x03\x04" + strings.Repeat("\x00", 22) + "\x11\x00\x00\x00word/document.xml"
	for _, before := range []int{0, 10, cooperation.FileHead - len(head) - 5, store.ChunkSize - len(head) - 5, 3 * store.ChunkSize} {
		for _, read := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.HalfReader} {
			content := head + strings.Repeat("x", before) + "word/vbaProject.bin" + strings.Repeat("y", 100)
			if _, _, err := on.Attach(t.Context(), focal, catalogue.KindNeed, id, "x.docx", read(strings.NewReader(content))); cooperation.CodeOf(err) != cooperation.Invalid {
				t.Errorf("after %d bytes: %v", before, err)
			}
		}
	}
	if _, _, err := on.Attach(t.Context(), focal, catalogue.KindNeed, id, "x.docx", strings.NewReader(head+strings.Repeat("x", 1000))); err != nil {
		t.Errorf("without: %v", explain(err))
	}
}

func TestAnErasedFileIsGoneFromTheStoreAndTheRestIsNot(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	first, second := draftOf(t, on), draftOf(t, on)
	shared, own := attach(t, on, first, "A file of two needs."), attach(t, on, first, "A file of one need.")
	attach(t, on, second, "A file of two needs.")
	p.clock.advance(time.Hour)
	for _, f := range []cooperation.Attachment{shared, own} {
		if _, err := on.EraseFile(t.Context(), focal, catalogue.KindNeed, first, f.SHA256); err != nil {
			t.Fatal(explain(err))
		}
		if _, err := contentOf(t, on, first, f); cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("it can still be read: %v", err)
		}
	}
	if kept(t, on, own) || !kept(t, on, shared) {
		t.Errorf("the erased one is kept: %v; the other's is: %v", kept(t, on, own), kept(t, on, shared))
	}
	if text, err := contentOf(t, on, second, shared); text != "A file of two needs." || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := on.EraseFile(t.Context(), focal, catalogue.KindNeed, second, shared.SHA256); err != nil || kept(t, on, shared) {
		t.Errorf("the last one's erasure left it: %v", err)
	}
	if whole, err := on.VerifyFiles(t.Context(), func(sum string, _ bool) { t.Errorf("%s is missed", sum) }); whole != 0 || err != nil {
		t.Errorf("%d, %v", whole, err)
	}
}

func TestWhatIsSentJustBeforeAnErasureStaysForTheMoment(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	id := draftOf(t, on)
	file := attach(t, on, id, "A file.")
	if _, err := on.EraseFile(t.Context(), focal, catalogue.KindNeed, id, file.SHA256); err != nil {
		t.Fatal(err)
	}
	if !kept(t, on, file) {
		t.Fatal("somebody who has just sent the same file would find it gone")
	}
	p.clock.advance(9 * time.Minute)
	sweep(t, on, 0)
	p.clock.advance(time.Minute)
	sweep(t, on, 1)
	if kept(t, on, file) {
		t.Error("it is still there")
	}
}

// cut is a store that appends nothing any more: the program dies between the
// keeping of a file and its commit.
type cut struct{ store.Store }

func (cut) Append(context.Context, string, []store.Commit) (int, error) {
	return 0, &store.Unavailable{Place: "here", Err: errors.New("cut")}
}

func TestFilesThatWereNeverAttachedAreSweptAfterADay(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	id := draftOf(t, on)
	attached := attach(t, on, id, "An attached file.")
	removed := attach(t, on, id, "A file that past versions have.")
	if _, err := on.Detach(t.Context(), focal, catalogue.KindNeed, id, removed.SHA256); err != nil {
		t.Fatal(err)
	}
	dying := p.open(cut{p.store()})
	if _, _, err := dying.Attach(t.Context(), focal, catalogue.KindNeed, id, "x", strings.NewReader("An orphan.")); cooperation.CodeOf(err) != cooperation.Unavailable {
		t.Fatal(err)
	}
	count := func() (n int) {
		for _, err := range on.Store().Blobs().All(t.Context(), store.Hash{}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if count() != 3 {
		t.Fatalf("%d files: the test shows nothing", count())
	}
	p.clock.advance(24*time.Hour - time.Second)
	sweep(t, on, 0)
	p.clock.advance(time.Second)
	sweep(t, on, 1)
	if count() != 2 || !kept(t, on, attached) || !kept(t, on, removed) {
		t.Errorf("%d files are left", count())
	}
}

// dark is a store of which nothing more can be read once it is dark.
type dark struct {
	store.Store
	now atomic.Bool
}

func (d *dark) Read(ctx context.Context, log string, after uint64) iter.Seq2[store.Commit, error] {
	if !d.now.Load() {
		return d.Store.Read(ctx, log, after)
	}
	return func(yield func(store.Commit, error) bool) { yield(store.Commit{}, errors.New("it is dark")) }
}

// Who knows what a log names that cannot be followed.
func TestNothingIsSweptInTheDark(t *testing.T) {
	p := newPlace(t)
	d := &dark{Store: p.store()}
	on := p.open(d)
	if _, err := d.Blobs().Put(t.Context(), strings.NewReader("An orphan."), 100, p.clock.Now); err != nil {
		t.Fatal(err)
	}
	p.clock.advance(25 * time.Hour)
	d.now.Store(true)
	for on.Ready(t.Context()) == nil {
		runtime.Gosched() // until it has tried to read
	}
	if n, err := on.SweepFiles(t.Context()); n != 0 || err == nil {
		t.Errorf("%d files were swept, %v", n, err)
	}
}

func TestMissingFilesAreReported(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	id := draftOf(t, on)
	attach(t, on, id, "A file that stays.")
	gone := attach(t, on, id, "A file that somebody takes away behind the program's back.")
	for b, err := range on.Store().Blobs().All(t.Context(), store.Hash{}) {
		if err == nil && b.Sum.String() == gone.SHA256 {
			_, err = on.Store().Blobs().Delete(t.Context(), b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var reported []string
	whole, err := on.VerifyFiles(t.Context(), func(sum string, missing bool) {
		if missing {
			reported = append(reported, sum)
		}
	})
	if whole != 1 || err != nil || len(reported) != 1 || reported[0] != gone.SHA256 {
		t.Errorf("%d whole, %v missing, %v", whole, reported, err)
	}
	if _, err := contentOf(t, on, id, gone); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("%v", err)
	}
}

func TestManySendFilesAtOnce(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	id := draftOf(t, on)
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			content := strings.Repeat(string(rune('a'+i%8)), 100_000)
			if _, _, err := on.Attach(t.Context(), focal, catalogue.KindNeed, id, "x.txt", strings.NewReader(content)); err != nil {
				t.Error(explain(err))
			}
		})
	}
	group.Wait()
	n, _, err := on.Need(focal, id)
	if err != nil || len(n.Attachments) != 8 || len(n.Files) != 8 {
		t.Errorf("%d files, %v", len(n.Attachments), err)
	}
	if whole, err := on.VerifyFiles(t.Context(), func(sum string, _ bool) { t.Error(sum) }); whole != 8 || err != nil {
		t.Errorf("%d, %v", whole, err)
	}
}
