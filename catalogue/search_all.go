package catalogue

import (
	"math"
	"slices"

	"entente/cooperation"
	"entente/message"
)

// FoundKinds lists the kinds of what a search over everything finds.
func FoundKinds() []string {
	return []string{KindNeed, KindOffer, KindOrganisation, FoundTheme, FoundParty, FoundCommittee}
}

// SearchQuery is a search over everything that a convention holds.
type SearchQuery struct {
	Text   string   // words that all must be found
	Kinds  []string // of FoundKinds; none is all
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// Found is something that a search found, with where.
type Found struct {
	Kind, ID string
	Need     *cooperation.Need  // of a need
	Offer    *cooperation.Offer // of an offer
	Snippet  []Piece
}

// source is a part of what is searched.
type source struct {
	search *search
	found  set
	of     func(ordinal uint32) (Found, []passage)
}

// place is where a hit stands among those of all sources: the best score
// first; of equal ones those of the first source, and of these the latest.
type place struct {
	ranked
	source int
}

func (p place) after(o place) bool {
	switch {
	case p.key != o.key:
		return p.key < o.key
	case p.source != o.source:
		return p.source > o.source
	}
	return p.ordinal < o.ordinal
}

// SearchAll finds what the actor may see by words, the best first. Words are
// looked for only in texts that the public sees of what is found, whoever asks:
// nobody finds a document by what it withholds from others. It fails on a
// query that makes no sense, with a cooperation.Error.
func (s *State) SearchAll(actor cooperation.Actor, q SearchQuery) (page Page[Found], err error) {
	asked := s.ask(q.Text)
	limit, err := q.check(len(asked))
	if err != nil {
		return page, err
	}
	s.lookUp()
	bound := form("search", q.Text, q.Kinds)
	after, err := decodeCursor(q.Cursor, bound)
	if err == nil && after != nil && !after.Weights.fits(len(asked)) {
		err = badCursor()
	}
	if err != nil {
		return page, err
	}
	s.guide.mu.RLock()
	defer s.guide.mu.RUnlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	sources, by := s.sources(actor, &q, asked)
	if after != nil {
		by = after.Weights
	}
	best := s.best(sources, by, after, limit+1, &page.Total)
	page.Position = s.position
	if len(best) > limit {
		best = best[:limit]
		last := best[limit-1]
		page.Next = cursor{Form: bound, Key: last.key, Ordinal: last.ordinal, Source: last.source, Weights: by}.encode()
	}
	mark := newMarker(asked)
	for _, b := range best {
		f, passages := sources[b.source].of(b.ordinal)
		f.Snippet = mark.snippet(passages)
		page.Items = append(page.Items, f)
	}
	return page, nil
}

// lookUp brings the guide up to the state.
func (s *State) lookUp() {
	s.guide.mu.Lock()
	defer s.guide.mu.Unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.guide.lookUp(s.conv, &s.organisations.ledger)
}

func (q *SearchQuery) check(words int) (limit int, err error) {
	if words == 0 {
		return 0, mistake("text", "error.invalid.required")
	}
	if words > maxWords {
		return 0, mistake("text", "error.invalid.too_many", message.Int("max", maxWords))
	}
	return pageSize(q.Limit)
}

// sources are the three indexes with what each of them finds, and the figures
// by which words are weighed over all of them together, so that the scores of
// all can be compared.
func (s *State) sources(actor cooperation.Actor, q *SearchQuery, asked []question) ([]source, *weights) {
	all := []source{
		{search: &search{x: s.needs.index, view: viewerOf(actor, s.conv.ID, cooperation.FocalPoint, cooperation.Approver)}, of: func(o uint32) (Found, []passage) {
			n := s.needs.entries[o].doc
			passages, _ := needPassages(n)
			return Found{Kind: KindNeed, ID: n.ID, Need: n}, passages
		}},
		{search: &search{x: s.offers.index, view: viewerOf(actor, s.conv.ID, cooperation.ProviderRole, cooperation.Approver)}, of: func(o uint32) (Found, []passage) {
			offer := s.offers.entries[o].doc
			passages, _ := offerPassages(offer)
			return Found{Kind: KindOffer, ID: offer.ID, Offer: offer}, passages
		}},
		{search: &search{x: s.guide.index, view: viewerOf(actor, s.conv.ID)}, of: func(o uint32) (Found, []passage) {
			e := s.guide.entries[o]
			return Found{Kind: e.kind, ID: e.id}, e.passages
		}},
	}
	by := &weights{Found: make([]int, len(asked))}
	for i := range all {
		x := all[i].search
		x.q, x.words = &Query{}, x.x.lookup(asked)
		of := x.x.weights(x.words)
		by.Postings, by.Length = by.Postings+of.Postings, by.Length+of.Length
		for w, n := range of.Found {
			by.Found[w] += n
		}
		all[i].found = x.filter().found
	}
	wanted := func(kind string) bool { return len(q.Kinds) == 0 || slices.Contains(q.Kinds, kind) }
	for i, kind := range []string{KindNeed, KindOffer} {
		if !wanted(kind) {
			all[i].found = nil
		}
	}
	all[2].found.keep(func(o uint32) bool { return wanted(s.guide.entries[o].kind) })
	return all, by
}

// best ranks what the sources found, after where the cursor stands.
func (s *State) best(sources []source, by *weights, after *cursor, n int, total *int) []place {
	var best []place
	for i := range sources {
		from := &sources[i]
		*total += from.found.count()
		done := from.search.relevance(from.found, by)
		start := ranked{math.MaxInt64, math.MaxUint32}
		if after != nil {
			start.key = after.Key
			switch { // what stands at the same score before the cursor's source has been given, and after it has not
			case i < after.Source:
				start.ordinal = 0
			case i == after.Source:
				start.ordinal = after.Ordinal
			}
		}
		for _, r := range from.search.top(from.found, from.search.keys(SortRelevance), start, n) {
			best = append(best, place{r, i})
		}
		done()
	}
	slices.SortFunc(best, func(a, b place) int {
		if a.after(b) {
			return 1
		}
		return -1
	})
	return best[:min(n, len(best))]
}
