package matching

import "entente/reference"

// Underserved reports whether a beneficiary had less help than the average of
// those on record; known is false where nothing is on record, so that nobody can
// be compared.
func (s *Setting) Underserved(b reference.Country) (less, known bool) {
	if s.record == nil {
		return false, false
	}
	return s.record.LiftBeneficiary(b) > Neutral, true
}
