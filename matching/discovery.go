package matching

import (
	"cmp"
	"slices"
)

// Discover ranks the offers whose providers are all new to the need: as far as
// is on record, none of them has helped any of its beneficiaries. Habit predicts
// well and helps little; this list shows who could begin. It has weights and a
// model of its own, and lists the first k, all when k is 0. Without a record
// nobody is known to be new, and nothing is listed.
func Discover(now Day, s *Setting, need *Need, offers []Offer, k int) []Match {
	r := newRanking(now, s, []Need{*need}, offers)
	n := &r.needs[0]
	if s.record == nil || n.need.Convention != s.convention {
		return nil
	}
	var list []Match
	for j := range r.offers {
		o := &r.offers[j]
		if Filter(now, s, need, o.offer) == Candidate && isNew(n, o) {
			list = append(list, r.discovered(n, o))
		}
	}
	return firstMatches(list, k)
}

// Discover is the same over the offers of the index, which it equals in every
// score and order.
func (x *Index) Discover(n *Need, k int) []Match {
	if x.workshop.setting.record == nil || n.Convention != x.workshop.setting.convention || !n.Open || !n.inDate(x.workshop.now) {
		return nil
	}
	w := x.visit(n.Themes, append(officialLanguages(n), wishedLanguages(n)...))
	f := w.need(n)
	var counts [reasonCount]int
	a := x.askers.take()
	defer x.askers.giveBack(a)
	for len(a.probes) < len(x.offers) {
		a.probes = append(a.probes, new(probe))
	}
	a.offers = a.offers[:0]
	for i, s := range x.offers {
		a.probes[i].filter(s, w, &f, &counts)
		a.probes[i].alive.each(func(place int32) {
			if o := &s.features[place]; isNew(&f, o) {
				a.offers = append(a.offers, found[*offerFeatures]{w.discovered(&f, o).Score, o.offer.ID, o.turn, o})
			}
		})
	}
	var list []Match
	for _, c := range firstFound(a.offers, 2, k) { // in order, also where there is one segment
		list = append(list, w.discovered(&f, c.posting))
	}
	return list
}

// discovered is an offer in a list of discoveries.
func (w *workshop) discovered(n *needFeatures, o *offerFeatures) Match {
	found := w.vocabulary.find(n, o)
	found[PartRecord] = discoveryPart(n, o)
	weights := w.setting.discovery.byPart()
	return matchOffer(n, o, found, &weights)
}

// ExplainDiscovery says of an offer in a list of discoveries what [Definition]
// says of one in a report: its score and parts, with their sentences.
func ExplainDiscovery(now Day, s *Setting, n *Need, o *Offer) Result {
	if reason := Filter(now, s, n, o); reason != Candidate {
		return Result{Reason: reason}
	}
	w := newWorkshop(now, s)
	need, offer := w.need(n), w.offer(o)
	found := w.vocabulary.find(&need, &offer)
	found[PartRecord] = discoveryPart(&need, &offer)
	weights := s.discovery.byPart()
	return w.vocabulary.explain(&need, &offer, &found, &weights)
}

// firstMatches puts matches in order and leaves the first k, or all when k is 0.
func firstMatches(list []Match, k int) []Match {
	slices.SortStableFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	if k > 0 && len(list) > k {
		return list[:k:k]
	}
	return list
}
