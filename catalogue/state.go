package catalogue

import (
	"fmt"
	"time"

	"entente/cooperation"
)

// State is everything that a convention's log says, at one position of it.
// The zero value is of no use: New and Restore make one.
type State struct {
	progress
	conv          *cooperation.Convention
	needs         ledger[cooperation.Need]
	offers        ledger[cooperation.Offer]
	activities    ledger[cooperation.Activity]
	proposals     ledger[cooperation.Proposal]
	partnerships  ledger[cooperation.Partnership]
	runs          ledger[cooperation.Run]
	notifications ledger[cooperation.Notification]
	organisations ledger[cooperation.Organisation]
}

// New makes the state of a convention before the first commit of its log.
func New(conv *cooperation.Convention) *State { return &State{conv: conv} }

// Convention is the convention whose state it is.
func (s *State) Convention() *cooperation.Convention { return s.conv }

// Apply moves the state from position-1 to position. All of the changes come
// in at once for readers, or none when an error is returned: a commit out of
// order, a kind, schema or body that this release does not know, a document of
// another convention, a version that is not newer. Apply must not be called
// from two goroutines at once; readers may read meanwhile.
func (s *State) Apply(position uint64, at time.Time, changes []Change) error {
	if err := s.follows(position); err != nil {
		return err
	}
	installs := make([]func(), len(changes))
	for i, c := range changes {
		var err error
		if installs[i], err = s.prepare(c); err != nil {
			return err
		}
	}
	s.move(position, at, installs)
	return nil
}

// prepare does what can be done for a change while readers go on, and returns
// what puts it in.
func (s *State) prepare(c Change) (install func(), err error) {
	switch c.Kind {
	case KindNeed:
		return prepare(&s.needs, c)
	case KindOffer:
		return prepare(&s.offers, c)
	case KindActivity:
		return prepare(&s.activities, c)
	case KindProposal:
		return prepare(&s.proposals, c)
	case KindPartnership:
		return prepare(&s.partnerships, c)
	case KindRun:
		return prepare(&s.runs, c)
	case KindNotification:
		return prepare(&s.notifications, c)
	case KindOrganisation:
		return prepare(&s.organisations, c)
	}
	return nil, fmt.Errorf("catalogue: a document of the unknown kind %q: a later release wrote it", c.Kind)
}

func prepare[T any](l *ledger[T], c Change) (func(), error) {
	doc, err := decode[T](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	return func() { l.put(c.ID, c.Version, doc) }, err
}
