package matching

import "slices"

// PutNeed returns an index in which the need is in place of those with its id,
// whose turn in the order of reports it takes; without such it comes last. The
// index that was asked stays as it is, and shares with the new one all but
// what changed. It takes microseconds, but for the few times when segments
// are merged, in the proportion of the postings merged.
func (x *Index) PutNeed(n *Need) *Index {
	y, turn := x.withoutNeed(n.ID)
	if turn < 0 {
		turn, y.turns = y.turns, y.turns+1
	}
	if n.Convention != x.workshop.setting.convention {
		y.elsewhereNeeds = append(slices.Clip(y.elsewhereNeeds), stranger{n.ID, n.ExternalID, turn})
		return y
	}
	w := y.extend(n.Themes, append(officialLanguages(n), wishedLanguages(n)...))
	f := w.need(n)
	f.turn = turn
	y.needs = y.needs.put(f, func(needs []needFeatures) *needSets { return newNeedSegment(w, needs) })
	return y
}

// PutOffer returns an index in which the offer is in place of those with its
// id; see PutNeed.
func (x *Index) PutOffer(o *Offer) *Index {
	y, turn := x.withoutOffer(o.ID)
	if turn < 0 {
		turn, y.turns = y.turns, y.turns+1
	}
	if o.Convention != x.workshop.setting.convention {
		y.elsewhereOffers = append(slices.Clip(y.elsewhereOffers), stranger{o.ID, o.ExternalID, turn})
		return y
	}
	w := y.extend(o.Themes, givenLanguages(o))
	f := w.offer(o)
	f.turn = turn
	y.offers = y.offers.put(f, func(offers []offerFeatures) *offerSets { return newOfferSegment(w, offers) })
	y.languages = y.languageBounds()
	return y
}

// RemoveNeed returns an index without the needs that have the id, of whatever
// convention; the index that was asked stays as it is.
func (x *Index) RemoveNeed(id string) *Index {
	y, _ := x.withoutNeed(id)
	return y
}

// RemoveOffer returns an index without the offers that have the id; see
// RemoveNeed.
func (x *Index) RemoveOffer(id string) *Index {
	y, _ := x.withoutOffer(id)
	return y
}

// withoutNeed returns a copy without the needs that have the id, and the first
// turn of those; -1 when there is none.
func (x *Index) withoutNeed(id string) (*Index, int32) {
	y := *x
	var first int32
	y.needs, first = x.needs.remove(id)
	y.elsewhereNeeds, first = withoutStranger(x.elsewhereNeeds, id, first)
	return &y, first
}

// withoutOffer is withoutNeed for offers.
func (x *Index) withoutOffer(id string) (*Index, int32) {
	y := *x
	var first int32
	y.offers, first = x.offers.remove(id)
	y.elsewhereOffers, first = withoutStranger(x.elsewhereOffers, id, first)
	return &y, first
}

// withoutStranger returns the strangers without those that have the id, and the
// lesser of their turns and one that was found before.
func withoutStranger(list []stranger, id string, first int32) ([]stranger, int32) {
	other := func(s stranger) bool { return s.id == id }
	if !slices.ContainsFunc(list, other) {
		return list, first
	}
	for _, s := range list {
		if s.id == id && (first < 0 || s.turn < first) {
			first = s.turn
		}
	}
	return slices.DeleteFunc(slices.Clone(list), other), first
}

// extend makes the index know the words of a posting, and returns the workshop
// to prepare it. What the words were numbered before stays so.
func (x *Index) extend(themes, languages []string) *workshop {
	w := *x.workshop
	w.reaches = map[string]*reachTable{}
	if !w.vocabulary.knows(themes, languages) {
		w.vocabulary = w.vocabulary.fork()
		x.workshop = &w
	}
	return &w
}
