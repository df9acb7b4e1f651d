package bundle

import (
	"cmp"
	"slices"

	"entente/matching"
)

// Of returns the bundle of just these offers, scored as [Finder.Find] would; ok
// is false when they are none: fewer than two or more than four, one that could
// not be a member, not everything covered, or somebody who could be left out.
func (f *Finder) Of(n *matching.Need, offers ...*matching.Offer) (b Bundle, ok bool) {
	if len(offers) < MinMembers || len(offers) > MaxMembers {
		return Bundle{}, false
	}
	var pool []*candidate
	for _, o := range offers {
		c := f.member(n, o)
		if c == nil || slices.ContainsFunc(pool, func(other *candidate) bool { return other.offer.ID == o.ID }) {
			return Bundle{}, false
		}
		pool = append(pool, c)
	}
	slices.SortFunc(pool, func(a, b *candidate) int { return cmp.Compare(a.offer.ID, b.offer.ID) })
	s := newSearch(n, pool, 1)
	all := state{gap: max(n.Gap, 0)}
	for i, c := range pool {
		all = all.with(i, c)
	}
	if all.kinds != n.Kinds || all.gap > 0 || s.idle(&all) {
		return Bundle{}, false
	}
	s.keep(&all)
	return s.bundle(s.kept[0]), true
}

// member prepares one offer, nil when it could not be a member.
func (f *Finder) member(n *matching.Need, o *matching.Offer) *candidate {
	if r := f.Ranker.Explain(n, o); r.Reason == matching.Candidate {
		return f.candidate(n, o, [matching.PartCount]matching.Part(r.Parts), r.Score, n.Kinds)
	}
	alone := languageFree(n)
	r := f.Ranker.Explain(&alone, o)
	if r.Reason != matching.Candidate {
		return nil
	}
	c := f.candidate(n, o, [matching.PartCount]matching.Part(r.Parts), r.Score, alone.Kinds)
	c.contributor = true
	return c
}
