package catalogue

import (
	"slices"
	"sync"
	"sync/atomic"

	"entente/cooperation"
	"entente/matching/record"
)

// past is help that was given before: the sets that were imported, with the
// parts that hold their rows, and what is known of the help that the platform
// itself has seen.
type past struct {
	sets  ledger[cooperation.HistorySet]
	parts ledger[cooperation.HistoryPart]

	count  atomic.Uint64 // changes of what is on record, as this process has seen them
	served sync.Map      // the needs that a partnership has been about

	asking sync.Mutex // guards what follows, and is held while it is worked out
	last   *Past
	table  *record.Table // of the last, by the model
	model  *cooperation.AdoptedWeights
	print  string // digest of both
}

// prepareSet is what there is to do for a set. Its parts say nothing before it
// names them, and have come when it does.
func (p *past) prepareSet(c Change) (func(), error) {
	install, err := prepare(&p.sets, c)
	return func() {
		install()
		p.count.Add(1)
	}, err
}

// prepareActivity is what there is to do for help already running.
func (s *State) prepareActivity(c Change, by *scribe) (func(), error) {
	install, err := s.activities.prepare(c, s.conv.ID, by)
	if err != nil {
		return nil, err
	}
	return func() {
		before, _ := s.activities.find(c.ID)
		install()
		after, _ := s.activities.find(c.ID)
		if (gives(before) || gives(after)) && !sameHelp(before, after) {
			s.past.count.Add(1)
		}
	}, nil
}

// gives reports whether help is, or was, given.
func gives(a *cooperation.Activity) bool {
	return a != nil && (a.Status == cooperation.ActivityRunning || a.Status == cooperation.ActivityCompleted || a.Status == cooperation.ActivityStopped)
}

// sameHelp reports whether two versions of an activity say the same of who
// helps whom, with what and when.
func sameHelp(a, b *cooperation.Activity) bool {
	return gives(a) && gives(b) && a.Start == b.Start && a.End == b.End && slices.Equal(a.Themes, b.Themes) &&
		slices.Equal(a.Beneficiaries, b.Beneficiaries) && slices.Equal(a.Providers, b.Providers)
}

// preparePartnership is what there is to do for what both sides agreed.
func (s *State) preparePartnership(c Change) (func(), error) {
	install, err := prepare(&s.partnerships, c)
	if err != nil {
		return nil, err
	}
	return func() {
		before, known := s.partnerships.find(c.ID)
		install()
		after, stands := s.partnerships.find(c.ID)
		if stands {
			s.past.served.Store(after.Need, true)
		}
		if known && stands && sameGiving(before, after) {
			return
		}
		if known && before.Gives() || stands && after.Gives() {
			s.past.count.Add(1)
		}
	}, nil
}

// sameGiving reports whether two versions of a partnership say the same of who
// gave help and when. What is written down of it does not change the record.
func sameGiving(a, b *cooperation.Partnership) bool {
	from, to := a.Period()
	start, end := b.Period()
	return a.Gives() == b.Gives() && from == start && to == end && slices.Equal(a.Givers(), b.Givers())
}

// prepareNeed is what there is to do for a need. One with a partnership says
// who was helped with what.
func (s *State) prepareNeed(c Change, by *scribe) (func(), error) {
	install, err := s.needs.prepare(c, s.conv.ID, by)
	if err != nil {
		return nil, err
	}
	return func() {
		install()
		if _, served := s.past.served.Load(c.ID); served {
			s.past.count.Add(1)
		}
	}, nil
}
