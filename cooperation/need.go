package cooperation

import (
	"time"

	"entente/reference"
)

// NeedStatus is a step of the life of a need.
type NeedStatus string

// The life of a need: draft → submitted → open → partly_covered → covered →
// met → closed, with returned, withdrawn and lapsed aside.
const (
	NeedDraft         NeedStatus = "draft"
	NeedSubmitted     NeedStatus = "submitted" // cleared by the State, waiting for the secretariat
	NeedReturned      NeedStatus = "returned"  // sent back with a reason
	NeedOpen          NeedStatus = "open"
	NeedPartlyCovered NeedStatus = "partly_covered"
	NeedCovered       NeedStatus = "covered" // what was agreed covers it
	NeedMet           NeedStatus = "met"     // what was delivered covers it
	NeedClosed        NeedStatus = "closed"
	NeedWithdrawn     NeedStatus = "withdrawn"
	NeedLapsed        NeedStatus = "lapsed"
)

// NeedStatuses lists all steps in order.
func NeedStatuses() []NeedStatus {
	return []NeedStatus{NeedDraft, NeedSubmitted, NeedReturned, NeedOpen, NeedPartlyCovered, NeedCovered, NeedMet, NeedClosed, NeedWithdrawn, NeedLapsed}
}

// Matchable reports whether the matcher looks at needs in this step.
func (s NeedStatus) Matchable() bool { return s == NeedOpen || s == NeedPartlyCovered }

// Need is a request for help by a beneficiary State, or several jointly.
type Need struct {
	Meta
	NeedContent
	Status    NeedStatus `json:"status"`
	Clearance *Clearance `json:"clearance,omitempty"`
	Returned  *Remark    `json:"returned,omitempty"`
	Ended     *Remark    `json:"ended,omitempty"` // why it was withdrawn or closed
	Admitted  time.Time  `json:"admitted,omitzero"`
	Carried   string     `json:"carried_over_from,omitempty"`
	Insisted  bool       `json:"insisted,omitempty"` // posted as it stands although unspecific
	Coverage  Coverage   `json:"coverage,omitzero"`
	Files     Files      `json:"files,omitempty"` // all that were ever attached
}

// NeedContent is what the requester writes.
type NeedContent struct {
	Beneficiaries     []reference.Country    `json:"beneficiaries" validate:"max=20,unique"`
	Authority         string                 `json:"authority,omitempty" validate:"max=300"`
	FocalPoint        *Contact               `json:"focal_point,omitempty"`
	Article           string                 `json:"article,omitempty" validate:"max=100"`
	Commitment        string                 `json:"commitment,omitempty" validate:"max=300"`
	Title             string                 `json:"title" validate:"max=300"`
	Problem           string                 `json:"problem,omitempty" validate:"max=8000"`
	Barrier           string                 `json:"barrier,omitempty" validate:"max=8000"`
	Themes            []string               `json:"themes" validate:"max=3,unique"`
	Kinds             []Outcome              `json:"kinds" validate:"max=3,unique=Kind,dive"`
	Languages         []LanguageWish         `json:"languages,omitempty" validate:"max=10,unique=Language,dive"`
	Interpretation    bool                   `json:"interpretation,omitempty"` // help through interpretation is welcome
	Places            []Place                `json:"places,omitempty" validate:"max=50,dive"`
	Urgency           Urgency                `json:"urgency,omitempty" validate:"omitempty,oneof=low normal high"`
	Deadline          Date                   `json:"deadline,omitzero"` // the treaty deadline that it serves
	Start             Date                   `json:"start,omitzero"`
	End               Date                   `json:"end,omitzero"`
	Costs             []CostLine             `json:"costs,omitempty" validate:"max=50,dive"`
	Analysis          *Analysis              `json:"analysis,omitempty"`
	Coordination      string                 `json:"coordination,omitempty" validate:"max=2000"`
	Reached           *Reached               `json:"reached,omitempty"`
	ExistingHelp      string                 `json:"existing_help,omitempty" validate:"max=4000"`
	PastHelp          string                 `json:"past_help,omitempty" validate:"max=4000"`
	AskedElsewhere    string                 `json:"asked_elsewhere,omitempty" validate:"max=2000"`
	OwnContribution   string                 `json:"own_contribution,omitempty" validate:"max=2000"`
	Preferred         []Participant          `json:"preferred,omitempty" validate:"max=20,unique"`
	Excluded          []Participant          `json:"excluded,omitempty" validate:"max=100,unique"`
	Visibility        map[string]Audience    `json:"visibility,omitempty" validate:"max=40"`
	Attachments       []Attachment           `json:"attachments,omitempty" validate:"max=10,dive"`
	ContentLanguage   reference.Language     `json:"content_language,omitempty"`
	Translations      map[string]Translation `json:"translations,omitempty" validate:"max=5,dive"`
	ValidUntil        Date                   `json:"valid_until,omitzero"`
	ProgrammeActivity string                 `json:"programme_activity,omitempty" validate:"max=100"` // line of the costed programme that it is
}

// Outcome is a kind of help and what it is to change.
type Outcome struct {
	Kind   Kind   `json:"kind"`
	Change string `json:"change,omitempty" validate:"max=2000"`
}

// LanguageWish is a language in which help can be received. The order of the
// wishes is the order of preference.
type LanguageWish struct {
	Language reference.Language `json:"language"`
	Strength Strength           `json:"strength" validate:"oneof=required preferred"`
}

// Strength says whether a language is a condition or a wish.
type Strength string

// The strengths of a language wish.
const (
	Required  Strength = "required"
	Preferred Strength = "preferred"
)

// Place is where help is needed.
type Place struct {
	Country reference.Country `json:"country"`
	Area    string            `json:"area,omitempty" validate:"max=200"`
}

// Urgency is how soon help is needed.
type Urgency string

// The urgencies; none stated counts as normal.
const (
	Low    Urgency = "low"
	Normal Urgency = "normal"
	High   Urgency = "high"
)

// CostLine is one activity of the request with its cost, split by where the
// money comes from. The three sources add up to the cost.
type CostLine struct {
	Activity string `json:"activity" validate:"required,max=500"`
	Result   string `json:"result,omitempty" validate:"max=500"`
	Currency string `json:"currency" validate:"required,len=3"`
	Cost     string `json:"cost" validate:"required,max=20"`
	National string `json:"national,omitempty" validate:"max=20"` // from the national budget
	Other    string `json:"other,omitempty" validate:"max=20"`    // from other support
	Sought   string `json:"sought,omitempty" validate:"max=20"`   // still to be sought
}

// Analysis is where the analysis of the need comes from.
type Analysis struct {
	Source string `json:"source" validate:"oneof=own questionnaire report joint_assessment review national_plan"`
	Text   string `json:"text,omitempty" validate:"max=300"`
	Link   string `json:"link,omitempty" validate:"omitempty,http_url,max=500"`
}

// Reached is who benefits, in persons. Zero means not stated.
type Reached struct {
	Total            int    `json:"total,omitempty" validate:"min=0,max=2000000000"`
	Women            int    `json:"women,omitempty" validate:"min=0,max=2000000000"`
	Men              int    `json:"men,omitempty" validate:"min=0,max=2000000000"`
	Children         int    `json:"children,omitempty" validate:"min=0,max=2000000000"`
	WithDisabilities int    `json:"with_disabilities,omitempty" validate:"min=0,max=2000000000"`
	Description      string `json:"description,omitempty" validate:"max=1000"`
}

// Contact is whom to write to. It is personal data: shown to those whom a
// policy names, never to the public by default.
type Contact struct {
	Name         string `json:"name,omitempty" validate:"max=200"`
	Organisation string `json:"organisation,omitempty" validate:"max=200"`
	Mail         string `json:"mail,omitempty" validate:"omitempty,email,max=254"`
	Phone        string `json:"phone,omitempty" validate:"max=50"`
}

// Translation is the free text of a posting in another language.
type Translation struct {
	Title       string `json:"title,omitempty" validate:"max=300"`
	Problem     string `json:"problem,omitempty" validate:"max=8000"`
	Barrier     string `json:"barrier,omitempty" validate:"max=8000"`
	Description string `json:"description,omitempty" validate:"max=8000"`
}

// KindList is the kinds without what they change.
func (c *NeedContent) KindList() []Kind {
	kinds := make([]Kind, len(c.Kinds))
	for i, o := range c.Kinds {
		kinds[i] = o.Kind
	}
	return kinds
}

// LanguageExempt reports whether language does not matter: the need asks for
// nothing but finance and equipment.
func (c *NeedContent) LanguageExempt() bool {
	for _, o := range c.Kinds {
		if o.Kind != Finance && o.Kind != Equipment {
			return false
		}
	}
	return len(c.Kinds) > 0
}

// imported reports whether the secretariat answers for the need, having taken
// it over from a report.
func (n *Need) imported() bool { return n.Clearance != nil && n.Clearance.Kind == ClearedByImport }

// SoughtMinor is the sum still to be sought over the cost lines, in minor
// units of the one currency they share; 0 and "" when nothing is stated.
func (c *NeedContent) SoughtMinor() (minor int64, currency string) {
	for _, line := range c.Costs {
		if line.Sought == "" {
			continue
		}
		n, err := (Money{line.Sought, line.Currency}).Minor()
		if err != nil {
			return 0, ""
		}
		minor, currency = minor+n, line.Currency
	}
	return minor, currency
}

// Gap is what is sought and not yet agreed, in minor units; 0 when no cost is
// stated or all of it is covered.
func (n *Need) Gap() (minor int64, currency string) {
	minor, currency = n.SoughtMinor()
	if agreed, err := n.Coverage.Agreed.Minor(); err == nil && n.Coverage.Agreed.Currency == currency {
		minor -= agreed
	}
	return max(minor, 0), currency
}
