package archive

import (
	"encoding/json"
	"fmt"
	"time"

	"entente/store"
)

// The name and the version of the form: gzip of lines of JSON. The first line
// is the header, then come the commits, log by log, then, since version 2, the
// blobs in the order of their sums, and last the trailer.
const (
	formName    = "entente-archive"
	formVersion = 2
	withoutBlob = 1
)

// maxLine bounds a line in bytes: a commit of store.MaxCommit whose every byte
// is escaped, with the fixed fields of its versions, stays below it.
const maxLine = 12 << 20

// headerLine says what follows. Of an archive with a later version nothing but
// the first two fields may be relied on.
type headerLine struct {
	Form     string    `json:"form"`
	Version  int       `json:"version"`
	Envelope int       `json:"envelope"` // store.Envelope of the commits
	Time     time.Time `json:"time"`
	Logs     []Log     `json:"logs"`
}

// commitLine is a commit. Bodies are texts in it, not values, for their bytes
// are what the digests are over.
type commitLine struct {
	Log      string        `json:"log"`
	Number   uint64        `json:"number"`
	ID       string        `json:"id"`
	Command  string        `json:"command"`
	Actor    string        `json:"actor"`
	Reason   string        `json:"reason,omitempty"`
	Time     int64         `json:"time"` // milliseconds since 1970, UTC
	Fence    string        `json:"fence,omitempty"`
	Versions []versionLine `json:"versions,omitempty"`
	Previous store.Hash    `json:"previous"`
	Hash     store.Hash    `json:"hash"`
}

// versionLine has neither salt nor body once the version is erased.
type versionLine struct {
	Kind   string     `json:"kind"`
	ID     string     `json:"id"`
	Number uint64     `json:"number"`
	Schema int        `json:"schema"`
	Digest store.Hash `json:"digest"`
	Salt   []byte     `json:"salt,omitempty"`
	Body   *string    `json:"body,omitempty"`
}

// blobLine begins a blob. Chunks follow until its size is reached.
type blobLine struct {
	End  bool       `json:"end,omitempty"` // of the trailer: there is no further blob
	Blob store.Hash `json:"blob"`
	Size int64      `json:"size"`
}

// chunkLine is a piece of a blob, or says that the blob was erased while the
// archive was written, and that nothing more comes of it.
type chunkLine struct {
	Chunk []byte `json:"chunk,omitempty"`
	Gone  bool   `json:"gone,omitempty"`
}

// trailerLine counts what came before it. The sum is over all bytes of the
// lines before the trailer, with their ends.
type trailerLine struct {
	End      bool       `json:"end"` // true: tells the trailer from a commit
	Commits  int        `json:"commits"`
	Versions int        `json:"versions"`
	Erased   int        `json:"erased"`
	Blobs    int        `json:"blobs,omitempty"`
	Bytes    int64      `json:"bytes,omitempty"` // of the blobs
	Sum      store.Hash `json:"sha256"`
}

func lineOf(c *store.Commit) commitLine {
	l := commitLine{
		Log: c.Log, Number: c.Number, ID: c.ID, Command: c.Command, Actor: c.Actor, Reason: c.Reason,
		Time: c.Time.UnixMilli(), Fence: c.Fence, Previous: c.Previous, Hash: c.Hash,
	}
	for i := range c.Versions {
		v := &c.Versions[i]
		w := versionLine{Kind: v.Kind, ID: v.ID, Number: v.Number, Schema: v.Schema, Digest: v.Digest}
		if !v.Erased() {
			body := string(v.Body)
			w.Salt, w.Body = v.Salt, &body
		}
		l.Versions = append(l.Versions, w)
	}
	return l
}

func (l *commitLine) commit() store.Commit {
	c := store.Commit{
		Log: l.Log, Number: l.Number, ID: l.ID, Command: l.Command, Actor: l.Actor, Reason: l.Reason,
		Time: time.UnixMilli(l.Time).UTC(), Fence: l.Fence, Previous: l.Previous, Hash: l.Hash,
	}
	for i := range l.Versions {
		v := &l.Versions[i]
		w := store.Version{Kind: v.Kind, ID: v.ID, Number: v.Number, Schema: v.Schema, Digest: v.Digest, Salt: v.Salt}
		if v.Body != nil {
			w.Body = []byte(*v.Body)
		}
		c.Versions = append(c.Versions, w)
	}
	return c
}

// check refuses a header that this program cannot go by.
func (h *headerLine) check() error {
	switch {
	case h.Version > formVersion:
		return fmt.Errorf("%w: the archive has version %d, this program knows %d", store.ErrNewer, h.Version, formVersion)
	case h.Envelope > store.Envelope:
		return fmt.Errorf("%w: the archive has commits of envelope %d, this program knows %d", store.ErrNewer, h.Envelope, store.Envelope)
	case h.Version != formVersion && h.Version != withoutBlob || h.Envelope != store.Envelope:
		return fmt.Errorf("%w: version %d with envelope %d never was", ErrDamaged, h.Version, h.Envelope)
	}
	for i, l := range h.Logs {
		if store.CheckLog(l.Log) != nil || l.Number == 0 || l.Number >= 1<<63 || i > 0 && h.Logs[i-1].Log >= l.Log {
			return fmt.Errorf("%w: the header names log %q with %d commits", ErrDamaged, l.Log, l.Number)
		}
	}
	return nil
}

// unmarshal reads a line.
func unmarshal(line []byte, into any) error {
	if err := json.Unmarshal(line, into); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}
