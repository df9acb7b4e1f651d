package matching

import (
	"cmp"
	"slices"
	"sync"
)

// asker is what one goroutine needs to ask an index.
type asker struct {
	probes []*probe // one for each segment of offers
	alone  probe    // for one beneficiary of a joint need
	scorer scorer
	sieves []*sieve // one for each segment of needs
	tops   []topK
	counts [reasonCount]int
	sum    tally
	themes []uint16
	seen   []bool
	order  []named
	offers []found[*offerFeatures]
	needs  []found[*needFeatures]
}

// askers are those that nobody uses now. They are kept, unlike those of a
// sync.Pool, because they remember what they worked out.
type askers struct {
	mu   sync.Mutex
	idle []*asker
}

// idleAskers bounds how many are kept.
const idleAskers = 16

// take returns an asker for one question.
func (a *askers) take() *asker {
	a.mu.Lock()
	defer a.mu.Unlock()
	if n := len(a.idle); n > 0 {
		last := a.idle[n-1]
		a.idle = a.idle[:n-1]
		return last
	}
	return new(asker)
}

// giveBack keeps an asker for the next question.
func (a *askers) giveBack(one *asker) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.idle) < idleAskers {
		a.idle = append(a.idle, one)
	}
}

// found is a candidate of one segment among those of all.
type found[F any] struct {
	score   Score
	id      string
	turn    int32
	posting F
}

// firstFound puts the candidates of several segments in order and leaves the
// first k, all when k is 0.
func firstFound[F any](list []found[F], segments, k int) []found[F] {
	if segments > 1 {
		slices.SortFunc(list, func(a, b found[F]) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id), cmp.Compare(a.turn, b.turn))
		})
	}
	if k > 0 && len(list) > k {
		return list[:k]
	}
	return list
}

// forNeed reports on a need prepared by a workshop.
func (x *Index) forNeed(w *workshop, n *needFeatures, k int) Report {
	a := x.askers.take()
	defer x.askers.giveBack(a)
	report := Report{ID: n.need.ID, ExternalID: n.need.ExternalID}
	a.counts = [reasonCount]int{}
	if !n.need.Open {
		for _, s := range x.offers {
			a.counts[NeedClosed] += s.lived
		}
		report.Filtered = counted(&a.counts)
		return report
	}
	for len(a.probes) < len(x.offers) {
		a.probes = append(a.probes, new(probe))
	}
	for i, s := range x.offers {
		a.probes[i].filter(s, w, n, &a.counts)
		report.Candidates += a.probes[i].candidates
	}
	if !n.need.inDate(w.now) {
		x.expired(a, &report)
		return report
	}
	report.Filtered = counted(&a.counts)
	a.offers = a.offers[:0]
	a.scorer.begin(w, &x.weights, n)
	for i, s := range x.offers {
		p := a.probes[i]
		a.scorer.rank(s, p.alive, &p.top, k)
		for _, c := range p.top.sorted() {
			o := &s.features[s.byRank[c.place]]
			a.offers = append(a.offers, found[*offerFeatures]{c.score, o.offer.ID, o.turn, o})
		}
	}
	if top := firstFound(a.offers, len(x.offers), k); len(top) > 0 {
		report.Matches = make([]Match, len(top))
		for i, c := range top {
			report.Matches[i] = matchOffer(n, c.posting, w.vocabulary.find(n, c.posting), &x.weights)
		}
	}
	report.Change = x.needChange(a, w, n)
	return report
}

// expired completes the report of a need whose date has passed: no offer is a
// candidate, and those that pass every other filter would be if it were
// renewed.
func (x *Index) expired(a *asker, report *Report) {
	a.counts = [reasonCount]int{}
	for _, s := range x.offers {
		a.counts[NeedDate] += s.lived
	}
	report.Filtered = counted(&a.counts)
	if report.Candidates > 0 {
		report.Change = Change{Sort: ChangeValidity, Count: report.Candidates}
	}
	report.Candidates = 0
}

// forOffer reports on an offer prepared by a workshop.
func (x *Index) forOffer(w *workshop, o *offerFeatures, k int) Report {
	a := x.askers.take()
	defer x.askers.giveBack(a)
	report := Report{ID: o.offer.ID, ExternalID: o.offer.ExternalID}
	a.counts = [reasonCount]int{}
	a.needs = a.needs[:0]
	a.sum.reset(w.vocabulary)
	themes := x.needThemes(a, w)
	for len(a.sieves) < len(x.needs) {
		a.sieves, a.tops = append(a.sieves, new(sieve)), append(a.tops, topK{})
	}
	for i, s := range x.needs {
		top := &a.tops[i]
		s.sift(a.sieves[i], w, o)
		top.reset(k)
		a.sieves[i].run(&a.counts).each(func(place int32) {
			found := w.vocabulary.find(&s.features[place], o)
			top.add(ranked{found.score(&x.weights), place})
			report.Candidates++
		})
		for _, c := range top.sorted() {
			n := &s.features[c.place]
			a.needs = append(a.needs, found[*needFeatures]{c.score, n.need.ID, n.turn, n})
		}
		s.change(a.sieves[i], w, o, themes, &a.sum)
	}
	report.Filtered = counted(&a.counts)
	if top := firstFound(a.needs, len(x.needs), k); len(top) > 0 {
		report.Matches = make([]Match, len(top))
		for i, c := range top {
			report.Matches[i] = matchNeed(c.posting, w.vocabulary.find(c.posting, o), &x.weights)
		}
	}
	report.Change = a.sum.best(w.vocabulary)
	return report
}
