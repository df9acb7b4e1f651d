package catalogue

import (
	"cmp"
	"slices"

	"entente/cooperation"
)

// viewer is an actor as an index sees him.
type viewer struct {
	rung rung
	own  []cooperation.Participant // for whom he sees postings as his own
}

// viewerOf makes a viewer of an actor; for a posting of his own an actor holds
// one of the roles.
func viewerOf(a cooperation.Actor, convention string, roles ...cooperation.Role) viewer {
	v := viewer{rung: rungOf(a, convention)}
	for _, g := range a.Grants {
		if g.Convention == convention && slices.Contains(roles, g.Role) && !slices.Contains(v.own, g.Participant) {
			v.own = append(v.own, g.Participant)
		}
	}
	return v
}

// search is one query under way.
type search struct {
	x      *index
	q      *Query
	words  []word
	view   viewer
	own    set       // the viewer's own postings
	scores []float64 // by ordinal, in the order of relevance
}

// result is what a query found.
type result struct {
	found  set
	facets map[string][]FacetCount
}

// filter finds the postings that the viewer may see and the query asks for.
func (s *search) filter() result {
	x, width := s.x, s.x.width()
	s.own = make(set, width)
	for _, p := range s.view.own {
		s.own.or(x.holders[p])
	}
	common := x.seen[s.view.rung].clone(width)
	common.or(s.own)
	for i := range s.words {
		common.and(s.words[i].found)
	}
	s.bound(common)
	chosen := s.chosen()
	r := result{found: common.clone(width)}
	for _, f := range chosen {
		if f != nil {
			r.found.and(f)
		}
	}
	if s.q.Facets {
		r.facets = s.facets(common, r.found, chosen)
	}
	return r
}

// sees is the postings whose fields under the veil the viewer sees; all of
// them when nil.
func (s *search) sees(v veil) set {
	l, limited := s.view.rung.level()
	if !limited {
		return nil
	}
	seen := s.x.shown[v][l].clone(s.x.width())
	seen.or(s.own)
	return seen
}

// bound applies the filters of ranges.
func (s *search) bound(found set) {
	q, x := s.q, s.x
	if !q.DeadlineFrom.IsZero() || !q.DeadlineTo.IsZero() {
		if seen := s.sees(overDeadline); seen != nil {
			found.and(seen)
		}
		found.keep(func(i uint32) bool {
			d := x.deadlines[i]
			return d != none && (q.DeadlineFrom.IsZero() || d >= q.DeadlineFrom.Days()) && (q.DeadlineTo.IsZero() || d <= q.DeadlineTo.Days())
		})
	}
	if q.Currency != "" {
		if seen := s.sees(overAmount); seen != nil {
			found.and(seen)
		}
		found.keep(func(i uint32) bool {
			return x.currencies[i] == q.Currency && x.amounts[i] >= q.AmountFrom && (q.AmountTo == 0 || x.amounts[i] <= q.AmountTo)
		})
	}
}

// chosen returns, for each dimension, the postings that its filter lets
// through; nil where there is no filter.
func (s *search) chosen() [dimensions]set {
	q := s.q
	return [dimensions]set{
		byStatus:   anyOf(s, byStatus, q.Status, verbatim),
		byCountry:  anyOf(s, byCountry, q.Country, countryCode),
		byRegion:   anyOf(s, byRegion, q.Region, verbatim),
		byTheme:    anyOf(s, byTheme, q.Theme, verbatim),
		byKind:     anyOf(s, byKind, q.Kind, kindCode),
		byLanguage: anyOf(s, byLanguage, q.Language, baseLanguage),
		byProvider: anyOf(s, byProvider, q.Provider, participantCode),
	}
}

// anyOf unites the postings of the values.
func anyOf[T comparable](s *search, d dimension, values []T, code func(T) string) set {
	if len(values) == 0 {
		return nil
	}
	out := make(set, s.x.width())
	for _, v := range values {
		out.or(s.x.values[d][code(v)])
	}
	if d == byCountry || d == byRegion {
		out.or(s.x.everywhere)
		if seen := s.sees(overCoverage); seen != nil {
			out.and(seen)
		}
	}
	return out
}

// facets counts by dimension; found is common less what any filter removed.
func (s *search) facets(common, found set, chosen [dimensions]set) map[string][]FacetCount {
	out := map[string][]FacetCount{}
	for d, name := range facetNames() {
		base := found
		if chosen[d] != nil {
			base = common.clone(0)
			for other, f := range chosen {
				if f != nil && other != d {
					base.and(f)
				}
			}
		}
		out[name] = s.count(dimension(d), base)
	}
	return out
}

// facetNames lists the dimensions that are counted.
func facetNames() []string {
	return []string{byStatus: FacetStatus, byCountry: FacetCountry, byRegion: FacetRegion, byTheme: FacetTheme,
		byKind: FacetKind, byLanguage: FacetLanguage, byProvider: FacetProvider}
}

// count counts the postings of a set by the values of a dimension. A posting
// that holds everywhere counts for every country and region that some other
// one of the set names, so that a count is what choosing the value would list.
func (s *search) count(d dimension, base set) []FacetCount {
	everywhere := 0
	if d == byCountry || d == byRegion {
		if seen := s.sees(overCoverage); seen != nil {
			base = base.clone(0)
			base.and(seen)
		}
		everywhere = base.common(s.x.everywhere)
	}
	counts := []FacetCount{}
	for value, postings := range s.x.values[d] {
		if n := base.common(postings); n > 0 {
			counts = append(counts, FacetCount{value, n + everywhere})
		}
	}
	slices.SortFunc(counts, func(a, b FacetCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return counts
}
