package bundle_test

import (
	"cmp"
	"slices"

	"entente/matching"
	"entente/matching/bundle"
	"entente/matching/matchtest"
)

// possible is an offer that could be a member, in the plainest terms.
type possible struct {
	offer       *matching.Offer
	gives       []matching.Kind
	contributor bool
	parts       []matching.Part
}

// members finds by the definition who could be a member: candidates, and those
// that are candidates of the need reduced to its finance and equipment.
func members(s *matching.Setting, n *matching.Need, offers []matching.Offer) []possible {
	reduced := *n
	reduced.Kinds = n.Kinds & matching.Kinds(matching.Finance, matching.Equipment)
	var list []possible
	for i := range offers {
		o := &offers[i]
		p := possible{offer: o}
		kinds := n.Kinds
		result := matching.Definition(matchtest.Now, s, n, o)
		if result.Reason != matching.Candidate {
			kinds, p.contributor = reduced.Kinds, true
			if result = matching.Definition(matchtest.Now, s, &reduced, o); result.Reason != matching.Candidate {
				continue
			}
		}
		for k := range o.Kinds.All() {
			if kinds.Has(k) {
				p.gives = append(p.gives, k)
			}
		}
		p.parts = result.Parts
		list = append(list, p)
	}
	return list
}

// covers reports whether a set gives every kind and the amount. Amounts are
// added up as they are: the input keeps them small.
func covers(n *matching.Need, set []possible) bool {
	var kinds matching.KindSet
	sum := int64(0)
	for _, p := range set {
		kinds |= matching.Kinds(p.gives...)
		sum += p.offer.Amount()
	}
	return kinds == n.Kinds && sum >= n.Gap && len(set) > 0
}

// minimal reports whether no subset of a set covers the need.
func minimal(n *matching.Need, set []possible) bool {
	for mask := range 1<<len(set) - 1 {
		var some []possible
		for i, p := range set {
			if mask>>i&1 == 1 {
				some = append(some, p)
			}
		}
		if covers(n, some) {
			return false
		}
	}
	return true
}

// values works out the parts of a set by the rules, as the documentation words
// them.
func values(s *matching.Setting, n *matching.Need, set []possible) (out [matching.PartCount]int32) {
	together := matching.Offer{}
	for _, p := range set {
		together.Themes = append(together.Themes, p.offer.Themes...)
	}
	for p := range matching.PartCount {
		var all []int32
		for _, m := range set {
			all = append(all, m.parts[p].Value)
		}
		switch matching.PartName(p) {
		case matching.PartTheme:
			out[p] = matching.ThemeValue(s.Closeness(n, &together))
		case matching.PartKind:
			out[p] = matching.Whole
		case matching.PartSize:
			if out[p] = matching.Neutral; n.Gap > 0 {
				out[p] = matching.Whole
			}
		case matching.PartTime:
			out[p] = slices.Min(all)
		case matching.PartRegion, matching.PartRecord:
			out[p] = slices.Max(all)
		case matching.PartLanguage:
			var spoken []int32
			for _, m := range set {
				material := !slices.ContainsFunc(m.gives, func(k matching.Kind) bool { return k != matching.Finance && k != matching.Equipment })
				if !material || n.Kinds&^matching.Kinds(matching.Finance, matching.Equipment) == 0 {
					spoken = append(spoken, m.parts[p].Value)
				}
			}
			out[p] = slices.Min(spoken)
		default:
			sum := int64(0)
			for _, v := range all {
				sum += int64(v)
			}
			out[p] = int32(sum / int64(len(all)))
		}
	}
	return out
}

// result is a bundle in the plainest terms.
type result struct {
	IDs    []string
	Score  matching.Score
	Values [matching.PartCount]int32
}

// enumerate is the definition of what Find returns: every set of two to four
// that covers the need and is minimal, best first.
func enumerate(s *matching.Setting, n *matching.Need, offers []matching.Offer) []result {
	list := members(s, n, offers)
	var all []result
	var grow func(from int, set []possible)
	grow = func(from int, set []possible) {
		if len(set) >= 2 && covers(n, set) && minimal(n, set) {
			r := result{Values: values(s, n, set)}
			for p, v := range r.Values {
				r.Score += matching.Score(matching.NewPart(matching.PartName(p), v, list[0].parts[p].Weight).Points)
			}
			for _, m := range set {
				r.IDs = append(r.IDs, m.offer.ID)
			}
			slices.Sort(r.IDs)
			all = append(all, r)
		}
		if len(set) == 4 {
			return
		}
		for i := from; i < len(list); i++ {
			grow(i+1, append(slices.Clone(set), list[i]))
		}
	}
	grow(0, nil)
	slices.SortFunc(all, func(a, b result) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(len(a.IDs), len(b.IDs)), slices.Compare(a.IDs, b.IDs))
	})
	return all
}

// plain writes bundles in the plainest terms.
func plain(bundles []bundle.Bundle) []result {
	var all []result
	for _, b := range bundles {
		r := result{Score: b.Score}
		for p, part := range b.Parts {
			r.Values[p] = part.Value
		}
		for _, m := range b.Members {
			r.IDs = append(r.IDs, m.Offer.ID)
		}
		all = append(all, r)
	}
	return all
}
