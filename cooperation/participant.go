package cooperation

import "entente/reference"

// Participant is a State or regional organisation (by ISO 3166-1 alpha-2
// code, or EU) or an Organisation (by its id, lower case, three letters or
// more). The role of provider or beneficiary belongs to each posting, never
// to the participant.
type Participant string

// State returns the country of a participant that is a State or the EU.
func (p Participant) State() (reference.Country, bool) { return reference.ParseCountry(string(p)) }

// Valid reports whether p has the form of a participant.
func (p Participant) Valid() bool {
	if _, ok := p.State(); ok {
		return true
	}
	if len(p) < 3 || len(p) > 64 {
		return false
	}
	for i := 0; i < len(p); i++ {
		if c := p[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
