package matching

import (
	"cmp"
	"math"
	"slices"

	"entente/reference"
)

// named is a language or a theme that offers name, and a number that what
// it would bring as a change does not exceed.
type named struct {
	word  uint16
	bound int
}

// byBound puts the largest bound first.
func byBound(a, b named) int {
	return cmp.Or(cmp.Compare(b.bound, a.bound), cmp.Compare(a.word, b.word))
}

// languageBounds lists the languages in which the index has offers, those with
// the most usable ones first.
func (x *Index) languageBounds() []named {
	bounds := make([]named, len(x.workshop.vocabulary.languageNames))
	for l := range bounds {
		bounds[l].word = uint16(l)
		for _, s := range x.offers {
			if l < len(s.inLanguage) {
				bounds[l].bound += int(s.inLanguage[l])
			}
		}
	}
	bounds = slices.DeleteFunc(bounds, func(n named) bool { return n.bound == 0 })
	slices.SortFunc(bounds, byBound)
	return bounds
}

// needChange finds the best change of the need for which the probes were
// filled. It looks at a change only when what it could bring at the most is not
// below what the best one found so far brings: at languages and themes in the
// order of these bounds.
func (x *Index) needChange(a *asker, w *workshop, n *needFeatures) Change {
	var best bestChange
	probes := a.probes[:len(x.offers)]
	near := [3]int{}
	for _, p := range probes {
		near[0] += p.languageCount
		near[1] += p.kindCount
		near[2] += p.themeCount
	}
	if near[0] > 0 {
		x.languageChange(&best, probes, w, n, near[0])
	}
	if near[1] > 0 && near[1] >= best.Count {
		x.kindChange(&best, probes, n)
	}
	if near[2] > 0 && near[2] >= best.Count && len(n.need.Themes) < MaxThemes {
		x.themeChange(&best, a, w, n)
	}
	if len(n.need.Beneficiaries) > 1 {
		x.beneficiaryChange(&best, a, w, n)
	}
	return best.Change
}

// beneficiaryChange considers posting a joint need for each beneficiary alone:
// it filters anew, and leaves out what fits already and what refuses one of the
// others.
func (x *Index) beneficiaryChange(best *bestChange, a *asker, w *workshop, n *needFeatures) {
	for i, c := range n.need.Beneficiaries {
		if slices.Contains(n.need.Beneficiaries[:i], c) {
			continue
		}
		need, counts, count := *n.need, [reasonCount]int{}, 0
		need.Beneficiaries = []reference.Country{c}
		alone := *n
		alone.need = &need
		for j, s := range x.offers {
			a.alone.filter(s, w, &alone, &counts)
			for _, b := range n.need.Beneficiaries {
				a.alone.refuse(s.refusing[PartyOf(b)])
			}
			count += a.alone.candidates - a.alone.alive.countBoth(a.probes[j].alive)
		}
		best.offer(ChangeBeneficiary, c.Alpha2(), count)
	}
}

// languageChange considers accepting each language, or interpretation.
func (x *Index) languageChange(best *bestChange, probes []*probe, w *workshop, n *needFeatures, near int) {
	if !n.need.Interpretation {
		count := 0
		for i, s := range x.offers {
			count += probes[i].nearLanguage.countBoth(s.interpreting)
		}
		best.offer(ChangeInterpretation, "", count)
	}
	for _, l := range x.languages {
		if min(l.bound, near) < best.Count {
			return
		}
		if x.spokenAtMost(l.word, n) < best.Count {
			continue
		}
		count := 0
		for i, s := range x.offers {
			if probes[i].languageCount > 0 {
				count += probes[i].nearLanguage.countBoth(at(s.languages, l.word, s.empty))
			}
		}
		best.offer(ChangeLanguage, w.vocabulary.languageNames[l.word], count)
	}
}

// spokenAtMost returns a number that the usable offers given in a language which
// have a theme in common with the need do not exceed.
func (x *Index) spokenAtMost(language uint16, n *needFeatures) int {
	total := 0
	for _, s := range x.offers {
		for _, theme := range n.themes {
			if int(theme) >= len(s.bounds) || s.bounds[theme].languages == nil {
				return math.MaxInt // no bound is known
			}
			if l := s.bounds[theme].languages; int(language) < len(l) {
				total += int(l[language])
			}
		}
	}
	return total
}

// kindChange considers asking for each kind.
func (x *Index) kindChange(best *bestChange, probes []*probe, n *needFeatures) {
	for k := range Kind(KindCount) {
		if !n.need.mayAskFor(k) {
			continue
		}
		count := 0
		for i, s := range x.offers {
			if probes[i].kindCount > 0 {
				count += probes[i].nearKind.countBoth(s.kinds[k])
			}
		}
		best.offer(ChangeKind, k.String(), count)
	}
}

// themeChange considers naming each theme.
func (x *Index) themeChange(best *bestChange, a *asker, w *workshop, n *needFeatures) {
	a.order = a.order[:0]
	for _, theme := range x.offerThemes(a, w) {
		bound := 0
		for i, s := range x.offers {
			bound += a.probes[i].themeBound(s, n, theme)
		}
		if bound > best.Count {
			a.order = append(a.order, named{theme, bound})
		}
	}
	slices.SortFunc(a.order, byBound)
	for _, t := range a.order {
		if t.bound < best.Count {
			return
		}
		count, named := 0, false
		for i, s := range x.offers {
			if p := a.probes[i]; p.themeCount > 0 {
				count += p.nearTheme.countBoth(s.themes.with(w.vocabulary, t.word, len(s.features)))
				named = named || s.themes.names(t.word, p.nearTheme)
			}
		}
		if named {
			best.offer(ChangeTheme, w.vocabulary.themeNames[t.word], count)
		}
	}
}

// offerThemes lists the themes that an offer of the index names.
func (x *Index) offerThemes(a *asker, w *workshop) []uint16 {
	a.begin(w)
	for _, s := range x.offers {
		a.name(s.themes.named)
	}
	return a.themes
}

// needThemes lists the themes that a need of the index names.
func (x *Index) needThemes(a *asker, w *workshop) []uint16 {
	a.begin(w)
	for _, s := range x.needs {
		a.name(s.themes.named)
	}
	return a.themes
}

// begin empties the list of themes.
func (a *asker) begin(w *workshop) {
	a.themes, a.seen = a.themes[:0], zeros(a.seen, len(w.vocabulary.themeNames))
}

// name adds themes to the list, each once.
func (a *asker) name(themes []uint16) {
	for _, t := range themes {
		if !a.seen[t] {
			a.seen[t] = true
			a.themes = append(a.themes, t)
		}
	}
}
