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
	almanac *cooperation.Almanac // of its calendar, which nobody changes
	made    atomic.Pointer[cooperation.Convention]
}

// forget has the convention put together anew. The state is locked for
// writing, or not served yet.
func (e *effective) forget() { e.made.Store(nil) }

// Convention is the convention whose state it is, as everybody is to see it:
// the profile, with the organisations that have been entered, whom the
// secretariat has named to the committees, and the weights that were adopted. The value is not
// changed afterwards; what comes into the log later is in the next one.
func (s *State) Convention() *cooperation.Convention {
	if c := s.effective.made.Load(); c != nil {
		return c
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.present()
}

// present is Convention for those who hold the state's lock.
func (s *State) present() *cooperation.Convention {
	if c := s.effective.made.Load(); c != nil {
		return c
	}
	c := *s.effective.profile
	c.Keep(s.effective.almanac)
	c.Committees, c.Directory = c.Named(s.namings.find), s
	if w, adopted := s.weights.find(cooperation.WeightsID(c.ID)); adopted {
		c.Weights, c.Learned = w.Weights, w
	}
	s.effective.made.Store(&c)
	return &c
}

// prepareWeights is what there is to do for weights that were adopted.
func (s *State) prepareWeights(c Change) (func(), error) {
	install, err := prepare(&s.weights, c)
	return func() {
		install()
		s.effective.forget()
		s.adoptions.Add(1)
	}, err
}

// AdoptedWeights returns the weights that the convention has adopted; false
// where those of the profile are in force.
func (s *State) AdoptedWeights() (*cooperation.AdoptedWeights, bool) {
	return read(&s.progress, &s.weights, cooperation.WeightsID(s.conv.ID))
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
