package matching

import (
	"fmt"

	"entente/message"
)

// ChangeSort is what a change alters.
type ChangeSort uint8

// The sorts of change, in the order in which ties between them are broken:
// what is easiest to concede comes first.
const (
	NoChange ChangeSort = iota
	// ChangeLanguage: accept (or give) help in one more language.
	ChangeLanguage
	// ChangeInterpretation: accept (or provide) interpretation.
	ChangeInterpretation
	// ChangeKind: ask for (or give) one more kind of assistance.
	ChangeKind
	// ChangeValidity: renew a posting whose date has passed.
	ChangeValidity
	// ChangeCapacity: have capacity again, of which nothing remains (offers
	// only).
	ChangeCapacity
	// ChangeCoverage: hold for one more country (offers only).
	ChangeCoverage
	// ChangeEligibility: be open to States that are not Parties, or to one more
	// of the groups that may receive (offers only).
	ChangeEligibility
	// ChangeTheme: name one more theme.
	ChangeTheme
	// ChangeBeneficiary: post a joint need for one of its beneficiaries alone
	// too (needs only).
	ChangeBeneficiary
)

// changeSorts is one more than the last sort.
const changeSorts = int(ChangeBeneficiary) + 1

// String returns the code of the sort, "language" for example.
func (s ChangeSort) String() string {
	codes := [changeSorts]string{
		"", "language", "interpretation", "kind", "validity", "capacity", "coverage", "eligibility", "theme", "beneficiary",
	}
	if int(s) >= changeSorts {
		return fmt.Sprintf("change(%d)", uint8(s))
	}
	return codes[s]
}

// MarshalText writes the code of the sort.
func (s ChangeSort) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Change is a single change of a posting and what it would bring.
type Change struct {
	Sort ChangeSort
	// Value is the language, kind, country (alpha-2), group or theme to be
	// added, or the beneficiary (alpha-2) that would stay; "" where the sort
	// says it all. Groups are ldc, sids, lldc, the codes of the income groups,
	// and non_parties.
	Value string
	// Count is how many pairs that are not candidates now would become
	// candidates by this change alone. Pairs that an exclusion removes are never
	// counted, whatever the change, so that no count betrays one.
	Count int
}

// Zero reports whether there is no change to suggest.
func (c Change) Zero() bool { return c.Sort == NoChange }

// ForNeed says what the change of a need would bring, the zero message when
// there is none.
func (c Change) ForNeed() message.Message { return c.message("need") }

// ForOffer says what the change of an offer would bring, the zero message when
// there is none.
func (c Change) ForOffer() message.Message { return c.message("offer") }

// message puts the change into words for one side.
func (c Change) message(side string) message.Message {
	args := []message.Arg{message.Count(c.Count)}
	switch c.Sort {
	case NoChange:
		return message.Message{}
	case ChangeLanguage:
		args = append(args, message.Of(message.Language, "language", c.Value))
	case ChangeKind:
		args = append(args, message.Of(message.Kind, "kind", c.Value))
	case ChangeCoverage, ChangeBeneficiary:
		args = append(args, message.Of(message.Country, "country", c.Value))
	case ChangeEligibility:
		args = append(args, message.Of(message.Key, "group", groupKey(c.Value)))
	case ChangeTheme:
		args = append(args, message.Of(message.Theme, "theme", c.Value))
	}
	return message.New("match.change."+side+"."+c.Sort.String(), args...)
}

// better reports whether c is to be suggested rather than d: it brings more;
// among equals by the order of the sorts, then of the values.
func (c Change) better(d Change) bool {
	if c.Count != d.Count {
		return c.Count > d.Count
	}
	if c.Sort != d.Sort {
		return c.Sort < d.Sort
	}
	return c.Value < d.Value
}
