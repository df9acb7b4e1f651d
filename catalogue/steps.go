package catalogue

import (
	"entente/cooperation"
)

// Steps is how many proposals came how far: of those first made in the year,
// which were ever endorsed by a committee, introduced to each other, agreed.
// They are different things: sides that were introduced because one of them
// wanted to talk count as introduced, and as endorsed only if a committee has
// endorsed them too.
type Steps struct {
	Proposed, Endorsed, Introduced, Agreed int
	Delivered                              int  // partnerships of the year that are completed
	Rounded                                bool // down to a multiple of coarse
}

// StepDays are how long proposals took from one step to the next: of those
// first made in the year, and partnerships of the year.
type StepDays struct {
	ToIntroduction Median // from the proposal, where there was one before the sides talked
	ToAgreement    Median // from the introduction
	ToDelivery     Median // from the agreement, of partnerships that are completed
}

// Partnerships are the figures of the partnerships of a year, or of all: what
// came about through the platform and what existed before are different things.
type Partnerships struct {
	Facilitated, UnderWay int // as the partners have stated it, with evidence
	Unstated              int
	Rounded               bool // down to a multiple of coarse
}

// ByOrigin counts the partnerships of a year, or all, by where the help comes
// from: exactly for the secretariat.
func (s *State) ByOrigin(actor cooperation.Actor, year int) Partnerships {
	out := Partnerships{Rounded: !actor.IsSystem() && !actor.Has(s.conv.ID, cooperation.Secretariat)}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, e := range s.partnerships.entries {
		if e.doc == nil || year != 0 && e.doc.Created.UTC().Year() != year {
			continue
		}
		switch e.doc.Origin() {
		case cooperation.FacilitatedHere:
			out.Facilitated++
		case cooperation.UnderWayBefore:
			out.UnderWay++
		default:
			out.Unstated++
		}
	}
	if out.Rounded {
		for _, n := range []*int{&out.Facilitated, &out.UnderWay, &out.Unstated} {
			*n -= *n % coarse
		}
	}
	return out
}

// Ratings are the averages of what the partners of each side thought of all
// partnerships, where there are enough of them: the same for every reader.
func (s *State) Ratings() (need, offer cooperation.Ratings) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []cooperation.Feedback
	for _, e := range s.partnerships.entries {
		if e.doc != nil {
			all = append(all, e.doc.Feedback...)
		}
	}
	return cooperation.RatingsOf(cooperation.NeedSide, all), cooperation.RatingsOf(cooperation.OfferSide, all)
}

// coarse is the step to which counts of proposals are rounded down for those
// who may not see the proposals. A small count, together with what somebody
// knows of his own, would tell of the others'. Each figure is rounded by
// itself, so that none follows from the rest; there is none by theme, region or
// need; and a count moves too rarely to date a single proposal by it.
const coarse = 5

// steps counts the proposals and partnerships of a year, or all.
func (s *State) steps(year int, exact bool) Steps {
	l := &s.proposals
	return s.stepsAmong(exact, func(of set) int {
		if year == 0 {
			return of.count()
		}
		return of.common(l.cohorts[year])
	}, func(p *cooperation.Partnership) bool { return year == 0 || p.Created.UTC().Year() == year })
}

// Steps counts all proposals and partnerships: exactly for the secretariat,
// rounded down for all others.
func (s *State) Steps(actor cooperation.Actor) Steps {
	rung := rungOf(actor, s.conv.ID)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.steps(0, rung == forSecretariat || rung == forSystem)
}

// StepsOf counts the proposals with which a body is concerned, responsible or
// informed, and the partnerships that came of them: exactly for those who sit
// on it and for the secretariat, rounded down for all others.
func (s *State) StepsOf(actor cooperation.Actor, body string) Steps {
	exact := cooperation.CountsProposals(actor, s.conv.ID, body)
	s.mu.RLock()
	defer s.mu.RUnlock()
	theirs := s.proposals.byCommittee[body]
	return s.stepsAmong(exact, theirs.common, func(p *cooperation.Partnership) bool {
		i, known := s.proposals.ids[p.Proposal]
		return known && theirs.has(i)
	})
}

// stepsAmong counts how far some of the proposals have come, and some of the
// partnerships.
func (s *State) stepsAmong(exact bool, count func(set) int, among func(*cooperation.Partnership) bool) Steps {
	l := &s.proposals
	out := Steps{Proposed: count(l.all), Endorsed: count(l.endorsed), Introduced: count(l.introduced),
		Agreed: count(l.byStatus[cooperation.AgreedProposal]), Rounded: !exact}
	for _, e := range s.partnerships.entries {
		if e.doc != nil && e.doc.Status == cooperation.PartnershipCompleted && among(e.doc) {
			out.Delivered++
		}
	}
	if !exact {
		for _, n := range []*int{&out.Proposed, &out.Endorsed, &out.Introduced, &out.Agreed, &out.Delivered} {
			*n -= *n % coarse
		}
	}
	return out
}

// stepDays are the medians of the proposals and partnerships of a year, or of
// all. Those of fewer than coarse are told to the secretariat alone, and to
// others the count is rounded like the counts of steps.
func (s *State) stepDays(year int, exact bool) StepDays {
	l := &s.proposals
	var introduction, agreement, delivery spans
	found := l.introduced.clone(0)
	if year != 0 {
		found.and(l.cohorts[year])
	}
	found.each(func(o uint32) {
		if p := l.entries[o].doc; p.Proposed.Before(p.Introduced) {
			introduction.add(dayOf(p.Proposed), dayOf(p.Introduced))
		}
	})
	for _, e := range s.partnerships.entries {
		if e.doc == nil || year != 0 && e.doc.Created.UTC().Year() != year {
			continue
		}
		if p, ok := l.find(e.doc.Proposal); ok {
			agreement.add(dayOf(p.Introduced), dayOf(e.doc.Created))
		}
		delivery.add(dayOf(e.doc.Created), dayOf(e.doc.Completed))
	}
	out := StepDays{introduction.median(), agreement.median(), delivery.median()}
	if !exact {
		for _, m := range []*Median{&out.ToIntroduction, &out.ToAgreement, &out.ToDelivery} {
			if m.Count -= m.Count % coarse; m.Count == 0 {
				m.Days = 0
			}
		}
	}
	return out
}
