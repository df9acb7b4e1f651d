package matching

import (
	"context"
	"sync"
)

// chunk is how many postings a goroutine takes at a time.
const chunk = 64

// Index answers for the needs and offers of one convention, on one day, what
// [Rank] and [RankOffers] would, only faster: equal in every candidate, score,
// order, count and change. It does not change; any number of goroutines may
// ask it.
//
// It holds the postings as small numbers and, for each filter, bit sets of the
// postings that pass it, so that a filter costs one instruction for 64
// postings; only the candidates that are left are scored, without allocation,
// and only the first k of them are written out.
type Index struct {
	workshop *workshop
	weights  [PartCount]int32
	needs    *needSets
	offers   *offerSets

	askers sync.Pool // of *asker
}

// NewIndex prepares needs and offers. It keeps references to them: the caller
// must not change them afterwards. Postings of other conventions are left out.
func NewIndex(now Day, s *Setting, needs []Need, offers []Offer) *Index {
	w := newWorkshop(now, s)
	x := &Index{workshop: w, weights: s.weights.byPart()}
	x.needs, x.offers = newNeedSets(w, needs), newOfferSets(w, offers)
	x.needs.build(w)
	x.offers.build(w)
	x.askers.New = func() any {
		return &asker{needs: newSieve(x.needs.all), offers: newSieve(x.offers.all)}
	}
	return x
}

// asker is what one goroutine needs to ask an index.
type asker struct {
	needs, offers *sieve
	top           topK
}

// ForNeed reports on a need, which need not be one of the index: the first k
// offers for it, all when k is 0.
func (x *Index) ForNeed(n *Need, k int) Report {
	if n.Convention != x.workshop.setting.convention {
		return Report{ID: n.ID, ExternalID: n.ExternalID, Filtered: map[Reason]int{}}
	}
	w := x.visit(n.Themes, append(officialLanguages(n), wishedLanguages(n)...))
	f := w.need(n)
	return x.forNeed(w, &f, k)
}

// ForOffer reports on an offer, which need not be one of the index: the first k
// needs for it, all when k is 0.
func (x *Index) ForOffer(o *Offer, k int) Report {
	if o.Convention != x.workshop.setting.convention {
		return Report{ID: o.ID, ExternalID: o.ExternalID, Filtered: map[Reason]int{}}
	}
	w := x.visit(o.Themes, givenLanguages(o))
	f := w.offer(o)
	return x.forOffer(w, &f, k)
}

// Explain says of one pair what the definition says, with the sentences that
// explain each part. It is made by the same code as the scores of the index.
func (x *Index) Explain(n *Need, o *Offer) Result {
	return Definition(x.workshop.now, x.workshop.setting, n, o)
}

// Needs reports on every need of the index, in the order in which NewIndex was
// given them, with so many goroutines. The answer does not depend on their
// number. The report of a need of another convention is empty. It ends early,
// with the cause, when the context does.
func (x *Index) Needs(ctx context.Context, k, workers int) ([]Report, error) {
	return spread(ctx, len(x.needs.input), workers, chunk, func(i int) Report {
		if place := x.needs.byInput[i]; place >= 0 {
			return x.forNeed(x.workshop, &x.needs.features[place], k)
		}
		return x.ForNeed(&x.needs.input[i], k)
	})
}

// Offers reports on every offer of the index; see Needs.
func (x *Index) Offers(ctx context.Context, k, workers int) ([]Report, error) {
	return spread(ctx, len(x.offers.input), workers, chunk, func(i int) Report {
		if place := x.offers.byInput[i]; place >= 0 {
			return x.forOffer(x.workshop, &x.offers.features[place], k)
		}
		return x.ForOffer(&x.offers.input[i], k)
	})
}

// visit returns a workshop for a posting from outside: the index's own when it
// knows all the words, otherwise one with a larger vocabulary.
func (x *Index) visit(themes, languages []string) *workshop {
	v := x.workshop.vocabulary
	visitor := *x.workshop
	visitor.reaches = map[string]*reachTable{}
	if !v.knows(themes, languages) {
		visitor.vocabulary = v.fork()
	}
	return &visitor
}

// forNeed reports on a need prepared by a workshop.
func (x *Index) forNeed(w *workshop, n *needFeatures, k int) Report {
	a := x.askers.Get().(*asker)
	defer x.askers.Put(a)
	report := Report{ID: n.need.ID, ExternalID: n.need.ExternalID, Filtered: map[Reason]int{}}
	x.offers.sift(a.offers, w, n)
	candidates := a.offers.run(report.Filtered)
	a.top.reset(k)
	candidates.each(func(i int32) {
		found := w.vocabulary.find(n, &x.offers.features[i])
		a.top.add(ranked{found.score(&x.weights), i})
		report.Candidates++
	})
	if top := a.top.sorted(); len(top) > 0 {
		report.Matches = make([]Match, len(top))
		for i, c := range top {
			o := &x.offers.features[c.place]
			report.Matches[i] = matchOffer(n, o, w.vocabulary.find(n, o), &x.weights)
		}
	}
	report.Change = x.offers.change(a.offers, w, n.need)
	return report
}

// forOffer reports on an offer prepared by a workshop.
func (x *Index) forOffer(w *workshop, o *offerFeatures, k int) Report {
	a := x.askers.Get().(*asker)
	defer x.askers.Put(a)
	report := Report{ID: o.offer.ID, ExternalID: o.offer.ExternalID, Filtered: map[Reason]int{}}
	x.needs.sift(a.needs, w, o)
	candidates := a.needs.run(report.Filtered)
	a.top.reset(k)
	candidates.each(func(i int32) {
		found := w.vocabulary.find(&x.needs.features[i], o)
		a.top.add(ranked{found.score(&x.weights), i})
		report.Candidates++
	})
	if top := a.top.sorted(); len(top) > 0 {
		report.Matches = make([]Match, len(top))
		for i, c := range top {
			n := &x.needs.features[c.place]
			report.Matches[i] = matchNeed(n, w.vocabulary.find(n, o), &x.weights)
		}
	}
	report.Change = x.needs.change(a.needs, w, o)
	return report
}

// wishedLanguages returns the base languages of a need's wishes.
func wishedLanguages(n *Need) []string {
	bases := make([]string, 0, len(n.Languages))
	for _, wish := range n.Languages {
		bases = append(bases, wish.Language.Base())
	}
	return bases
}

// givenLanguages returns the base languages of an offer.
func givenLanguages(o *Offer) []string {
	bases := make([]string, 0, len(o.Languages))
	for _, l := range o.Languages {
		bases = append(bases, l.Base())
	}
	return bases
}
