package cooperation

import (
	"slices"
	"time"
)

// Partner is one of those who have agreed on a partnership: the State that
// leads the need, or one of the providers.
type Partner struct {
	Side        Side        `json:"side"`
	Participant Participant `json:"participant"`
}

// Stated says for which partner an entry was written, by whom and when.
type Stated struct {
	Partner
	By   string    `json:"by,omitempty"` // opaque user id
	Time time.Time `json:"time"`
}

// Partners are all who have agreed, the State that leads the need first. Every
// provider answers for itself.
func (p *Partnership) Partners(n *Need) []Partner {
	var out []Partner
	if n != nil && len(n.Beneficiaries) > 0 {
		out = append(out, Partner{NeedSide, Participant(n.Beneficiaries[0].Alpha2())})
	}
	for _, s := range p.Providers {
		if partner := (Partner{OfferSide, s.Provider}); !slices.Contains(out, partner) {
			out = append(out, partner)
		}
	}
	return out
}

// speaksFor are the partners for whom the actor speaks.
func (p *Partnership) speaksFor(a Actor, n *Need) []Partner {
	return slices.DeleteFunc(p.Partners(n), func(of Partner) bool { return !of.heldBy(a, p.Convention) })
}

// heldBy reports whether the actor speaks for the partner.
func (of Partner) heldBy(a Actor, convention string) bool {
	return a.For(convention, of.Participant, of.roles()...)
}

// roles are those who speak for the partner.
func (of Partner) roles() []Role {
	if of.Side == OfferSide {
		return []Role{ProviderRole, Approver}
	}
	return []Role{FocalPoint, Approver}
}

// owner are those who are to act for the partner.
func (of Partner) owner() Owner {
	return Owner{Roles: of.roles(), Participants: []Participant{of.Participant}}
}

// states begins an entry for the partner for whom the actor speaks. Who speaks
// for several writes for the first that is still to be heard, where that can be
// said.
func (p *Partnership) states(a Actor, n *Need, heard func(Partner) bool, now time.Time) Stated {
	mine := p.speaksFor(a, n)
	for _, of := range mine {
		if heard != nil && !heard(of) {
			return Stated{of, a.ID, stamp(now)}
		}
	}
	return Stated{mine[0], a.ID, stamp(now)}
}

// heard reports whether a partner is among those who have written.
func heard[T any](list []T, of func(T) Partner) func(Partner) bool {
	return func(partner Partner) bool {
		return slices.ContainsFunc(list, func(entry T) bool { return of(entry) == partner })
	}
}
