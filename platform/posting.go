package platform

import (
	"bytes"
	"encoding/json"

	"entente/cooperation"
)

// Match is the version of a document that a command was decided on by its
// caller (the ETag of If-Match). Zero means any.
type Match uint64

func (m Match) check(version uint64) error {
	if m != 0 && uint64(m) != version {
		return cooperation.Refuse(cooperation.Conflict, "error.conflict.version")
	}
	return nil
}

// creationID makes a create repeatable: with a key its document always has
// the same id.
func creationID(kind, convention string, actor cooperation.Actor, key string) string {
	if key == "" {
		return cooperation.NewID()
	}
	return cooperation.DerivedID(kind, convention, actor.ID, "idempotency", key)
}

// repeated answers a create whose document exists already.
func repeated[T any](before *T, same bool) (*T, error) {
	if !same {
		return nil, cooperation.Refuse(cooperation.Conflict, "error.conflict.idempotency")
	}
	return before, nil
}

// same reports whether two contents have the same document text.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
