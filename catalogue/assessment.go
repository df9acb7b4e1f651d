package catalogue

import "entente/cooperation"

// Assessment returns the assessment with the id.
func (s *State) Assessment(id string) (*cooperation.Assessment, bool) {
	return read(&s.progress, &s.assessments, id)
}

// Assessments lists the assessments that the actor may know of, the latest
// first: of one need where it is named, in some steps where these are.
func (s *State) Assessments(actor cooperation.Actor, need string, status []cooperation.AssessmentStatus, after string, limit int) (Page[*cooperation.Assessment], error) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	in := map[cooperation.AssessmentStatus]bool{}
	for _, step := range status {
		in[step] = true
	}
	var found set
	for i := range s.assessments.entries {
		a := s.assessments.entries[i].doc
		if a == nil || need != "" && a.Need != need || len(in) > 0 && !in[a.Status] {
			continue
		}
		if n, ok := s.needs.find(a.Need); ok && cooperation.SeesAssessment(actor, conv, a, n) {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.assessments, found, after, form(KindAssessment, need, status), limit)
	page.Position = s.position
	return page, err
}
