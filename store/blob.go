package store

import (
	"context"
	"fmt"
	"io"
	"iter"
	"time"
)

// Blobs keeps contents of files under their SHA-256, apart from the logs.
// Commits refer to them; what nobody refers to, the caller deletes.
type Blobs interface {
	// Put reads content to its end and keeps it. Nothing of it is to be seen
	// before all of it is stored, whatever crashes. The same content is kept
	// once: putting it again makes it as new, also when it was damaged, and
	// whoever is reading it reads on. ErrTooLarge when content has more than
	// limit bytes. The clock is asked at the start and at the end.
	Put(ctx context.Context, content io.Reader, limit int64, clock func() time.Time) (Blob, error)

	// Find returns what is known of a blob, and whether it is there.
	Find(ctx context.Context, sum Hash) (Blob, bool, error)

	// Open opens a blob for reading, and tells whether it is there. The
	// content must be closed. It is verified while it is read: of one that is
	// damaged or goes meanwhile, the last bytes do not come and reading ends
	// with an error, never with io.EOF. The context must last until the
	// content was read.
	Open(ctx context.Context, sum Hash) (Blob, io.ReadCloser, bool, error)

	// Delete removes the blob for good, unless it was put again since it was
	// as b says, and tells whether it was removed by this call. After an error
	// delete again; what may be left then is not to be read, and a sweep
	// removes it.
	Delete(ctx context.Context, b Blob) (bool, error)

	// All yields the blobs in the order of their sums, from the first one
	// above after. It holds few of them in memory. One that comes or goes
	// meanwhile may be among them or not. An error is yielded once, as the
	// last pair.
	All(ctx context.Context, after Hash) iter.Seq2[Blob, error]

	// Sweep removes what is left of Puts that began before an instant and
	// never ended, and tells of how many. No Put that began before it may
	// still be under way.
	Sweep(ctx context.Context, before time.Time) (int, error)
}

// Blob is one stored content.
type Blob struct {
	Sum    Hash
	Size   int64
	Stored time.Time // UTC, whole milliseconds; greater with each Put
}

// SplitBlob is SplitContent for a content of at most limit bytes. It is for
// engines.
func SplitBlob(content io.Reader, limit int64, each func(place int, chunk []byte) error) (Blob, error) {
	size, sum, err := SplitContent(&limited{content: content, left: limit, limit: limit}, each)
	if err != nil {
		return Blob{}, err
	}
	return Blob{Sum: Hash(sum), Size: size}, nil
}

// limited ends with ErrTooLarge where more than the limit follows.
type limited struct {
	content     io.Reader
	left, limit int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.content.Read(p)
	if int64(n) > l.left {
		return 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, l.limit)
	}
	l.left -= int64(n)
	return n, err
}

// NextStored is the instant that a blob put at now gets, when one of the same
// content was stored at before. It is for engines.
func NextStored(before, now time.Time) time.Time {
	now = time.UnixMilli(now.UnixMilli()).UTC()
	if !now.After(before) {
		return before.Add(time.Millisecond)
	}
	return now
}
