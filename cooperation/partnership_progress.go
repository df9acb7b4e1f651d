package cooperation

import (
	"encoding/json"
	"slices"
	"time"

	"entente/message"
	"entente/reference"
)

// PartnershipProgress is what became of a partnership after it was agreed. What
// was written down is never removed: who was wrong adds that it was so.
type PartnershipProgress struct {
	Begun            Date              `json:"begun,omitzero"`
	MilestoneReports []MilestoneReport `json:"milestone_reports,omitempty"`
	Disbursements    []Disbursement    `json:"disbursements,omitempty"`
	Deviations       []Deviation       `json:"deviations,omitempty"`
	FollowUps        []FollowUp        `json:"follow_ups,omitempty"`
	Origins          []OriginStatement `json:"origins,omitempty"`
	Completion       *Completion       `json:"completion,omitempty"` // what was stated as delivered, until all agree to it
	Delivered        []ShareDelivered  `json:"delivered,omitempty"`  // what was, once the partnership is over
	Completed        time.Time         `json:"completed,omitzero"`
	Stopped          *Stopping         `json:"stopped,omitempty"`
	Feedback         []Feedback        `json:"feedback,omitempty"` // confidential: each partner its own, and the facilitator
	Lessons          *Lessons          `json:"lessons,omitempty"`
}

// MilestoneReport is what a partner says of one milestone of the plan. The
// latest one counts.
type MilestoneReport struct {
	Stated
	Milestone int    `json:"milestone"`     // from 1, in the order of the terms
	Done      Date   `json:"done,omitzero"` // the day on which it was done; none: it is not done
	Text      string `json:"text,omitempty" validate:"max=2000"`
	Link      string `json:"link,omitempty" validate:"omitempty,http_url,max=500"`
}

// DisbursementSort says what happened to money. What was committed and what was
// paid are different things, and are never added up.
type DisbursementSort string

// The sorts of disbursements.
const (
	MoneyCommitted DisbursementSort = "committed" // bound for the partnership by a decision
	MoneyPaid      DisbursementSort = "paid"
)

// DisbursementSorts lists the sorts.
func DisbursementSorts() []DisbursementSort { return []DisbursementSort{MoneyCommitted, MoneyPaid} }

// Disbursement is money that a provider has committed or paid. One that was
// written down by mistake stays, with an entry that takes it back.
type Disbursement struct {
	Stated
	Number   int              `json:"number"` // from 1
	Share    int              `json:"share"`  // of the terms, from 1
	Sort     DisbursementSort `json:"sort" validate:"oneof=committed paid"`
	Amount   Money            `json:"amount"`
	On       Date             `json:"on"`
	Text     string           `json:"text,omitempty" validate:"max=1000"` // of which decision or transfer it is
	Link     string           `json:"link,omitempty" validate:"omitempty,http_url,max=500"`
	Corrects int              `json:"corrects,omitempty"` // the number of the entry that it takes back whole
}

// DeviationAspect is what departs from the plan.
type DeviationAspect string

// DeviationAspects lists what may depart from the plan.
func DeviationAspects() []DeviationAspect {
	return []DeviationAspect{"schedule", "amount", "scope", "partners", "other"}
}

// Deviation says that the partnership departs from its plan, and how.
type Deviation struct {
	Stated
	Aspect    DeviationAspect `json:"aspect" validate:"oneof=schedule amount scope partners other"`
	Milestone int             `json:"milestone,omitempty"` // that it concerns
	Expected  Date            `json:"expected,omitzero"`   // when the partnership is now expected to end
	Text      string          `json:"text" validate:"required,max=2000"`
}

// Course is how a partner sees the partnership go.
type Course string

// Courses lists how a partnership may go.
func Courses() []Course { return []Course{"on_track", "delayed", "at_risk"} }

// FollowUp is what one partner reports when it was asked how the partnership
// goes, or what lasts of it.
type FollowUp struct {
	Stated
	Months int    `json:"months,omitempty"` // after which it was asked; none: on a day that both sides agreed on
	Due    Date   `json:"due"`
	Course Course `json:"course" validate:"oneof=on_track delayed at_risk"`
	Text   string `json:"text" validate:"required,max=4000"`
}

// Feedback is what one partner thought of the partnership, and of how it came
// about. It is confidential.
type Feedback struct {
	Stated
	Rating int    `json:"rating" validate:"min=1,max=5"`
	Text   string `json:"text,omitempty" validate:"max=4000"`
}

// Lessons are what others can learn. They are shared with all Parties once all
// partners have cleared the same words.
type Lessons struct {
	Draft    int                `json:"draft"` // counts the drafts from 1
	Text     string             `json:"text" validate:"required,max=8000"`
	Language reference.Language `json:"content_language,omitempty"`
	By       Stated             `json:"by"`
	Cleared  []LessonsClearance `json:"cleared,omitempty"`
	Shared   *SharedLessons     `json:"shared,omitempty"`
}

// LessonsClearance is a partner's word that a draft may be shared.
type LessonsClearance struct {
	Stated
	Public bool `json:"public,omitempty"` // with everybody, and not with the Parties alone
}

// SharedLessons are the words that all partners have cleared last.
type SharedLessons struct {
	Text     string             `json:"text"`
	Language reference.Language `json:"content_language,omitempty"`
	Public   bool               `json:"public,omitempty"` // all partners have said so
	Time     time.Time          `json:"time"`
}

// Origin says where help comes from.
type Origin string

// The origins of help.
const (
	FacilitatedHere Origin = "facilitated" // it came about through the platform
	UnderWayBefore  Origin = "under_way"   // it existed, or was being prepared, before
)

// Origins lists the origins.
func Origins() []Origin { return []Origin{FacilitatedHere, UnderWayBefore} }

// OriginStatement is what a partner states of the origin, with evidence. Its
// latest one counts.
type OriginStatement struct {
	Stated
	Origin Origin `json:"origin" validate:"oneof=facilitated under_way"`
	Text   string `json:"text,omitempty" validate:"max=2000"`
	Link   string `json:"link,omitempty" validate:"omitempty,http_url,max=500"`
}

// maxPartnership bounds the text of one partnership with all that was written
// down of it: a version holds it whole, beside what people are told.
const maxPartnership = 256 << 10

// written makes the next version, unless there is too much in it.
func (p *Partnership) written(now time.Time) error {
	text, err := json.Marshal(p)
	if err != nil || len(text) > maxPartnership {
		return Refuse(TooLarge, "error.too_large.partnership", message.Int("max", maxPartnership>>10))
	}
	p.touch(now)
	return nil
}

// added is a list with one entry more; the list that it is made of is shared
// and stays as it is.
func added[T any](list []T, entry T) []T { return append(slices.Clip(list), entry) }
