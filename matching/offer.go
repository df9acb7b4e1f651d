package matching

import "entente/reference"

// Offer is what the engine looks at in what a provider can give.
type Offer struct {
	ID         string // breaks ties in lists of offers
	ExternalID string // carried along, never compared
	Convention string

	Provider    Party
	CoProviders []Party
	Themes      []string
	Kinds       KindSet
	// Languages in which the help is given, the main one first.
	Languages []reference.Language
	// InterpretationProvided says that the provider brings interpretation
	// into any language that a need may ask for.
	InterpretationProvided bool

	// Coverage is where the help can be given.
	Coverage Coverage
	// Eligibility is who may receive it.
	Eligibility Eligibility

	// Ceiling is the amount of the offer and Remaining what is left of it, in
	// US cents; 0 is not stated.
	Ceiling, Remaining int64
	// Unlimited says that no capacity is stated. Exhausted says that a
	// capacity is stated and nothing of it remains; an unlimited offer is
	// never exhausted.
	Unlimited, Exhausted bool
	// Beneficiaries and PersonDays are what is left of a capacity stated in
	// these units; 0 is not stated. The plan uses them, the score does not.
	Beneficiaries, PersonDays int64

	Start      Day // first day on which help can be given
	End        Day // last day on which help can be given
	ValidUntil Day // last day on which the offer stands unless re-confirmed
	// LeadDays pass between agreement and help; 0 is not stated.
	LeadDays int32

	// ExcludedParties are beneficiaries that the offer refuses; confidential
	// and absolute.
	ExcludedParties []Party

	// Open says that the life cycle admits pairings.
	Open bool
}

// Coverage is the part of the world in which an offer holds. What is named
// adds up; when nothing is named the offer holds everywhere. What is excluded
// is taken away from that.
type Coverage struct {
	Countries      []reference.Country
	Regions        []reference.Region // M49
	Groups         []reference.Group  // regional groups at the United Nations
	ProfileRegions []string           // regions that the convention's profile defines

	ExcludedCountries      []reference.Country
	ExcludedRegions        []reference.Region
	ExcludedGroups         []reference.Group
	ExcludedProfileRegions []string
}

// Eligibility is who may receive what an offer gives. PartiesOnly stands by
// itself; the groups (LDC, SIDS, LLDC and the income groups) add up: a State in
// any of those named is eligible, and every State is when none is named.
type Eligibility struct {
	PartiesOnly bool // only Parties to the convention
	LDC         bool // least developed countries
	SIDS        bool // small island developing States
	LLDC        bool // landlocked developing countries
	Income      []reference.Income
}

// amount returns what the offer can still give: what remains, or the ceiling
// where only that is stated; 0 when neither is.
func (o *Offer) amount() int64 {
	if o.Remaining > 0 {
		return o.Remaining
	}
	return o.Ceiling
}

// providers calls f for the provider and every co-provider until f says false.
func (o *Offer) providers(f func(Party) bool) {
	if !f(o.Provider) {
		return
	}
	for _, p := range o.CoProviders {
		if !f(p) {
			return
		}
	}
}
