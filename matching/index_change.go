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
	usable := slices.Clone(s.standing)
	usable.meet(s.left)
	s.inLanguage = make([]int32, len(s.languages))
	for l, set := range s.languages {
		if set != nil {
			s.inLanguage[l] = int32(usable.countBoth(set))
		}
	}
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

// spokenAtMost returns a number that the offers of the segment which are given in
// a language and have a theme in common with one of some do not exceed.
func (s *offerSets) spokenAtMost(language uint16, themes []uint16) int {
	if int(language) >= len(s.inLanguage) {
		return 0
	}
	most, total := int(s.inLanguage[language]), 0
	for _, t := range themes {
		if int(t) >= len(s.bounds) || s.bounds[t].languages == nil {
			return most
		}
		total += int(s.bounds[t].languages[language])
	}
	return min(most, total)
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
