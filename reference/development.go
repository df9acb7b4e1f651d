package reference

// Developing reports whether the country counts as a developing one in the
// statistics of the United Nations Conference on Trade and Development: Africa,
// Latin America and the Caribbean, Asia without Israel, Japan and the Republic
// of Korea, and Oceania without Australia and New Zealand (UNCTAD, Handbook of
// Statistics, annex "Classifications"; the regions are those of the M49
// standard). Cyprus, which M49 puts into Western Asia, counts as developed, as
// in the United Nations Statistics Division's list of developed regions. It is
// false for the European Union and for none.
//
// The United Nations have no agreed designation of developing countries. This
// list was chosen because it is public, covers every country and follows from
// geography alone: it does not change with a year's income, and says nothing
// about who may receive help.
func (c Country) Developing() bool {
	switch c.Alpha2() {
	case "CY", "IL", "JP", "KR":
		return false
	}
	const australiaAndNewZealand = "053"
	if r, ok := ParseRegion(australiaAndNewZealand); ok && c.In(r) {
		return false
	}
	for _, code := range [...]string{"002", "419", "142", "009"} {
		if r, ok := ParseRegion(code); ok && c.In(r) {
			return true
		}
	}
	return false
}
