package catalogue

import (
	"encoding/json"
	"fmt"

	"entente/cooperation"
)

// The kinds of documents in the logs, as commits name them.
const (
	KindNeed         = "need"
	KindOffer        = "offer"
	KindActivity     = "activity"
	KindProposal     = "proposal"
	KindPartnership  = "partnership"
	KindRun          = "run"
	KindNotification = "notification"
	KindOrganisation = "organisation"
	KindUser         = "user"  // in the log of accounts
	KindToken        = "token" // in the log of accounts
)

// Change is a new version of one document, as a commit carries it.
type Change struct {
	Kind    string
	ID      string
	Version uint64 // greater than that of the version before
	Schema  int    // the form of the body
	Body    []byte // JSON; nil when it was erased
}

// decode reads the body of a change. A nil document is an erased one.
func decode[T any](c Change) (*T, error) {
	if c.Schema > cooperation.Schema {
		return nil, fmt.Errorf("catalogue: %s %s has schema %d, and this release knows %d at most: a later release wrote it", c.Kind, c.ID, c.Schema, cooperation.Schema)
	}
	if c.Body == nil {
		return nil, nil
	}
	doc := new(T)
	if err := json.Unmarshal(c.Body, doc); err != nil {
		return nil, fmt.Errorf("catalogue: %s %s, version %d: %w", c.Kind, c.ID, c.Version, err)
	}
	return doc, nil
}
