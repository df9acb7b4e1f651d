package catalogue

import "entente/cooperation"

// Due are the ids of postings whose validity is running out, in the order of
// their first appearance.
type Due struct {
	Needs  []string
	Offers []string
}

// Expired lists the postings that stand and whose last day of validity is
// before the day: open needs, open and exhausted offers. Of today it is what
// lapses today; of a day to come, what will have lapsed by then unless it is
// re-confirmed.
func (s *State) Expired(day cooperation.Date) Due {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var due Due
	over := func(last cooperation.Date) bool { return !last.IsZero() && last.Before(day) }
	for _, e := range s.needs.entries {
		if e.doc != nil && over(e.doc.ValidUntil) && e.doc.Status.Matchable() {
			due.Needs = append(due.Needs, e.id)
		}
	}
	for _, e := range s.offers.entries {
		if e.doc != nil && over(e.doc.ValidUntil) && stands(e.doc.Status) {
			due.Offers = append(due.Offers, e.id)
		}
	}
	return due
}

// stands reports whether offers in this step are before the matcher, be it
// only to say that their capacity is used.
func stands(s cooperation.OfferStatus) bool {
	return s == cooperation.OfferOpen || s == cooperation.OfferExhausted
}
