package cooperation

import (
	"fmt"
	"strconv"
	"strings"

	"entente/reference"
)

// maxMinor bounds amounts so that sums of many lines cannot overflow.
const maxMinor = 1_000_000_000_000_000

// Money is an amount in one currency, as decimal text with at most the minor
// units of the currency ("2000000.50", "USD").
type Money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// NewMoney makes an amount from minor units (cents).
func NewMoney(minor int64, currency string) Money {
	units := minorUnits(currency)
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	s := strconv.FormatInt(minor, 10)
	if units > 0 {
		for len(s) <= units {
			s = "0" + s
		}
		s = s[:len(s)-units] + "." + s[len(s)-units:]
	}
	return Money{Amount: sign + s, Currency: currency}
}

// IsZero reports whether nothing is stated.
func (m Money) IsZero() bool { return m.Amount == "" && m.Currency == "" }

// Minor returns the amount in minor units. It fails on an unknown currency,
// on more decimals than the currency has, on a negative amount and on one
// over 10^15 minor units.
func (m Money) Minor() (int64, error) {
	c, ok := reference.ParseCurrency(m.Currency)
	if !ok {
		return 0, fmt.Errorf("unknown currency %.8q", m.Currency)
	}
	whole, fraction, point := strings.Cut(m.Amount, ".")
	units := c.MinorUnits()
	if whole == "" || point && fraction == "" || len(whole) > 16 || len(fraction) > units || !digits(whole) || !digits(fraction) {
		return 0, fmt.Errorf("not an amount with at most %d decimals: %.24q", units, m.Amount)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", units-len(fraction)), 10, 64)
	if err != nil || n > maxMinor {
		return 0, fmt.Errorf("amount out of range: %.24q", m.Amount)
	}
	return n, nil
}

// none reports whether there is no amount, or one of zero.
func (m Money) none() bool {
	minor, err := m.Minor()
	return err != nil || minor == 0
}

func (m Money) String() string { return m.Amount + " " + m.Currency }

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func minorUnits(currency string) int {
	if c, ok := reference.ParseCurrency(currency); ok {
		return c.MinorUnits()
	}
	return 0
}
