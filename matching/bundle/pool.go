package bundle

import (
	"cmp"
	"slices"

	"entente/matching"
)

// The bounds of a search.
const (
	// Depth is how many candidates of a need are looked at, the first by score,
	// and how many contributors.
	Depth = 1000
	// PoolSize is how many of these are combined with each other: few enough
	// that all their sets of up to four, some 680,000, could be tried.
	PoolSize = 64
	// WidePoolSize is the same for a need that states no amount and asks for no
	// more than [matching.MaxKinds]. No bundle for it has more members than it
	// has kinds, nor two that give the same: no more sets need be tried.
	WidePoolSize = 256
)

// poolSize is how many offers are combined for a need.
func poolSize(n *matching.Need) int {
	if n.Gap <= 0 && n.Kinds.Len() <= matching.MaxKinds {
		return WidePoolSize
	}
	return PoolSize
}

// exempt are the kinds that need no common language.
var exempt = matching.Kinds(matching.Finance, matching.Equipment)

// candidate is an offer that could be a member.
type candidate struct {
	offer       *matching.Offer
	kinds       matching.KindSet // of the need's that it would give
	amount      int64
	contributor bool
	// teaches says that its language counts: it gives more than finance and
	// equipment, or the need asks for nothing else.
	teaches bool
	close   []int32 // to each theme of the need
	parts   [matching.PartCount]matching.Part
	score   matching.Score // as a match
	worth   int32          // the points of all parts but kind and size
}

// suitable lists the offers that could be members: the candidates of the need,
// best first, then the contributors, best first.
func (f *Finder) suitable(n *matching.Need) []*candidate {
	var list []*candidate
	for _, m := range f.Ranker.ForNeed(n, Depth).Matches {
		list = append(list, f.candidate(n, f.Offer(m.ID), m.Parts, m.Score, n.Kinds))
	}
	alone := languageFree(n)
	if alone.Kinds == 0 || alone.Kinds == n.Kinds {
		return list
	}
	for _, m := range f.Ranker.ForNeed(&alone, Depth).Matches {
		o := f.Offer(m.ID)
		if matching.Filter(f.Now, f.Setting, n, o) == matching.Candidate {
			continue
		}
		c := f.candidate(n, o, m.Parts, m.Score, alone.Kinds)
		c.contributor = true
		list = append(list, c)
	}
	return list
}

// languageFree returns the need with no kinds but its finance and equipment.
func languageFree(n *matching.Need) matching.Need {
	alone := *n
	alone.Kinds &= exempt
	return alone
}

// candidate prepares an offer with the parts and score of its match, of whose
// kinds those given count.
func (f *Finder) candidate(n *matching.Need, o *matching.Offer, parts [matching.PartCount]matching.Part, score matching.Score, counted matching.KindSet) *candidate {
	c := &candidate{offer: o, kinds: o.Kinds & counted, amount: max(o.Amount(), 0), close: f.Setting.Closeness(n, o), parts: parts, score: score}
	c.teaches = c.kinds&^exempt != 0 || n.Kinds&^exempt == 0
	for p, part := range c.parts {
		if rule := RuleOf(matching.PartName(p)); rule != Together || p == int(matching.PartTheme) {
			c.worth += part.Points
		}
	}
	return c
}

// class is what a candidate has in common with those whose place it could take.
type class struct {
	kinds       matching.KindSet
	contributor bool
}

// choose leaves at most so many candidates, those of the most worth first. Where
// there are more it takes turns: from the candidates that give the same
// kinds, in the order of the kinds, the next by score and, where an amount is
// wanted, the next by amount, until the pool is full. So none that gives
// something rare is lost behind many that are alike.
func choose(suitable []*candidate, most int, wanted bool) []*candidate {
	pool := suitable
	if len(suitable) > most {
		pool = takeTurns(suitable, most, wanted)
	}
	pool = slices.Clone(pool)
	slices.SortStableFunc(pool, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.offer.ID, b.offer.ID))
	})
	return pool
}

func takeTurns(suitable []*candidate, most int, wanted bool) []*candidate {
	groups := map[class][]*candidate{}
	var classes []class
	for _, c := range suitable {
		of := class{c.kinds, c.contributor}
		if groups[of] == nil {
			classes = append(classes, of)
		}
		groups[of] = append(groups[of], c)
	}
	slices.SortFunc(classes, func(a, b class) int {
		if a.contributor != b.contributor {
			return map[bool]int{true: 1, false: -1}[a.contributor]
		}
		return cmp.Compare(a.kinds, b.kinds)
	})
	var queues [][]*candidate
	for _, of := range classes {
		queues = append(queues, groups[of])
		if wanted {
			queues = append(queues, largest(groups[of], most))
		}
	}
	return inTurns(queues, most)
}

// inTurns takes the next that was not taken yet from each queue in turn, until so
// many are taken or nothing is left.
func inTurns(queues [][]*candidate, most int) []*candidate {
	var pool []*candidate
	taken := map[*matching.Offer]bool{}
	for left := true; left; {
		left = false
		for i := range queues {
			for len(queues[i]) > 0 && taken[queues[i][0].offer] {
				queues[i] = queues[i][1:]
			}
			if len(queues[i]) == 0 {
				continue
			}
			left = true
			taken[queues[i][0].offer] = true
			if pool = append(pool, queues[i][0]); len(pool) == most {
				return pool
			}
		}
	}
	return pool
}

// largest returns the first candidates by amount, the largest first.
func largest(list []*candidate, first int) []*candidate {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b *candidate) int { return cmp.Compare(b.amount, a.amount) })
	return sorted[:min(len(sorted), first)]
}
