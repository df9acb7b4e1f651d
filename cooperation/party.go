package cooperation

import "entente/reference"

// Party is a State or regional organisation bound by the convention, with the
// act by which it consented, as the depositary's list gives them.
type Party struct {
	Country reference.Country `json:"country"`
	Act     PartyAct          `json:"act,omitempty"`  // empty where the source does not say
	Since   Date              `json:"since,omitzero"` // zero where it is not established; see PartyDates
	Until   Date              `json:"until,omitzero"` // the day on which a withdrawal takes effect
}

// PartyAct is the act by which a Party expressed its consent to be bound.
type PartyAct string

// The acts of consent.
const (
	Ratification       PartyAct = "ratification"
	Acceptance         PartyAct = "acceptance"
	Approval           PartyAct = "approval"
	FormalConfirmation PartyAct = "formal_confirmation"
	Accession          PartyAct = "accession"
	Succession         PartyAct = "succession"
)

// Valid reports whether a is one of the acts.
func (a PartyAct) Valid() bool {
	switch a {
	case Ratification, Acceptance, Approval, FormalConfirmation, Accession, Succession:
		return true
	}
	return false
}

// PartyDates says what the dates of a list of Parties are: depositaries list
// different ones.
type PartyDates string

// What the dates of a list of Parties are.
const (
	DatesOfDeposit PartyDates = "deposit"          // of the instrument with the depositary
	DatesOfForce   PartyDates = "entry_into_force" // of the convention for the Party
)

// Party returns the entry of a State or regional organisation, also of one
// that has withdrawn.
func (c *Convention) Party(country reference.Country) (Party, bool) {
	return find(c.Parties, func(p *Party) bool { return p.Country == country })
}

// PartyOn reports whether the State or regional organisation stood on the
// list of Parties on the day. A Party whose date is not established counts as
// one on every day up to its withdrawal.
func (c *Convention) PartyOn(country reference.Country, day Date) bool {
	p, ok := c.Party(country)
	return ok && p.On(day)
}

// On reports whether the entry is that of a Party on the day.
func (p Party) On(day Date) bool {
	return !day.Before(p.Since) && (p.Until.IsZero() || day.Before(p.Until))
}

// PartiesOn lists the Parties of the day in the order of their codes.
func (c *Convention) PartiesOn(day Date) []reference.Country {
	var out []reference.Country
	for _, p := range c.Parties {
		if p.On(day) {
			out = append(out, p.Country)
		}
	}
	return out
}

// Category says what a State or regional organisation is to the convention
// on the day: party, signatory or other State.
func (c *Convention) Category(country reference.Country, day Date) ProviderCategory {
	if c.PartyOn(country, day) {
		return ProviderParty
	}
	for _, s := range c.Signatories {
		if s == country {
			return ProviderSignatory
		}
	}
	return ProviderOtherState
}
