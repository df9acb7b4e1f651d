package matching

import (
	"cmp"
	"slices"

	"entente/reference"
)

// needSets is a segment of the needs of a convention, in the order of their
// ids, and the sets of them that the filters ask for.
type needSets struct {
	features []needFeatures

	all, empty   bitset // all those not taken out since the segment was made
	open, inDate bitset
	anyLanguage  bitset // those that any offer satisfies in language
	interpreted  bitset // those that accept interpretation
	themes       themeSets
	kinds        kindSets
	requiring    []bitset  // by language: those that require it among others
	benefiting   [][]int32 // by country: those that benefit it
	refusing     map[Party][]int32
}

// newNeedSegment makes a segment of prepared needs. It puts them in order.
func newNeedSegment(w *workshop, needs []needFeatures) *needSets {
	slices.SortFunc(needs, func(a, b needFeatures) int {
		return cmp.Or(cmp.Compare(a.need.ID, b.need.ID), cmp.Compare(a.turn, b.turn))
	})
	n := len(needs)
	s := &needSets{features: needs, refusing: map[Party][]int32{}}
	s.all, s.empty = newFullBitset(n), newBitset(n)
	s.open, s.inDate, s.anyLanguage, s.interpreted = newBitset(n), newBitset(n), newBitset(n), newBitset(n)
	s.themes = newThemeSets(w.vocabulary, n, func(i int) []uint16 { return s.features[i].themes })
	s.kinds = newKindSets(n, func(i int) KindSet { return s.features[i].need.Kinds })
	s.requiring = make([]bitset, len(w.vocabulary.languageNames))
	s.benefiting = make([][]int32, len(reachTable{}))
	for i := range s.features {
		s.place(w, int32(i), &s.features[i])
	}
	return s
}

func (s *needSets) size() int { return len(s.features) }

func (s *needSets) living(list []needFeatures) []needFeatures {
	s.all.each(func(i int32) { list = append(list, s.features[i]) })
	return list
}

func (s *needSets) without(id string) (*needSets, int32, bool) {
	at, _ := slices.BinarySearchFunc(s.features, id, func(f needFeatures, id string) int { return cmp.Compare(f.need.ID, id) })
	first, rest := int32(-1), s
	for ; at < len(s.features) && s.features[at].need.ID == id; at++ {
		if !s.all.has(int32(at)) {
			continue
		}
		if rest == s {
			other := *s
			rest = &other
			rest.all, first = slices.Clone(s.all), s.features[at].turn
		}
		rest.all.remove(int32(at))
		rest.themes.forget(s.features[at].themes, rest.all)
	}
	return rest, first, first >= 0
}

// place enters one need into the sets.
func (s *needSets) place(w *workshop, i int32, f *needFeatures) {
	n := f.need
	for _, in := range []struct {
		set bitset
		yes bool
	}{
		{s.open, n.Open},
		{s.inDate, n.inDate(w.now)},
		{s.anyLanguage, f.exempt || !n.requires()},
		{s.interpreted, n.Interpretation},
	} {
		if in.yes {
			in.set.add(i)
		}
	}
	for j, l := range f.wishes {
		if !n.Languages[j].Required {
			continue
		}
		if s.requiring[l] == nil {
			s.requiring[l] = newBitset(len(s.features))
		}
		s.requiring[l].add(i)
	}
	for _, c := range n.Beneficiaries {
		s.benefiting[c] = append(s.benefiting[c], i)
	}
	for _, p := range n.ExcludedParties {
		s.refusing[p] = append(s.refusing[p], i)
	}
}

// sift states in a sieve which needs pass each filter for an offer.
func (s *needSets) sift(v *sieve, w *workshop, f *offerFeatures) {
	v.reset(s.all)
	o := f.offer
	v.passing[NeedClosed], v.passing[NeedDate] = s.open, s.inDate
	v.shut[OfferClosed] = !o.Open
	v.shut[OfferDate] = !o.inDate(w.now)
	v.shut[CapacityUsed] = o.exhausted()

	sets := make([]bitset, 0, 8)
	for _, t := range f.themes {
		sets = append(sets, s.themes.with(w.vocabulary, t, len(s.features)))
	}
	v.pass(ThemeDiffers, sets...)
	v.pass(KindDiffers, s.kinds.of(sets[:0], o.Kinds)...)

	sets = append(sets[:0], s.anyLanguage)
	for _, l := range f.languages {
		sets = append(sets, at(s.requiring, l, s.empty))
	}
	if o.InterpretationProvided {
		sets = append(sets, s.interpreted)
	}
	v.pass(LanguageDiffers, sets...)

	o.providers(func(p Party) bool {
		if c, isState := p.Country(); isState {
			v.remove(SameState, s.benefiting[c])
		}
		v.refused = append(v.refused, s.refusing[p]...)
		return true
	})
	for c, needs := range s.benefiting {
		if len(needs) == 0 {
			continue
		}
		country := reference.Country(c)
		if f.reaches[c] == reachNone {
			v.remove(NotCovered, needs)
		}
		if !w.setting.mayReceive(&o.Eligibility, country) {
			v.remove(NotEligible, needs)
		}
		if slices.Contains(o.ExcludedParties, PartyOf(country)) {
			v.refused = append(v.refused, needs...)
		}
	}
}

// change adds up what each change of the offer, for which the sieve was filled,
// would bring; themes are those that the needs of the index name.
func (s *needSets) change(v *sieve, w *workshop, f *offerFeatures, themes []uint16, sum *tally) {
	o := f.offer
	if near, some := v.only(LanguageDiffers); some {
		for l, set := range s.requiring {
			if set != nil {
				sum.languages[l] += near.countBoth(set)
			}
		}
		if !o.InterpretationProvided {
			sum.interpretation += near.countBoth(s.interpreted)
		}
	}
	if near, some := v.only(KindDiffers); some && o.Kinds.Len() < MaxKinds {
		for k, set := range s.kinds {
			if !o.Kinds.Has(Kind(k)) {
				sum.kinds[k] += near.countBoth(set)
			}
		}
	}
	if near, some := v.only(OfferDate); some {
		sum.validity += near.count()
	}
	if near, some := v.only(CapacityUsed); some {
		sum.capacity += near.count()
	}
	if near, some := v.only(NotCovered); some {
		s.changeCoverage(sum, w, f, near)
	}
	if near, some := v.only(NotEligible); some {
		s.changeEligibility(sum, w, o, near)
	}
	if len(o.Themes) < MaxThemes {
		if near, some := v.only(ThemeDiffers); some {
			s.themes.change(sum, w.vocabulary, themes, near, len(s.features))
		}
	}
}

// changeCoverage considers holding for one more country that the offer does not
// exclude, for the needs that fail only for want of coverage: those with
// exactly one country that is not covered.
func (s *needSets) changeCoverage(sum *tally, w *workshop, f *offerFeatures, near bitset) {
	if sum.countries == nil {
		sum.countries = map[reference.Country]int{}
	}
	near.each(func(i int32) {
		var missing reference.Country
		for _, c := range s.features[i].need.Beneficiaries {
			if f.reaches[c] != reachNone || c == missing {
				continue
			}
			if missing != 0 {
				return
			}
			missing = c
		}
		if !w.setting.excludes(&f.offer.Coverage, missing) {
			sum.countries[missing]++
		}
	})
}

// changeEligibility considers every opening of the offer, for the needs that
// fail only because a beneficiary may not receive.
func (s *needSets) changeEligibility(sum *tally, w *workshop, o *Offer, near bitset) {
	if sum.groups == nil {
		sum.groups = map[string]int{}
	}
	for _, group := range o.Eligibility.openings() {
		opened := o.Eligibility.open(group)
		near.each(func(i int32) {
			if !slices.ContainsFunc(s.features[i].need.Beneficiaries, func(c reference.Country) bool { return !w.setting.mayReceive(&opened, c) }) {
				sum.groups[group]++
			}
		})
	}
}
