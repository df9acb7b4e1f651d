package catalogue

import (
	"entente/cooperation"
	"entente/reference"
)

// The limits of pages.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Sort is the order of a list.
type Sort string

// The orders of lists. Ties go to what came first into the log last.
const (
	SortNewest    Sort = "newest"    // the latest posted first; the default
	SortDeadline  Sort = "deadline"  // the nearest deadline first, those without one last
	SortUpdated   Sort = "updated"   // the latest changed first
	SortRelevance Sort = "relevance" // what answers the text best first; only with a text
)

// Query says which needs, offers or activities to list. Within one list of values any
// may hold; across the fields all must. What a filter looks at is never more
// than the actor may see.
type Query struct {
	Status  []string
	Country []reference.Country // of needs and activities, a beneficiary; of offers, a country that the coverage names or contains
	// Region is M49 codes and regions of the profile: one that holds a
	// beneficiary, or touches the coverage.
	Region   []string
	Theme    []string // with what is below it
	Kind     []cooperation.Kind
	Language []reference.Language      // compared by the base language
	Provider []cooperation.Participant // of offers, the provider or a co-provider; of activities, a provider

	DeadlineFrom, DeadlineTo cooperation.Date // of needs, the treaty deadline; of offers, valid_until; of activities, the last day; both days included

	// AmountFrom and AmountTo bound the amount in minor units of Currency, both
	// included; 0 is no bound. Of needs it is the gap, of offers what remains, of activities what they cost.
	// They, and Currency alone, leave out what states no amount in Currency.
	AmountFrom, AmountTo int64
	Currency             string

	Text string // words that all must be found

	Sort   Sort
	Cursor string // from the page before, for the same query; "" for the first page
	Limit  int    // 1 to MaxLimit; 0 is DefaultLimit
	Facets bool   // whether to count by facet
}

// The dimensions by which facets are counted.
const (
	FacetStatus   = "status"
	FacetCountry  = "country"
	FacetRegion   = "region"
	FacetTheme    = "theme"
	FacetKind     = "kind"
	FacetLanguage = "language"
	FacetProvider = "provider" // of offers and activities
)

// Page is a part of a list.
type Page[T any] struct {
	Items []T
	Next  string // the cursor of the next page; "" on the last
	Total int    // in the whole list, all pages together
	// Facets counts the list by dimension, most first, ties by value. The
	// counts of a dimension ignore the filter of that dimension itself.
	Facets   map[string][]FacetCount
	Position uint64 // the position in the log that the page shows
}

// FacetCount is how many documents of a list have a value.
type FacetCount struct {
	Value string
	Count int
}
