package mongo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"entente/store"
)

// blobs is the contents of files.
type blobs struct{ *Store }

// Blobs is the contents of files.
func (s *Store) Blobs() store.Blobs { return blobs{s} }

// pageOfBlobs is how many blobs All reads at once.
const pageOfBlobs = 64

// blobDocument is a content that is there. Each Put inserts one of its own,
// with chunks of its own, and then removes the earlier ones of the same sum:
// the one stored last counts.
type blobDocument struct {
	ID     string    `bson:"_id"` // "sum/key"
	Key    string    `bson:"key"`
	Size   int64     `bson:"size"`
	Stored time.Time `bson:"stored"`
}

// begunDocument notes that there may be chunks under a key.
type begunDocument struct {
	Key   string    `bson:"_id"`
	Begun time.Time `bson:"begun"`
}

// blob is what the document says of the content.
func (d *blobDocument) blob() (store.Blob, error) {
	b := store.Blob{Size: d.Size, Stored: d.Stored.UTC()}
	if len(d.ID) < 2*len(b.Sum) {
		return b, fmt.Errorf("%w: %q cannot name a blob", store.ErrBroken, d.ID)
	}
	return b, b.Sum.UnmarshalText([]byte(d.ID[:2*len(b.Sum)]))
}

// after tells whether d was stored later than o.
func (d *blobDocument) after(o *blobDocument) bool {
	return d.Stored.After(o.Stored) || d.Stored.Equal(o.Stored) && d.Key > o.Key
}

// Put writes the content under a key of its own and makes it visible by one
// insertion.
func (b blobs) Put(ctx context.Context, content io.Reader, limit int64, clock func() time.Time) (store.Blob, error) {
	d := blobDocument{Key: fmt.Sprintf("%016x-%s", time.Now().UnixNano(), rand.Text())}
	if _, err := b.insert(ctx, b.blobsSaving, begunDocument{d.Key, clock()}); err != nil {
		return store.Blob{}, err
	}
	blob, err := store.SplitBlob(content, limit, func(place int, chunk []byte) error {
		_, err := b.insert(ctx, b.blobChunks, chunkDocument{chunkID(d.Key, place), chunk})
		return err
	})
	if err == nil {
		d.ID, d.Size = blob.Sum.String()+"/"+d.Key, blob.Size
		err = b.complete(ctx, &d, blob.Sum, clock())
	}
	if err != nil {
		// Also when the context has ended. What stays because of another error,
		// a sweep removes.
		return store.Blob{}, errors.Join(err, b.dropBlob(context.WithoutCancel(ctx), &d))
	}
	blob.Stored = d.Stored
	return blob, b.dropOlder(ctx, &d, blob.Sum)
}

// complete makes the blob visible, unless it was swept meanwhile.
func (b blobs) complete(ctx context.Context, d *blobDocument, sum store.Hash, now time.Time) error {
	before, _, err := b.latest(ctx, sum)
	if err != nil {
		return err
	}
	d.Stored = store.NextStored(before.Stored.UTC(), now)
	if _, err := b.insert(ctx, b.blobs, d); err != nil {
		return err
	}
	found, err := b.find(ctx, b.blobsSaving, d.Key, &begunDocument{})
	if err == nil && !found {
		err = fmt.Errorf("mongo: %s: the blob was swept while it was put", b.place)
	}
	return err
}

// dropOlder takes the note away and removes what d replaces.
func (b blobs) dropOlder(ctx context.Context, d *blobDocument, sum store.Hash) error {
	if _, err := b.remove(ctx, b.blobsSaving, bson.D{{Key: "_id", Value: d.Key}}); err != nil {
		return err
	}
	all, err := b.generations(ctx, sum)
	if err != nil {
		return err
	}
	for i := range all {
		if !d.after(&all[i]) {
			continue
		}
		if err := b.dropBlob(ctx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

// generations are the contents of a sum: one, but for the moment in which one
// replaces another.
func (b blobs) generations(ctx context.Context, sum store.Hash) (all []blobDocument, err error) {
	return all, b.all(ctx, b.blobs, between(sum.String()+"/"), &all)
}

func (b blobs) latest(ctx context.Context, sum store.Hash) (last blobDocument, found bool, err error) {
	all, err := b.generations(ctx, sum)
	for i := range all {
		if !found || all[i].after(&last) {
			last, found = all[i], true
		}
	}
	return last, found, err
}

// dropBlob removes a blob: it is gone with its document, and the note by which
// a sweep finds what remains after a crash goes last.
func (b blobs) dropBlob(ctx context.Context, d *blobDocument) error {
	if _, err := b.insert(ctx, b.blobsSaving, begunDocument{d.Key, d.Stored}); err != nil {
		return err
	}
	if _, err := b.remove(ctx, b.blobs, bson.D{{Key: "_id", Value: d.ID}}); err != nil {
		return err
	}
	return b.dropChunks(ctx, d.Key)
}

func (b blobs) dropChunks(ctx context.Context, key string) error {
	if _, err := b.remove(ctx, b.blobChunks, between(key+"/")); err != nil {
		return err
	}
	_, err := b.remove(ctx, b.blobsSaving, bson.D{{Key: "_id", Value: key}})
	return err
}

// Find looks the sum up.
func (b blobs) Find(ctx context.Context, sum store.Hash) (store.Blob, bool, error) {
	d, found, err := b.latest(ctx, sum)
	if err != nil || !found {
		return store.Blob{}, false, err
	}
	blob, err := d.blob()
	return blob, err == nil, err
}

// Open reads chunk by chunk. When the one that it reads was replaced, it reads
// on in the one that replaced it.
func (b blobs) Open(ctx context.Context, sum store.Hash) (store.Blob, io.ReadCloser, bool, error) {
	d, found, err := b.latest(ctx, sum)
	if err != nil || !found {
		return store.Blob{}, nil, false, err
	}
	blob, err := d.blob()
	if err != nil {
		return store.Blob{}, nil, false, err
	}
	return blob, store.JoinContent(blob.Size, sum[:], func(place int) ([]byte, error) { return b.chunk(ctx, &d, sum, place) }), true, nil
}

func (b blobs) chunk(ctx context.Context, d *blobDocument, sum store.Hash, place int) ([]byte, error) {
	for {
		var c chunkDocument
		found, err := b.find(ctx, b.blobChunks, chunkID(d.Key, place), &c)
		if err != nil || found {
			return c.Data, err
		}
		last, found, err := b.latest(ctx, sum)
		if err != nil {
			return nil, err
		}
		if !found || last.Key == d.Key {
			return nil, fmt.Errorf("mongo: %s: the blob is gone", b.place)
		}
		*d = last
	}
}

// Delete removes what is stored under the sum, the latest last. Beyond the
// collections it cannot reach: the oplog turns over with time, backups are the
// operator's.
func (b blobs) Delete(ctx context.Context, blob store.Blob) (bool, error) {
	all, err := b.generations(ctx, blob.Sum)
	if err != nil {
		return false, err
	}
	var last *blobDocument
	for i := range all {
		if last == nil || all[i].after(last) {
			last = &all[i]
		}
	}
	if last == nil || !last.Stored.Equal(blob.Stored) {
		return false, nil
	}
	for i := range all {
		if &all[i] == last {
			continue
		}
		if err := b.dropBlob(ctx, &all[i]); err != nil {
			return false, err
		}
	}
	return true, b.dropBlob(ctx, last)
}

// All reads some at a time, so that no cursor stays open while the caller
// works.
func (b blobs) All(ctx context.Context, after store.Hash) iter.Seq2[store.Blob, error] {
	return func(yield func(store.Blob, error) bool) {
		var held store.Blob // the last one read: another of its sum may follow
		from := after.String() + "0"
		for {
			page, err := b.page(ctx, from)
			for i := 0; i < len(page) && err == nil; i++ {
				from = page[i].ID
				var next store.Blob
				if next, err = page[i].blob(); err != nil {
					break
				}
				if held.Sum != next.Sum && held != (store.Blob{}) && !yield(held, nil) {
					return
				}
				if held.Sum != next.Sum || next.Stored.After(held.Stored) {
					held = next
				}
			}
			if err != nil {
				yield(store.Blob{}, err)
				return
			}
			if len(page) < pageOfBlobs {
				break
			}
		}
		if held != (store.Blob{}) {
			yield(held, nil)
		}
	}
}

func (b blobs) page(ctx context.Context, after string) (page []blobDocument, err error) {
	limited, cancel := limit(ctx)
	defer cancel()
	cursor, err := b.blobs.Find(limited, bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: after}}}},
		options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(pageOfBlobs).SetBatchSize(pageOfBlobs))
	if err != nil {
		return nil, b.wrap(ctx, "list blobs", err)
	}
	// All closes the cursor.
	return page, b.wrap(ctx, "list blobs", cursor.All(limited, &page))
}

// Sweep removes the chunks of those that were begun and are not there, and
// notes that outlived the completion of theirs.
func (b blobs) Sweep(ctx context.Context, before time.Time) (int, error) {
	var begun []begunDocument
	if err := b.all(ctx, b.blobsSaving, bson.D{{Key: "begun", Value: bson.D{{Key: "$lt", Value: before}}}}, &begun); err != nil {
		return 0, err
	}
	swept := 0
	for _, n := range begun {
		var there []blobDocument
		if err := b.all(ctx, b.blobs, bson.D{{Key: "key", Value: n.Key}}, &there); err != nil {
			return swept, err
		}
		if len(there) > 0 {
			if _, err := b.remove(ctx, b.blobsSaving, bson.D{{Key: "_id", Value: n.Key}}); err != nil {
				return swept, err
			}
			continue
		}
		if err := b.dropChunks(ctx, n.Key); err != nil {
			return swept, err
		}
		swept++
	}
	return swept, nil
}
