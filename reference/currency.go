package reference

import (
	"fmt"
	"maps"
	"slices"
)

// Currency is the code of three letters of a currency of ISO 4217, such as
// "XOF". "" is no currency.
type Currency string

type currency struct {
	minor int
	names *names
}

// ParseCurrency returns the currency with an ISO 4217 code in upper case.
// Precious metals, funds codes and the codes for testing and for no currency
// are refused.
func ParseCurrency(code string) (Currency, bool) {
	_, ok := all.currencies[Currency(code)]
	if !ok {
		return "", false
	}
	return Currency(code), true
}

// Currencies returns all currencies in the order of their codes. The slice
// belongs to the caller.
func Currencies() []Currency {
	return slices.Sorted(maps.Keys(all.currencies))
}

// Code returns the ISO 4217 code.
func (c Currency) Code() string { return string(c) }

// String returns the ISO 4217 code.
func (c Currency) String() string { return string(c) }

// MinorUnits returns how many decimal digits an amount has: 2 for USD, 0 for
// JPY, 3 for KWD. It is 2 for a currency that the tables do not hold.
func (c Currency) MinorUnits() int {
	if entry, ok := all.currencies[c]; ok {
		return entry.minor
	}
	return 2
}

// Name returns the name of the currency in one of ar, en, es, fr, ru and zh
// (in any other language the English one), or the code when the tables do not
// hold it.
func (c Currency) Name(in string) string {
	if entry, ok := all.currencies[c]; ok {
		return entry.names.in(in)
	}
	return string(c)
}

// MarshalText returns the code.
func (c Currency) MarshalText() ([]byte, error) { return []byte(c), nil }

// UnmarshalText accepts what ParseCurrency accepts, and nothing for no
// currency.
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = ""
		return nil
	}
	parsed, ok := ParseCurrency(string(text))
	if !ok {
		return fmt.Errorf("reference: %q is not the ISO 4217 code of a currency", text)
	}
	*c = parsed
	return nil
}

func (t *tables) loadCurrencies() {
	const table = "currencies.tsv"
	eachRow(table, 8, func(f []string) {
		n := names(f[2:8])
		t.currencies[Currency(f[0])] = currency{minor: mustNumber(table, f[1]), names: &n}
	})
}
