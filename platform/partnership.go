package platform

import (
	"entente/catalogue"
	"entente/cooperation"
)

// Partnership returns a partnership as the actor may see it, with the names of
// what is withheld.
func (p *Platform) Partnership(actor cooperation.Actor, id string) (*cooperation.Partnership, []string, error) {
	r, x, err := p.findPartnership(id)
	if err != nil {
		return nil, nil, err
	}
	shown, withheld := r.showPartnership(actor, x)
	return shown, withheld, nil
}

// ShowPartnership is a partnership as the actor may see it.
func (p *Platform) ShowPartnership(actor cooperation.Actor, x *cooperation.Partnership) (*cooperation.Partnership, []string) {
	return p.rooms[x.Convention].showPartnership(actor, x)
}

func (r *room) showPartnership(actor cooperation.Actor, x *cooperation.Partnership) (*cooperation.Partnership, []string) {
	q, sides := r.originOf(x)
	return x.Shown(actor, r.convention(), q, sides)
}

// originOf are the proposal and the sides of a partnership, as they stand.
func (r *room) originOf(x *cooperation.Partnership) (*cooperation.Proposal, *cooperation.Sides) {
	of := &cooperation.Proposal{Need: x.Need}
	for _, share := range x.Providers {
		of.Offers = append(of.Offers, share.Offer)
	}
	q, _ := r.state.Proposal(x.Proposal)
	return q, sidesOf(r.state, of)
}

// partnershipSubject shows the versions of a partnership as far as the actor may
// see the present one.
func (p *Platform) partnershipSubject(actor cooperation.Actor, id string) (*subject, error) {
	r, present, err := p.findPartnership(id)
	if err != nil {
		return nil, err
	}
	q, sides := r.originOf(present)
	return r.about(catalogue.KindPartnership, id, cooperation.SeesPartnership(actor, r.convention(), present, q, sides), func(c catalogue.Change) (exhibit, error) {
		v, err := catalogue.Decode[cooperation.Partnership](c)
		if err != nil {
			return exhibit{}, err
		}
		shown, withheld := r.showPartnership(actor, v)
		return exhibit{whole: v, shown: shown, withheld: withheld, status: string(v.Status)}, nil
	})
}
