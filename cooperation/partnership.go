package cooperation

import "time"

// PartnershipStatus is a step of the life of a partnership.
type PartnershipStatus string

// The life of a partnership: agreed → active → completed, or stopped.
const (
	PartnershipAgreed    PartnershipStatus = "agreed"
	PartnershipActive    PartnershipStatus = "active"
	PartnershipCompleted PartnershipStatus = "completed"
	PartnershipStopped   PartnershipStatus = "stopped"
)

// PartnershipStatuses lists all steps in order.
func PartnershipStatuses() []PartnershipStatus {
	return []PartnershipStatus{PartnershipAgreed, PartnershipActive, PartnershipCompleted, PartnershipStopped}
}

// Partnership is what both sides agreed: one need, one or more providers. It
// is created when both accept the same version of the terms.
type Partnership struct {
	Meta
	Need      string            `json:"need"`
	Proposal  string            `json:"proposal"`
	Status    PartnershipStatus `json:"status"`
	Providers []Share           `json:"providers"`
	Start     Date              `json:"start,omitzero"`
	End       Date              `json:"end,omitzero"`
	Plan      string            `json:"plan,omitempty" validate:"max=8000"`
	Stopped   *Remark           `json:"stopped,omitempty"`
	FollowUps []FollowUp        `json:"follow_ups,omitempty"`
	Feedback  []Feedback        `json:"feedback,omitempty"` // confidential: each side its own, and the facilitator
	Lessons   *Lessons          `json:"lessons,omitempty"`
}

// Share is what one provider gives in a partnership. The amounts are
// different things: promised, bound by decision, and paid.
type Share struct {
	Offer     string      `json:"offer"`
	Provider  Participant `json:"provider"`
	Lead      bool        `json:"lead,omitempty"`
	Pledged   Money       `json:"pledged,omitzero"`
	Committed Money       `json:"committed,omitzero"`
	Paid      Money       `json:"paid,omitzero"`
	Quantity  int         `json:"quantity,omitempty"` // of the offer's unit of capacity
	Kinds     []Kind      `json:"kinds"`
}

// FollowUp is a report of both sides after 3, 6 and 12 months.
type FollowUp struct {
	Months int       `json:"months"`
	Due    Date      `json:"due"`
	Side   string    `json:"side" validate:"oneof=need offer"`
	Text   string    `json:"text,omitempty" validate:"max=8000"`
	Time   time.Time `json:"time,omitzero"`
}

// Feedback is what one side thought of the partnership.
type Feedback struct {
	Side   string    `json:"side" validate:"oneof=need offer"`
	Rating int       `json:"rating" validate:"min=1,max=5"`
	Text   string    `json:"text,omitempty" validate:"max=4000"`
	Time   time.Time `json:"time"`
}

// Lessons are shared with all Parties once both sides have cleared them.
type Lessons struct {
	Text           string `json:"text" validate:"max=8000"`
	ClearedByNeed  bool   `json:"cleared_by_need,omitempty"`
	ClearedByOffer bool   `json:"cleared_by_offer,omitempty"`
}
