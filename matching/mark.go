package matching

import (
	"fmt"

	"entente/message"
)

// Mark is a property of a pairing or a bundle that follows from who takes part
// in it. It is shown and carries no points.
//
// The terms are those of the United Nations' framework of operational
// guidelines on support to South-South and triangular cooperation (SSC/19/3,
// 14 March 2016, section III): South-South cooperation is between two or more
// developing countries; triangular cooperation is a partnership of two or more
// developing countries that a developed country or a multilateral organisation
// supports. Developing countries are those of [reference.Country.Developing].
type Mark uint8

// The marks. A pairing bears one of them at the most.
const (
	// SouthSouth: every beneficiary and every provider, co-providers included,
	// is a developing country.
	SouthSouth Mark = iota + 1
	// Triangular: every beneficiary is a developing country; so is a provider,
	// and beside it provides somebody who is not: another State, the European
	// Union, or an organisation.
	Triangular
)

// markCount is one more than the last mark.
const markCount = int(Triangular) + 1

// String returns the code of the mark, "south_south" for example.
func (m Mark) String() string {
	codes := [markCount]string{"", "south_south", "triangular"}
	if int(m) >= markCount {
		return fmt.Sprintf("mark(%d)", uint8(m))
	}
	return codes[m]
}

// MarshalText writes the code of the mark.
func (m Mark) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// Label names the mark in a word or two.
func (m Mark) Label() message.Message { return message.New("match.mark." + m.String() + ".label") }

// Sentence says what the mark means.
func (m Mark) Sentence() message.Message {
	return message.New("match.mark." + m.String() + ".sentence")
}

// Marks returns the marks of a need with the offers that answer it together:
// one, or those of a bundle. Providers and co-providers count alike.
func Marks(n *Need, offers ...*Offer) []Mark {
	if len(n.Beneficiaries) == 0 {
		return nil
	}
	for _, c := range n.Beneficiaries {
		if !c.Developing() {
			return nil
		}
	}
	south, others := false, false
	for _, o := range offers {
		o.providers(func(p Party) bool {
			c, _ := p.Country() // none for an organisation, and none is not developing
			south, others = south || c.Developing(), others || !c.Developing()
			return true
		})
	}
	switch {
	case south && !others:
		return []Mark{SouthSouth}
	case south:
		return []Mark{Triangular}
	default:
		return nil
	}
}
