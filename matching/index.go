package matching

import (
	"cmp"
	"context"
	"slices"
)

// chunk is how many postings a goroutine takes at a time.
const chunk = 64

// Index answers for the needs and offers of one convention, on one day, what
// [Rank] and [RankOffers] would, only faster: equal in every candidate, score,
// order, count and change. It does not change: [Index.PutOffer] and its like
// return another index. Any number of goroutines may ask it.
//
// It holds the postings as small numbers and, for each filter, bit sets of the
// postings that pass it, so that a filter costs one instruction for 64
// postings; only the candidates that are left are scored, without allocation
// and only as far as they can still be among the first k, and only these are
// written out.
type Index struct {
	workshop *workshop
	weights  [PartCount]int32
	needs    shelf[needFeatures, *needSets]
	offers   shelf[offerFeatures, *offerSets]
	// elsewhere are the needs and offers of other conventions.
	elsewhereNeeds, elsewhereOffers []stranger
	turns                           int32   // given out so far
	languages                       []named // that offers are given in

	askers *askers
}

// stranger is a posting of another convention.
type stranger struct {
	id, externalID string
	turn           int32
}

// NewIndex prepares needs and offers. It keeps references to them: the caller
// must not change them afterwards. Postings of other conventions are not
// matched.
func NewIndex(now Day, s *Setting, needs []Need, offers []Offer) *Index {
	w := newWorkshop(now, s)
	x := &Index{workshop: w, weights: s.weights.byPart(), turns: int32(max(len(needs), len(offers)))}
	w.remember(needs)
	prepared := make([]needFeatures, 0, len(needs))
	for i := range needs {
		if n := &needs[i]; n.Convention == s.convention {
			f := w.need(n)
			f.turn = int32(i)
			prepared = append(prepared, f)
		} else {
			x.elsewhereNeeds = append(x.elsewhereNeeds, stranger{n.ID, n.ExternalID, int32(i)})
		}
	}
	given := make([]offerFeatures, 0, len(offers))
	for i := range offers {
		if o := &offers[i]; o.Convention == s.convention {
			f := w.offer(o)
			f.turn = int32(i)
			given = append(given, f)
		} else {
			x.elsewhereOffers = append(x.elsewhereOffers, stranger{o.ID, o.ExternalID, int32(i)})
		}
	}
	if len(prepared) > 0 {
		x.needs = append(x.needs, newNeedSegment(w, prepared))
	}
	if len(given) > 0 {
		x.offers = append(x.offers, newOfferSegment(w, given))
	}
	x.languages = x.languageBounds()
	x.askers = new(askers)
	return x
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
	if reason := Filter(x.workshop.now, x.workshop.setting, n, o); reason != Candidate {
		return Result{Reason: reason}
	}
	w := x.visit(slices.Concat(n.Themes, o.Themes), slices.Concat(officialLanguages(n), wishedLanguages(n), givenLanguages(o)))
	need, offer := w.need(n), w.offer(o)
	found := w.vocabulary.find(&need, &offer)
	return w.vocabulary.explain(&need, &offer, &found, &x.weights)
}

// Needs reports on every need of the index, in the order in which they were
// given, with so many goroutines. The answer does not depend on their number.
// The report of a need of another convention is empty. It ends early, with the
// cause, when the context does.
func (x *Index) Needs(ctx context.Context, k, workers int) ([]Report, error) {
	list := make([]turned[*needFeatures], 0, len(x.elsewhereNeeds))
	for _, s := range x.needs {
		s.all.each(func(i int32) {
			list = append(list, turned[*needFeatures]{turn: s.features[i].turn, posting: &s.features[i]})
		})
	}
	list = inTurn(list, x.elsewhereNeeds)
	order := alike(list)
	mixed, err := spread(ctx, len(list), workers, chunk, func(i int) Report {
		one := list[order[i]]
		if one.posting == nil {
			return one.stranger.report()
		}
		return x.forNeed(x.workshop, one.posting, k)
	})
	if err != nil {
		return nil, err
	}
	reports := make([]Report, len(mixed))
	for i, place := range order {
		reports[place] = mixed[i]
	}
	return reports, nil
}

// Offers reports on every offer of the index; see Needs.
func (x *Index) Offers(ctx context.Context, k, workers int) ([]Report, error) {
	list := make([]turned[*offerFeatures], 0, len(x.elsewhereOffers))
	for _, s := range x.offers {
		s.live.each(func(i int32) {
			list = append(list, turned[*offerFeatures]{turn: s.features[i].turn, posting: &s.features[i]})
		})
	}
	list = inTurn(list, x.elsewhereOffers)
	return spread(ctx, len(list), workers, chunk, func(i int) Report {
		if list[i].posting == nil {
			return list[i].stranger.report()
		}
		return x.forOffer(x.workshop, list[i].posting, k)
	})
}

// alike returns the places of the list in an order in which needs that look at
// the same offers follow each other: these are then still in the caches.
func alike(list []turned[*needFeatures]) []int32 {
	keys := make([]uint64, len(list))
	order := make([]int32, len(list))
	for i := range list {
		order[i] = int32(i)
		f := list[i].posting
		if f == nil {
			continue
		}
		for t, theme := range f.themes[:min(len(f.themes), MaxThemes)] {
			keys[i] |= uint64(theme) << [MaxThemes]int{48, 16, 0}[t]
		}
		if len(f.need.Beneficiaries) > 0 {
			keys[i] |= uint64(f.need.Beneficiaries[0]) << 32
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	return order
}

// turned is a posting with its turn, or a stranger.
type turned[F any] struct {
	turn     int32
	posting  F
	stranger *stranger
}

// inTurn adds the strangers to a list and puts it in the order of turns.
func inTurn[F any](list []turned[F], strangers []stranger) []turned[F] {
	for i := range strangers {
		list = append(list, turned[F]{turn: strangers[i].turn, stranger: &strangers[i]})
	}
	slices.SortFunc(list, func(a, b turned[F]) int { return cmp.Compare(a.turn, b.turn) })
	return list
}

// report is the empty report of a posting of another convention.
func (s *stranger) report() Report {
	return Report{ID: s.id, ExternalID: s.externalID, Filtered: map[Reason]int{}}
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
