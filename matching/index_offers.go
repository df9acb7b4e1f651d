package matching

import (
	"cmp"
	"slices"
)

// offerSets is a segment of the offers of a convention, and the sets of them
// that the filters ask for. A place is a bit in every set. Offers that share
// their first themes lie beside each other, so that those which pass the filter
// of themes, the most selective one, fill few words of a set.
type offerSets struct {
	features []offerFeatures
	briefs   []brief
	cards    []card
	byRank   []int32 // the places in the order of ids

	all, empty   bitset
	live         bitset // those not taken out since the segment was made
	standing     bitset // those that are live, open and in date
	lived, open  int    // number of those that are live, and that are open too
	stood        int    // number of those standing
	left         bitset // those whose capacity is not exhausted
	interpreting bitset
	themes       themeSets
	kinds        kindSets
	languages    []bitset // by language: those that are given in it
	covering     []bitset // by country: those that hold for it
	eligible     []bitset // by class of country: those that it may receive, nil for all
	class        []uint8  // by country: its class
	bounds       []atMost // by theme; nil in small segments
	inLanguage   []int32  // by language: at most how many usable ones are given in it
	tongues      []tongues
	whos         []givers
	coverages    coverages
	byProvider   map[Party][]int32
	refusing     map[Party][]int32 // by party: those that refuse it
}

// newOfferSegment makes a segment of prepared offers.
func newOfferSegment(w *workshop, offers []offerFeatures) *offerSets {
	n := len(offers)
	s := &offerSets{byProvider: map[Party][]int32{}, refusing: map[Party][]int32{}, languages: make([]bitset, len(w.vocabulary.languageNames))}
	s.arrange(w, offers)
	s.all, s.empty, s.live, s.standing = newFullBitset(n), newBitset(n), newFullBitset(n), newBitset(n)
	s.left, s.interpreting, s.lived = newBitset(n), newBitset(n), n
	s.themes = newThemeSets(w.vocabulary, n, func(i int) []uint16 { return s.features[i].themes })
	s.kinds = newKindSets(n, func(i int) KindSet { return s.features[i].kinds })
	for i := range s.features {
		s.place(w, int32(i), &s.features[i])
	}
	s.cover(w)
	s.admit(w)
	s.bound(w)
	return s
}

// arrange gives the offers their places and ranks, and writes their cards.
func (s *offerSets) arrange(w *workshop, offers []offerFeatures) {
	type keyed struct {
		key uint64
		at  int32
	}
	order := make([]keyed, len(offers))
	for i := range offers {
		h := newHead(&offers[i])
		order[i] = keyed{uint64(h.theme(0))<<40 | uint64(h.theme(1))<<24 | uint64(h.kinds()), int32(i)}
	}
	slices.SortFunc(order, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	s.features, s.cards = make([]offerFeatures, len(offers)), make([]card, len(offers))
	s.byRank = make([]int32, len(offers))
	for place, o := range order {
		s.features[place], s.cards[place] = offers[o.at], newCard(&offers[o.at])
		s.byRank[o.at] = int32(place)
	}
	s.brief(w)
	slices.SortFunc(s.byRank, func(a, b int32) int {
		f, g := &s.features[a], &s.features[b]
		return cmp.Or(cmp.Compare(f.offer.ID, g.offer.ID), cmp.Compare(f.turn, g.turn))
	})
	for rank, place := range s.byRank {
		s.cards[place].rank = int32(rank)
	}
}

// brief writes the briefs of the offers and numbers what they speak of.
func (s *offerSets) brief(w *workshop) {
	s.briefs = make([]brief, len(s.features))
	var lists numbering[tongues]
	var whos numbering[givers]
	s.coverages = newCoverages(w, s.features, func(i int, coverage uint32) { s.briefs[i].coverage = coverage })
	for i := range s.features {
		f, b := &s.features[i], &s.briefs[i]
		b.head = newHead(f)
		spoken, few := newTongues(f)
		given, some := newGivers(f)
		list, who := lists.of(spoken), whos.of(given)
		if !few || !some || list > maxNumber || who > maxNumber {
			b.head |= looseHead
		}
		b.tongues, b.who = uint16(list), uint16(who)
	}
	s.tongues, s.whos = lists.list, whos.list
}

// place enters one offer into the sets.
func (s *offerSets) place(w *workshop, i int32, f *offerFeatures) {
	o := f.offer
	if o.Open {
		s.open++
		if o.inDate(w.now) {
			s.standing.add(i)
			s.stood++
		}
	}
	if !o.exhausted() {
		s.left.add(i)
	}
	if o.InterpretationProvided {
		s.interpreting.add(i)
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
}

// cover makes the sets by country. Most offers hold for the whole world: they
// are entered once, and countries that nothing else reaches share that set.
func (s *offerSets) cover(w *workshop) {
	worldwide := newBitset(len(s.features))
	everywhere := s.coverages.everywhere(w)
	s.covering = make([]bitset, len(reachTable{}))
	own := make([]bool, len(reachTable{}))
	for _, c := range w.countries {
		s.covering[c] = worldwide
	}
	for i, b := range s.briefs {
		if everywhere[b.coverage] {
			worldwide.add(int32(i))
		}
	}
	for i, b := range s.briefs {
		if everywhere[b.coverage] {
			continue
		}
		t := s.coverages.tables[b.coverage]
		for _, c := range w.countries {
			if t[c] == reachNone {
				continue
			}
			if !own[c] {
				own[c], s.covering[c] = true, slices.Clone(worldwide)
			}
			s.covering[c].add(int32(i))
		}
	}
}

// same reports whether two rules are written alike.
func (e *Eligibility) same(o *Eligibility) bool {
	return e.PartiesOnly == o.PartiesOnly && e.LDC == o.LDC && e.SIDS == o.SIDS &&
		e.LLDC == o.LLDC && slices.Equal(e.Income, o.Income)
}

// admit makes the sets by class of country: countries of one class may receive
// the same offers.
func (s *offerSets) admit(w *workshop) {
	var rules []*Eligibility
	var groups [][]int32
	for i := range s.features {
		rule := &s.features[i].offer.Eligibility
		at := slices.IndexFunc(rules, rule.same)
		if at < 0 {
			at = len(rules)
			rules, groups = append(rules, rule), append(groups, nil)
		}
		groups[at] = append(groups[at], int32(i))
	}
	s.class = make([]uint8, len(reachTable{}))
	classes := map[string]uint8{}
	for _, c := range w.countries {
		admitted := make([]byte, len(rules))
		all := true
		for r, rule := range rules {
			if w.setting.mayReceive(rule, c) {
				admitted[r] = 1
			} else {
				all = false
			}
		}
		class, known := classes[string(admitted)]
		if !known {
			class = uint8(len(classes))
			classes[string(admitted)] = class
			s.eligible = append(s.eligible, nil)
			if !all {
				s.eligible[class] = newBitset(len(s.features))
				for r, group := range groups {
					for _, i := range group {
						if admitted[r] == 1 {
							s.eligible[class].add(i)
						}
					}
				}
			}
		}
		s.class[c] = class
	}
}

func (s *offerSets) size() int { return len(s.features) }

func (s *offerSets) living(list []offerFeatures) []offerFeatures {
	for i := range s.features {
		if s.live.has(int32(i)) {
			list = append(list, s.features[i])
		}
	}
	return list
}

func (s *offerSets) without(id string) (*offerSets, int32, bool) {
	at, _ := slices.BinarySearchFunc(s.byRank, id, func(place int32, id string) int { return cmp.Compare(s.features[place].offer.ID, id) })
	first, rest := int32(-1), s
	for ; at < len(s.byRank) && s.features[s.byRank[at]].offer.ID == id; at++ {
		place := s.byRank[at]
		if !s.live.has(place) {
			continue
		}
		if rest == s {
			other := *s
			rest = &other
			rest.live, rest.standing = slices.Clone(s.live), slices.Clone(s.standing)
			first = s.features[place].turn
		}
		rest.live.remove(place)
		rest.lived--
		rest.themes.forget(s.features[place].themes, rest.live)
		if s.features[place].offer.Open {
			rest.open--
		}
		if s.standing.has(place) {
			rest.standing.remove(place)
			rest.stood--
		}
	}
	return rest, first, first >= 0
}
