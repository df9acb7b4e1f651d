package matching

import "slices"

// boundedSize is the size of a segment from which bounds are worth their making.
const boundedSize = 4096

// atMost says of the offers of a segment that have a theme in common with one
// how many give a kind, give a language, bring interpretation or hold for a
// country, among those that stand and have capacity. None of the counts can
// grow while the segment lives, so that their least bounds how many offers
// naming the theme would bring.
type atMost struct {
	all, interpreting int32
	kinds             [KindCount]int32
	languages         []int32
	countries         []int32
}

// bound makes the bounds.
func (s *offerSets) bound(w *workshop) {
	if len(s.features) < boundedSize {
		return
	}
	s.bounds = make([]atMost, len(s.themes.common))
	for _, t := range s.themes.named {
		usable := slices.Clone(s.themes.common[t])
		usable.meet(s.standing)
		usable.meet(s.left)
		b := &s.bounds[t]
		b.all, b.interpreting = int32(usable.count()), int32(usable.countBoth(s.interpreting))
		for k := range b.kinds {
			b.kinds[k] = int32(usable.countBoth(s.kinds[k]))
		}
		b.languages, b.countries = make([]int32, len(s.languages)), make([]int32, len(reachTable{}))
		for l, set := range s.languages {
			if set != nil {
				b.languages[l] = int32(usable.countBoth(set))
			}
		}
		for _, c := range w.countries {
			b.countries[c] = int32(usable.countBoth(s.covering[c]))
		}
	}
}

// least returns a number that the offers which a theme would bring to the need
// do not exceed.
func (b *atMost) least(n *needFeatures) int {
	kinds, least := int32(0), b.all
	for k := range n.kinds.All() {
		kinds += b.kinds[k]
	}
	least = min(least, kinds)
	if !n.exempt && n.need.requires() {
		spoken := int32(0)
		if n.need.Interpretation {
			spoken = b.interpreting
		}
		for i, wish := range n.wishes {
			if n.need.Languages[i].Required && int(wish) < len(b.languages) {
				spoken += b.languages[wish]
			}
		}
		least = min(least, spoken)
	}
	for _, c := range n.need.Beneficiaries {
		least = min(least, b.countries[c])
	}
	return int(least)
}

// count adds up what each change but that of a theme would bring among the
// offers of a segment.
func (p *probe) count(s *offerSets, n *needFeatures, t *tally) {
	if p.languageCount > 0 {
		lists := zeros(p.lists, len(s.spoken))
		p.lists = lists
		p.nearLanguage.each(func(i int32) { lists[s.cards[i].language]++ })
		for list, count := range lists {
			if count == 0 {
				continue
			}
			for _, l := range s.spoken[list] {
				t.languages[l] += int(count)
			}
		}
		if !n.need.Interpretation {
			t.interpretation += p.nearLanguage.countBoth(s.interpreting)
		}
	}
	if p.kindCount > 0 {
		for k, set := range s.kinds {
			if n.need.mayAskFor(Kind(k)) {
				t.kinds[k] += p.nearKind.countBoth(set)
			}
		}
	}
}

// themeBound returns a number that the offers of the segment which a theme
// would bring do not exceed.
func (p *probe) themeBound(s *offerSets, n *needFeatures, theme uint16) int {
	bound := p.themeCount
	if int(theme) < len(s.bounds) && s.bounds[theme].countries != nil {
		bound = min(bound, s.bounds[theme].least(n))
	}
	return bound
}
