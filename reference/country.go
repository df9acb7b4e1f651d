package reference

import (
	"fmt"
	"strings"
)

// Country is an entry of ISO 3166-1, or the European Union. The zero value is
// no country. Values are positions in a table of one version of the program
// and must not be stored: store the text.
type Country uint16

type country struct {
	alpha2, alpha3, m49 string
	names               names
	region              Region
	within              uint64 // the regions that contain it, one bit each
	group               Group
	income              Income
	traits              traits
	languages           []Language
	neighbours          []Country
	bordered            []uint64 // the neighbours, one bit each
}

// traits are what is true of a country or not.
type traits uint8

const (
	state traits = 1 << iota
	memberState
	ldc
	lldc
	sids
)

// ParseCountry returns the country with an alpha-2 code in upper case; the
// European Union is "EU".
func ParseCountry(alpha2 string) (Country, bool) {
	i, ok := alpha2Index(alpha2)
	if !ok {
		return 0, false
	}
	c := all.byAlpha2[i]
	return c, c != 0
}

// alpha2Index numbers the codes of two upper-case letters.
func alpha2Index(alpha2 string) (int, bool) {
	if len(alpha2) != 2 {
		return 0, false
	}
	i, j := alpha2[0]-'A', alpha2[1]-'A'
	return int(i)*26 + int(j), i < 26 && j < 26
}

// CountryByAlpha3 returns the country with an ISO 3166-1 alpha-3 code in
// upper case. The European Union has none.
func CountryByAlpha3(alpha3 string) (Country, bool) {
	c, ok := all.byAlpha3[alpha3]
	return c, ok
}

// CountryByM49 returns the country with a code of three digits of the M49
// standard, which is also its ISO 3166-1 numeric code. The European Union has
// none.
func CountryByM49(code string) (Country, bool) {
	n, ok := threeDigits(code)
	if !ok {
		return 0, false
	}
	c := all.byM49[n]
	return c, c != 0
}

// Countries returns all countries and the European Union in the order of
// their alpha-2 codes. The slice belongs to the caller.
func Countries() []Country {
	list := make([]Country, len(all.countries)-1)
	for i := range list {
		list[i] = Country(i + 1)
	}
	return list
}

func (c Country) entry() *country {
	if int(c) < len(all.countries) {
		return &all.countries[c]
	}
	return &all.countries[0]
}

// Alpha2 returns the ISO 3166-1 alpha-2 code, "EU" for the European Union,
// and "" for none.
func (c Country) Alpha2() string { return c.entry().alpha2 }

// String returns the alpha-2 code.
func (c Country) String() string { return c.Alpha2() }

// Alpha3 returns the ISO 3166-1 alpha-3 code, or "" for the European Union
// and for none.
func (c Country) Alpha3() string { return c.entry().alpha3 }

// M49 returns the code of three digits of the M49 standard, or "" for the
// European Union and for none.
func (c Country) M49() string { return c.entry().m49 }

// Name returns the short name that the United Nations uses, in one of ar, en,
// es, fr, ru and zh, without an article; in any other language it is the
// English one.
func (c Country) Name(lang string) string { return c.entry().names.in(lang) }

// IsState reports whether the Secretary-General, as depositary, takes the
// country for a State: a Member or observer State of the United Nations, the
// Cook Islands or Niue. It is false for territories and the European Union.
func (c Country) IsState() bool { return c.entry().traits&state != 0 }

// IsMember reports whether the country is a Member State of the United
// Nations.
func (c Country) IsMember() bool { return c.entry().traits&memberState != 0 }

// LDC reports whether the country is on the United Nations' list of least
// developed countries.
func (c Country) LDC() bool { return c.entry().traits&ldc != 0 }

// LLDC reports whether the country is on the United Nations' list of
// landlocked developing countries.
func (c Country) LLDC() bool { return c.entry().traits&lldc != 0 }

// SIDS reports whether the country is on the United Nations' list of small
// island developing States.
func (c Country) SIDS() bool { return c.entry().traits&sids != 0 }

// Group returns the country's regional group at the United Nations. Only
// Member States have one.
func (c Country) Group() Group { return c.entry().group }

// Income returns the World Bank's income group of the country, or
// Unclassified.
func (c Country) Income() Income { return c.entry().income }

// Languages returns the official languages of the whole country, by law or in
// fact, the most used first. The slice is shared and must not be changed.
func (c Country) Languages() []Language { return c.entry().languages }

// MarshalText returns the alpha-2 code, and nothing for no country.
func (c Country) MarshalText() ([]byte, error) { return []byte(c.Alpha2()), nil }

// UnmarshalText accepts what MarshalText returns.
func (c *Country) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	parsed, ok := ParseCountry(string(text))
	if !ok {
		return fmt.Errorf("reference: %q is not the alpha-2 code of a country", text)
	}
	*c = parsed
	return nil
}

func (t *tables) loadCountries() {
	const table = "countries.tsv"
	t.countries = make([]country, 1, 256)
	eachRow(table, 15, func(f []string) {
		id := Country(len(t.countries))
		c := country{alpha2: f[0], alpha3: f[1], m49: f[2], names: names(f[9:15])}
		c.region = t.region(table, f[4])
		c.within = t.regions[c.region].within
		c.group = must(ParseGroup(f[5]))(table, f[5])
		for word := range strings.FieldsSeq(f[3] + " " + f[6]) {
			c.traits |= must(parseTrait(word))(table, word)
		}
		c.income = must(ParseIncome(f[7]))(table, f[7])
		for tag := range strings.FieldsSeq(f[8]) {
			_, known := t.languages[Language(tag)]
			c.languages = append(c.languages, must(Language(tag), known)(table, tag))
		}
		t.countries = append(t.countries, c)
		t.byAlpha2[must(alpha2Index(f[0]))(table, f[0])] = id
		if f[1] != "" {
			t.byAlpha3[f[1]] = id
		}
		if n, ok := threeDigits(f[2]); ok {
			t.byM49[n] = id
		}
	})
}

func parseTrait(word string) (traits, bool) {
	switch word {
	case "member":
		return memberState | state, true
	case "observer", "depositary":
		return state, true
	case "territory", "union":
		return 0, true
	case "ldc":
		return ldc, true
	case "lldc":
		return lldc, true
	case "sids":
		return sids, true
	}
	return 0, false
}
