// Package store keeps Entente's logs of commits, and beside them the ephemeral
// values and the contents of files, behind one small interface. The log's next number is the lock:
// commit n+1 is one insert under the key (log, n+1), so one unique key gives
// atomicity over several documents, a total order and a feed without gaps on
// any engine. The engines are the packages sqlite and mongo; storetest holds
// both to the same behaviour.
package store

import (
	"context"
	"io"
	"iter"
)

// Store is one database. Its methods may be called by any number of
// goroutines, and any number of Stores, also of other processes, may be open
// on the same database. Every method gives up when its context ends, and
// within a bounded time of its own.
type Store interface {
	// Append stores consecutive, sealed commits of one log, in order, in one
	// insert. It returns how many of them, from the first, are durable by this
	// call. With n < len(commits) the error says why commits[n] was not
	// stored: ErrTaken when its number exists already. ErrTooLarge, ErrInvalid
	// and ErrGap come before anything is stored. After any other error it is
	// unknown what was stored from commits[n] on: read that number and compare
	// Commit.ID.
	Append(ctx context.Context, log string, commits []Commit) (n int, err error)

	// Restore is Append for commits that come from a backup or from another
	// store: their versions may be erased, and stay so. All else, the chain
	// included, is held to what Append holds it to.
	Restore(ctx context.Context, log string, commits []Commit) (n int, err error)

	// Read yields the commits of a log with numbers above after, in order and
	// without gaps, up to the last that was there when it got so far. An error
	// is yielded once, as the last pair: ErrGap, ErrNewer, or what hindered
	// reading. (A damaged log may also seem to end before a gap; Append then
	// goes on there, and the chain of what follows the gap is broken.) A log that does not exist is empty. Hashes are not verified:
	// see Commit.Verify. The caller owns what it is given.
	Read(ctx context.Context, log string, after uint64) iter.Seq2[Commit, error]

	// At returns the commit with that number, and whether it exists.
	At(ctx context.Context, log string, number uint64) (Commit, bool, error)

	// Head returns number and hash of the last commit: zero for a log without
	// any.
	Head(ctx context.Context, log string) (number uint64, hash Hash, err error)

	// Logs names the logs that have a commit, in order.
	Logs(ctx context.Context) ([]string, error)

	// Erase removes body and salt of the versions for good, and nothing else:
	// the chain still verifies. It removes every checkpoint of the log that
	// stands before its last commit, and keeps such from being saved, so first
	// append the commit that replaces the documents' present versions: a state
	// at that commit or later holds nothing of what is erased. Erasing what is
	// erased already succeeds. ErrNotFound names a version that does not exist;
	// the others are erased all the same.
	Erase(ctx context.Context, log string, versions []VersionRef) error

	// SaveCheckpoint keeps the content for a faster start. The one with the
	// greatest number of a log and format is kept, others of it go; saving one
	// of a lower number does nothing. ErrStale when the log's versions were
	// erased after its position. When content fails, nothing is kept.
	SaveCheckpoint(ctx context.Context, log string, checkpoint Checkpoint, content io.Reader) error

	// LoadCheckpoint opens the checkpoint of the greatest number in that
	// format, and tells whether there is one. The content must be closed. Reading it ends
	// with an error (never with io.EOF) when it is incomplete, damaged or
	// replaced meanwhile: then read the log instead. The context must last
	// until the content was read.
	LoadCheckpoint(ctx context.Context, log, format string) (Checkpoint, io.ReadCloser, bool, error)

	// Ephemeral is the store's short-lived values.
	Ephemeral() Ephemeral

	// Blobs is the contents of files.
	Blobs() Blobs

	// Ping tells whether the database answers and can be written to.
	Ping(ctx context.Context) error

	// Close waits for what is under way and releases everything. A second
	// call does nothing. Nothing else may be called after it.
	Close() error
}

// Checkpoint says which state a checkpoint's content is. It is disposable:
// everything in it can be rebuilt from the log.
type Checkpoint struct {
	Number uint64 // the last commit that is in the state
	Hash   Hash   // that commit's hash, to be compared with the log's
	Format string // the caller's name and version of the content's encoding
}
