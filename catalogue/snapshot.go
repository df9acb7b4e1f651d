package catalogue

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/matching"
)

// Snapshot is what the matcher reads: the needs and offers that stand at a
// position of the log, in the order of their ids. What it holds is shared and
// must not be changed.
type Snapshot struct {
	Position uint64
	Needs    []matching.Need  // open and partly covered
	Offers   []matching.Offer // open and exhausted
	Setting  *matching.Setting
}

// Snapshot returns what the matcher reads, with the Parties of the day. It
// fails when the profile is at fault.
func (s *State) Snapshot(day cooperation.Date) (Snapshot, error) {
	setting, err := Setting(s.conv, day)
	if err != nil {
		return Snapshot{}, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	shot := Snapshot{Position: s.position, Setting: setting}
	for _, e := range s.needs.entries {
		if e.doc != nil && e.doc.Status.Matchable() {
			shot.Needs = append(shot.Needs, NeedFeatures(s.conv, e.doc))
		}
	}
	for _, e := range s.offers.entries {
		if e.doc != nil && stands(e.doc.Status) {
			shot.Offers = append(shot.Offers, OfferFeatures(s.conv, e.doc))
		}
	}
	slices.SortFunc(shot.Needs, func(a, b matching.Need) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(shot.Offers, func(a, b matching.Offer) int { return strings.Compare(a.ID, b.ID) })
	return shot, nil
}
