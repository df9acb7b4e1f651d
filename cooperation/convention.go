package cooperation

import (
	"slices"

	"entente/reference"
)

// Names is one text in the six languages of the readers. In a convention's
// working languages it is the official text; in the others, a translation.
type Names map[reference.Language]string

// ReaderLanguages lists the six languages of the readers in the order of the
// alphabet of their tags.
func ReaderLanguages() []reference.Language {
	return []reference.Language{"ar", "en", "es", "fr", "ru", "zh"}
}

// In is the text in a language, in English where that is missing, or "" where
// both are.
func (n Names) In(lang reference.Language) string {
	if s := n[lang]; s != "" {
		return s
	}
	return n["en"]
}

// Convention is a treaty served by the installation with the rules that its
// bodies set for cooperation and assistance. It is read from a profile at the
// start; what the secretariat names over that is laid over it, see
// catalogue.State.Convention. A value is never changed: everybody shares it.
type Convention struct {
	ID         string               `json:"id"`         // "fctc": the name of its log and of its pages
	Name       Names                `json:"name"`       // the title of the treaty
	ShortName  Names                `json:"short_name"` // as it is called in running text
	Depositary Names                `json:"depositary"`
	Adopted    Date                 `json:"adopted"`
	InForce    Date                 `json:"in_force"`
	Languages  []reference.Language `json:"languages"` // working languages, in the treaty's order

	Themes     []Theme           `json:"themes"` // in the order of the profile
	Regions    []ProfileRegion   `json:"regions,omitempty"`
	Kinds      []Kind            `json:"kinds"` // kinds of assistance in use
	Committees []Committee       `json:"committees"`
	Programme  []ProgrammeDomain `json:"programme,omitempty"`

	SecretariatName Names       `json:"secretariat_name"` // who performs the functions of the secretariat
	IATI            string      `json:"iati,omitempty"`   // the secretariat's identifier as an organisation in IATI, where it has one
	Facilitator     Facilitator `json:"facilitator"`      // who brings both sides together
	Reviewed        bool        `json:"reviewed"`         // whether pairings are reviewed one by one
	ReviewBody      string      `json:"review_body"`      // the committee told about pairings that no mandate claims; it reviews them where Reviewed
	Bundles         bool        `json:"bundles"`          // whether one review may cover several proposals

	LookDays      int `json:"look_days"`      // working days in which both sides see a proposal before its review
	OpeningDays   int `json:"opening_days"`   // working days after the look in which the chair takes a proposal up
	SilenceDays   int `json:"silence_days"`   // working days of the silence procedure
	ObjectionDays int `json:"objection_days"` // working days after which an unresolved objection ends the proposal
	IntroduceDays int `json:"introduce_days"` // working days in which the facilitator introduces both sides
	ReplyMonths   int `json:"reply_months"`   // months that each side has to answer an introduction
	TermsDays     int `json:"terms_days"`     // working days in which those whose turn it is act on terms
	Shortlist     int `json:"shortlist"`      // proposals kept for one need, at most

	TermsClearance TermsClearance `json:"terms_clearance"` // whose approvers clear terms

	UnspecificThreshold int `json:"unspecific_threshold"` // missing points that a submitted need may have; with more, drafting help is offered
	OfferValidityMonths int `json:"offer_validity_months"`
	NeedValidityMonths  int `json:"need_validity_months"`
	ReconfirmDays       int `json:"reconfirm_days"` // days before the end of validity at which the poster is asked again

	Calendar     Calendar           `json:"calendar"`
	Declarations []Declaration      `json:"declarations,omitempty"`
	Admits       []ProviderCategory `json:"admits"` // who may offer
	Weights      Weights            `json:"weights"`
	WeightsBody  string             `json:"weights_body"` // the body that may change them

	Parties             []Party             `json:"parties"`
	Signatories         []reference.Country `json:"signatories,omitempty"` // that signed and are not Parties
	PartiesAsOf         Date                `json:"parties_as_of"`
	PartyDates          PartyDates          `json:"party_dates"`
	PartiesSource       Names               `json:"parties_source"`
	PartiesReservations []Names             `json:"parties_reservations,omitempty"` // what is not known to be current
	Meetings            []Meeting           `json:"meetings,omitempty"`

	// Learned are the weights that the convention has adopted, of which Weights
	// are a part; nil where those of the profile are in force. A profile has none.
	Learned *AdoptedWeights `json:"-"`

	// Directory finds the organisations and commitments of the convention. A profile has none;
	// whoever serves the convention puts it in.
	Directory Directory `json:"-"`

	almanac *Almanac // of Calendar, where somebody keeps one; see Almanac
}

// Facilitator says who brings the two sides of a pairing together.
type Facilitator string

// The facilitators that a profile may name.
const (
	CommitteeFacilitates   Facilitator = "committee"
	BureauFacilitates      Facilitator = "bureau"
	SecretariatFacilitates Facilitator = "secretariat"
)

// ProviderCategory is a sort of provider that a profile may admit.
type ProviderCategory string

// The categories of providers.
const (
	ProviderParty        ProviderCategory = "party"
	ProviderSignatory    ProviderCategory = "signatory"
	ProviderOtherState   ProviderCategory = "other_state"
	ProviderOrganisation ProviderCategory = "organisation"
)

// ProviderCategories lists the categories in their order of presentation.
func ProviderCategories() []ProviderCategory {
	return []ProviderCategory{ProviderParty, ProviderSignatory, ProviderOtherState, ProviderOrganisation}
}

// ProfileRegion is a region that the convention defines for itself.
type ProfileRegion struct {
	ID        string              `json:"id"`
	Name      Names               `json:"name"`
	Countries []reference.Country `json:"countries"` // in the order of their codes
}

// ProgrammeDomain is a domain of the costed programme of the secretariat or
// of a body.
type ProgrammeDomain struct {
	ID     string   `json:"id"`
	Name   Names    `json:"name"`
	Themes []string `json:"themes,omitempty"` // themes whose offers may fund it; none named = all
}

// Declaration is a statement that providers of some categories must make
// before their offers are admitted.
type Declaration struct {
	ID   string             `json:"id"`
	Text Names              `json:"text"`
	For  []ProviderCategory `json:"for"`
}

// Weights are the shares of the parts of a score in millionths. They sum to
// 1,000,000.
type Weights struct {
	Version  int   `json:"version"`
	Theme    int64 `json:"theme"`
	Kind     int64 `json:"kind"`
	Language int64 `json:"language"`
	Region   int64 `json:"region"`
	Size     int64 `json:"size"`
	Time     int64 `json:"time"`
	Record   int64 `json:"record"`
	Fairness int64 `json:"fairness"`
}

// WeightsTotal is the sum that the parts of Weights must reach.
const WeightsTotal = 1_000_000

// Sum adds the parts.
func (w Weights) Sum() int64 {
	return w.Theme + w.Kind + w.Language + w.Region + w.Size + w.Time + w.Record + w.Fairness
}

// Meeting is a session of a body that deadlines and documents refer to.
type Meeting struct {
	ID    string `json:"id"`
	Name  Names  `json:"name"`
	Body  string `json:"body"` // a committee of the convention
	Begin Date   `json:"begin"`
	End   Date   `json:"end"`
	Place Names  `json:"place,omitempty"`
}

// Region returns the profile region with the id.
func (c *Convention) Region(id string) (ProfileRegion, bool) {
	return find(c.Regions, func(r *ProfileRegion) bool { return r.ID == id })
}

// Domain returns the programme domain with the id.
func (c *Convention) Domain(id string) (ProgrammeDomain, bool) {
	return find(c.Programme, func(d *ProgrammeDomain) bool { return d.ID == id })
}

// Offers reports whether the kind of assistance is in use.
func (c *Convention) Offers(k Kind) bool { return slices.Contains(c.Kinds, k) }

// AdmitsProvider reports whether providers of the category may offer.
func (c *Convention) AdmitsProvider(p ProviderCategory) bool { return slices.Contains(c.Admits, p) }

// DeclarationsFor lists the declarations that a provider of the category must
// make.
func (c *Convention) DeclarationsFor(p ProviderCategory) []Declaration {
	var out []Declaration
	for _, d := range c.Declarations {
		if slices.Contains(d.For, p) {
			out = append(out, d)
		}
	}
	return out
}

func find[T any](list []T, is func(*T) bool) (T, bool) {
	for i := range list {
		if is(&list[i]) {
			return list[i], true
		}
	}
	var none T
	return none, false
}
