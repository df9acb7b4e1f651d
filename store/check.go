package store

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// maxLog is the longest name of a log in bytes.
const maxLog = 64

// CheckLog returns an error that wraps ErrInvalid unless name can name a log:
// a lower-case letter, then lower-case letters, digits, "-" and "_", at most
// 64 in all.
func CheckLog(name string) error {
	ok := len(name) > 0 && len(name) <= maxLog && name[0] >= 'a' && name[0] <= 'z'
	for i := 0; ok && i < len(name); i++ {
		b := name[i]
		ok = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '_'
	}
	if !ok {
		return fmt.Errorf("%w: %q cannot name a log", ErrInvalid, name)
	}
	return nil
}

// CheckBatch is the part of Append that all engines share: it returns
// ErrTooLarge or ErrInvalid, wrapped, unless commits are well formed, sealed,
// consecutive, of that log, and within the limits.
func CheckBatch(log string, commits []Commit) error { return checkBatch(log, commits, false) }

// CheckRestored is CheckBatch for Restore, in which versions may be erased.
func CheckRestored(log string, commits []Commit) error { return checkBatch(log, commits, true) }

func checkBatch(log string, commits []Commit, erased bool) error {
	if err := CheckLog(log); err != nil {
		return err
	}
	if len(commits) > MaxBatch {
		return fmt.Errorf("%w: %d commits in one call, at most %d", ErrTooLarge, len(commits), MaxBatch)
	}
	total := 0
	for i := range commits {
		size := commits[i].Size()
		if size > MaxCommit {
			return fmt.Errorf("%w: commit %d of log %q has %d bytes, at most %d",
				ErrTooLarge, commits[i].Number, log, size, MaxCommit)
		}
		total += size
	}
	if total > MaxBatchBytes {
		return fmt.Errorf("%w: %d bytes in one call, at most %d", ErrTooLarge, total, MaxBatchBytes)
	}
	for i := range commits {
		if err := checkPlace(log, commits, i); err != nil {
			return err
		}
		if err := checkCommit(&commits[i], erased); err != nil {
			return fmt.Errorf("%w: commit %d of log %q: %w", ErrInvalid, commits[i].Number, log, err)
		}
	}
	return nil
}

func checkPlace(log string, commits []Commit, i int) error {
	c := &commits[i]
	switch {
	case c.Log != log:
		return fmt.Errorf("%w: a commit of log %q was given to log %q", ErrInvalid, c.Log, log)
	case c.Number == 0 || c.Number >= 1<<63:
		return fmt.Errorf("%w: %d cannot number a commit", ErrInvalid, c.Number)
	case c.Number == 1 && c.Previous != (Hash{}):
		return fmt.Errorf("%w: the first commit of log %q follows nothing", ErrInvalid, log)
	case i > 0 && c.Number != commits[i-1].Number+1:
		return fmt.Errorf("%w: commit %d was given after %d", ErrInvalid, c.Number, commits[i-1].Number)
	case i > 0 && c.Previous != commits[i-1].Hash:
		return fmt.Errorf("%w: commit %d is not sealed after %d", ErrInvalid, c.Number, commits[i-1].Number)
	}
	return nil
}

// checkCommit lets a version without body and salt pass where erased ones are
// allowed.
func checkCommit(c *Commit, erased bool) error {
	if c.ID == "" {
		return fmt.Errorf("the command's id is missing")
	}
	for _, t := range []string{c.ID, c.Command, c.Actor, c.Reason, c.Fence} {
		if !validText(t) {
			return fmt.Errorf("%q is not UTF-8 text", t)
		}
	}
	for i := range c.Versions {
		v := &c.Versions[i]
		switch {
		case v.Kind == "" || v.ID == "" || v.Number == 0 || v.Number >= 1<<63 || !validText(v.Kind) || !validText(v.ID):
			return fmt.Errorf("%q %q version %d cannot name a version", v.Kind, v.ID, v.Number)
		case v.Schema < 0 || v.Schema > 1<<30:
			return fmt.Errorf("%s %s: %d cannot be a schema", v.Kind, v.ID, v.Schema)
		case erased && v.Erased():
		case len(v.Salt) != SaltSize || !utf8.Valid(v.Body) || !json.Valid(v.Body):
			return fmt.Errorf("%s %s: a body is JSON text with a salt", v.Kind, v.ID)
		}
	}
	// Also holds the digests against the bodies: what Seal did not see last is
	// not stored.
	return c.Verify(c.Previous)
}

// validText refuses NUL as well, at which some engines' tools end a text.
func validText(t string) bool {
	for i := range len(t) {
		if t[i] == 0 {
			return false
		}
	}
	return utf8.ValidString(t)
}

// CheckEntry is the part of Ephemeral's methods that all engines share: it
// returns ErrInvalid or ErrTooLarge, wrapped, for a key or value outside the
// limits.
func CheckEntry(key string, value []byte) error {
	if key == "" || len(key) > MaxKey || !validText(key) {
		return fmt.Errorf("%w: %q cannot be a key", ErrInvalid, key)
	}
	if len(value) > MaxValue {
		return fmt.Errorf("%w: the value of %q has %d bytes, at most %d", ErrTooLarge, key, len(value), MaxValue)
	}
	return nil
}
