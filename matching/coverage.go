package matching

import (
	"slices"

	"entente/reference"
)

// reach is how closely an offer's coverage names a country.
type reach uint8

// The degrees of reach, from none to the closest.
const (
	reachNone reach = iota
	reachWorld
	reachRegion    // a continent, a regional group, or a region that the profile defines
	reachSubRegion // a sub-region or an intermediate region of M49
	reachCountry
)

// reach returns how closely a coverage names a country, and the code of the
// region by which it does ("" when it is by name or the whole world). What is
// excluded is not reached, however closely it is named besides. Of several
// regions of one degree the first is returned: regions of M49, regional groups
// and regions of the profile in this order, and in each in that of the offer.
func (s *Setting) reach(c *Coverage, country reference.Country) (reach, string) {
	if s.excludes(c, country) {
		return reachNone, ""
	}
	if slices.Contains(c.Countries, country) {
		return reachCountry, ""
	}
	best, place := reachNone, ""
	if len(c.Countries) == 0 && len(c.Regions) == 0 && len(c.Groups) == 0 && len(c.ProfileRegions) == 0 {
		best = reachWorld
	}
	for _, r := range c.Regions {
		if degree := regionReach(r, country); country.In(r) && degree > best {
			best, place = degree, r.Code()
		}
	}
	for _, g := range c.Groups {
		if country.Group() == g && g != 0 && reachRegion > best {
			best, place = reachRegion, g.Code()
		}
	}
	for _, id := range c.ProfileRegions {
		if set := s.regions[id]; set.has(country) && reachRegion > best {
			best, place = reachRegion, id
		}
	}
	if best == reachWorld {
		place = ""
	}
	return best, place
}

// excludes reports whether a coverage takes the country away.
func (s *Setting) excludes(c *Coverage, country reference.Country) bool {
	if slices.Contains(c.ExcludedCountries, country) {
		return true
	}
	for _, r := range c.ExcludedRegions {
		if country.In(r) {
			return true
		}
	}
	if g := country.Group(); g != 0 && slices.Contains(c.ExcludedGroups, g) {
		return true
	}
	for _, id := range c.ExcludedProfileRegions {
		if set := s.regions[id]; set.has(country) {
			return true
		}
	}
	return false
}

// regionReach returns how closely a region of M49 names a country in it: the
// smallest region that contains it is its sub-region; those above, and below the
// world, are wider ones.
func regionReach(r reference.Region, country reference.Country) reach {
	switch {
	case r == reference.World:
		return reachWorld
	case r == country.Region():
		return reachSubRegion
	default:
		return reachRegion
	}
}
