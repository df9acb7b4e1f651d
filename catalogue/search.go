package catalogue

import (
	"slices"
	"strings"

	"entente/cooperation"
)

// SearchNeeds lists the needs that the actor may see and that the query asks
// for. It fails on a query that makes no sense, with a cooperation.Error.
func (s *State) SearchNeeds(actor cooperation.Actor, q Query) (Page[*cooperation.Need], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := newest(&s.needs, q.Cursor, form(KindNeed, q.Status, q.Text), q.Limit, func(n *cooperation.Need) bool {
		return cooperation.SeesNeed(actor, n).Any() && (len(q.Status) == 0 || slices.Contains(q.Status, string(n.Status))) &&
			strings.Contains(strings.ToLower(n.Title), strings.ToLower(q.Text))
	})
	page.Position = s.position
	return page, err
}

// SearchOffers lists the offers that the actor may see and that the query
// asks for. It fails on a query that makes no sense, with a cooperation.Error.
func (s *State) SearchOffers(actor cooperation.Actor, q Query) (Page[*cooperation.Offer], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := newest(&s.offers, q.Cursor, form(KindOffer, q.Status, q.Text), q.Limit, func(o *cooperation.Offer) bool {
		return cooperation.SeesOffer(actor, o).Any() && (len(q.Status) == 0 || slices.Contains(q.Status, string(o.Status))) &&
			strings.Contains(strings.ToLower(o.Title), strings.ToLower(q.Text))
	})
	page.Position = s.position
	return page, err
}
