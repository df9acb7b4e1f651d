package catalogue

import (
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
	Offers   []matching.Offer // open and exhausted
	Setting  *matching.Setting
}

// Snapshot returns what the matcher reads, with the Parties of the day. It
// fails when the profile is at fault. Features are made once for each change,
// and lists that did not change are shared with the snapshot before.
func (s *State) Snapshot(day cooperation.Date) (Snapshot, error) {
	setting, err := Setting(s.conv, day)
	if err != nil {
		return Snapshot{}, err
	}
	needs, offers := &s.needs.roster, &s.offers.roster
	needs.asking.Lock()
	defer needs.asking.Unlock()
	offers.asking.Lock()
	defer offers.asking.Unlock()
	s.mu.RLock()
	shot := Snapshot{Position: s.position, Revision: needs.count + offers.count, Setting: setting}
	newNeeds, newOffers := needs.take(), offers.take()
	s.mu.RUnlock()
	shot.Needs, shot.Offers = needs.update(newNeeds), offers.update(newOffers)
	return shot, nil
}

// Revision counts the changes of what the matcher reads, as this process has
// seen them: drafts, messages and runs do not count. As long as it stays the
// same, so does the ranking of a day.
func (s *State) Revision() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.needs.roster.count + s.offers.roster.count
}
