package matching

import (
	"context"
	"slices"
)

// Rank is the definition applied to every pair: the report of each need, in the
// order given, over all offers. k limits the matches listed; 0 lists all. The
// offers of other conventions are no candidates; the report of a need of
// another convention is empty.
//
// It is what an [Index] is compared with, and is not made to be fast.
func Rank(now Day, s *Setting, needs []Need, offers []Offer, k int) []Report {
	r := newRanking(now, s, needs, offers)
	reports := make([]Report, len(needs))
	for i := range needs {
		reports[i] = r.need(i, k)
	}
	return reports
}

// RankOffers is [Rank] seen from the other side: the report of each offer over
// all needs.
func RankOffers(now Day, s *Setting, needs []Need, offers []Offer, k int) []Report {
	r := newRanking(now, s, needs, offers)
	reports := make([]Report, len(offers))
	for i := range offers {
		reports[i] = r.offer(i, k)
	}
	return reports
}

// BruteForce is [Rank] without the search for changes, which dominates its time,
// on so many goroutines: every pair is filtered by [Filter] and every candidate
// scored. Measurements compare an [Index] with it.
func BruteForce(ctx context.Context, now Day, s *Setting, needs []Need, offers []Offer, k, workers int) ([]Report, error) {
	r := newRanking(now, s, needs, offers)
	return spread(ctx, len(needs), workers, 1, func(i int) Report { return r.candidates(i, k) })
}

// ranking holds needs and offers prepared for scoring.
type ranking struct {
	*workshop
	weights [PartCount]int32
	needs   []needFeatures
	offers  []offerFeatures
}

// newRanking prepares needs and offers.
func newRanking(now Day, s *Setting, needs []Need, offers []Offer) *ranking {
	r := &ranking{workshop: newWorkshop(now, s), weights: s.weights.byPart()}
	for i := range needs {
		r.needs = append(r.needs, r.workshop.need(&needs[i]))
	}
	for i := range offers {
		r.offers = append(r.offers, r.workshop.offer(&offers[i]))
	}
	return r
}

// need reports on one need.
func (r *ranking) need(i, k int) Report {
	report := r.candidates(i, k)
	report.Change = r.needChange(r.needs[i].need)
	return report
}

// candidates reports on one need, without a change.
func (r *ranking) candidates(i, k int) Report {
	n := &r.needs[i]
	report := Report{ID: n.need.ID, ExternalID: n.need.ExternalID, Filtered: map[Reason]int{}}
	for j := range r.offers {
		o := &r.offers[j]
		if r.judge(&report, n, o) {
			report.Matches = append(report.Matches, matchOffer(n, o, r.vocabulary.find(n, o), &r.weights))
		}
	}
	report.keep(k)
	return report
}

// offer reports on one offer.
func (r *ranking) offer(j, k int) Report {
	o := &r.offers[j]
	report := Report{ID: o.offer.ID, ExternalID: o.offer.ExternalID, Filtered: map[Reason]int{}}
	for i := range r.needs {
		n := &r.needs[i]
		if r.judge(&report, n, o) {
			report.Matches = append(report.Matches, matchNeed(n, r.vocabulary.find(n, o), &r.weights))
		}
	}
	report.keep(k)
	report.Change = r.offerChange(o.offer)
	return report
}

// judge filters a pair and counts it in the report; it reports whether the pair
// is a candidate.
func (r *ranking) judge(report *Report, n *needFeatures, o *offerFeatures) bool {
	reason := Filter(r.now, r.setting, n.need, o.offer)
	switch {
	case reason == Candidate:
		report.Candidates++
	case reason.Reported():
		report.Filtered[reason]++
	}
	return reason == Candidate
}

// matchOffer is an offer in the report of a need.
func matchOffer(n *needFeatures, o *offerFeatures, f findings, w *[PartCount]int32) Match {
	return Match{
		ID: o.offer.ID, ExternalID: o.offer.ExternalID,
		Score: f.score(w), Parts: f.parts(w), Preferred: prefers(n.need, o.offer),
	}
}

// matchNeed is a need in the report of an offer.
func matchNeed(n *needFeatures, f findings, w *[PartCount]int32) Match {
	return Match{
		ID: n.need.ID, ExternalID: n.need.ExternalID,
		Score: f.score(w), Parts: f.parts(w),
	}
}

// prefers reports whether the need named one of the providers as a preferred
// partner.
func prefers(n *Need, o *Offer) bool {
	preferred := false
	o.providers(func(p Party) bool {
		preferred = slices.Contains(n.PreferredParties, p)
		return !preferred
	})
	return preferred
}

// keep puts the matches in order and leaves the first k, or all when k is 0.
// Postings with the same score and id stay in the order in which they came.
func (r *Report) keep(k int) {
	r.Matches = firstMatches(r.Matches, k)
}
