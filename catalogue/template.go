package catalogue

import "entente/cooperation"

// Template returns the wording with the id, also one that was taken back.
func (s *State) Template(id string) (*cooperation.Template, bool) {
	return read(&s.progress, &s.templates, id)
}
