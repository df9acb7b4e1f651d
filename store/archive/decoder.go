package archive

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"entente/store"
)

// decoder reads the lines of an archive. What it gives is checked as far as it
// has come; that the archive is whole, only its end shows.
type decoder struct {
	source  *source
	lines   *bufio.Reader
	line    []byte
	sum     hash.Hash
	counts  trailerLine
	summary Summary
	version int
}

// source remembers an error of the stream itself, which says nothing against
// the archive in it.
type source struct {
	io.Reader
	failed error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	return n, err
}

// newDecoder reads the header.
func newDecoder(from io.Reader) (*decoder, error) {
	d := &decoder{source: &source{Reader: from}, sum: sha256.New(), counts: trailerLine{End: true}}
	zip, err := gzip.NewReader(bufio.NewReaderSize(d.source, 64<<10))
	if errors.Is(err, gzip.ErrHeader) {
		return nil, fmt.Errorf("%w: it is not compressed with gzip", ErrForeign)
	}
	if err != nil {
		return nil, d.damaged(err)
	}
	d.lines = bufio.NewReaderSize(zip, 64<<10)
	err = d.next()
	if d.source.failed == nil && !begins(d.line) {
		return nil, fmt.Errorf("%w: its first line is not the header of one", ErrForeign)
	}
	if err != nil {
		return nil, err
	}
	var h headerLine
	if err := unmarshal(d.line, &h); err != nil {
		return nil, err
	}
	if err := h.check(); err != nil {
		return nil, err
	}
	d.sum.Write(d.line)
	d.summary, d.version = Summary{Time: h.Time, Logs: h.Logs}, h.Version
	return d, nil
}

// begins tells whether a first line, of which the end may be missing, can be
// that of an archive.
func begins(line []byte) bool {
	const start = `{"form":"` + formName + `",`
	n := min(len(line), len(start))
	return string(line[:n]) == start[:n]
}

// damaged is the error for bytes that cannot be read.
func (d *decoder) damaged(err error) error {
	if d.source.failed != nil {
		return fmt.Errorf("archive: read: %w", d.source.failed)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: it ends early", ErrDamaged)
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}

// next reads a line, which is valid until the next one. Its length is bounded:
// a small file must not be able to fill the memory.
func (d *decoder) next() error {
	d.line = d.line[:0]
	for {
		piece, err := d.lines.ReadSlice('\n')
		d.line = append(d.line, piece...)
		switch {
		case len(d.line) > maxLine:
			return fmt.Errorf("%w: a line is longer than %d bytes", ErrDamaged, maxLine)
		case err == nil:
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return d.damaged(err)
		}
	}
}

// each calls f for every commit and then g for every blob, and checks chains,
// contents, counts and sum. Only when it returns nil the archive is whole. g
// may leave a content unread.
func (d *decoder) each(ctx context.Context, f func(*store.Commit) error, g func(store.Blob, io.Reader) error) error {
	for i := range d.summary.Logs {
		l := &d.summary.Logs[i]
		for previous := (store.Hash{}); l.Commits < int(l.Number); {
			if err := ctx.Err(); err != nil {
				return err
			}
			c, err := d.commit()
			if err != nil {
				return err
			}
			err = l.take(&c, previous)
			if err == nil {
				// Before anything is stored: what no store would take.
				err = store.CheckRestored(l.Log, []store.Commit{c})
			}
			if err != nil {
				return fmt.Errorf("%w: %w", ErrDamaged, err)
			}
			if err := f(&c); err != nil {
				return err
			}
			previous = c.Hash
		}
	}
	if err := d.next(); err != nil {
		return err
	}
	if d.version > withoutBlob {
		if err := d.blobs(ctx, g); err != nil {
			return err
		}
	}
	d.summary.Blobs, d.summary.Bytes = d.counts.Blobs, d.counts.Bytes
	return d.trailer()
}

func (d *decoder) commit() (store.Commit, error) {
	if err := d.next(); err != nil {
		return store.Commit{}, err
	}
	var l commitLine
	if err := unmarshal(d.line, &l); err != nil {
		return store.Commit{}, err
	}
	d.sum.Write(d.line)
	c := l.commit()
	d.counts.count(&c)
	return c, nil
}

// trailer checks the last line, which was read, and that nothing follows it.
func (d *decoder) trailer() error {
	var t trailerLine
	if err := unmarshal(d.line, &t); err != nil {
		return err
	}
	d.sum.Sum(d.counts.Sum[:0])
	if t != d.counts {
		return fmt.Errorf("%w: its last line does not fit what comes before it", ErrDamaged)
	}
	switch _, err := d.lines.ReadByte(); {
	case err == nil:
		return fmt.Errorf("%w: something follows its last line", ErrDamaged)
	case err != io.EOF:
		return d.damaged(err)
	}
	return nil
}
