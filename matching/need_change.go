package matching

import (
	"cmp"
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
	r := round{index: x, probes: a.probes[:len(x.offers)], workshop: w, need: n}
	languages, kinds, themes := 0, 0, 0
	for _, p := range r.probes {
		languages += p.languageCount
		kinds += p.kindCount
		themes += p.themeCount
	}
	if languages > 0 {
		r.languageChange(languages)
	}
	if kinds > 0 && kinds >= r.best.Count {
		r.kindChange()
	}
	if themes > 0 && themes >= r.best.Count && len(n.need.Themes) < MaxThemes {
		r.themeChange(a)
	}
	if len(n.need.Beneficiaries) > 1 {
		x.beneficiaryChange(&r.best, a, w, n)
	}
	return r.best.Change
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
