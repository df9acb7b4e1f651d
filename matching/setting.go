package matching

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"entente/matching/record"
	"entente/reference"
)

// Convention is the data of a convention that the engine needs, as its profile
// states them.
type Convention struct {
	ID string
	// Themes maps every theme to its parent, "" for a theme at the top.
	Themes map[string]string
	// Regions are the regions that the profile defines, with their countries.
	Regions map[string][]reference.Country
	// Parties are the countries bound by the convention.
	Parties []reference.Country
	Weights Weights
	// Discovery are the weights of the list of providers that are new to a
	// beneficiary, zero for the same weights.
	Discovery Weights
	// Lift says how fairness is made up, zero for [UsualLift].
	Lift Lift
	// Record is past help, nil when none is known.
	Record *record.Table
}

// Setting is a validated [Convention], prepared for the engine. It does not
// change and may be used by many goroutines at once.
type Setting struct {
	convention string
	taxonomy   taxonomy
	regions    map[string]countrySet
	parties    countrySet
	weights    Weights
	discovery  Weights
	lift       Lift
	record     *record.Table // nil when nothing is on record
}

// NewSetting validates the data of a convention. It reports every mistake at
// once, by name: a missing id, a theme whose parent is unknown or that is its
// own ancestor, a region without countries or without an id, a country that
// is none, weights that do not add up.
func NewSetting(c Convention) (*Setting, error) {
	s := &Setting{convention: c.ID, weights: c.Weights, regions: map[string]countrySet{}}
	var mistakes []error
	if c.ID == "" {
		mistakes = append(mistakes, errors.New("matching: convention has no id"))
	}
	var err error
	if s.taxonomy, err = newTaxonomy(c.Themes); err != nil {
		mistakes = append(mistakes, err)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Regions)) {
		set, err := newCountrySet(c.Regions[id])
		switch {
		case err != nil:
			mistakes = append(mistakes, fmt.Errorf("matching: region %q: %w", id, err))
		case id == "":
			mistakes = append(mistakes, errors.New("matching: a region has no id"))
		case len(c.Regions[id]) == 0:
			mistakes = append(mistakes, fmt.Errorf("matching: region %q has no country", id))
		}
		s.regions[id] = set
	}
	if s.parties, err = newCountrySet(c.Parties); err != nil {
		mistakes = append(mistakes, fmt.Errorf("matching: parties: %w", err))
	}
	mistakes = append(mistakes, c.Weights.Validate())
	if s.discovery = c.Discovery; s.discovery == (Weights{}) {
		s.discovery = c.Weights
	}
	if s.lift = c.Lift; s.lift == (Lift{}) {
		s.lift = UsualLift()
	}
	mistakes = append(mistakes, s.discovery.Validate(), s.lift.Validate())
	if c.Record != nil && !c.Record.Empty() {
		s.record = c.Record
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, err
	}
	return s, nil
}

// Convention returns the id of the convention.
func (s *Setting) Convention() string { return s.convention }

// Weights returns the weights in force.
func (s *Setting) Weights() Weights { return s.weights }

// countrySet is a set of countries, one bit each.
type countrySet [8]uint64

// newCountrySet makes a set; it refuses the country that is none.
func newCountrySet(countries []reference.Country) (countrySet, error) {
	var s countrySet
	for _, c := range countries {
		if c == 0 || int(c) >= 64*len(s) {
			return s, fmt.Errorf("country number %d is none", c)
		}
		s[c/64] |= 1 << (c % 64)
	}
	return s, nil
}

// has reports whether the country is in the set.
func (s *countrySet) has(c reference.Country) bool {
	return int(c) < 64*len(s) && s[c/64]&(1<<(c%64)) != 0
}
