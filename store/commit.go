package store

import "time"

// MaxCommit is the largest size of one commit in bytes, as Commit.Size
// measures it. It keeps a commit far below the 16 MiB that a MongoDB document
// may have, and an insert short. Larger work is cut into several commits.
const MaxCommit = 1 << 20

// MaxBatch and MaxBatchBytes limit what one Append takes.
const (
	MaxBatch      = 64
	MaxBatchBytes = 8 << 20
)

// Envelope is the schema of the commit's own fields, which is written beside
// every commit. A commit with a newer one was written by a newer program and
// is refused with ErrNewer. The schema of a document's body is
// Version.Schema and none of the store's business.
const Envelope = 1

// Version is one version of one document, as a commit carries it.
type Version struct {
	Kind   string // the kind of document: "need", "offer", …
	ID     string // the document's id, unique within its kind
	Number uint64 // the document's version, from 1
	Schema int    // the schema of Body, upgraded by its reader
	Body   []byte // canonical JSON text; nil once erased
	Salt   []byte // 16 random bytes; nil once erased
	Digest Hash   // SHA-256 of salt and body; survives an erasure
}

// Erased tells whether body and salt were removed.
func (v Version) Erased() bool { return v.Body == nil && v.Salt == nil }

// VersionRef names a version for an erasure: the commit that carries it, and
// the version within it.
type VersionRef struct {
	Commit uint64 // the commit's number
	Kind   string
	ID     string
	Number uint64 // the document's version
}

// Commit is what one command did: the new versions of all the documents that
// it touched. Commits of a log are numbered from 1 without gaps and chained by
// their hashes.
type Commit struct {
	Log      string    // the log: a convention's id, or "accounts"
	Number   uint64    // the position in the log, from 1
	ID       string    // the command's id, by which a repeated command is known
	Command  string    // what was done: "need.submit"
	Actor    string    // who did it: an opaque id
	Reason   string    // why, in the actor's words or as a key; may be empty
	Time     time.Time // UTC, whole milliseconds
	Fence    string    // the claim under which a job wrote it; empty for people
	Versions []Version // in the order of the command; may be empty
	Previous Hash      // the hash of commit Number-1; zero for the first
	Hash     Hash      // over envelope, digests and Previous
}

// versionOverhead is a generous allowance for the fields of a version beside
// its body, in any engine's encoding.
const versionOverhead = 160

// Size is the size of the commit that counts against MaxCommit: its bodies
// and texts, and a fixed allowance for each version. Callers that cut large
// work into commits add up Version.Size.
func (c Commit) Size() int {
	n := len(c.ID) + len(c.Command) + len(c.Actor) + len(c.Reason) + len(c.Fence)
	for _, v := range c.Versions {
		n += v.Size()
	}
	return n
}

// Size is what the version adds to Commit.Size.
func (v Version) Size() int { return len(v.Body) + len(v.Kind) + len(v.ID) + versionOverhead }
