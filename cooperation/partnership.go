package cooperation

import (
	"entente/reference"
)

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
	PartnershipTerms
	PartnershipProgress
	Need     string            `json:"need"`
	Proposal string            `json:"proposal"`
	Status   PartnershipStatus `json:"status"`
}

// PartnershipTerms are what the sides of a partnership agree on.
type PartnershipTerms struct {
	Providers  []Share              `json:"providers" validate:"max=20,dive"`
	Start      Date                 `json:"start,omitzero"`
	End        Date                 `json:"end,omitzero"`
	Languages  []reference.Language `json:"languages,omitempty" validate:"max=10,unique"` // in which the help is given
	Plan       string               `json:"plan,omitempty" validate:"max=8000"`
	Rest       []Kind               `json:"rest,omitempty" validate:"max=3,unique"` // kinds that are given, and of which the need goes on seeking more
	Milestones []Milestone          `json:"milestones,omitempty" validate:"max=30,dive"`
	Amounts    Audience             `json:"amounts_visible_to,omitempty" validate:"omitempty,oneof=public parties committee own"` // everybody, unless stated
	Reports    []Date               `json:"reports,omitempty" validate:"max=20,unique"`                                           // days on which both sides report
}

// Share is what one provider gives of one offer. What is pledged here is a
// promise; what is committed and paid is recorded as it happens.
type Share struct {
	Offer    string       `json:"offer"`
	Provider Participant  `json:"provider"` // the offer's provider, or a co-provider
	Lead     bool         `json:"lead,omitempty"`
	Role     string       `json:"role,omitempty" validate:"omitempty,oneof=funding implementing"`
	Kinds    []Kind       `json:"kinds" validate:"max=3,unique"`
	Pledged  Money        `json:"pledged,omitzero"`
	Covers   Money        `json:"covers,omitzero"`                                    // of the need's costs, in their currency; what is pledged in that currency, unless stated
	Quantity int          `json:"quantity,omitempty" validate:"min=0,max=2000000000"` // of the offer's unit of capacity
	InKind   []InKindItem `json:"in_kind,omitempty" validate:"max=20,dive"`
}

// InKindItem is a thing or a service that is given in kind.
type InKindItem struct {
	What     string `json:"what" validate:"required,max=300"`
	Quantity int    `json:"quantity" validate:"min=1,max=2000000000"`
	Unit     string `json:"unit,omitempty" validate:"max=60"` // in words: "detectors", "days"
}

// Milestone is a step of the plan with the day by which it is to be done.
type Milestone struct {
	Title string `json:"title" validate:"required,max=300"`
	Due   Date   `json:"due"`
}
