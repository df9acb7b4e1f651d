package reference

import "fmt"

// Income is an income group of the World Bank. The zero value is
// Unclassified.
type Income uint8

// The income groups, from the lowest to the highest.
const (
	Unclassified Income = iota
	LowIncome
	LowerMiddleIncome
	UpperMiddleIncome
	HighIncome
)

var incomeCodes = [...]string{"unclassified", "low", "lower-middle", "upper-middle", "high"}

// ParseIncome returns the income group with a code.
func ParseIncome(code string) (Income, bool) {
	for i, known := range incomeCodes {
		if code == known {
			return Income(i), true
		}
	}
	return Unclassified, false
}

// Incomes returns the income groups from the lowest to the highest, without
// Unclassified.
func Incomes() []Income {
	return []Income{LowIncome, LowerMiddleIncome, UpperMiddleIncome, HighIncome}
}

// Code returns low, lower-middle, upper-middle, high or unclassified.
func (i Income) Code() string {
	if int(i) < len(incomeCodes) {
		return incomeCodes[i]
	}
	return incomeCodes[Unclassified]
}

// String returns the code.
func (i Income) String() string { return i.Code() }

// Key returns the key of the income group's name in the message catalogues,
// such as "reference.income.low".
func (i Income) Key() string { return "reference.income." + i.Code() }

// MarshalText returns the code.
func (i Income) MarshalText() ([]byte, error) { return []byte(i.Code()), nil }

// UnmarshalText accepts what MarshalText returns.
func (i *Income) UnmarshalText(text []byte) error {
	parsed, ok := ParseIncome(string(text))
	if !ok {
		return fmt.Errorf("reference: %q is not the code of an income group", text)
	}
	*i = parsed
	return nil
}
