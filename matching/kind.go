package matching

import (
	"fmt"
	"iter"
	"math/bits"
	"strings"
)

// Kind is a kind of assistance; needs and offers use the same list.
type Kind uint8

// The kinds of assistance.
const (
	Finance Kind = iota
	Expertise
	Training
	Equipment
	Legal       // legislation, policy, litigation
	Institution // procedures and institution building
	Research
	Information
)

// KindCount is the number of kinds.
const KindCount = 8

// String returns the code of the kind, "finance" for example.
func (k Kind) String() string {
	codes := [KindCount]string{
		"finance", "expertise", "training", "equipment",
		"legal", "institution", "research", "information",
	}
	if int(k) >= KindCount {
		return fmt.Sprintf("kind(%d)", uint8(k))
	}
	return codes[k]
}

// ParseKind returns the kind with the given code.
func ParseKind(code string) (Kind, bool) {
	for k := range Kind(KindCount) {
		if k.String() == code {
			return k, true
		}
	}
	return 0, false
}

// KindSet is a set of kinds of assistance. The zero value is empty. As text
// it is the codes in the fixed order of the kinds, separated by single spaces.
type KindSet uint8

// exemptKinds are the kinds that need no common language: money and things.
const exemptKinds = KindSet(1<<Finance | 1<<Equipment)

// Kinds makes a set of the given kinds.
func Kinds(kinds ...Kind) KindSet {
	var s KindSet
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

// ParseKinds reads the codes of kinds separated by white space.
func ParseKinds(text string) (KindSet, error) {
	var s KindSet
	for code := range strings.FieldsSeq(text) {
		k, ok := ParseKind(code)
		if !ok {
			return 0, fmt.Errorf("matching: %q is not a kind of assistance", code)
		}
		s |= 1 << k
	}
	return s, nil
}

// Has reports whether the set contains the kind.
func (s KindSet) Has(k Kind) bool { return s&(1<<k) != 0 }

// With returns the set with the kind added.
func (s KindSet) With(k Kind) KindSet { return s | 1<<k }

// Len returns the number of kinds in the set.
func (s KindSet) Len() int { return bits.OnesCount8(uint8(s)) }

// All yields the kinds of the set in their fixed order.
func (s KindSet) All() iter.Seq[Kind] {
	return func(yield func(Kind) bool) {
		for k := range Kind(KindCount) {
			if s.Has(k) && !yield(k) {
				return
			}
		}
	}
}

// Codes returns the codes of the kinds of the set in their fixed order.
func (s KindSet) Codes() []string {
	codes := make([]string, 0, s.Len())
	for k := range s.All() {
		codes = append(codes, k.String())
	}
	return codes
}

// String returns the codes separated by single spaces.
func (s KindSet) String() string { return strings.Join(s.Codes(), " ") }

// MarshalText writes the codes separated by single spaces.
func (s KindSet) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes; it refuses an unknown code.
func (s *KindSet) UnmarshalText(text []byte) error {
	parsed, err := ParseKinds(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

// exempt reports whether a need of these kinds needs no common language: it
// asks for something, and for nothing but finance and equipment.
func (s KindSet) exempt() bool { return s != 0 && s&^exemptKinds == 0 }
