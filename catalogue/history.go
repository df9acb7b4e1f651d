package catalogue

import "entente/cooperation"

// HistorySet returns the set of past help with the id, one that was removed
// too.
func (s *State) HistorySet(id string) (*cooperation.HistorySet, bool) {
	return read(&s.progress, &s.past.sets, id)
}

// HistoryPart returns the part of a set with the id.
func (s *State) HistoryPart(id string) (*cooperation.HistoryPart, bool) {
	return read(&s.progress, &s.past.parts, id)
}

// HistoryParts lists the parts that hold rows of a set, those that no set names
// among them: what an import that was cut off has left.
func (s *State) HistoryParts(set string) []*cooperation.HistoryPart {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.HistoryPart
	for _, e := range s.past.parts.entries {
		if e.doc != nil && e.doc.Set == set && len(e.doc.Lines) > 0 {
			out = append(out, e.doc)
		}
	}
	return out
}

// HistoryRows counts the rows of all sets that stand.
func (s *State) HistoryRows() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	total := 0
	for _, e := range s.past.sets.entries {
		if e.doc != nil && e.doc.Removed == nil {
			total += e.doc.Rows
		}
	}
	return total
}

// HistorySets lists the sets of past help that the actor may see, the latest
// imported first.
func (s *State) HistorySets(actor cooperation.Actor, cursor string, limit int) (Page[*cooperation.HistorySet], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found set
	for i, e := range s.past.sets.entries {
		if e.doc != nil && e.doc.Shown(actor) != nil {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.past.sets, found, cursor, form(KindHistory), limit)
	for i, h := range page.Items {
		page.Items[i] = h.Shown(actor)
	}
	page.Position = s.position
	return page, err
}
