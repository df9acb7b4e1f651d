package catalogue

import (
	"math"
	"slices"
	"sync"
	"time"

	"entente/cooperation"
)

// agenda knows of which documents nothing is due for a while, so that a look at
// the clocks asks only the others. It is worked out by those who look, and kept
// by this process alone: whoever knows nothing asks every document.
type agenda struct {
	mu     sync.Mutex
	view   View
	turn   uint64    // how often everything was forgotten
	until  time.Time // the latest moment at which somebody has looked
	pauses map[string][]pause
}

// pause is until when nothing is due of the document at a place.
type pause struct {
	until int64  // in milliseconds since 1970; the document is asked from then on
	after uint64 // the position at which something was last changed on which its deadlines depend
}

// View is what deadlines and whose they are depend on besides documents. Under
// another one every document is asked again.
type View struct {
	Convention *cooperation.Convention // as it is served; see State.Convention
	Today      cooperation.Date        // at the seat: who presides follows from it
	People     uint64                  // the position of the log of accounts
}

// Look is a look at the documents of which something may be due.
type Look struct {
	Position uint64
	View     View
	Asked    []Asked // in the order of Clocked
	turn     uint64
}

// Asked is a document that is asked for its deadlines.
type Asked struct {
	cooperation.Clocked
	kind  string
	place uint32
}

// Look lists the documents of which something may be due at a moment: all that
// have deadlines, but for those of which Rest has said that nothing is, and on
// which nothing has changed since. Whoever finds nothing to be done for one says
// so to Rest.
func (s *State) Look(view View, now time.Time) Look {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := &s.agenda
	a.mu.Lock()
	defer a.mu.Unlock()
	if view != a.view || now.Before(a.until) {
		a.forget()
	}
	a.view, a.until = view, now
	l := Look{Position: s.position, View: view, turn: a.turn}
	at := now.UnixMilli()
	s.clocked(cooperation.System("clock"), func(kind string, place uint32, doc cooperation.Clocked) {
		if of := a.pauses[kind]; int(place) >= len(of) || of[place].until <= at {
			l.Asked = append(l.Asked, Asked{doc, kind, place})
		}
	})
	return l
}

// Rest notes that nothing is due of a document that was asked, before a moment:
// the zero time for none. It is of no use when something has changed since the
// look.
func (s *State) Rest(l Look, of Asked, until time.Time) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	a := &s.agenda
	a.mu.Lock()
	defer a.mu.Unlock()
	if p := a.pause(of.kind, of.place); a.turn == l.turn && p.after <= l.Position {
		p.until = math.MaxInt64
		if !until.IsZero() {
			p.until = until.UnixMilli()
		}
	}
}

// forget has everything asked again.
func (a *agenda) forget() { a.pauses, a.turn = nil, a.turn+1 }

// pause is that of the document at a place.
func (a *agenda) pause(kind string, place uint32) *pause {
	of := a.pauses[kind]
	if missing := int(place) + 1 - len(of); missing > 0 {
		if of = append(of, make([]pause, missing)...); a.pauses == nil {
			a.pauses = map[string][]pause{}
		}
		a.pauses[kind] = of
	}
	return &of[place]
}

// wake has a document asked again.
func (a *agenda) wake(kind string, place uint32, position uint64) {
	*a.pause(kind, place) = pause{after: position}
}

// rouse has everything asked again whose deadlines may depend on what a commit
// has changed. The state is locked for writing.
func (s *State) rouse(position uint64, changes []Change) {
	a := &s.agenda
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, c := range changes {
		switch c.Kind {
		case KindNeed:
			s.rouseNeed(c.ID, position)
		case KindOffer:
			wakeOne(a, &s.offers.ledger, KindOffer, c.ID, position)
			for _, o := range s.proposals.byOffer[c.ID] {
				a.wake(KindProposal, o, position)
			}
			s.agreements.under.each(func(o uint32) {
				if slices.Contains(s.agreements.entries[o].doc.Offers, c.ID) {
					a.wake(KindAgreement, o, position)
				}
			})
		case KindProposal:
			wakeOne(a, &s.proposals.ledger, KindProposal, c.ID, position)
			if q, ok := s.proposals.find(c.ID); ok {
				s.rouseNeed(q.Need, position)
			}
		case KindReview:
			wakeOne(a, &s.reviews.ledger, KindReview, c.ID, position)
		case KindIntroduction:
			wakeOne(a, &s.introductions.ledger, KindIntroduction, c.ID, position)
		case KindAgreement:
			wakeOne(a, &s.agreements.ledger, KindAgreement, c.ID, position)
		case KindPartnership:
			wakeOne(a, &s.partnerships, KindPartnership, c.ID, position)
		case KindNotification, KindRun, KindSubscription, KindTemplate, KindWebhook, KindDelivery:
			if c.Body == nil { // what somebody was told is no longer known
				a.forget()
			}
		default:
			a.forget()
		}
	}
}

// rouseNeed has a need asked again with all that is about it: whether both sides
// of one proposal talk stops the clocks of the others.
func (s *State) rouseNeed(id string, position uint64) {
	a := &s.agenda
	wakeOne(a, &s.needs.ledger, KindNeed, id, position)
	for _, o := range s.proposals.byNeed[id] {
		a.wake(KindProposal, o, position)
	}
	s.agreements.under.each(func(o uint32) {
		if s.agreements.entries[o].doc.Need == id {
			a.wake(KindAgreement, o, position)
		}
	})
	for o, e := range s.partnerships.entries {
		if e.doc != nil && e.doc.Need == id {
			a.wake(KindPartnership, uint32(o), position)
		}
	}
}

func wakeOne[T any](a *agenda, l *ledger[T], kind, id string, position uint64) {
	if place, ok := l.ids[id]; ok {
		a.wake(kind, place, position)
	}
}
