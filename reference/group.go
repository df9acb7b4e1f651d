package reference

import "fmt"

// Group is a regional group of Member States of the United Nations. The zero
// value is no group.
type Group uint8

// The regional groups.
const (
	AfricanGroup Group = iota + 1
	AsiaPacificGroup
	EasternEuropeanGroup
	LatinAmericanAndCaribbeanGroup
	WesternEuropeanAndOthersGroup
)

var groupCodes = [...]string{"", "african", "asia-pacific", "eastern-european", "grulac", "weog"}

// ParseGroup returns the group with a code; "" is no group.
func ParseGroup(code string) (Group, bool) {
	for i, known := range groupCodes {
		if code == known {
			return Group(i), true
		}
	}
	return 0, false
}

// Groups returns the regional groups in the order of their codes.
func Groups() []Group {
	return []Group{
		AfricanGroup, AsiaPacificGroup, EasternEuropeanGroup,
		LatinAmericanAndCaribbeanGroup, WesternEuropeanAndOthersGroup,
	}
}

// Code returns the group's code: african, asia-pacific, eastern-european,
// grulac or weog, and "" for none.
func (g Group) Code() string {
	if int(g) < len(groupCodes) {
		return groupCodes[g]
	}
	return ""
}

// String returns the code.
func (g Group) String() string { return g.Code() }

// Key returns the key of the group's name in the message catalogues, such as
// "reference.group.african".
func (g Group) Key() string { return "reference.group." + g.Code() }

// MarshalText returns the code.
func (g Group) MarshalText() ([]byte, error) { return []byte(g.Code()), nil }

// UnmarshalText accepts what MarshalText returns.
func (g *Group) UnmarshalText(text []byte) error {
	parsed, ok := ParseGroup(string(text))
	if !ok {
		return fmt.Errorf("reference: %q is not the code of a regional group", text)
	}
	*g = parsed
	return nil
}
