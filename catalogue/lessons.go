package catalogue

import (
	"entente/cooperation"
)

// LessonsQuery says which lessons to list. Within one list of values any may
// hold; across the fields all must.
type LessonsQuery struct {
	Theme  []string // of the need, with what is below it
	Region []string // M49 codes and regions of the profile that hold a beneficiary
	Kind   []cooperation.Kind
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// Learned is a partnership whose lessons were shared, with its need.
type Learned struct {
	Partnership *cooperation.Partnership
	Need        *cooperation.Need
}

// Lessons lists the partnerships whose lessons the actor may read, the latest
// agreed first.
func (s *State) Lessons(actor cooperation.Actor, q LessonsQuery) (Page[Learned], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	themes, regions := s.needsUnder(byTheme, q.Theme), s.needsUnder(byRegion, q.Region)
	kinds := s.needsUnder(byKind, kindCodes(q.Kind))
	var found set
	for i, e := range s.partnerships.entries {
		if e.doc == nil || !cooperation.SeesLessons(actor, e.doc) {
			continue
		}
		if need, known := s.needs.ids[e.doc.Need]; known && themes(need) && regions(need) && kinds(need) {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.partnerships, found, q.Cursor, form("lessons", q.Theme, q.Region, q.Kind), q.Limit)
	out := Page[Learned]{Next: page.Next, Total: page.Total, Position: s.position}
	for _, p := range page.Items {
		n, _ := s.needs.find(p.Need)
		out.Items = append(out.Items, Learned{p, n})
	}
	return out, err
}

// needsUnder says of the places of needs whether one of the values holds for
// them; everything does where none is named.
func (s *State) needsUnder(d dimension, values []string) func(uint32) bool {
	if len(values) == 0 {
		return func(uint32) bool { return true }
	}
	var found set
	for _, v := range values {
		s.needs.index.values[d][v].each(found.add)
	}
	return found.has
}

func kindCodes(kinds []cooperation.Kind) []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return out
}
