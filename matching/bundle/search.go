package bundle

import (
	"cmp"
	"slices"

	"entente/matching"
)

// search finds the best bundles of a pool: every set of up to four is either
// tried or passed over because it cannot cover the need, holds a member that
// could be left out, or scores less than what was found already.
type search struct {
	need    *matching.Need
	pool    []*candidate
	k       int
	most    int // members of a bundle for this need
	themes  int
	size    int32 // value of the part of that name
	weights [matching.PartCount]int32
	rest    []outlook // by place in the pool
	kept    []found   // the best so far, best first
}

// found is a bundle as places in the pool, in the order of the ids.
type found struct {
	members int
	places  [MaxMembers]int
	values  [matching.PartCount]int32
	score   matching.Score
}

// outlook is what the candidates from a place on have to give at the most.
type outlook struct {
	kinds  matching.KindSet
	amount int64
	first  int // of them in the order of the ids, as a place
	close  [matching.MaxCloseness]int32
	best   [matching.PartCount]int32
}

// newSearch prepares a search.
func newSearch(n *matching.Need, pool []*candidate, k int) *search {
	s := &search{need: n, pool: pool, k: k, most: MaxMembers, size: matching.Whole, rest: make([]outlook, len(pool)+1)}
	if n.Gap <= 0 {
		s.most = min(MaxMembers, n.Kinds.Len()) // each member gives a kind that no other gives
	}
	if len(pool) == 0 {
		return s
	}
	s.themes = len(pool[0].close)
	for p, part := range pool[0].parts {
		s.weights[p] = part.Weight
	}
	if n.Gap <= 0 {
		s.size = pool[0].parts[matching.PartSize].Value
	}
	for i := len(pool) - 1; i >= 0; i-- {
		s.rest[i] = s.rest[i+1].with(pool[i])
		if s.rest[i].first = i; i+1 < len(pool) && pool[s.rest[i+1].first].offer.ID < pool[i].offer.ID {
			s.rest[i].first = s.rest[i+1].first
		}
	}
	return s
}

// with returns the outlook with one more candidate.
func (o outlook) with(c *candidate) outlook {
	o.kinds |= c.kinds
	o.amount = max(o.amount, c.amount)
	for i, similarity := range c.close {
		o.close[i] = max(o.close[i], similarity)
	}
	for p, part := range c.parts {
		if c.counts(matching.PartName(p)) {
			o.best[p] = max(o.best[p], part.Value)
		}
	}
	return o
}

// extend tries to complete a state with candidates from a place on.
func (s *search) extend(from int, at state) {
	for i := from; i < len(s.pool); i++ {
		if s.useless(s.pool[i], &at) {
			continue
		}
		if !s.possible(i, &at) || s.hopeless(i, &at) {
			return // nor with any that come later
		}
		next := at.with(i, s.pool[i])
		switch {
		case s.idle(&next):
		case next.kinds == s.need.Kinds && next.gap == 0:
			if next.members >= MinMembers {
				s.keep(&next)
			}
		case next.members < s.most:
			s.extend(i+1, next)
		}
	}
}

// useless reports whether a candidate adds nothing to a state, or would be the
// last that there is room for and does not complete it.
func (s *search) useless(c *candidate, at *state) bool {
	if c.kinds&^at.kinds == 0 && (at.gap == 0 || c.amount == 0) {
		return true
	}
	return at.members == s.most-1 && (at.kinds|c.kinds != s.need.Kinds || c.amount < at.gap)
}

// possible reports whether candidates from a place on could cover what is left.
func (s *search) possible(from int, at *state) bool {
	if at.kinds|s.rest[from].kinds != s.need.Kinds {
		return false
	}
	places := int64(s.most - at.members)
	return at.gap == 0 || (at.gap-1)/places < s.rest[from].amount
}

// idle reports whether a member adds nothing to the others, neither a kind nor
// an amount that is still wanted. Nothing that is added later changes that; of
// members that cover a need, only one that can be left out is idle.
func (s *search) idle(at *state) bool {
	for i := range at.members {
		kinds, gap := matching.KindSet(0), max(s.need.Gap, 0)
		for j, place := range at.chosen[:at.members] {
			if j != i {
				kinds |= s.pool[place].kinds
				gap -= min(s.pool[place].amount, gap)
			}
		}
		one := s.pool[at.chosen[i]]
		if one.kinds&^kinds == 0 && (one.amount == 0 || gap == 0) {
			return true
		}
	}
	return false
}

// hopeless reports whether nothing that begins with the state and goes on with
// candidates from a place on can be among the best: not even with the best
// value that any of them has in each part.
func (s *search) hopeless(from int, at *state) bool {
	if len(s.kept) < s.k {
		return false
	}
	rest := &s.rest[from]
	likely := *at
	for i := range s.themes {
		likely.close[i] = max(at.close[i], rest.close[i])
	}
	score := matching.Score(0)
	for p := range matching.PartCount {
		name := matching.PartName(p)
		value := at.value[p]
		switch RuleOf(name) {
		case Together:
			value = together(name, likely.close[:s.themes], s.size)
		case Mean:
			value = max(mean(at, p, 1, rest.best[p]), mean(at, p, s.most-at.members, rest.best[p]))
		case Least:
			if at.members == 0 || (name == matching.PartLanguage && !at.teaches) {
				value = rest.best[p]
			}
		case Best:
			value = max(value, rest.best[p])
		}
		score += matching.Score(matching.NewPart(name, value, s.weights[p]).Points)
	}
	last := &s.kept[len(s.kept)-1]
	return score < last.score || (score == last.score && s.later(from, at, last))
}

// later reports whether whatever the state becomes with candidates from a place
// on comes after a bundle of the same score: it has more members, or as many and
// ids that are later, even if those to come were all the first of the rest.
func (s *search) later(from int, at *state, last *found) bool {
	if at.members+1 != last.members {
		return at.members+1 > last.members
	}
	f := found{score: last.score, members: last.members, places: at.chosen}
	f.places[at.members] = s.rest[from].first
	s.sort(&f)
	return s.compare(&f, last) > 0
}

// sort puts the members in the order of their ids.
func (s *search) sort(f *found) {
	for i := 1; i < f.members; i++ {
		for j := i; j > 0 && s.pool[f.places[j]].offer.ID < s.pool[f.places[j-1]].offer.ID; j-- {
			f.places[j], f.places[j-1] = f.places[j-1], f.places[j]
		}
	}
}

// mean is the average of a part when so many members more have the value.
func mean(at *state, p, more int, value int32) int32 {
	return int32((at.sum[p] + int64(more)*int64(value)) / int64(at.members+more))
}

// keep considers a bundle for the list of the best.
func (s *search) keep(at *state) {
	f := found{members: at.members, places: at.chosen, values: at.values(s.themes, s.size)}
	for p, value := range f.values {
		f.score += matching.Score(matching.NewPart(matching.PartName(p), value, s.weights[p]).Points)
	}
	full := len(s.kept) == s.k
	if full && f.score < s.kept[s.k-1].score {
		return
	}
	s.sort(&f)
	if full && s.compare(&f, &s.kept[s.k-1]) > 0 {
		return
	}
	place, _ := slices.BinarySearchFunc(s.kept, &f, func(kept found, f *found) int { return s.compare(&kept, f) })
	if full {
		s.kept = s.kept[:s.k-1]
	}
	s.kept = slices.Insert(s.kept, place, f)
}

// compare puts the better of two bundles first.
func (s *search) compare(a, b *found) int {
	if a.score != b.score || a.members != b.members {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.members, b.members))
	}
	for i, place := range a.places[:a.members] {
		if order := cmp.Compare(s.pool[place].offer.ID, s.pool[b.places[i]].offer.ID); order != 0 {
			return order
		}
	}
	return 0
}

// bundle writes out what was found.
func (s *search) bundle(f found) Bundle {
	b := Bundle{Score: f.score}
	var offers []*matching.Offer
	for p, value := range f.values {
		b.Parts[p] = matching.NewPart(matching.PartName(p), value, s.weights[p])
	}
	for _, place := range f.places[:f.members] {
		c := s.pool[place]
		m := Member{Offer: c.offer, Kinds: c.kinds, Contributor: c.contributor}
		if s.need.Gap > 0 {
			m.Share = matching.Share(c.amount, s.need.Gap)
		}
		b.Members, offers = append(b.Members, m), append(offers, c.offer)
	}
	b.Marks = matching.Marks(s.need, offers...)
	return b
}
