package reference

import "testing"

func TestDevelopingCountriesAreThoseOfTheHandbookOfStatistics(t *testing.T) {
	for code, want := range map[string]bool{
		"MZ": true, "BR": true, "MX": true, "CN": true, "TR": true, "SG": true, "FJ": true, "KZ": true, "CL": true, "AE": true,
		"NO": false, "PT": false, "UA": false, "BA": false, "RU": false, "US": false, "CA": false,
		"JP": false, "KR": false, "IL": false, "CY": false, "AU": false, "NZ": false, "NF": false, "EU": false,
	} {
		c, ok := ParseCountry(code)
		if !ok || c.Developing() != want {
			t.Errorf("%s is developing: %t, want %t", code, c.Developing(), want)
		}
	}
	if Country(0).Developing() {
		t.Error("no country is a developing one")
	}
	for _, c := range Countries() {
		if (c.LDC() || c.SIDS()) && !c.Developing() {
			t.Errorf("%s is on a list of the least developed countries or small island developing States and not developing", c)
		}
	}
}
