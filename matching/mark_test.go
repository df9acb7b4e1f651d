package matching_test

import (
	"slices"
	"testing"

	"entente/matching"
	"entente/matching/matchtest"
)

func TestCooperationIsMarkedByWhoTakesPart(t *testing.T) {
	south, triangular := []matching.Mark{matching.SouthSouth}, []matching.Mark{matching.Triangular}
	from := func(provider matching.Party, others ...matching.Party) *matching.Offer {
		o := matchtest.Offer(func(o *matching.Offer) { o.Provider, o.CoProviders = provider, others })
		return &o
	}
	mozambique := matchtest.Need()
	joint := matchtest.Need(func(n *matching.Need) { n.Beneficiaries = matchtest.Countries("MZ", "AO") })
	for _, c := range []struct {
		name   string
		need   matching.Need
		offers []*matching.Offer
		want   []matching.Mark
	}{
		{"a developing country for another", mozambique, []*matching.Offer{from("BR")}, south},
		{"for several", joint, []*matching.Offer{from("BR")}, south},
		{"two developing countries in one offer", mozambique, []*matching.Offer{from("BR", "IN")}, south},
		{"two developing countries in a bundle", mozambique, []*matching.Offer{from("BR"), from("ZA")}, south},
		{"a developed country alone", mozambique, []*matching.Offer{from("NO")}, nil},
		{"an organisation alone", mozambique, []*matching.Offer{from("agency")}, nil},
		{"a developed country and an organisation", mozambique, []*matching.Offer{from("NO"), from("agency")}, nil},
		{"a developing country paid by a developed one", mozambique, []*matching.Offer{from("BR"), from("JP")}, triangular},
		{"a developed country as co-provider", mozambique, []*matching.Offer{from("BR", "JP")}, triangular},
		{"an organisation beside a developing country", mozambique, []*matching.Offer{from("agency", "BR")}, triangular},
		{"the European Union beside a developing country", mozambique, []*matching.Offer{from("EU"), from("BR")}, triangular},
		{"a developed beneficiary", matchtest.Need(func(n *matching.Need) { n.Beneficiaries = matchtest.Countries("BA") }), []*matching.Offer{from("TR")}, nil},
		{"one developed beneficiary of two", matchtest.Need(func(n *matching.Need) { n.Beneficiaries = matchtest.Countries("MZ", "BA") }), []*matching.Offer{from("TR")}, nil},
		{"no beneficiary", matchtest.Need(func(n *matching.Need) { n.Beneficiaries = nil }), []*matching.Offer{from("BR")}, nil},
		{"no offer", mozambique, nil, nil},
	} {
		if got := matching.Marks(&c.need, c.offers...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
