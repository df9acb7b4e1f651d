package catalogue

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"entente/cooperation"
	"entente/reference"
)

// posting is a need or an offer as the plain definition of a list looks at it:
// only the document and the policy, no index. It is what the index is held to.
type posting struct {
	ordinal   int
	id        string
	status    string
	countries []reference.Country // nil and everywhere: all
	world     bool
	themes    []string
	kinds     []cooperation.Kind
	languages []reference.Language
	providers []cooperation.Participant
	deadline  cooperation.Date
	amount    int64
	currency  string
	updated   int64
	sight     cooperation.Sight
	public    bool
	shows     func(field string) bool
	coverage  []string // the fields that say where it holds
	money     []string // the fields that say how much
	due       string   // the field of the deadline
	passages  []passage
	named     []string
	read      *bag
}

// bag is the words of the posting, read once.
func (p *posting) bag() *bag {
	if p.read == nil {
		b := newScribe().bag(p.passages)
		p.read = &b
	}
	return p.read
}

// testConcepts are the names of the test convention, read once.
var testConcepts = sync.OnceValue(func() concepts { return newConcepts(convention()) })

// testRegion is the region that the test convention defines.
var testRegion = convention().Regions[0]

// testAncestors says what is above the themes of the test convention.
func testAncestors(theme string) string {
	switch theme {
	case "tax", "cessation":
		return "demand"
	}
	return ""
}

func postingOfNeed(i int, n *cooperation.Need, a cooperation.Actor) posting {
	sight := cooperation.SeesNeed(a, n)
	p := posting{ordinal: i, id: n.ID, status: string(n.Status), countries: n.Beneficiaries, themes: n.Themes, kinds: n.KindList(),
		deadline: n.Deadline, updated: n.Updated.UnixMilli(), sight: sight, public: cooperation.SeesNeed(cooperation.Actor{}, n).Any(),
		shows: func(f string) bool { return cooperation.NeedFieldVisible(n, f, sight) }, money: []string{"costs"}, due: "deadline"}
	p.amount, p.currency = n.Gap()
	for _, l := range n.Languages {
		p.languages = append(p.languages, l.Language)
	}
	p.passages, p.named = needPassages(n)
	return p
}

func postingOfOffer(i int, o *cooperation.Offer, a cooperation.Actor) posting {
	sight := cooperation.SeesOffer(a, o)
	p := posting{ordinal: i, id: o.ID, status: string(o.Status), themes: o.Themes, kinds: o.KindList(), languages: o.Languages,
		providers: o.Providers(), deadline: o.ValidUntil, updated: o.Updated.UnixMilli(), sight: sight,
		public: cooperation.SeesOffer(cooperation.Actor{}, o).Any(),
		shows:  func(f string) bool { return cooperation.OfferFieldVisible(o, f, sight) },
		money:  []string{"ceiling", "capacity"}, due: "valid_until", coverage: []string{"countries", "regions"}}
	p.amount, p.currency = o.RemainingMinor()
	p.world = len(o.Countries)+len(o.Regions) == 0 || slices.Contains(o.Regions, "001")
	for _, c := range reference.Countries() {
		if slices.Contains(o.Countries, c) || slices.ContainsFunc(o.Regions, func(r string) bool { return inRegion(c, r) }) {
			p.countries = append(p.countries, c)
		}
	}
	p.passages, p.named = offerPassages(o)
	return p
}

// inRegion reports whether a country lies in a region of either sort.
func inRegion(c reference.Country, region string) bool {
	if r, ok := reference.ParseRegion(region); ok {
		return c.In(r)
	}
	return region == testRegion.ID && slices.Contains(testRegion.Countries, c)
}

func (p *posting) showsAll(fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return !p.shows(f) })
}

// has reports whether choosing the value of a facet lists the posting.
func (p *posting) has(facet, value string) bool {
	switch facet {
	case FacetStatus:
		return p.status == value
	case FacetCountry:
		return p.showsAll(p.coverage) && (p.world || slices.ContainsFunc(p.countries, func(c reference.Country) bool { return c.Alpha2() == value }))
	case FacetRegion:
		return p.showsAll(p.coverage) && (p.world || slices.ContainsFunc(p.countries, func(c reference.Country) bool { return inRegion(c, value) }))
	case FacetTheme:
		return slices.ContainsFunc(p.themes, func(t string) bool {
			return t == value || testAncestors(t) == value
		})
	case FacetKind:
		return slices.Contains(p.kinds, cooperation.Kind(value))
	case FacetLanguage:
		return slices.ContainsFunc(p.languages, func(l reference.Language) bool { return l.Base() == value })
	}
	return slices.Contains(p.providers, cooperation.Participant(value))
}

// names reports whether the posting itself gives the value of a facet.
func (p *posting) names(facet, value string) bool {
	return p.has(facet, value) && (!p.world || facet != FacetCountry && facet != FacetRegion)
}

// filters lists the values that a query asks for, by facet.
func filters(q Query) map[string][]string {
	out := map[string][]string{FacetStatus: q.Status, FacetRegion: q.Region, FacetTheme: q.Theme}
	for _, c := range q.Country {
		out[FacetCountry] = append(out[FacetCountry], c.Alpha2())
	}
	for _, k := range q.Kind {
		out[FacetKind] = append(out[FacetKind], string(k))
	}
	for _, l := range q.Language {
		out[FacetLanguage] = append(out[FacetLanguage], l.Base())
	}
	for _, p := range q.Provider {
		out[FacetProvider] = append(out[FacetProvider], string(p))
	}
	return out
}

// passes reports whether a posting is in the list, the filter of one facet
// left aside.
func (p *posting) passes(q Query, aside string) bool {
	if !p.sight.Any() {
		return false
	}
	for facet, values := range filters(q) {
		if facet != aside && len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return p.has(facet, v) }) {
			return false
		}
	}
	if !q.DeadlineFrom.IsZero() || !q.DeadlineTo.IsZero() {
		if p.deadline.IsZero() || !p.shows(p.due) || p.deadline.Before(q.DeadlineFrom) || !q.DeadlineTo.IsZero() && q.DeadlineTo.Before(p.deadline) {
			return false
		}
	}
	if q.Currency != "" {
		if p.currency != q.Currency || !p.showsAll(p.money) || p.amount < q.AmountFrom || q.AmountTo != 0 && p.amount > q.AmountTo {
			return false
		}
	}
	for _, word := range ask(q.Text) {
		if p.occurs(word) == 0 {
			return false
		}
	}
	return true
}

// occurs is how often a word of a query occurs in the texts, once more when it
// is in the name of a theme or country of the posting.
func (p *posting) occurs(word reading) float64 {
	most := uint16(0)
	for _, o := range p.bag().words {
		if slices.Contains(word, o.key) {
			most = max(most, o.count)
		}
	}
	n := float64(most)
	for _, c := range testConcepts().of(word) {
		if c.dimension == byTheme && p.has(FacetTheme, c.value) || c.dimension == byName && slices.Contains(p.named, c.value) {
			return n + 1
		}
	}
	return n
}

// list is the definition of a list: all that passes, in order.
func list(all []posting, q Query) []posting {
	var out []posting
	for _, p := range all {
		if p.passes(q, "") {
			out = append(out, p)
		}
	}
	key := func(p posting) int64 { return 0 }
	switch q.order(len(ask(q.Text))) {
	case SortUpdated:
		key = func(p posting) int64 { return p.updated }
	case SortDeadline:
		key = func(p posting) int64 {
			if p.deadline.IsZero() || !p.shows(p.due) {
				return math.MinInt64
			}
			return -int64(p.deadline.Days())
		}
	case SortRelevance:
		key = relevanceAmong(all, q)
	}
	slices.SortFunc(out, func(a, b posting) int {
		return cmp.Or(cmp.Compare(key(b), key(a)), cmp.Compare(b.ordinal, a.ordinal))
	})
	return out
}

// relevanceAmong scores postings by BM25 as textbooks write it.
func relevanceAmong(all []posting, q Query) func(posting) int64 {
	words := ask(q.Text)
	public, total, found := 0.0, 0.0, make([]float64, len(words))
	for _, p := range all {
		if !p.public {
			continue
		}
		public++
		total += float64(p.bag().length)
		for i, w := range words {
			if p.occurs(w) > 0 {
				found[i]++
			}
		}
	}
	mean := 1.0
	if public > 0 && total > 0 {
		mean = total / public
	}
	return func(p posting) int64 {
		length, score := float64(p.bag().length), 0.0
		for i, w := range words {
			tf := p.occurs(w)
			idf := math.Log(1 + (public-found[i]+0.5)/(found[i]+0.5))
			score += idf * tf * 2.2 / (tf + 1.2*(0.25+0.75*length/mean))
		}
		return int64(math.Round(score * 1e6))
	}
}

// facetsOf counts as the definition of facets says.
func facetsOf(all []posting, q Query) map[string][]FacetCount {
	out := map[string][]FacetCount{}
	for _, facet := range facetNames() {
		out[facet] = []FacetCount{}
		var listed []posting
		for _, p := range all {
			if p.passes(q, facet) {
				listed = append(listed, p)
			}
		}
		for _, value := range candidates(facet) {
			named, n := false, 0
			for _, p := range listed {
				if p.has(facet, value) {
					n++
					named = named || p.names(facet, value)
				}
			}
			if named {
				out[facet] = append(out[facet], FacetCount{value, n})
			}
		}
		slices.SortFunc(out[facet], func(a, b FacetCount) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
	}
	return out
}

// candidates lists every value that a facet could have.
func candidates(facet string) []string {
	switch facet {
	case FacetStatus:
		return []string{"draft", "submitted", "returned", "open", "partly_covered", "covered", "met", "closed", "withdrawn", "lapsed", "exhausted"}
	case FacetCountry:
		var out []string
		for _, c := range reference.Countries() {
			out = append(out, c.Alpha2())
		}
		return out
	case FacetRegion:
		out := []string{"emr"}
		for _, r := range reference.Regions() {
			out = append(out, r.Code())
		}
		return out
	case FacetTheme:
		return []string{"demand", "tax", "cessation", "supply", "gone"}
	case FacetKind:
		return []string{"finance", "training", "legal"}
	case FacetLanguage:
		return []string{"en", "fr", "zh", "ar"}
	}
	return []string{"KE", "EG", "FR", "CI", "who-afro"}
}
