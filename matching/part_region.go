package matching

import (
	"entente/message"
	"entente/reference"
)

// Values of the degrees of reach, in millionths. An offer for the whole world
// is worth between a fifth and a half, by how near a provider is.
const (
	countryValue   = Whole
	subRegionValue = 800_000
	regionValue    = 650_000
	neighbourValue = 500_000
	farthestValue  = 200_000
	unplacedValue  = (neighbourValue + farthestValue) / 2
	// farthestKm is about half the circumference of the earth: no two
	// capitals are farther apart.
	farthestKm = 20_000
)

// regionPart says how closely the offer is meant for the beneficiary: it names
// the country, a sub-region, a continent or region of the profile, or the
// whole world. Within the whole world the nearest provider decides: a
// neighbour is worth half, others less in proportion to their distance (by
// capitals) down to a fifth at 20,000 km, and providers that are no State lie
// in the middle. A joint need is valued by its beneficiary least closely served.
func regionPart(n *needFeatures, o *offerFeatures) finding {
	worst := finding{say: sayRegionNone}
	for i, c := range n.need.Beneficiaries {
		f := regionOf(c, o)
		f.at = int16(i)
		if i == 0 || f.value < worst.value {
			worst = f
		}
	}
	return worst
}

// regionOf is regionPart for one beneficiary.
func regionOf(c reference.Country, o *offerFeatures) finding {
	switch o.reaches[c] {
	case reachCountry:
		return finding{value: countryValue, say: sayRegionCountry}
	case reachSubRegion:
		return finding{value: subRegionValue, say: sayRegionSubRegion}
	case reachRegion:
		return finding{value: regionValue, say: sayRegionRegion}
	case reachNone:
		return finding{say: sayRegionNone}
	}
	best := finding{}
	for j, provider := range o.states {
		best = better(best, nearness(provider, c, j))
	}
	if best.value == 0 {
		return finding{value: unplacedValue, say: sayRegionWorld}
	}
	return best
}

// nearness values how near the provider in a place of the offer is to a country.
func nearness(provider, c reference.Country, place int) finding {
	f := finding{value: neighbourValue, say: sayRegionNeighbour, other: int16(place)}
	if !provider.Borders(c) {
		km := int32(min(max(provider.DistanceKm(c), 0), farthestKm))
		f.value = neighbourValue - (neighbourValue-farthestValue)/farthestKm*km
		f.say = sayRegionDistance
	}
	return f
}

// regionMessage puts the finding of regionPart into words.
func (v *vocabulary) regionMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	if len(n.need.Beneficiaries) == 0 {
		return message.New(f.say.key())
	}
	c := n.need.Beneficiaries[f.at]
	args := []message.Arg{message.Of(message.Country, "country", c.Alpha2())}
	switch f.say {
	case sayRegionSubRegion, sayRegionRegion:
		_, place := v.setting.reach(&o.offer.Coverage, c)
		args = append(args, message.Of(message.Region, "region", place))
	case sayRegionNeighbour:
		args = append(args, message.Of(message.Country, "provider", o.states[f.other].Alpha2()))
	case sayRegionDistance:
		provider := o.states[f.other]
		args = append(args, message.Of(message.Country, "provider", provider.Alpha2()),
			message.Int("km", max(provider.DistanceKm(c), 0)))
	case sayRegionWorld, sayRegionNone:
		args = nil
	}
	return message.New(f.say.key(), args...)
}
