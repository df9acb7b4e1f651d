package cooperation

import (
	"slices"
	"time"
)

// AgreementStatus is a step of the life of an agreement.
type AgreementStatus string

// The life of an agreement: proposed → clearing → agreed; open while no terms
// are on the table, and ended when one side no longer wants to go on.
const (
	AgreementProposed AgreementStatus = "proposed" // terms are on the table, and somebody has still to accept them
	AgreementClearing AgreementStatus = "clearing" // all have accepted, and an approver has still to clear it
	AgreementOpen     AgreementStatus = "open"     // the terms were taken back, and there are no others yet
	AgreementAgreed   AgreementStatus = "agreed"   // there is a partnership
	AgreementEnded    AgreementStatus = "ended"    // one side has broken the talks off, or the proposal has ended
)

// AgreementStatuses lists the steps in order.
func AgreementStatuses() []AgreementStatus {
	return []AgreementStatus{AgreementProposed, AgreementClearing, AgreementOpen, AgreementAgreed, AgreementEnded}
}

// Under reports whether the sides negotiate.
func (s AgreementStatus) Under() bool {
	return s == AgreementProposed || s == AgreementClearing || s == AgreementOpen
}

// TermsClearance says whose approvers clear the terms of a partnership.
type TermsClearance string

// Whose approvers clear terms. Where an offer is a pledge or a commitment, they
// bind both sides.
const (
	ClearBinding TermsClearance = "binding" // those of the need and of the offers that are pledges or commitments
	ClearAlways  TermsClearance = "always"
	ClearNever   TermsClearance = "never"
)

// TermsClearances lists the choices.
func TermsClearances() []TermsClearance {
	return []TermsClearance{ClearBinding, ClearAlways, ClearNever}
}

// mostVersions bounds the versions of terms of one agreement.
const mostVersions = 30

// Agreement is how the sides of a proposal come to terms: one side proposes
// them, the other accepts that very version or proposes another. When all have
// accepted and cleared the same version, there is a partnership.
type Agreement struct {
	Meta
	Proposal    string          `json:"proposal"`
	Need        string          `json:"need"`
	Offers      []string        `json:"offers"`
	Committee   string          `json:"committee"` // the body responsible for the proposal
	Informed    []string        `json:"informed,omitempty"`
	Status      AgreementStatus `json:"status"`
	Turn        time.Time       `json:"turn,omitzero"` // since when somebody is to act
	Versions    []TermsVersion  `json:"versions"`
	Partnership string          `json:"partnership,omitempty"`
	Ended       *AgreementEnd   `json:"ended,omitempty"`
}

// TermsVersion is one version of the terms with what became of it.
type TermsVersion struct {
	Number     int              `json:"number"` // from 1
	Terms      PartnershipTerms `json:"terms"`
	Note       string           `json:"note,omitempty" validate:"max=4000"` // to the other side
	Side       Side             `json:"side"`                               // that has proposed it
	By         string           `json:"by,omitempty"`
	Time       time.Time        `json:"time"`
	Signatures []Signature      `json:"signatures"`
	Withdrawn  time.Time        `json:"withdrawn,omitzero"`
}

// Signature is one of those who have to accept a version.
type Signature struct {
	Side        Side        `json:"side"`
	Participant Participant `json:"participant"`
	By          string      `json:"by,omitempty"`
	Accepted    time.Time   `json:"accepted,omitzero"`
	Clears      bool        `json:"clears,omitempty"` // its approver has to clear it as well
	Clearance   *Clearance  `json:"clearance,omitempty"`
}

// done reports whether nothing is left to do for whoever signs.
func (s *Signature) done() bool { return !s.Accepted.IsZero() && (!s.Clears || s.Clearance != nil) }

// AgreementEnd is how an agreement ended without a partnership. The reason is
// told to the side that gave it, and to whoever facilitates.
type AgreementEnd struct {
	Side        Side        `json:"side,omitempty"` // that broke the talks off; nobody when the proposal had ended
	Participant Participant `json:"participant,omitempty"`
	Remark
}

// Table is the version that is on the table, or was last.
func (a *Agreement) Table() *TermsVersion {
	if len(a.Versions) == 0 {
		return nil
	}
	return &a.Versions[len(a.Versions)-1]
}

// AgreementID is the id of the agreement of a proposal: there is one.
func AgreementID(proposal string) string { return DerivedID("agreement", proposal) }

// signatories are those who have to accept terms: the State that leads the need,
// the provider of every offer, and every co-provider that has a share.
func signatories(c *Convention, s *Sides, t *PartnershipTerms) []Signature {
	binding := slices.ContainsFunc(s.Offers, func(o *Offer) bool { return o.binding() })
	clears := func(binds bool) bool {
		return c.TermsClearance == ClearAlways || c.TermsClearance != ClearNever && binds
	}
	out := []Signature{{Side: NeedSide, Participant: Participant(s.Need.Beneficiaries[0].Alpha2()), Clears: clears(binding)}}
	for _, o := range s.Offers {
		for i, p := range o.Providers() {
			if i > 0 && !slices.ContainsFunc(t.Providers, func(x Share) bool { return x.Offer == o.ID && x.Provider == p }) {
				continue
			}
			at := slices.IndexFunc(out, func(x Signature) bool { return x.Side == OfferSide && x.Participant == p })
			if at < 0 {
				at, out = len(out), append(out, Signature{Side: OfferSide, Participant: p})
			}
			out[at].Clears = out[at].Clears || clears(o.binding())
		}
	}
	return out
}

// Awaited lists those who are to act on the version that is on the table: who
// has still to accept it, and where all have, whose approver has still to clear
// it.
func (a *Agreement) Awaited() (out []Signature) {
	if len(a.Versions) == 0 || a.Status != AgreementProposed && a.Status != AgreementClearing {
		return nil // who was not shown the terms does not see who is asked about them
	}
	for _, s := range a.Table().Signatures {
		if a.Status == AgreementProposed && s.Accepted.IsZero() || a.Status == AgreementClearing && !s.done() {
			out = append(out, s)
		}
	}
	return out
}
