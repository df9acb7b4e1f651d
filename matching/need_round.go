package matching

import "slices"

// round counts what changes of one need would bring, a few at a time.
type round struct {
	index    *Index
	probes   []*probe // filled for the need, one for each segment of offers
	workshop *workshop
	need     *needFeatures
	best     bestChange

	options [atOnce]option // waiting to be counted
	waiting int
}

// option is a language, a kind or a theme, by its number, that the need could
// name, or interpretation.
type option struct {
	sort ChangeSort
	word uint16
}

// value is the value of the change.
func (o option) value(v *vocabulary) string {
	switch o.sort {
	case ChangeLanguage:
		return v.languageNames[o.word]
	case ChangeKind:
		return Kind(o.word).String()
	case ChangeTheme:
		return v.themeNames[o.word]
	default:
		return ""
	}
}

// serving are the offers of a segment that the option would let pass its filter.
func (o option) serving(s *offerSets, v *vocabulary) bitset {
	switch o.sort {
	case ChangeLanguage:
		return at(s.languages, o.word, s.empty)
	case ChangeKind:
		return s.kinds[o.word]
	case ChangeTheme:
		return s.themes.with(v, o.word, len(s.features))
	default:
		return s.interpreting
	}
}

// begin makes ready to count among the offers that fail one filter alone.
func (r *round) begin(near func(p *probe) bitset) {
	for _, p := range r.probes {
		p.extract.take(near(p))
	}
}

// consider has an option counted, soon.
func (r *round) consider(o option) {
	r.options[r.waiting] = o
	if r.waiting++; r.waiting == atOnce {
		r.count()
	}
}

// count counts what the options that wait would bring, and keeps the best.
func (r *round) count() {
	var sets [atOnce]bitset
	var counts [atOnce]int
	v := r.workshop.vocabulary
	for i, s := range r.index.offers {
		for j, o := range r.options[:r.waiting] {
			sets[j] = o.serving(s, v)
		}
		r.probes[i].extract.countEach(sets[:r.waiting], &counts)
	}
	for j, o := range r.options[:r.waiting] {
		c := Change{Sort: o.sort, Value: o.value(v), Count: counts[j]}
		if r.best.takes(c) && (o.sort != ChangeTheme || r.named(o.word)) {
			r.best.Change = c
		}
	}
	r.waiting = 0
}

// named reports whether one of the offers that naming a theme would bring names
// it itself.
func (r *round) named(theme uint16) bool {
	for i, s := range r.index.offers {
		if s.themes.names(theme, r.probes[i].nearTheme) {
			return true
		}
	}
	return false
}

// languageChange considers accepting each language, or interpretation, for so
// many offers that fail for want of a language alone.
func (r *round) languageChange(near int) {
	r.begin(func(p *probe) bitset { return p.nearLanguage })
	if !r.need.need.Interpretation {
		r.consider(option{sort: ChangeInterpretation})
	}
	for _, l := range r.index.languages {
		if min(l.bound, near) < r.best.Count {
			break
		}
		if r.spokenAtMost(l.word) >= r.best.Count {
			r.consider(option{ChangeLanguage, l.word})
		}
	}
	r.count()
}

// spokenAtMost returns a number that the usable offers given in a language which
// have a theme in common with the need do not exceed.
func (r *round) spokenAtMost(language uint16) int {
	total := 0
	for i, s := range r.index.offers {
		total += min(r.probes[i].languageCount, s.spokenAtMost(language, r.need.themes))
	}
	return total
}

// kindChange considers asking for each kind.
func (r *round) kindChange() {
	r.begin(func(p *probe) bitset { return p.nearKind })
	for k := range Kind(KindCount) {
		if r.need.need.mayAskFor(k) {
			r.consider(option{ChangeKind, uint16(k)})
		}
	}
	r.count()
}

// themeChange considers naming each theme.
func (r *round) themeChange(a *asker) {
	r.begin(func(p *probe) bitset { return p.nearTheme })
	a.order = a.order[:0]
	for _, theme := range r.index.offerThemes(a, r.workshop) {
		bound := 0
		for i, s := range r.index.offers {
			bound += r.probes[i].themeBound(s, r.need, theme)
		}
		if bound > r.best.Count {
			a.order = append(a.order, named{theme, bound})
		}
	}
	slices.SortFunc(a.order, byBound)
	for _, t := range a.order {
		if t.bound < r.best.Count {
			break
		}
		r.consider(option{ChangeTheme, t.word})
	}
	r.count()
}
