package matching

import "entente/reference"

// tally counts, for the posting asked about, what each single change would
// bring. Every segment of the index adds its own.
type tally struct {
	languages      []int // by number of the vocabulary
	themes         []int
	named          []bool // by theme: one of those that it would bring names it
	kinds          [KindCount]int
	countries      map[reference.Country]int
	groups         map[string]int // by opening of the eligibility
	interpretation int
	validity       int
	capacity       int
}

// reset makes it empty, for a vocabulary.
func (t *tally) reset(v *vocabulary) {
	*t = tally{languages: zeros(t.languages, len(v.languageNames)), themes: zeros(t.themes, len(v.themeNames)),
		named: zeros(t.named, len(v.themeNames))}
}

// zeros returns n zeros, in the memory of list where it suffices.
func zeros[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	list = list[:n]
	clear(list)
	return list
}

// counted lists the reasons with a count above zero.
func counted(counts *[reasonCount]int) map[Reason]int {
	filtered := make(map[Reason]int, reasonCount)
	for r, count := range counts {
		if count > 0 {
			filtered[Reason(r)] = count
		}
	}
	return filtered
}

// best returns the best change that the tally knows.
func (t *tally) best(v *vocabulary) Change {
	var best bestChange
	for l, count := range t.languages {
		best.offer(ChangeLanguage, v.languageNames[l], count)
	}
	best.offer(ChangeInterpretation, "", t.interpretation)
	for k, count := range t.kinds {
		best.offer(ChangeKind, Kind(k).String(), count)
	}
	best.offer(ChangeValidity, "", t.validity)
	best.offer(ChangeCapacity, "", t.capacity)
	for group, count := range t.groups {
		best.offer(ChangeEligibility, group, count)
	}
	for c, count := range t.countries {
		best.offer(ChangeCoverage, c.Alpha2(), count)
	}
	for id, count := range t.themes {
		if t.named[id] {
			best.offer(ChangeTheme, v.themeNames[id], count)
		}
	}
	return best.Change
}

// bestChange keeps the best of the changes offered to it.
type bestChange struct{ Change }

// offer considers a change that would bring count more candidates.
func (b *bestChange) offer(sort ChangeSort, value string, count int) {
	if c := (Change{Sort: sort, Value: value, Count: count}); b.takes(c) {
		b.Change = c
	}
}

// takes reports whether a change is better than the one kept.
func (b *bestChange) takes(c Change) bool {
	return c.Count > 0 && (b.Zero() || c.better(b.Change))
}
