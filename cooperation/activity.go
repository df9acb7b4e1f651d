package cooperation

import "entente/reference"

// ActivityStatus is a step of the life of an activity.
type ActivityStatus string

// The life of an activity: planned → running → completed or stopped. One that
// was entered by mistake is withdrawn.
const (
	ActivityPlanned   ActivityStatus = "planned"
	ActivityRunning   ActivityStatus = "running"
	ActivityCompleted ActivityStatus = "completed"
	ActivityStopped   ActivityStatus = "stopped"
	ActivityWithdrawn ActivityStatus = "withdrawn" // for its own side and the secretariat only
)

// ActivityStatuses lists all steps in order.
func ActivityStatuses() []ActivityStatus {
	return []ActivityStatus{ActivityPlanned, ActivityRunning, ActivityCompleted, ActivityStopped, ActivityWithdrawn}
}

// Activity is help already running, whoever gives it, on the platform or not.
type Activity struct {
	Meta
	ActivityContent
	Imported bool    `json:"imported,omitempty"` // from a file, and not changed by its own side since
	Ended    *Remark `json:"ended,omitempty"`    // why it was completed, stopped or withdrawn
}

// ActivityContent is what somebody says of an activity. It names no person and
// no mailbox.
type ActivityContent struct {
	Beneficiaries   []Participant      `json:"beneficiaries" validate:"max=20,unique"`
	Providers       []Participant      `json:"providers" validate:"max=20,unique"`
	Title           string             `json:"title" validate:"max=300"`
	Description     string             `json:"description,omitempty" validate:"max=8000"`
	Themes          []string           `json:"themes" validate:"max=3,unique"`
	Kinds           []Kind             `json:"kinds" validate:"max=3,unique"`
	Status          ActivityStatus     `json:"status,omitempty" validate:"omitempty,oneof=planned running completed stopped"`
	Start           Date               `json:"start,omitzero"`
	End             Date               `json:"end,omitzero"`
	Amount          Money              `json:"amount,omitzero"`
	Source          string             `json:"source,omitempty" validate:"max=300"`                      // the report or the office that says so
	Evidence        string             `json:"evidence,omitempty" validate:"omitempty,http_url,max=500"` // where to read of it
	ContentLanguage reference.Language `json:"content_language,omitempty"`
}

// Participants lists those who take part, the beneficiaries first.
func (c *ActivityContent) Participants() []Participant {
	return append(append(make([]Participant, 0, len(c.Beneficiaries)+len(c.Providers)), c.Beneficiaries...), c.Providers...)
}

// open reports whether the activity is still going on, or to begin.
func (a *Activity) open() bool { return a.Status == ActivityPlanned || a.Status == ActivityRunning }
