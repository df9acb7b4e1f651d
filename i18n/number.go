package i18n

import (
	"strconv"
	"strings"
)

// symbols are how a language writes numbers, after CLDR 48. Arabic uses Latin
// digits (nu-latn), as the documents of the United Nations do.
type symbols struct {
	decimal  string
	group    string
	minus    string
	percent  string // follows the number, with its space
	grouping int    // digits before the group separator that a number needs to be grouped at all
	codeLast bool   // the currency follows the amount
	lead     string // mark before an amount of money that keeps the order of its parts
}

func symbolsOf(lang string) symbols {
	switch lang {
	case "ar":
		return symbols{".", ",", "\u200e-", "\u200e%\u200e", 1, true, "\u200f"}
	case "es":
		return symbols{",", ".", "-", "\u00a0%", 2, true, ""}
	case "fr":
		return symbols{",", "\u202f", "-", "\u00a0%", 1, true, ""}
	case "ru":
		return symbols{",", "\u00a0", "-", "\u00a0%", 1, true, ""}
	default:
		return symbols{".", ",", "-", "%", 1, false, ""}
	}
}

// Integer writes a whole number with the grouping of the language: "1,234".
func (l *Localizer) Integer(n int64) string {
	return l.decimal(strconv.FormatInt(n, 10))
}

// Score writes a score in millionths of a point with one decimal: "63.2".
func (l *Localizer) Score(millionths int64) string {
	return l.decimal(fixed(millionths, 1))
}

// Millionths writes an integer of millionths as a decimal fraction: with one
// decimal from 1 upward ("63.2", the precision of scores), with one or two
// below ("0.5", "0.85").
func (l *Localizer) Millionths(n int64) string {
	if n > -million && n < million {
		return l.decimal(strings.TrimSuffix(fixed(n, 2), "0"))
	}
	return l.Score(n)
}

// Percent writes a share in millionths of the whole: "85%", "85.5%".
func (l *Localizer) Percent(millionths int64) string {
	// One percent is ten thousand millionths; the quotient's tenths stay exact.
	tenths := roundDiv(millionths, million/1000)
	whole, tenth := strconv.FormatInt(tenths/10, 10), tenths%10
	if tenths < 0 && tenths > -10 {
		whole = "-0"
	}
	if tenth == 0 {
		return l.decimal(whole) + l.symbols.percent
	}
	return l.decimal(whole+"."+strconv.FormatInt(max(tenth, -tenth), 10)) + l.symbols.percent
}

// Decimal writes a decimal number given as text ("-1234.50"), digit by digit,
// without going through floating point. Text that is no number comes back as it is.
func (l *Localizer) Decimal(number string) string {
	if !isDecimal(number) {
		return isolate(number, l.rtl)
	}
	return l.decimal(number)
}

const million = 1_000_000

// fixed writes millionths with one or two decimals, rounded half away from zero.
func fixed(millionths int64, decimals int) string {
	unit := int64(100) // per point, with two decimals
	if decimals == 1 {
		unit = 10
	}
	rounded := roundDiv(millionths, million/unit)
	sign := ""
	if rounded < 0 {
		sign, rounded = "-", -rounded
	}
	fraction := strconv.FormatInt(rounded%unit, 10)
	fraction = strings.Repeat("0", decimals-len(fraction)) + fraction
	return sign + strconv.FormatInt(rounded/unit, 10) + "." + fraction
}

// roundDiv divides and rounds half away from zero.
func roundDiv(n, by int64) int64 {
	quotient, rest := n/by, n%by
	switch {
	case rest >= by-rest:
		return quotient + 1
	case -rest >= by+rest:
		return quotient - 1
	default:
		return quotient
	}
}

// decimal writes a plain decimal number ("-1234.5") in the manner of the language.
func (l *Localizer) decimal(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	whole, fraction, broken := strings.Cut(digits, ".")
	var b strings.Builder
	if negative {
		b.WriteString(l.symbols.minus)
	}
	b.WriteString(l.grouped(whole))
	if broken {
		b.WriteString(l.symbols.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

func (l *Localizer) grouped(digits string) string {
	if len(digits) < 3+l.symbols.grouping {
		return digits
	}
	head := len(digits) % 3
	var b strings.Builder
	b.WriteString(digits[:head])
	for at := head; at < len(digits); at += 3 {
		if at > 0 {
			b.WriteString(l.symbols.group)
		}
		b.WriteString(digits[at : at+3])
	}
	return b.String()
}

func isInteger(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil
}

// isDecimal accepts digits with an optional sign and an optional fraction.
func isDecimal(s string) bool {
	whole, fraction, broken := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return isDigits(whole) && (!broken || isDigits(fraction))
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
