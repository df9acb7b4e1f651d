package cooperation

import "time"

// Schema is the version of the form of every document body that this program
// writes. A body of a higher schema stops the program: it was written by a
// later release.
const Schema = 1

// Meta is what every document of a convention carries.
type Meta struct {
	Schema     int       `json:"schema"`
	ID         string    `json:"id"`
	Convention string    `json:"convention"`
	ExternalID string    `json:"external_id,omitempty"` // the id that the row had where it came from
	Version    uint64    `json:"version"`               // 1 for the first; the ETag of the API
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	CreatedBy  string    `json:"created_by,omitempty"` // opaque user id
}

// newMeta starts a document.
func newMeta(id, convention string, actor Actor, now time.Time) Meta {
	now = stamp(now)
	return Meta{Schema: Schema, ID: id, Convention: convention, Version: 1, Created: now, Updated: now, CreatedBy: actor.ID}
}

// touch makes the next version of a document.
func (m *Meta) touch(now time.Time) {
	m.Version++
	m.Updated = stamp(now)
}

// stamp is the precision of all recorded times: UTC milliseconds, which every
// engine keeps unchanged.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// Clearance is a State's approval of a posting.
type Clearance struct {
	Kind      ClearanceKind `json:"kind"`
	Date      Date          `json:"date"`
	Reference string        `json:"reference,omitempty" validate:"max=200"` // number of the note verbale
	By        string        `json:"by,omitempty"`                           // user id of the approver
}

// ClearanceKind says how a posting was cleared.
type ClearanceKind string

// How a posting was cleared.
const (
	ClearedByApprover ClearanceKind = "approver"
	ClearedByImport   ClearanceKind = "imported" // the secretariat imported it from a report
	ClearedNotNeeded  ClearanceKind = "not_needed"
)

// Remark is what somebody wrote when sending a document back or ending it.
type Remark struct {
	Reason Reason    `json:"reason,omitempty"`
	Text   string    `json:"text,omitempty" validate:"max=2000"`
	By     string    `json:"by,omitempty"`
	Time   time.Time `json:"time"`
}

// Reason is a coded reason for declining or stopping.
type Reason string

// Reasons lists the coded reasons.
func Reasons() []Reason {
	return []Reason{"too_vague", "offer_expired", "capacity_used", "funding_not_approved", "helped_elsewhere", "not_eligible",
		"language", "timing", "security_or_access", "technical_mismatch", "no_answer", "not_disclosed"}
}
