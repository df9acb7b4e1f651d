package catalogue

import (
	"entente/cooperation"
	"entente/reference"
)

// mostRivals bounds how many documents are compared with one need: the latest
// that share what the index knows.
const mostRivals = 500

// Rivals asks for what may be the same as a need.
type Rivals struct {
	Need          string // the id, which is not its own rival
	Beneficiaries []reference.Country
	Kinds         []cooperation.Kind
	Themes        []string // none for any
}

// RivalNeeds lists the needs that share a beneficiary, a kind and, where asked
// for, a theme or one above or below it, and that are still pursued; the latest
// first, of these as many as it is worth comparing.
func (s *State) RivalNeeds(q Rivals) []*cooperation.Need {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return rivals(s, &s.needs, q, func(n *cooperation.Need) bool { return n.ID != q.Need && n.Status.Pursued() })
}

// RivalActivities is RivalNeeds for help that is planned or running.
func (s *State) RivalActivities(q Rivals) []*cooperation.Activity {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return rivals(s, &s.activities, q, func(a *cooperation.Activity) bool {
		return a.Status == cooperation.ActivityPlanned || a.Status == cooperation.ActivityRunning
	})
}

func rivals[T, F any](s *State, l *shelf[T, F], q Rivals, pursued func(*T) bool) []*T {
	width := (len(l.entries) + 63) / 64
	found := make(set, width)
	for _, b := range q.Beneficiaries {
		found.or(l.index.holders[cooperation.Participant(b.Alpha2())])
	}
	ofKind := make(set, width)
	for _, k := range q.Kinds {
		ofKind.or(l.index.values[byKind][string(k)])
	}
	found.and(ofKind)
	if len(q.Themes) > 0 {
		ofTheme := make(set, width)
		for _, t := range q.Themes {
			top := t // with all that is below the highest theme: who asks looks closer
			if above := s.conv.Ancestors(t); len(above) > 0 {
				top = above[len(above)-1]
			}
			ofTheme.or(l.index.values[byTheme][top])
		}
		found.and(ofTheme)
	}
	var out []*T
	compared := 0
	found.down(uint32(len(l.entries)), func(o uint32) bool {
		if doc := l.entries[o].doc; doc != nil && pursued(doc) {
			out = append(out, doc)
		}
		compared++
		return len(out) < mostRivals && compared < 10*mostRivals
	})
	return out
}

// Duplicate returns what was decided of two documents.
func (s *State) Duplicate(id string) (*cooperation.Duplicate, bool) {
	return read(&s.progress, &s.duplicates, id)
}
