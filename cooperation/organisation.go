package cooperation

import (
	"slices"
	"time"

	"entente/reference"
)

// OrganisationStatus is a step of the admission of an organisation.
type OrganisationStatus string

// The life of an organisation under a convention: applied → admitted →
// suspended or withdrawn, and refused with a reason.
const (
	OrganisationApplied   OrganisationStatus = "applied"
	OrganisationAdmitted  OrganisationStatus = "admitted"
	OrganisationSuspended OrganisationStatus = "suspended" // its open offers are not matched meanwhile
	OrganisationRefused   OrganisationStatus = "refused"
	OrganisationWithdrawn OrganisationStatus = "withdrawn"
)

// OrganisationStatuses lists all steps in order.
func OrganisationStatuses() []OrganisationStatus {
	return []OrganisationStatus{OrganisationApplied, OrganisationAdmitted, OrganisationSuspended, OrganisationRefused, OrganisationWithdrawn}
}

// Organisation is an intergovernmental or non-governmental organisation or an
// institution under one convention. Its id is the participant that it is in
// postings and roles. People act for it through their roles; it holds no
// contact of its own.
type Organisation struct {
	Meta
	OrganisationContent
	Status       OrganisationStatus `json:"status"`
	Source       EntrySource        `json:"source"`
	Admitted     time.Time          `json:"admitted,omitzero"` // when it was last admitted
	Decision     *Remark            `json:"decision,omitempty"`
	Declarations []Statement        `json:"declarations,omitempty"`
}

// OrganisationContent is what an organisation says of itself.
type OrganisationContent struct {
	Name        string            `json:"name" validate:"required,max=200"`
	Names       Names             `json:"names,omitempty" validate:"max=6,dive,max=200"` // in languages of the readers, where it has such a name
	Acronym     string            `json:"acronym,omitempty" validate:"max=40"`
	Sort        OrganisationSort  `json:"sort" validate:"oneof=igo ngo institution"`
	Seat        reference.Country `json:"seat,omitzero"` // where it has its seat
	Website     string            `json:"website,omitempty" validate:"omitempty,http_url,max=500"`
	Description string            `json:"description,omitempty" validate:"max=4000"`
}

// OrganisationSort is what an organisation is.
type OrganisationSort string

// The sorts of organisations.
const (
	Intergovernmental OrganisationSort = "igo"
	NonGovernmental   OrganisationSort = "ngo"
	Institutional     OrganisationSort = "institution"
)

// OrganisationSorts lists the sorts.
func OrganisationSorts() []OrganisationSort {
	return []OrganisationSort{Intergovernmental, NonGovernmental, Institutional}
}

// EntrySource says how a document that is not a posting came in.
type EntrySource string

// How a document came in.
const (
	FromApplication EntrySource = "application" // somebody of its own side entered it
	FromSecretariat EntrySource = "secretariat"
	FromImport      EntrySource = "import" // a file named it
)

// Statement is a declaration of the profile as an organisation made it.
type Statement struct {
	Declaration string    `json:"declaration"`                         // id in the profile
	Date        Date      `json:"date"`                                // when it was made
	Office      string    `json:"office,omitempty" validate:"max=200"` // the office in which it was made: never a person's name
	By          string    `json:"by,omitempty"`                        // user id of who recorded it
	Time        time.Time `json:"time"`
	Withdrawn   *Remark   `json:"withdrawn,omitempty"`
}

// Stands reports whether the declaration was not withdrawn.
func (s Statement) Stands() bool { return s.Withdrawn == nil }

// In is the name of the organisation for a reader.
func (o *Organisation) In(lang reference.Language) string {
	if name := o.Names[lang]; name != "" {
		return name
	}
	return o.Name
}

// Participant is what the organisation is in postings.
func (o *Organisation) Participant() Participant { return Participant(o.ID) }

// Known reports whether the organisation was ever admitted: before that, only
// its own side and the secretariat know of it.
func (o *Organisation) Known() bool { return !o.Admitted.IsZero() }

// Declares reports whether a declaration stands.
func (o *Organisation) Declares(id string) bool {
	return slices.ContainsFunc(o.Declarations, func(s Statement) bool { return s.Declaration == id && s.Stands() })
}

// Directory finds what people have entered beside the profile of a convention.
type Directory interface {
	Organisation(id string) (*Organisation, bool)
	// Commitment finds one by its id, or else by its code.
	Commitment(reference string) (*Commitment, bool)
}

// Organisation returns the organisation that a participant is, as the
// convention knows it.
func (c *Convention) Organisation(p Participant) (*Organisation, bool) {
	if c.Directory == nil {
		return nil, false
	}
	return c.Directory.Organisation(string(p))
}

// Undeclared lists the declarations that the convention requires of
// organisations and that this one has not made, or has withdrawn.
func (c *Convention) Undeclared(o *Organisation) []Declaration {
	return slices.DeleteFunc(c.DeclarationsFor(ProviderOrganisation), func(d Declaration) bool { return o.Declares(d.ID) })
}

// Provides reports whether the offers of the organisation take part in the
// matching: it is admitted and has declared what the convention requires.
func (c *Convention) Provides(o *Organisation) bool {
	return o.Status == OrganisationAdmitted && len(c.Undeclared(o)) == 0
}
