package catalogue

import (
	"slices"

	"entente/cooperation"
	"entente/matching"
)

// Snapshot is what the matcher reads: the needs and offers that stand at a
// position of the log, in the order of their ids. What it holds is shared and
// must not be changed.
type Snapshot struct {
	Position uint64
	Revision uint64           // as State.Revision says
	Needs    []matching.Need  // open and partly covered
	Offers   []matching.Offer // open and exhausted, of providers who are not suspended
	Setting  *matching.Setting
	Record   string // fingerprint of what is on record and of the model that reads it
	Rules    string // fingerprint of the convention; see Rules
}

// Snapshot returns what the matcher reads, with the Parties of the day and what
// was on record before its year. It fails when the profile is at fault. Features are made once for each change,
// and lists that did not change are shared with the snapshot before.
func (s *State) Snapshot(day cooperation.Date) (Snapshot, error) {
	needs, offers := &s.needs.roster, &s.offers.roster
	needs.asking.Lock()
	defer needs.asking.Unlock()
	offers.asking.Lock()
	defer offers.asking.Unlock()
	s.mu.RLock()
	shot := Snapshot{Position: s.position, Revision: s.revision()}
	newNeeds, newOffers := needs.take(), offers.take()
	barred := s.organisations.barredNow()
	conv, m := s.present(), s.recollect()
	s.mu.RUnlock()
	shot.Needs, shot.Offers = needs.update(newNeeds), unbarred(offers.update(newOffers), barred)
	table, fingerprint, err := s.past.read(m, LastYear(day), conv.Learned)
	if err != nil {
		return Snapshot{}, err
	}
	shot.Record, shot.Rules = fingerprint, Rules(conv, day)
	shot.Setting, err = Setting(conv, day, table)
	return shot, err
}

// unbarred leaves out the offers of those who may not give just now. The list
// is shared and not changed.
func unbarred(offers []matching.Offer, barred map[matching.Party]bool) []matching.Offer {
	if len(barred) == 0 {
		return offers
	}
	var out []matching.Offer
	for i := range offers {
		o := &offers[i]
		if !barred[o.Provider] && !slices.ContainsFunc(o.CoProviders, func(p matching.Party) bool { return barred[p] }) {
			out = append(out, *o)
		}
	}
	return out
}

// Revision counts the changes of what the matcher reads, as this process has
// seen them: drafts, messages and runs do not count. As long as it stays the
// same, so does the ranking of a day.
func (s *State) Revision() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.revision()
}

func (s *State) revision() uint64 {
	return s.needs.roster.count + s.offers.roster.count + s.organisations.count + s.past.count.Load() + s.adoptions.Load()
}
