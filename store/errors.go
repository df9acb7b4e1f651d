package store

import (
	"errors"
	"fmt"
)

// The errors that a caller tells apart with errors.Is. After any other error
// of Append, Unavailable and those of the context included, it is unknown
// whether commits were stored: read the next number and compare the command's
// id.
var (
	// ErrTaken says that the number of a commit exists already: somebody else
	// was first. Apply what they wrote, decide again, retry.
	ErrTaken = errors.New("store: the commit's number is taken")

	// ErrTooLarge says that a commit is above MaxCommit, or a call above
	// MaxBatch or MaxBatchBytes. Nothing was stored.
	ErrTooLarge = errors.New("store: too large")

	// ErrInvalid says that the caller's commits are not well formed or not
	// sealed as a chain. Nothing was stored. It is a mistake of the program.
	ErrInvalid = errors.New("store: invalid")

	// ErrGap says that a commit is missing before another one: in what Append
	// was given (nothing was stored), or in what is stored (the log is
	// damaged).
	ErrGap = errors.New("store: a commit is missing")

	// ErrBroken says that stored bytes are not what was written.
	ErrBroken = errors.New("store: the chain is broken")

	// ErrNewer says that a newer version of the program wrote what is stored.
	ErrNewer = errors.New("store: written by a newer version of Entente")

	// ErrStale says that a checkpoint was not kept because versions were
	// erased after its position. Take one of a later position.
	ErrStale = errors.New("store: the checkpoint is older than an erasure")

	// ErrNotFound says that a version to be erased does not exist.
	ErrNotFound = errors.New("store: no such version")
)

// Unavailable says that the store cannot do its work just now for a reason
// outside the program: the disk is full, the file is locked or read-only, the
// server does not answer. Reading from memory goes on; writing may be tried
// again later. Match it with errors.As.
type Unavailable struct {
	Place  string // the file or the server, without credentials
	Remedy string // what the operator can do, in English, for the log
	Err    error  // what the engine said
}

// Error names the place, the engine's words and the remedy.
func (e *Unavailable) Error() string {
	text := fmt.Sprintf("store: %s is unavailable: %v", e.Place, e.Err)
	if e.Remedy != "" {
		text += " (" + e.Remedy + ")"
	}
	return text
}

// Unwrap is what the engine said.
func (e *Unavailable) Unwrap() error { return e.Err }
