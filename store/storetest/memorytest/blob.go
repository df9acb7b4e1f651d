package memorytest

import (
	"bytes"
	"context"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"entente/store"
)

// blob is one stored content.
type blob struct {
	store.Blob
	content []byte
}

// blobs is the contents of files of a Store.
type blobs Store

// Put implements store.Blobs.
func (b *blobs) Put(ctx context.Context, content io.Reader, limit int64, clock func() time.Time) (store.Blob, error) {
	var whole []byte
	put, err := store.SplitBlob(content, limit, func(_ int, chunk []byte) error {
		whole = append(whole, chunk...)
		return ctx.Err()
	})
	if err != nil {
		return store.Blob{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	put.Stored = store.NextStored(b.content[put.Sum].Stored, clock())
	b.content[put.Sum] = blob{put, whole}
	return put, nil
}

// Find implements store.Blobs.
func (b *blobs) Find(ctx context.Context, sum store.Hash) (store.Blob, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.content[sum]
	return found.Blob, ok, ctx.Err()
}

// Open implements store.Blobs.
func (b *blobs) Open(ctx context.Context, sum store.Hash) (store.Blob, io.ReadCloser, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.content[sum]
	return found.Blob, io.NopCloser(bytes.NewReader(found.content)), ok, ctx.Err()
}

// Delete implements store.Blobs.
func (b *blobs) Delete(ctx context.Context, gone store.Blob) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.content[gone.Sum]
	if !ok || !found.Stored.Equal(gone.Stored) {
		return false, ctx.Err()
	}
	delete(b.content, gone.Sum)
	return true, ctx.Err()
}

// All implements store.Blobs.
func (b *blobs) All(ctx context.Context, after store.Hash) iter.Seq2[store.Blob, error] {
	b.mu.Lock()
	all := slices.SortedFunc(maps.Keys(b.content), func(x, y store.Hash) int { return bytes.Compare(x[:], y[:]) })
	b.mu.Unlock()
	return func(yield func(store.Blob, error) bool) {
		for _, sum := range all {
			found, ok, err := b.Find(ctx, sum)
			if bytes.Compare(sum[:], after[:]) > 0 && ok && !yield(found, err) {
				return
			}
		}
	}
}

// Sweep finds nothing: a Put is whole or it is not there.
func (b *blobs) Sweep(ctx context.Context, _ time.Time) (int, error) { return 0, ctx.Err() }
