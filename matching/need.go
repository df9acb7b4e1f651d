package matching

import "entente/reference"

// Limits of the domain that the engine relies on when it suggests a change:
// a posting names at most this many themes and kinds.
const (
	MaxThemes = 3
	MaxKinds  = 3
)

// Need is what the engine looks at in a request for assistance.
type Need struct {
	ID         string // breaks ties in lists of needs
	ExternalID string // carried along, never compared
	Convention string

	// Beneficiaries are the States that ask; several make a joint need,
	// which an offer answers only when it can help every one of them.
	Beneficiaries []reference.Country
	// Themes are ordered, the most important first.
	Themes []string
	Kinds  KindSet
	// Languages in which help can be received, in order of preference.
	Languages []LanguageWish
	// Interpretation says that help given with interpretation is acceptable
	// in place of any language.
	Interpretation bool
	// Gap is the amount still to be found, in US cents; 0 is not stated.
	Gap int64

	Start      Day // desired start
	End        Day // desired end
	ValidUntil Day // last day on which the need stands
	Deadline   Day // treaty deadline that the need serves
	Urgency    Urgency

	// PreferredParties are partners that the need would welcome. They are
	// shown beside a match and carry no points.
	PreferredParties []Party
	// ExcludedParties are partners that the need refuses; confidential and
	// absolute.
	ExcludedParties []Party

	// Open says that the life cycle admits pairings (open, partly covered).
	Open bool
}

// LanguageWish is a language in which help can be received.
type LanguageWish struct {
	Language reference.Language
	// Required makes the wish one of those that an offer must meet: at least
	// one required language, where a need has any. Otherwise it is preferred.
	Required bool
}

// Urgency says how soon help is wanted.
type Urgency uint8

// The degrees of urgency.
const (
	UrgencyNone Urgency = iota // not stated
	UrgencyLow
	UrgencyNormal
	UrgencyHigh
)

// benefits reports whether the country is one of the beneficiaries.
func (n *Need) benefits(c reference.Country) bool {
	for _, b := range n.Beneficiaries {
		if b == c {
			return true
		}
	}
	return false
}
