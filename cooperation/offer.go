package cooperation

import (
	"time"

	"entente/reference"
)

// OfferStatus is a step of the life of an offer.
type OfferStatus string

// The life of an offer: draft → submitted → open → exhausted → closed, with
// withdrawn and lapsed aside.
const (
	OfferDraft     OfferStatus = "draft"
	OfferSubmitted OfferStatus = "submitted"
	OfferOpen      OfferStatus = "open"
	OfferExhausted OfferStatus = "exhausted" // partnerships have taken all of its capacity
	OfferClosed    OfferStatus = "closed"
	OfferWithdrawn OfferStatus = "withdrawn"
	OfferLapsed    OfferStatus = "lapsed" // not re-confirmed in time
)

// OfferStatuses lists all steps in order.
func OfferStatuses() []OfferStatus {
	return []OfferStatus{OfferDraft, OfferSubmitted, OfferOpen, OfferExhausted, OfferClosed, OfferWithdrawn, OfferLapsed}
}

// Firmness says how binding an offer is.
type Firmness string

// The degrees of firmness. An indication needs no clearance.
const (
	Indication     Firmness = "indication"
	Pledge         Firmness = "pledge"
	FirmCommitment Firmness = "commitment"
)

// Offer is what a provider can give.
type Offer struct {
	Meta
	OfferContent
	Status      OfferStatus `json:"status"`
	Clearance   *Clearance  `json:"clearance,omitempty"`
	Returned    *Remark     `json:"returned,omitempty"`
	Ended       *Remark     `json:"ended,omitempty"`
	Admitted    time.Time   `json:"admitted,omitzero"`
	Reconfirmed time.Time   `json:"reconfirmed,omitzero"` // when the provider last said that it stands
	Carried     string      `json:"carried_over_from,omitempty"`
	Taken       Taken       `json:"taken,omitzero"`
	Files       Files       `json:"files,omitempty"` // all that were ever attached
}

// OfferContent is what the provider writes.
type OfferContent struct {
	Provider         Participant            `json:"provider"`
	CoProviders      []CoProvider           `json:"co_providers,omitempty" validate:"max=10,unique=Participant,dive"`
	FocalPoint       *Contact               `json:"focal_point,omitempty"`
	Type             OfferType              `json:"type,omitempty" validate:"omitempty,oneof=specific standing fund"`
	Title            string                 `json:"title" validate:"max=300"`
	Description      string                 `json:"description,omitempty" validate:"max=8000"`
	Themes           []string               `json:"themes" validate:"max=3,unique"`
	Kinds            []Outcome              `json:"kinds" validate:"max=3,unique=Kind,dive"`
	Languages        []reference.Language   `json:"languages,omitempty" validate:"max=20,unique"`
	Interpretation   bool                   `json:"interpretation,omitempty"` // the provider brings interpretation
	Countries        []reference.Country    `json:"countries,omitempty" validate:"max=250,unique"`
	Regions          []string               `json:"regions,omitempty" validate:"max=40,unique"` // M49 codes or regions of the profile
	NotCountries     []reference.Country    `json:"excluded_countries,omitempty" validate:"max=250,unique"`
	NotRegions       []string               `json:"excluded_regions,omitempty" validate:"max=40,unique"`
	Eligibility      Eligibility            `json:"eligibility,omitzero"`
	Terms            Terms                  `json:"terms,omitempty" validate:"omitempty,oneof=grant loan in_kind free at_cost"`
	Ceiling          Money                  `json:"ceiling,omitzero"`
	Capacity         Capacity               `json:"capacity,omitzero"`
	Start            Date                   `json:"start,omitzero"`
	End              Date                   `json:"end,omitzero"`
	ValidUntil       Date                   `json:"valid_until,omitzero"`
	LeadDays         int                    `json:"lead_days,omitempty" validate:"min=0,max=1825"`
	Firmness         Firmness               `json:"firmness,omitempty" validate:"omitempty,oneof=indication pledge commitment"`
	HostContribution string                 `json:"host_contribution,omitempty" validate:"max=2000"` // what the host must provide
	Tied             bool                   `json:"tied,omitempty"`
	Evidence         []Evidence             `json:"evidence,omitempty" validate:"max=20,dive"`
	Declarations     []string               `json:"declarations,omitempty" validate:"max=10,unique,dive,max=100"` // ids of the profile's declarations
	Excluded         []Participant          `json:"excluded,omitempty" validate:"max=100,unique"`
	Visibility       map[string]Audience    `json:"visibility,omitempty" validate:"max=40"`
	Attachments      []Attachment           `json:"attachments,omitempty" validate:"max=10,dive"`
	ContentLanguage  reference.Language     `json:"content_language,omitempty"`
	Translations     map[string]Translation `json:"translations,omitempty" validate:"max=5,dive"`
}

// OfferType says whether an offer is for one occasion, stands for anyone who
// asks, or goes to a pooled fund.
type OfferType string

// The types of offers.
const (
	Specific OfferType = "specific"
	Standing OfferType = "standing"
	ToFund   OfferType = "fund"
)

// Terms are the conditions on which help is given.
type Terms string

// The terms of offers.
const (
	GrantTerms Terms = "grant"
	LoanTerms  Terms = "loan"
	InKind     Terms = "in_kind"
	Free       Terms = "free"
	AtCost     Terms = "at_cost"
)

// CoProvider gives together with the provider.
type CoProvider struct {
	Participant Participant `json:"participant"`
	Role        string      `json:"role" validate:"oneof=funding implementing"`
}

// Eligibility restricts who may receive an offer; empty means everybody.
type Eligibility struct {
	PartiesOnly bool               `json:"parties_only,omitempty"`
	LDC         bool               `json:"ldc,omitempty"`
	SIDS        bool               `json:"sids,omitempty"`
	LLDC        bool               `json:"lldc,omitempty"`
	Income      []reference.Income `json:"income,omitempty" validate:"max=5"`
}

// Capacity is how much an offer can serve. Without a unit it is unlimited; in
// amounts it is the ceiling.
type Capacity struct {
	Unit     string `json:"unit,omitempty" validate:"omitempty,oneof=beneficiaries person_days amount"`
	Quantity int    `json:"quantity,omitempty" validate:"min=0,max=2000000000"`
}

// Evidence is a past project of the provider.
type Evidence struct {
	Title     string              `json:"title" validate:"required,max=300"`
	Theme     string              `json:"theme,omitempty"`
	Countries []reference.Country `json:"countries,omitempty" validate:"max=50"`
	Year      int                 `json:"year,omitempty" validate:"omitempty,min=1945,max=2200"`
	Link      string              `json:"link,omitempty" validate:"omitempty,http_url,max=500"`
}

// KindList is the kinds without their description.
func (c *OfferContent) KindList() []Kind {
	kinds := make([]Kind, len(c.Kinds))
	for i, o := range c.Kinds {
		kinds[i] = o.Kind
	}
	return kinds
}

// Providers is the provider and the co-providers.
func (c *OfferContent) Providers() []Participant {
	all := []Participant{c.Provider}
	for _, p := range c.CoProviders {
		all = append(all, p.Participant)
	}
	return all
}

// imported reports whether the secretariat answers for the offer, having taken
// it over from a report.
func (o *Offer) imported() bool { return o.Clearance != nil && o.Clearance.Kind == ClearedByImport }

// binding reports whether the offer needs the provider's approver.
func (c *OfferContent) binding() bool { return c.Firmness == Pledge || c.Firmness == FirmCommitment }

// RemainingMinor is the ceiling less what partnerships have taken, in minor
// units; 0 and "" when no ceiling is stated.
func (o *Offer) RemainingMinor() (minor int64, currency string) {
	minor, err := o.Ceiling.Minor()
	if err != nil {
		return 0, ""
	}
	if taken, err := o.Taken.Amount.Minor(); err == nil && o.Taken.Amount.Currency == o.Ceiling.Currency {
		minor -= taken
	}
	return max(minor, 0), o.Ceiling.Currency
}

// Exhausted reports whether a capacity is stated and nothing of it remains. A
// ceiling is one where money is all that is offered.
func (o *Offer) Exhausted() bool {
	minor, currency := o.RemainingMinor()
	spent := currency != "" && minor == 0
	switch o.Capacity.Unit {
	case "amount":
		return spent
	case "beneficiaries", "person_days":
		return o.Taken.Quantity >= o.Capacity.Quantity
	}
	return spent && len(o.Kinds) == 1 && o.Kinds[0].Kind == Finance
}
