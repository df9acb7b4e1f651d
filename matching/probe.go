package matching

import "math/bits"

// probe applies the hard filters to all offers of a segment at once, for one
// need: a word of 64 offers at a time, all filters in one pass. The order of
// the filters decides under which of them an offer is counted, exactly as in
// [Filter]. A probe is used again and again by one goroutine.
type probe struct {
	base, alive bitset
	// nearTheme, nearKind and nearLanguage are the offers that fail this
	// filter and no other.
	nearTheme, nearKind, nearLanguage bitset
	extract                           extract // of one of these
	theme, kind, language             bitset  // those that pass
	covered, eligible                 bitset
	union                             [5]bitset // buffers for the sets above
	sets                              []bitset
	top                               topK

	themeCount, kindCount, languageCount int // of the near sets
	candidates                           int
}

// prepare makes the buffers as large as a segment asks for.
func (p *probe) prepare(n int) {
	for _, buffer := range []*bitset{&p.base, &p.alive, &p.nearTheme, &p.nearKind, &p.nearLanguage} {
		*buffer = sized(*buffer, n)
	}
	for i := range p.union {
		p.union[i] = sized(p.union[i], n)
	}
	p.themeCount, p.kindCount, p.languageCount, p.candidates = 0, 0, 0, 0
}

// sized returns a set of n words, in the memory of b where it suffices. Its
// content is not defined.
func sized(b bitset, n int) bitset {
	if cap(b) < n {
		return make(bitset, n)
	}
	return b[:n]
}

// join returns the union of sets, the empty set when there are none. It writes
// to the buffer only when there are several.
func join(buffer, empty bitset, sets []bitset) bitset {
	switch len(sets) {
	case 0:
		return empty
	case 1:
		return sets[0]
	}
	a, b := sets[0][:len(buffer)], sets[1][:len(buffer)]
	for i := range buffer {
		buffer[i] = a[i] | b[i]
	}
	for _, set := range sets[2:] {
		buffer.join(set)
	}
	return buffer
}

// meet returns the intersection of sets that are nil where everything is in
// them, and of all.
func meet(buffer, all bitset, sets []bitset) bitset {
	result, own := all, false
	for _, set := range sets {
		switch {
		case set == nil:
		case !own && &result[0] == &all[0]:
			result = set
		case !own:
			copy(buffer, result)
			result, own = buffer, true
			fallthrough
		default:
			buffer.meet(set)
		}
	}
	return result
}

// filter finds the candidates among the offers of a segment and counts what the
// filters removed.
func (p *probe) filter(s *offerSets, w *workshop, n *needFeatures, counts *[reasonCount]int) {
	p.prepare(len(s.all))
	need := n.need
	counts[OfferClosed] += s.lived - s.open
	counts[OfferDate] += s.open - s.stood
	if len(s.all) == 0 {
		return
	}
	copy(p.base, s.standing)
	standing := s.stood
	for _, c := range need.Beneficiaries {
		if c == 0 {
			continue
		}
		for _, i := range s.byProvider[PartyOf(c)] {
			if p.base.has(i) {
				p.base.remove(i)
				standing--
				counts[SameState]++
			}
		}
	}
	p.gather(s, w, n)
	p.pass(s.left, standing, counts)
	for _, c := range need.Beneficiaries {
		p.refuse(s.refusing[PartyOf(c)])
	}
	for _, party := range need.ExcludedParties {
		p.refuse(s.byProvider[party])
	}
}

// gather finds the set of offers that pass each filter.
func (p *probe) gather(s *offerSets, w *workshop, n *needFeatures) {
	size, need := len(s.features), n.need
	p.sets = p.sets[:0]
	for _, t := range n.themes {
		p.sets = append(p.sets, s.themes.with(w.vocabulary, t, size))
	}
	p.theme = join(p.union[0], s.empty, p.sets)
	p.sets = s.kinds.of(p.sets[:0], n.kinds)
	p.kind = join(p.union[1], s.empty, p.sets)
	p.language = s.all
	if !n.exempt && need.requires() {
		p.sets = p.sets[:0]
		for i, wish := range n.wishes {
			if need.Languages[i].Required {
				p.sets = append(p.sets, at(s.languages, wish, s.empty))
			}
		}
		if need.Interpretation {
			p.sets = append(p.sets, s.interpreting)
		}
		p.language = join(p.union[2], s.empty, p.sets)
	}
	p.sets = p.sets[:0]
	for _, c := range need.Beneficiaries {
		p.sets = append(p.sets, at(s.covering, uint16(c), s.empty))
	}
	p.covered = meet(p.union[3], s.all, p.sets)
	p.sets = p.sets[:0]
	for _, c := range need.Beneficiaries {
		p.sets = append(p.sets, s.eligible[s.class[c]])
	}
	p.eligible = meet(p.union[4], s.all, p.sets)
}

// pass runs the filters over the words of the sets. With the first theme in
// common the offers lie together, so that most words are done with after it.
func (p *probe) pass(left bitset, standing int, counts *[reasonCount]int) {
	base := p.base
	n := len(base)
	theme, kind, language, covered := p.theme[:n], p.kind[:n], p.language[:n], p.covered[:n]
	eligible, alive, left := p.eligible[:n], p.alive[:n], left[:n]
	nearTheme, nearKind, nearLanguage := p.nearTheme[:n], p.nearKind[:n], p.nearLanguage[:n]
	var themed, ofKind, spoken, held, admitted, passed, nearT, nearK, nearL int
	for i, b := range base {
		t, k, l := b&theme[i], kind[i], language[i]
		c := covered[i]
		e := c & eligible[i]
		f := e & left[i]
		near := b &^ theme[i] & k & l & f
		nearTheme[i] = near
		nearT += bits.OnesCount64(near)
		if t == 0 {
			alive[i], nearKind[i], nearLanguage[i] = 0, 0, 0
			continue
		}
		themed += bits.OnesCount64(t)
		near = t &^ k & l & f
		nearKind[i] = near
		nearK += bits.OnesCount64(near)
		near = t & k &^ l & f
		nearLanguage[i] = near
		nearL += bits.OnesCount64(near)
		ofKind += bits.OnesCount64(t & k)
		t &= k & l
		spoken += bits.OnesCount64(t)
		held += bits.OnesCount64(t & c)
		admitted += bits.OnesCount64(t & e)
		alive[i] = t & f
		passed += bits.OnesCount64(t & f)
	}
	counts[ThemeDiffers] += standing - themed
	counts[KindDiffers] += themed - ofKind
	counts[LanguageDiffers] += ofKind - spoken
	counts[NotCovered] += spoken - held
	counts[NotEligible] += held - admitted
	counts[CapacityUsed] += admitted - passed
	p.themeCount, p.kindCount, p.languageCount, p.candidates = nearT, nearK, nearL, passed
}

// refuse takes away offers that an exclusion removes, wherever they stand.
func (p *probe) refuse(places []int32) {
	for _, i := range places {
		p.candidates -= p.alive.take(i)
		p.themeCount -= p.nearTheme.take(i)
		p.kindCount -= p.nearKind.take(i)
		p.languageCount -= p.nearLanguage.take(i)
	}
}
