package matching

import "slices"

// themeSets are the postings of one side by their themes.
type themeSets struct {
	// named are the themes that a posting of the side names.
	named []uint16
	// exact has the postings that name a theme; common those that have one in
	// common with it. Both are nil for a theme that nobody needs to look up.
	exact, common []bitset
}

// newThemeSets groups n postings by their themes. themes returns those of a
// posting.
func newThemeSets(v *vocabulary, n int, themes func(i int) []uint16) themeSets {
	t := themeSets{exact: make([]bitset, len(v.themeNames)), common: make([]bitset, len(v.themeNames))}
	for i := range n {
		for _, id := range themes(i) {
			if t.exact[id] == nil {
				t.exact[id] = newBitset(n)
				t.named = append(t.named, id)
			}
			t.exact[id].add(int32(i))
		}
	}
	for id := range v.themeNames {
		t.common[id] = t.gather(v, uint16(id), n)
	}
	return t
}

// gather makes the set of postings that have a theme in common with the one
// given.
func (t *themeSets) gather(v *vocabulary, id uint16, n int) bitset {
	set := newBitset(n)
	for _, named := range t.named {
		if v.setting.taxonomy.common(v.themeNames[id], v.themeNames[named]) {
			set.join(t.exact[named])
		}
	}
	return set
}

// with returns the postings that have a theme in common with the one given,
// which the vocabulary may have learned after the sets were made.
func (t *themeSets) with(v *vocabulary, id uint16, n int) bitset {
	if int(id) < len(t.common) {
		return t.common[id]
	}
	return t.gather(v, id, n)
}

// change adds up what naming each of the themes would bring, for the postings
// that fail only for want of one.
func (t *themeSets) change(sum *tally, v *vocabulary, themes []uint16, near bitset, n int) {
	for _, id := range themes {
		sum.themes[id] += near.countBoth(t.with(v, id, n))
		sum.named[id] = sum.named[id] || t.names(id, near)
	}
}

// names reports whether one of some postings names the theme.
func (t *themeSets) names(id uint16, postings bitset) bool {
	return int(id) < len(t.exact) && t.exact[id] != nil && postings.meets(t.exact[id])
}

// forget leaves out of the list of named themes those that no posting among
// the living names any more.
func (t *themeSets) forget(themes []uint16, living bitset) {
	for _, id := range themes {
		if !t.exact[id].meets(living) {
			t.named = slices.DeleteFunc(slices.Clone(t.named), func(other uint16) bool { return other == id })
		}
	}
}

// kindSets are the postings of one side by kind of assistance.
type kindSets [KindCount]bitset

// newKindSets groups n postings by kind. kinds returns those of a posting.
func newKindSets(n int, kinds func(i int) KindSet) kindSets {
	var sets kindSets
	for k := range sets {
		sets[k] = newBitset(n)
	}
	for i := range n {
		for k := range kinds(i).All() {
			sets[k].add(int32(i))
		}
	}
	return sets
}

// of appends the sets of the kinds to a list.
func (s *kindSets) of(list []bitset, kinds KindSet) []bitset {
	for k := range kinds.All() {
		list = append(list, s[k])
	}
	return list
}

// at returns the set with a number, or the empty one when there is none.
func at(sets []bitset, id uint16, empty bitset) bitset {
	if int(id) < len(sets) && sets[id] != nil {
		return sets[id]
	}
	return empty
}
