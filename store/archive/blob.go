package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"entente/store"
)

// errGone says that a blob was erased while the archive was written.
var errGone = errors.New("archive: the blob was erased")

// blobs calls g for every blob. The line of the first one, or the trailer, was
// read before, and the trailer is read when it returns.
func (d *decoder) blobs(ctx context.Context, g func(store.Blob, io.Reader) error) error {
	for last := (store.Hash{}); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var l blobLine
		if err := unmarshal(d.line, &l); err != nil || l.End {
			return err
		}
		if l.Size < 0 || bytes.Compare(l.Blob[:], last[:]) <= 0 {
			return fmt.Errorf("%w: blob %s with %d bytes came after %s", ErrDamaged, l.Blob, l.Size, last)
		}
		last = l.Blob
		d.sum.Write(d.line)
		if err := d.blob(store.Blob{Sum: l.Blob, Size: l.Size}, g); err != nil {
			return err
		}
		if err := d.next(); err != nil {
			return err
		}
	}
}

// blob gives one blob to g, reads what g has left, and counts.
func (d *decoder) blob(b store.Blob, g func(store.Blob, io.Reader) error) error {
	content := &checked{store.JoinContent(b.Size, b.Sum[:], d.chunk), nil}
	err := g(b, content)
	if err == nil {
		_, err = io.Copy(io.Discard, content)
	}
	switch {
	case errors.Is(content.failed, errGone):
		return nil
	case err != nil:
		return err
	}
	d.counts.Blobs, d.counts.Bytes = d.counts.Blobs+1, d.counts.Bytes+b.Size
	return nil
}

// chunk reads the next piece of a blob.
func (d *decoder) chunk(int) ([]byte, error) {
	if err := d.next(); err != nil {
		return nil, err
	}
	var l chunkLine
	if err := unmarshal(d.line, &l); err != nil {
		return nil, err
	}
	d.sum.Write(d.line)
	if l.Gone {
		return nil, errGone
	}
	return l.Chunk, nil
}

// checked is a content whose damage is the archive's.
type checked struct {
	io.Reader
	failed error // why it ended early
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if errors.Is(err, store.ErrBroken) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed = err
	}
	return n, err
}

// addBlob takes the next blob, in the order of their sums. One that is there
// from an interrupted restore is kept, and those that are not in what is
// restored go: they were erased since.
func (f *filler) addBlob(ctx context.Context, b store.Blob, content io.Reader) error {
	if f.blobs {
		if err := f.dropBlobs(ctx, &b.Sum); err != nil {
			return err
		}
		there, found, err := f.to.Blobs().Find(ctx, b.Sum)
		if err != nil {
			return err
		}
		if found {
			return f.keepBlob(ctx, there, content)
		}
	}
	put, err := f.to.Blobs().Put(ctx, content, b.Size, f.clock)
	if err == nil && put.Sum != b.Sum {
		err = fmt.Errorf("%w: blob %s became %s", store.ErrBroken, b.Sum, put.Sum)
	}
	f.last = b.Sum
	return err
}

// keepBlob passes over a blob that an interrupted restore left, unless it
// turns out to have been erased since.
func (f *filler) keepBlob(ctx context.Context, b store.Blob, content io.Reader) error {
	f.last = b.Sum
	_, err := io.Copy(io.Discard, content)
	if err != nil {
		_, gone := f.to.Blobs().Delete(ctx, b)
		err = errors.Join(err, gone)
	}
	return err
}

// copyBlob takes the next blob from a store, and tells whether it was still
// there.
func (f *filler) copyBlob(ctx context.Context, from store.Store, b store.Blob) (bool, error) {
	_, content, found, err := from.Blobs().Open(ctx, b.Sum)
	if err != nil || !found {
		return false, err
	}
	defer content.Close()
	source := &checked{content, nil}
	if err = f.addBlob(ctx, b, source); source.failed != nil {
		gone, cause := isGone(ctx, from, b.Sum, source.failed)
		return !gone, cause
	}
	return true, err
}

// dropBlobs removes what is there after the last blob that was added, up to
// the next one, or all of it.
func (f *filler) dropBlobs(ctx context.Context, before *store.Hash) error {
	for b, err := range f.to.Blobs().All(ctx, f.last) {
		if err != nil {
			return err
		}
		if before != nil && bytes.Compare(b.Sum[:], before[:]) >= 0 {
			return nil
		}
		if _, err := f.to.Blobs().Delete(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// finishBlobs reads all blobs back.
func (f *filler) finishBlobs(ctx context.Context, s Summary) error {
	if f.blobs {
		if err := f.dropBlobs(ctx, nil); err != nil {
			return err
		}
	}
	count, size := 0, int64(0)
	for b, err := range f.to.Blobs().All(ctx, store.Hash{}) {
		if err == nil {
			err = readBlob(ctx, f.to, b.Sum)
		}
		if err != nil {
			return fmt.Errorf("archive: read back: %w", err)
		}
		count, size = count+1, size+b.Size
	}
	if count != s.Blobs || size != s.Bytes {
		return fmt.Errorf("%w: it has %d contents of files with %d bytes, not %d with %d", ErrDiffers, count, size, s.Blobs, s.Bytes)
	}
	return nil
}

// readBlob reads a blob to its end.
func readBlob(ctx context.Context, from store.Store, sum store.Hash) error {
	_, content, found, err := from.Blobs().Open(ctx, sum)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("%w: blob %s is missing", store.ErrBroken, sum)
	}
	defer content.Close()
	if _, err := io.Copy(io.Discard, content); err != nil {
		return fmt.Errorf("blob %s: %w", sum, err)
	}
	return nil
}
