package platform

import (
	"slices"

	"entente/catalogue"
	"entente/cooperation"
)

// Export is everything that is kept of a person.
type Export struct {
	User          *cooperation.User
	Credential    *cooperation.Credential // without its secrets
	Tokens        []*cooperation.Token    // without their hashes
	Notifications []*cooperation.Notification
	Postings      []string // "need/ID": those that the person drafted or is the contact of
}

// ExportUser gathers everything that is kept of a person, for the person and
// for the operator.
func (p *Platform) ExportUser(actor cooperation.Actor, user string) (*Export, error) {
	u, ok := p.accounts.User(user)
	if err := allowed(actor, u, ok, cooperation.MayExport); err != nil {
		return nil, err
	}
	x := &Export{User: u.Shown(actor), Credential: &cooperation.Credential{ID: user}, Postings: []string{}}
	if c, ok := p.accounts.Credential(user); ok {
		x.Credential = c.Clone()
	}
	tokens, err := p.Tokens(actor, user)
	if err != nil {
		return nil, err
	}
	x.Tokens = tokens
	who := cooperation.NewIdentity(u)
	for _, id := range p.order {
		state := p.rooms[id].state
		told, err := state.NotificationsOf(user, catalogue.NotificationQuery{Limit: catalogue.MaxLimit})
		if err != nil {
			return nil, err
		}
		x.Notifications = append(x.Notifications, told.Items...)
		if x.Postings, err = ownPostings(x.Postings, state, u, who); err != nil {
			return nil, err
		}
	}
	slices.Sort(x.Postings)
	return x, nil
}

func ownPostings(to []string, state *catalogue.State, u *cooperation.User, who cooperation.Identity) ([]string, error) {
	needs, err := state.AllNeeds(eraser, catalogue.Query{})
	if err != nil {
		return nil, err
	}
	for _, n := range needs.Items {
		if n.CreatedBy == u.ID || who.Is(n.FocalPoint) {
			to = append(to, catalogue.KindNeed+"/"+n.ID)
		}
	}
	offers, err := state.AllOffers(eraser, catalogue.Query{})
	if err != nil {
		return nil, err
	}
	for _, o := range offers.Items {
		if o.CreatedBy == u.ID || who.Is(o.FocalPoint) {
			to = append(to, catalogue.KindOffer+"/"+o.ID)
		}
	}
	return to, nil
}
