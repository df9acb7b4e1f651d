package profiles

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"entente/message"
	"entente/reference"
)

// country reads one country, or the EU.
func (s source) country(n *yaml.Node) (reference.Country, bool) {
	v, ok := s.scalar(n)
	if !ok {
		return 0, false
	}
	c, ok := reference.ParseCountry(v)
	if !ok {
		s.report(n, "profiles.country.unknown", text("code", v))
	}
	return c, ok
}

// countries reads a list of countries without repetition, in the order of
// their codes. Where regions are allowed, an M49 code stands for all of its
// countries, and a country within it may not be named again.
func (o object) countries(key string, regions bool) []reference.Country {
	seen := map[reference.Country]bool{}
	var out []reference.Country
	add := func(n *yaml.Node, c reference.Country) {
		if seen[c] {
			o.report(n, "profiles.country.duplicate", message.Of(message.Country, "country", c.Alpha2()))
			return
		}
		seen[c] = true
		out = append(out, c)
	}
	o.each(key, func(n *yaml.Node) {
		if r, ok := reference.ParseRegion(n.Value); ok && regions {
			for _, c := range reference.Countries() {
				if c.In(r) {
					add(n, c)
				}
			}
			return
		}
		if c, ok := o.country(n); ok {
			add(n, c)
		}
	})
	slices.Sort(out)
	return out
}
