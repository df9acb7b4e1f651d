package matching

import "entente/reference"

// Party is somebody who can provide help or be excluded or preferred as a
// partner: the alpha-2 code of a State or of the EU, or the id of an
// organisation. Ids of organisations are never two capital letters.
type Party string

// PartyOf returns the party that is the State itself, "" for none.
func PartyOf(c reference.Country) Party { return Party(c.Alpha2()) }

// Country returns the State (or the EU) that the party is; false for an
// organisation and for none.
func (p Party) Country() (reference.Country, bool) {
	return reference.ParseCountry(string(p))
}
