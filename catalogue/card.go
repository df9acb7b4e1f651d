package catalogue

import (
	"math"

	"entente/cooperation"
)

// card is what the index keeps of one posting. It is made from the posting
// alone, so that it can be taken out again.
type card struct {
	values  [dimensions][]string
	holders []cooperation.Participant // whose people see it as their own
	seen    [rungs]bool               // by those on each rung
	shown   [veils][levels]bool       // fields, to those whose sight is of the level
	// everywhere says that the posting holds for every country.
	everywhere bool
	deadline   int32 // days since 1970; math.MinInt32 when none is stated
	amount     int64 // minor units; meaningless without a currency
	currency   string
	updated    int64    // milliseconds since 1970
	sums       [3]int64 // see Sums
	life       life
	words      bag
}

// dimension is a property by which postings are filtered and counted.
type dimension uint8

// The dimensions. byName is for the text search only: the countries that the
// posting names, as its reader sees them.
const (
	byStatus dimension = iota
	byCountry
	byRegion
	byTheme
	byKind
	byLanguage
	byProvider
	byName
	dimensions
)

// rung is a sort of actor; each one sees other postings.
type rung uint8

// The rungs, from those who see least.
const (
	forPublic rung = iota
	forRole        // any role in the convention
	forMember
	forSecretariat
	forSystem
	rungs
)

// level is a degree of sight that does not cover all fields.
type level uint8

// The levels, with what cooperation calls them.
const (
	publicLevel level = iota // SeesPublic
	sharedLevel              // SeesShared
	memberLevel              // SeesCommittee
	levels
)

func (l level) sight() cooperation.Sight {
	return [levels]cooperation.Sight{cooperation.SeesPublic, cooperation.SeesShared, cooperation.SeesCommittee}[l]
}

// veil is a group of fields that a posting may withhold although it is
// filtered by.
type veil uint8

// The veils.
const (
	overCoverage veil = iota
	overDeadline
	overAmount
	veils
)

// none is the deadline of a posting that states none.
const none = math.MinInt32

// probes are actors of every rung.
func probes(convention string) [rungs]cooperation.Actor {
	with := func(role cooperation.Role) cooperation.Actor {
		return cooperation.Actor{ID: "probe", Grants: []cooperation.Grant{{Convention: convention, Role: role}}}
	}
	return [rungs]cooperation.Actor{
		forRole: with(cooperation.ObserverRole), forMember: with(cooperation.CommitteeMember),
		forSecretariat: with(cooperation.Secretariat), forSystem: cooperation.System("probe"),
	}
}

// rungOf returns the rung of an actor in a convention.
func rungOf(a cooperation.Actor, convention string) rung {
	switch {
	case a.IsSystem():
		return forSystem
	case a.Has(convention, cooperation.Secretariat):
		return forSecretariat
	case a.Has(convention, cooperation.CommitteeMember):
		return forMember
	case a.Has(convention, cooperation.FocalPoint, cooperation.Approver, cooperation.ProviderRole):
		return forRole
	}
	return forPublic
}

// level returns the sight of those on the rung, and false when it covers all
// fields.
func (r rung) level() (level, bool) {
	switch r {
	case forPublic:
		return publicLevel, true
	case forRole:
		return sharedLevel, true
	case forMember:
		return memberLevel, true
	}
	return 0, false
}
