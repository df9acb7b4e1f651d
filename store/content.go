package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
)

// ChunkSize is the size in bytes of the pieces in which engines keep the
// content of a checkpoint or of a blob.
const ChunkSize = 512 << 10

// SplitContent reads content to its end and calls each for its pieces, in
// order. The chunk is valid during the call only. It returns the content's
// size and SHA-256, which JoinContent checks. It is for engines.
func SplitContent(content io.Reader, each func(place int, chunk []byte) error) (size int64, sum []byte, err error) {
	digest := sha256.New()
	chunk := make([]byte, ChunkSize)
	content = honest{content}
	for place := 0; ; place++ {
		n, err := io.ReadFull(content, chunk)
		if n > 0 {
			digest.Write(chunk[:n])
			size += int64(n)
			if err := each(place, chunk[:n]); err != nil {
				return 0, nil, err
			}
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return size, digest.Sum(nil), nil
		default:
			return 0, nil, fmt.Errorf("store: the content: %w", err)
		}
	}
}

// honest tells a content that breaks off from one that ends: io.ReadFull says
// of both that the end was not expected.
type honest struct{ io.Reader }

func (h honest) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("it breaks off: %w", err)
	}
	return n, err
}

// JoinContent reads a content from its pieces, which next returns. It ends with
// io.EOF only when size and SHA-256 are as they were, otherwise with an error
// that wraps ErrBroken; the last piece is then not given out, so that nobody
// who counts bytes takes it for whole. It is for engines.
func JoinContent(size int64, sum []byte, next func(place int) ([]byte, error)) io.ReadCloser {
	return &joined{left: size, sum: sum, next: next, digest: sha256.New()}
}

type joined struct {
	next   func(place int) ([]byte, error)
	place  int
	chunk  []byte
	left   int64
	sum    []byte
	digest hash.Hash
	failed error
}

func (j *joined) Read(p []byte) (int, error) {
	if len(p) == 0 || j.failed != nil {
		return 0, j.failed
	}
	if len(j.chunk) == 0 {
		if j.chunk, j.failed = j.advance(); j.failed != nil {
			return 0, j.failed
		}
	}
	n := copy(p, j.chunk)
	j.chunk = j.chunk[n:]
	return n, nil
}

func (j *joined) advance() ([]byte, error) {
	if j.left == 0 {
		return nil, j.end(io.EOF)
	}
	chunk, err := j.next(j.place)
	if err != nil {
		return nil, err
	}
	if len(chunk) == 0 || int64(len(chunk)) > j.left {
		return nil, fmt.Errorf("%w: a content has another size", ErrBroken)
	}
	j.place++
	j.left -= int64(len(chunk))
	j.digest.Write(chunk)
	if j.left == 0 {
		return chunk, j.end(nil)
	}
	return chunk, nil
}

// end is well, unless the content is another one than was kept.
func (j *joined) end(well error) error {
	if !bytes.Equal(j.digest.Sum(nil), j.sum) {
		return fmt.Errorf("%w: a content is not what was kept", ErrBroken)
	}
	return well
}

// Close makes further readings fail.
func (j *joined) Close() error {
	j.chunk, j.failed = nil, io.ErrClosedPipe
	return nil
}
