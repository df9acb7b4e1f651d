package catalogue

import "entente/cooperation"

// Counts is how many documents there are by kind and status; kinds without a
// status count under "". It counts everything, whoever may see it: it is for
// those who run the installation.
func (s *State) Counts() map[string]map[string]int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return map[string]map[string]int{
		KindNeed:           tally(&s.needs.ledger, func(n *cooperation.Need) string { return string(n.Status) }),
		KindOffer:          tally(&s.offers.ledger, func(o *cooperation.Offer) string { return string(o.Status) }),
		KindProposal:       tally(&s.proposals.ledger, func(p *cooperation.Proposal) string { return string(p.Status) }),
		KindAgreement:      tally(&s.agreements.ledger, func(x *cooperation.Agreement) string { return string(x.Status) }),
		KindPartnership:    tally(&s.partnerships, func(p *cooperation.Partnership) string { return string(p.Status) }),
		KindNotification:   tally(&s.notifications.ledger, func(n *cooperation.Notification) string { return string(n.Status) }),
		KindActivity:       tally(&s.activities.ledger, func(a *cooperation.Activity) string { return string(a.Status) }),
		KindRun:            {"": s.runs.live},
		KindCommittee:      {"": s.namings.live},
		KindCommitment:     {"": s.commitments.live},
		KindHistory:        {"": s.past.sets.live},
		KindDuplicate:      {"": s.duplicates.live},
		KindRecommendation: tally(&s.texts, func(r *cooperation.Recommendation) string { return string(r.Status) }),
		KindAssessment:     tally(&s.assessments, func(a *cooperation.Assessment) string { return string(a.Status) }),
		KindIntroduction:   tally(&s.introductions.ledger, func(x *cooperation.Introduction) string { return string(x.Status) }),
		KindOrganisation:   tally(&s.organisations.ledger, func(o *cooperation.Organisation) string { return string(o.Status) }),
		KindProgramme:      tally(&s.programme.ledger, func(x *cooperation.ProgrammeActivity) string { return string(x.Status) }),
		KindReview:         tally(&s.reviews.ledger, func(r *cooperation.Review) string { return string(r.Status) }),
	}
}

func tally[T any](l *ledger[T], status func(*T) string) map[string]int {
	counts := map[string]int{}
	for _, e := range l.entries {
		if e.doc != nil {
			counts[status(e.doc)]++
		}
	}
	return counts
}
