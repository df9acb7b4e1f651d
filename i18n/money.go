package i18n

import (
	"strings"

	"entente/reference"
)

// Money writes an amount, a decimal number as text, with the code of its
// currency, in the order of the language: "USD 2,000,000", "2 000 000,50 USD".
// The code, not a symbol: in the same table "$" would be several currencies.
// Whole amounts have no decimals, others at least those of the currency.
func (l *Localizer) Money(amount, currency string) string {
	if !isDecimal(amount) {
		return isolate(strings.TrimSpace(amount+" "+currency), l.rtl)
	}
	whole, fraction, _ := strings.Cut(amount, ".")
	number := whole
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		for len(fraction) < minorUnits(currency) {
			fraction += "0"
		}
		number += "." + fraction
	}
	const space = "\u00a0"
	if !l.symbols.codeLast {
		return currency + space + l.decimal(number)
	}
	written := l.symbols.lead + l.decimal(number) + space + currency
	if l.rtl {
		return enclose(written)
	}
	return written
}

// CurrencyName is the name of a currency in the language, or its code.
func (l *Localizer) CurrencyName(code string) string {
	if currency, ok := reference.ParseCurrency(code); ok {
		if name := currency.Name(l.lang); name != "" {
			return isolateForeign(name, l.rtl)
		}
	}
	return isolate(code, l.rtl)
}

func minorUnits(code string) int {
	if currency, ok := reference.ParseCurrency(code); ok {
		return currency.MinorUnits()
	}
	return 2 // by far the most usual
}
