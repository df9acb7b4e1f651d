// Package storetest is the conformance suite of the store's engines: what the
// interfaces of package store promise, as tests that run on any engine.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"entente/store"
)

// Engine is what the suite needs of an engine.
type Engine struct {
	// Fresh makes a database without any log and returns its URI. It goes with
	// the test.
	Fresh func(t testing.TB) (uri string)

	// Open opens the database. It must be the function that Main was given.
	Open Open

	// SetEnvelope gives a stored commit another envelope schema, behind the
	// store's back.
	SetEnvelope func(t testing.TB, uri, log string, number uint64, envelope int)

	// Remove removes a stored commit, behind the store's back.
	Remove func(t testing.TB, uri, log string, number uint64)

	// Damage changes a byte of the last piece of every stored blob, behind the
	// store's back.
	Damage func(t testing.TB, uri string)

	// Bytes returns all bytes that the engine keeps in files. It is nil for an
	// engine whose files are not within reach.
	Bytes func(t testing.TB, uri string) []byte
}

// Open opens the store at a URI.
type Open func(ctx context.Context, uri string) (store.Store, error)

// Run runs the suite. The test binary's TestMain must call Main.
func Run(t *testing.T, e Engine) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Engine)
	}{
		{"a fresh store is empty", freshStoreIsEmpty},
		{"what was appended is read as it was", appendedIsRead},
		{"a batch is appended in order", batchInOrder},
		{"a taken number is refused", takenNumber},
		{"a commit that follows nothing is refused", gapRefused},
		{"a commit sealed after another chain is refused", otherChainRefused},
		{"too large and ill-formed commits are refused", limits},
		{"logs do not know of each other", logsApart},
		{"an iteration may stop early", earlyBreak},
		{"a large log is read in order", largeLog},
		{"a gap in the log is an error", gapInLog},
		{"a newer envelope is an error", newerEnvelope},
		{"64 writers on one log", racingWriters},
		{"batches race", racingBatches},
		{"an ambiguous time-out is resolved by the command's id", ambiguousTimeout},
		{"a context that has ended stops every method", endedContext},
		{"several stores on one database", severalStores},
		{"an erased body is gone", erasure},
		{"erasing what does not exist", erasureMissing},
		{"an erased version is restored as erased", restoredErased},
		{"a restored commit is held to the chain", restoredIsChecked},
		{"a checkpoint comes back", checkpoint},
		{"the checkpoint of the greatest number wins", latestCheckpoint},
		{"an erasure voids checkpoints", checkpointErasure},
		{"a failing checkpoint is not kept", failingCheckpoint},
		{"a replaced checkpoint never ends well", replacedCheckpoint},
		{"values are set, expire, and go", values},
		{"a value is consumed once", consumeOnce},
		{"a claim is won once", claimOnce},
		{"an expired claim is taken over once", claimTakenOver},
		{"a released claim is won again", claimReleased},
		{"a sweep removes what expired", sweep},
		{"a blob comes back", blobComesBack},
		{"a blob is kept once", blobKeptOnce},
		{"blobs are listed in order", blobsListed},
		{"a blob that is too large or fails is not kept", failingBlob},
		{"a blob that is put again is read on", replacedBlob},
		{"a damaged blob never ends well", damagedBlob},
		{"a deleted blob is gone", deletedBlob},
		{"many put blobs at once", racingBlobs},
		{"an ended context stops blobs", endedBlobs},
		{"kill -9 while blobs are put", killWhilePutting},
		{"kill -9 under load", killUnderLoad},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, e) })
	}
}

// open opens a store that is closed with the test.
func (e Engine) open(t testing.TB, uri string) store.Store {
	t.Helper()
	s, err := e.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// fresh opens a store on a fresh database.
func (e Engine) fresh(t testing.TB) store.Store {
	t.Helper()
	return e.open(t, e.Fresh(t))
}

// Chain makes n sealed commits of log after the one with that number and
// hash, each with one version of the given body and the command ids
// "<id>-<number>".
func Chain(log string, after uint64, previous store.Hash, id string, n int, body string) []store.Commit {
	commits := make([]store.Commit, n)
	for i := range commits {
		number := after + uint64(i) + 1
		commits[i] = store.Commit{
			Log: log, Number: number, ID: fmt.Sprintf("%s-%d", id, number), Command: "need.post", Actor: "tester",
			Time: time.UnixMilli(1_800_000_000_000 + int64(number)),
			Versions: []store.Version{
				{Kind: "need", ID: fmt.Sprintf("%s%d", id, number), Number: 1, Schema: 1, Body: []byte(body)},
			},
		}
		store.Seal(previous, &commits[i])
		previous = commits[i].Hash
	}
	return commits
}

// fill appends n commits to a log and returns them.
func fill(t testing.TB, s store.Store, log string, n int, body string) []store.Commit {
	t.Helper()
	number, hash := head(t, s, log)
	commits := Chain(log, number, hash, "fill", n, body)
	for at := 0; at < n; at += store.MaxBatch {
		batch := commits[at:min(at+store.MaxBatch, n)]
		if stored, err := s.Append(t.Context(), log, batch); err != nil || stored != len(batch) {
			t.Fatalf("append after %d: %d stored, %v", at, stored, err)
		}
	}
	return commits
}

func head(t testing.TB, s store.Store, log string) (uint64, store.Hash) {
	t.Helper()
	number, hash, err := s.Head(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	return number, hash
}

// read reads a log after a number, and verifies the chain from previous on.
func read(t testing.TB, s store.Store, log string, after uint64, previous store.Hash) []store.Commit {
	t.Helper()
	var commits []store.Commit
	for c, err := range s.Read(t.Context(), log, after) {
		if err != nil {
			t.Fatalf("after %d commits: %v", len(commits), err)
		}
		if want := after + uint64(len(commits)) + 1; c.Number != want {
			t.Fatalf("commit %d came where %d was due", c.Number, want)
		}
		if err := c.Verify(previous); err != nil {
			t.Fatal(err)
		}
		previous = c.Hash
		commits = append(commits, c)
	}
	return commits
}
