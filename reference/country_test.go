package reference_test

import (
	"testing"

	"entente/reference"
)

func TestACountryIsFoundByEachOfItsCodes(t *testing.T) {
	for _, c := range reference.Countries() {
		if got, ok := reference.ParseCountry(c.Alpha2()); !ok || got != c {
			t.Errorf("ParseCountry(%q) = %v, %v", c.Alpha2(), got, ok)
		}
		if c.Alpha2() == "EU" {
			continue
		}
		if got, ok := reference.CountryByAlpha3(c.Alpha3()); !ok || got != c {
			t.Errorf("CountryByAlpha3(%q) = %v, %v, want %v", c.Alpha3(), got, ok, c)
		}
		if got, ok := reference.CountryByM49(c.M49()); !ok || got != c {
			t.Errorf("CountryByM49(%q) = %v, %v, want %v", c.M49(), got, ok, c)
		}
	}
}
