package catalogue

import (
	"sync/atomic"

	"entente/cooperation"
)

// effective is the convention as it is served: the profile with what people
// have named over it. It is put together when somebody first asks after a
// change.
type effective struct {
	profile *cooperation.Convention
	made    atomic.Pointer[cooperation.Convention]
}

// forget has the convention put together anew. The state is locked for
// writing, or not served yet.
func (e *effective) forget() { e.made.Store(nil) }

// Convention is the convention whose state it is, as everybody is to see it:
// the profile, with the organisations that have been entered and whom the
// secretariat has named to the committees. The value is not
// changed afterwards; what comes into the log later is in the next one.
func (s *State) Convention() *cooperation.Convention {
	if c := s.effective.made.Load(); c != nil {
		return c
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := *s.effective.profile
	c.Committees, c.Directory = c.Named(s.namings.find), s
	s.effective.made.Store(&c)
	return &c
}

// prepareNaming is what there is to do for whom somebody named to a committee.
func (s *State) prepareNaming(c Change) (func(), error) {
	install, err := prepare(&s.namings, c)
	return func() {
		install()
		s.effective.forget()
	}, err
}

// Naming returns what the secretariat has named to a committee.
func (s *State) Naming(committee string) (*cooperation.Naming, bool) {
	return read(&s.progress, &s.namings, committee)
}

// Profile is the convention as its profile has it.
func (s *State) Profile() *cooperation.Convention { return s.conv }
