package catalogue

import (
	"entente/cooperation"
)

// read looks a document up under the state's lock.
func read[T any](p *progress, l *ledger[T], id string) (*T, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return l.find(id)
}

// Need returns the need with the id.
func (s *State) Need(id string) (*cooperation.Need, bool) {
	return read(&s.progress, &s.needs.ledger, id)
}

// Offer returns the offer with the id.
func (s *State) Offer(id string) (*cooperation.Offer, bool) {
	return read(&s.progress, &s.offers.ledger, id)
}

// Activity returns the activity with the id.
func (s *State) Activity(id string) (*cooperation.Activity, bool) {
	return read(&s.progress, &s.activities.ledger, id)
}

// Proposal returns the proposal with the id.
func (s *State) Proposal(id string) (*cooperation.Proposal, bool) {
	return read(&s.progress, &s.proposals.ledger, id)
}

// Partnership returns the partnership with the id.
func (s *State) Partnership(id string) (*cooperation.Partnership, bool) {
	return read(&s.progress, &s.partnerships, id)
}

// Run returns the run with the id.
func (s *State) Run(id string) (*cooperation.Run, bool) { return read(&s.progress, &s.runs, id) }

// Notification returns the notification with the id.
func (s *State) Notification(id string) (*cooperation.Notification, bool) {
	return read(&s.progress, &s.notifications.ledger, id)
}

// Organisation returns the organisation with the id.
func (s *State) Organisation(id string) (*cooperation.Organisation, bool) {
	return read(&s.progress, &s.organisations.ledger, id)
}

// NeedByExternalID returns the need that a row of an import became. An
// external id that two needs bear is that of the latest.
func (s *State) NeedByExternalID(id string) (*cooperation.Need, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.needs.byExternalID(id)
}

// OfferByExternalID is NeedByExternalID for offers.
func (s *State) OfferByExternalID(id string) (*cooperation.Offer, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.offers.byExternalID(id)
}
