package catalogue

import "entente/cooperation"

// Runs lists the runs of the matcher, the latest first. Who may read them is
// for the caller to ask cooperation.MaySeeRuns.
func (s *State) Runs(cursor string, limit int) (Page[*cooperation.Run], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := newest(&s.runs, s.runs.everything(), cursor, form(KindRun), limit)
	page.Position = s.position
	return page, err
}

// LastRun returns the latest run, which may not be done yet.
func (s *State) LastRun() (*cooperation.Run, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for i := len(s.runs.entries) - 1; i >= 0; i-- {
		if run := s.runs.entries[i].doc; run != nil {
			return run, true
		}
	}
	return nil, false
}
