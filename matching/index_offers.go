package matching

import (
	"cmp"
	"slices"

	"entente/reference"
)

// offerSets are all offers of a convention, in the order of their ids, and the
// sets of them that the filters ask for.
type offerSets struct {
	features []offerFeatures
	input    []Offer
	byInput  []int32 // place of the offer that was given in a position, -1 if left out

	all, empty   bitset
	open, inDate bitset
	left         bitset // those whose capacity is not exhausted
	interpreting bitset
	themes       themeSets
	kinds        kindSets
	languages    []bitset // by language: those that are given in it
	covering     []bitset // by country: those that hold for it
	eligibility  []eligibleOffers
	byProvider   map[Party][]int32
	refusing     map[Party][]int32 // by party: those that refuse it
}

// eligibleOffers are the offers with the same rule of eligibility.
type eligibleOffers struct {
	rule   Eligibility
	offers bitset
}

// newOfferSets prepares the offers of the workshop's convention.
func newOfferSets(w *workshop, offers []Offer) *offerSets {
	s := &offerSets{input: offers, byProvider: map[Party][]int32{}, refusing: map[Party][]int32{}}
	var order []int
	for i := range offers {
		if offers[i].Convention == w.setting.convention {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(offers[a].ID, offers[b].ID) })
	s.byInput = slices.Repeat([]int32{-1}, len(offers))
	for place, i := range order {
		s.byInput[i] = int32(place)
		s.features = append(s.features, w.offer(&offers[i]))
	}
	return s
}

// build makes the sets. It follows when the vocabulary knows every word.
func (s *offerSets) build(w *workshop) {
	n := len(s.features)
	s.all, s.empty = newFullBitset(n), newBitset(n)
	s.open, s.inDate, s.left, s.interpreting = newBitset(n), newBitset(n), newBitset(n), newBitset(n)
	s.themes = newThemeSets(w.vocabulary, n, func(i int) []uint16 { return s.features[i].themes })
	s.kinds = newKindSets(n, func(i int) KindSet { return s.features[i].offer.Kinds })
	s.languages = make([]bitset, len(w.vocabulary.languageNames))
	for i := range s.features {
		s.place(w, int32(i), &s.features[i])
	}
	s.cover(w)
}

// place enters one offer into the sets.
func (s *offerSets) place(w *workshop, i int32, f *offerFeatures) {
	o := f.offer
	for _, in := range []struct {
		set bitset
		yes bool
	}{
		{s.open, o.Open},
		{s.inDate, o.inDate(w.now)},
		{s.left, !o.exhausted()},
		{s.interpreting, o.InterpretationProvided},
	} {
		if in.yes {
			in.set.add(i)
		}
	}
	for _, l := range f.languages {
		if s.languages[l] == nil {
			s.languages[l] = newBitset(len(s.features))
		}
		s.languages[l].add(i)
	}
	o.providers(func(p Party) bool {
		s.byProvider[p] = append(s.byProvider[p], i)
		return true
	})
	for _, p := range o.ExcludedParties {
		s.refusing[p] = append(s.refusing[p], i)
	}
	s.admit(i, &o.Eligibility)
}

// admit enters an offer under its rule of eligibility.
func (s *offerSets) admit(i int32, rule *Eligibility) {
	for _, group := range s.eligibility {
		if group.rule.same(rule) {
			group.offers.add(i)
			return
		}
	}
	offers := newBitset(len(s.features))
	offers.add(i)
	s.eligibility = append(s.eligibility, eligibleOffers{*rule, offers})
}

// same reports whether two rules are written alike.
func (e *Eligibility) same(o *Eligibility) bool {
	return e.PartiesOnly == o.PartiesOnly && e.LDC == o.LDC && e.SIDS == o.SIDS &&
		e.LLDC == o.LLDC && slices.Equal(e.Income, o.Income)
}

// cover makes the sets by country. Most offers hold for the whole world: they
// are entered once and copied.
func (s *offerSets) cover(w *workshop) {
	everywhere := newBitset(len(s.features))
	worldwide := map[*reachTable]bool{}
	for _, t := range w.reaches {
		worldwide[t] = !slices.ContainsFunc(w.countries, func(c reference.Country) bool { return t[c] == reachNone })
	}
	s.covering = make([]bitset, len(reachTable{}))
	for i := range s.features {
		if worldwide[s.features[i].reaches] {
			everywhere.add(int32(i))
		}
	}
	for _, c := range w.countries {
		s.covering[c] = slices.Clone(everywhere)
	}
	for i := range s.features {
		t := s.features[i].reaches
		if worldwide[t] {
			continue
		}
		for _, c := range w.countries {
			if t[c] != reachNone {
				s.covering[c].add(int32(i))
			}
		}
	}
}

// sift states in a sieve which offers pass each filter for a need.
func (s *offerSets) sift(v *sieve, w *workshop, n *needFeatures) {
	v.reset()
	need := n.need
	v.shut[NeedClosed] = !need.Open
	v.shut[NeedDate] = !need.inDate(w.now)
	v.passing[OfferClosed], v.passing[OfferDate] = s.open, s.inDate
	v.passing[CapacityUsed] = s.left

	sets := make([]bitset, 0, 8)
	for _, t := range n.themes {
		sets = append(sets, s.themes.with(w.vocabulary, t, len(s.features)))
	}
	v.pass(ThemeDiffers, sets...)
	v.pass(KindDiffers, s.kinds.of(sets[:0], need.Kinds)...)
	s.siftLanguages(v, n)
	for _, c := range need.Beneficiaries {
		if c != 0 {
			v.remove(SameState, s.byProvider[PartyOf(c)])
		}
		v.narrow(NotCovered, at(s.covering, uint16(c), s.empty))
		v.refused = append(v.refused, s.refusing[PartyOf(c)]...)
	}
	s.siftEligible(v, w.setting, need)
	for _, p := range need.ExcludedParties {
		v.refused = append(v.refused, s.byProvider[p]...)
	}
}

// siftLanguages states which offers pass the filter of languages.
func (s *offerSets) siftLanguages(v *sieve, n *needFeatures) {
	if n.exempt || !n.need.requires() {
		return
	}
	sets := make([]bitset, 0, 8)
	for i, wish := range n.wishes {
		if n.need.Languages[i].Required {
			sets = append(sets, at(s.languages, wish, s.empty))
		}
	}
	if n.need.Interpretation {
		sets = append(sets, s.interpreting)
	}
	v.pass(LanguageDiffers, sets...)
}

// siftEligible states which offers every beneficiary may receive.
func (s *offerSets) siftEligible(v *sieve, setting *Setting, need *Need) {
	sets := make([]bitset, 0, 8)
	for i := range s.eligibility {
		group := &s.eligibility[i]
		admitted := true
		for _, c := range need.Beneficiaries {
			admitted = admitted && setting.mayReceive(&group.rule, c)
		}
		if admitted {
			sets = append(sets, group.offers)
		}
	}
	if len(sets) < len(s.eligibility) {
		v.pass(NotEligible, sets...)
	}
}

// change finds the best change of the need for which the sieve was filled.
func (s *offerSets) change(v *sieve, w *workshop, need *Need) Change {
	var best bestChange
	if near, some := v.only(LanguageDiffers); some {
		for l, set := range s.languages {
			if set != nil {
				best.offer(ChangeLanguage, w.vocabulary.languageNames[l], near.countBoth(set))
			}
		}
		if !need.Interpretation {
			best.offer(ChangeInterpretation, "", near.countBoth(s.interpreting))
		}
	}
	if near, some := v.only(KindDiffers); some {
		for k, set := range s.kinds {
			if need.mayAskFor(Kind(k)) {
				best.offer(ChangeKind, Kind(k).String(), near.countBoth(set))
			}
		}
	}
	if near, some := v.only(NeedDate); some {
		best.offer(ChangeValidity, "", near.count())
	}
	if len(need.Themes) < MaxThemes {
		if near, some := v.only(ThemeDiffers); some {
			s.themes.change(&best, w.vocabulary, near, len(s.features))
		}
	}
	return best.Change
}

// bestChange keeps the best of the changes offered to it.
type bestChange struct{ Change }

// offer considers a change that would bring count more candidates.
func (b *bestChange) offer(sort ChangeSort, value string, count int) {
	c := Change{Sort: sort, Value: value, Count: count}
	if count > 0 && (b.Zero() || c.better(b.Change)) {
		b.Change = c
	}
}

// change considers naming each of the side's themes, for the postings that fail
// only for want of one.
func (t *themeSets) change(best *bestChange, v *vocabulary, near bitset, n int) {
	for _, id := range t.named {
		best.offer(ChangeTheme, v.themeNames[id], near.countBoth(t.with(v, id, n)))
	}
}
