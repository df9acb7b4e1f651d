package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"entente/store"
)

// encoder writes the lines of an archive.
type encoder struct {
	buffer *bufio.Writer
	zip    *gzip.Writer
	sum    hash.Hash
	line   bytes.Buffer
	json   *json.Encoder
	counts trailerLine
}

func newEncoder(to io.Writer) *encoder {
	e := &encoder{buffer: bufio.NewWriterSize(to, 64<<10), sum: sha256.New(), counts: trailerLine{End: true}}
	e.zip = gzip.NewWriter(e.buffer)
	e.json = json.NewEncoder(&e.line)
	e.json.SetEscapeHTML(false)
	return e
}

// write writes a value as one line.
func (e *encoder) write(value any) error {
	e.line.Reset()
	err := e.json.Encode(value)
	if err == nil {
		e.sum.Write(e.line.Bytes())
		_, err = e.zip.Write(e.line.Bytes())
	}
	if err != nil {
		return fmt.Errorf("archive: write: %w", err)
	}
	return nil
}

func (e *encoder) header(s Summary) error {
	return e.write(headerLine{Form: formName, Version: formVersion, Envelope: store.Envelope, Time: s.Time, Logs: s.Logs})
}

func (e *encoder) commit(c *store.Commit) error {
	e.counts.count(c)
	return e.write(lineOf(c))
}

// blob writes a blob, unless it is gone. One that goes in the middle is said to.
func (e *encoder) blob(ctx context.Context, from store.Store, b store.Blob) error {
	_, content, found, err := from.Blobs().Open(ctx, b.Sum)
	if err != nil || !found {
		return err
	}
	defer content.Close()
	if err := e.write(blobLine{Blob: b.Sum, Size: b.Size}); err != nil {
		return err
	}
	chunk := make([]byte, store.ChunkSize)
	for {
		n, err := io.ReadFull(content, chunk)
		if n > 0 && (err == nil || err == io.ErrUnexpectedEOF) {
			if err := e.write(chunkLine{Chunk: chunk[:n]}); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			e.counts.Blobs, e.counts.Bytes = e.counts.Blobs+1, e.counts.Bytes+b.Size
			return nil
		case err != nil:
			gone, cause := isGone(ctx, from, b.Sum, err)
			if gone {
				return e.write(chunkLine{Gone: true})
			}
			return cause
		}
	}
}

// isGone tells whether reading a blob failed because it was erased meanwhile,
// and returns otherwise why it failed.
func isGone(ctx context.Context, from store.Store, sum store.Hash, cause error) (bool, error) {
	_, found, err := from.Blobs().Find(ctx, sum)
	if err == nil && !found {
		return true, nil
	}
	return false, fmt.Errorf("archive: blob %s: %w", sum, errors.Join(cause, err))
}

// trailer ends the archive.
func (e *encoder) trailer() error {
	e.sum.Sum(e.counts.Sum[:0])
	if err := e.write(e.counts); err != nil {
		return err
	}
	if err := e.zip.Close(); err != nil {
		return fmt.Errorf("archive: write: %w", err)
	}
	if err := e.buffer.Flush(); err != nil {
		return fmt.Errorf("archive: write: %w", err)
	}
	return nil
}

func (t *trailerLine) count(c *store.Commit) {
	t.Commits++
	t.Versions += len(c.Versions)
	for i := range c.Versions {
		if c.Versions[i].Erased() {
			t.Erased++
		}
	}
}
