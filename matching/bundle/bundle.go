package bundle

import (
	"entente/matching"
)

// The sizes of a bundle.
const (
	MinMembers = 2
	MaxMembers = 4
)

// Member is an offer in a bundle.
type Member struct {
	Offer *matching.Offer
	// Kinds are those of the need's kinds that it gives here.
	Kinds matching.KindSet
	// Share is the part of the need's gap that it could fill, in millionths, at
	// most the whole; 0 where either side states no amount.
	Share int32
	// Contributor says that it gives finance and equipment only, because it has
	// no language in common with the need.
	Contributor bool
}

// Bundle is a set of offers that cover a need together.
type Bundle struct {
	// Members are in the order of the ids of their offers.
	Members []Member
	// Score is the sum of the points of the parts, which combine those of the
	// members as [Rule] says.
	Score matching.Score
	Parts [matching.PartCount]matching.Part
	Marks []matching.Mark
}

// Report is the answer for one need.
type Report struct {
	// Bundles are the best ones by score, highest first; among equals smaller
	// bundles come first, then the order of the ids of the members.
	Bundles []Bundle
	// Suitable is the number of offers that could be members, of the first
	// [Depth] candidates, and of the first [Depth] offers for its finance and
	// equipment alone; Searched is how many of these were
	// combined, at most [PoolSize] or [WidePoolSize]. Where the two are equal, nothing better
	// exists among all of these.
	Suitable, Searched int
	// Alone is the number of suitable offers that cover the need by themselves.
	// They are no members of bundles, since all others could be left out.
	Alone int
	// Missing are the kinds that no suitable offer gives.
	Missing matching.KindSet
	// Reach is the share of the gap that the four suitable offers with the
	// largest amounts could fill, in millionths, at most the whole, which it is
	// where the need states no amount.
	Reach int32
}

// Ranker ranks the offers for a need and explains one pair: a [matching.Index].
type Ranker interface {
	ForNeed(n *matching.Need, k int) matching.Report
	Explain(n *matching.Need, o *matching.Offer) matching.Result
}

// Finder finds bundles for the needs of a convention.
type Finder struct {
	Now     matching.Day
	Setting *matching.Setting
	Ranker  Ranker
	// Offer returns the offer with an id of those that the ranker ranks.
	Offer func(id string) *matching.Offer
}

// Find returns the best k bundles for a need. Its time is bounded, whatever the
// number of offers: it ranks them twice, and combines a bounded number of them.
func (f *Finder) Find(n *matching.Need, k int) Report {
	suitable := f.suitable(n)
	pool := choose(suitable, poolSize(n), n.Gap > 0)
	r := Report{Suitable: len(suitable), Searched: len(pool), Missing: n.Kinds, Reach: reach(n, suitable)}
	for _, c := range suitable {
		r.Missing &^= c.kinds
		if c.kinds == n.Kinds && (n.Gap <= 0 || c.amount >= n.Gap) {
			r.Alone++
		}
	}
	s := newSearch(n, pool, k)
	if r.Missing == 0 && r.Reach == matching.Whole && k > 0 {
		s.extend(0, state{gap: max(n.Gap, 0)})
	}
	for _, found := range s.kept {
		r.Bundles = append(r.Bundles, s.bundle(found))
	}
	return r
}

// reach is the share of the gap that the largest amounts could fill.
func reach(n *matching.Need, suitable []*candidate) int32 {
	if n.Gap <= 0 {
		return matching.Whole
	}
	left := n.Gap
	for _, c := range largest(suitable, MaxMembers) {
		left -= min(c.amount, left)
	}
	return matching.Share(n.Gap-left, n.Gap)
}
