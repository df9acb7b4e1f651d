package web

import (
	"net/url"
	"slices"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// listing is a list of needs or of offers with the ways to narrow it down.
type listing struct {
	Kind         string // "need" or "offer"
	Title        string
	Post         []link // to post one oneself
	Text         string // the words that are searched for
	Sort         string
	Sorts        []choice
	Facets       []facet
	Cards        []card
	Total        int
	Next, First  string // addresses; "" where there is no such page
	Clear        string // the address without any filter
	Filtered     bool
	Feed, Export string
}

// facet is a dimension in which a list can be narrowed down.
type facet struct {
	Name, Label string
	Values      []facetValue
	More        []facetValue // behind a button
	Open        bool         // something of it is chosen
}

// facetValue is one value with how many there are.
type facetValue struct {
	Value, Label string
	Count        int
	Chosen       bool
}

// card is a need or an offer in a list.
type card struct {
	Address, Title, Language string // the language of the title, for readers aloud
	Whose                    string
	Status, StatusCode       string
	Themes, Kinds            string
	Facts                    []fact
}

// fact is a value with its label.
type fact struct {
	Label, Value string
	Pieces       []string // instead of one value several, each in its own direction
	Foreign      bool     // somebody wrote it: it may be in any script
	Language     string
}

func (listing) template() string { return "listing" }

func (l listing) title() string { return l.Title }

// mostShown is how many values of a facet are shown at once.
const mostShown = 8

// perPage is how many cards a page has.
const perPage = 20

// query reads what a list is asked for. Values that are none are passed over:
// an address that somebody shared goes on working.
func (v *visit) query(open []string, statuses []string) catalogue.Query {
	in := v.Request.URL.Query()
	q := catalogue.Query{Text: clipped(in.Get("q"), 200), Cursor: in.Get("cursor"), Limit: perPage, Facets: true}
	for _, s := range in["status"] {
		if slices.Contains(statuses, s) {
			q.Status = append(q.Status, s)
		}
	}
	if len(q.Status) == 0 && in.Get("status") != "all" {
		q.Status = open
	}
	for _, t := range in["theme"] {
		if _, ok := v.conv.Theme(t); ok {
			q.Theme = append(q.Theme, t)
		}
	}
	for _, k := range in["kind"] {
		if cooperation.Kind(k).Valid() {
			q.Kind = append(q.Kind, cooperation.Kind(k))
		}
	}
	for _, code := range in["country"] {
		if country, ok := reference.ParseCountry(code); ok {
			q.Country = append(q.Country, country)
		}
	}
	for _, code := range in["region"] {
		_, own := v.conv.Region(code)
		if _, ok := reference.ParseRegion(code); ok || own {
			q.Region = append(q.Region, code)
		}
	}
	for _, tag := range in["language"] {
		if l, ok := reference.ParseLanguage(tag); ok {
			q.Language = append(q.Language, l)
		}
	}
	for _, id := range in["provider"] {
		if p := cooperation.Participant(id); p.Valid() {
			q.Provider = append(q.Provider, p)
		}
	}
	q.Sort = catalogue.SortNewest
	if s := catalogue.Sort(in.Get("sort")); s == catalogue.SortDeadline || s == catalogue.SortUpdated || s == catalogue.SortRelevance && q.Text != "" {
		q.Sort = s
	} else if q.Text != "" && in.Get("sort") == "" {
		q.Sort = catalogue.SortRelevance
	}
	return q
}

// clipped cuts a text to so many characters.
func clipped(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// list begins a listing for what was asked.
func (v *visit) list(kind string, q *catalogue.Query, total int, next string, counts map[string][]catalogue.FacetCount) listing {
	l := listing{Kind: kind, Post: v.posts(kind), Title: v.text("page." + kind + "s.title"), Text: q.Text, Sort: string(q.Sort), Total: total, Clear: v.Request.URL.Path}
	for _, s := range []catalogue.Sort{catalogue.SortNewest, catalogue.SortDeadline, catalogue.SortUpdated, catalogue.SortRelevance} {
		if s != catalogue.SortRelevance || q.Text != "" {
			l.Sorts = append(l.Sorts, choice{Tag: string(s), Name: v.text("page.sort." + string(s)), Chosen: s == q.Sort})
		}
	}
	asked := v.Request.URL.Query()
	for _, name := range []string{catalogue.FacetStatus, catalogue.FacetTheme, catalogue.FacetKind, catalogue.FacetRegion, catalogue.FacetCountry, catalogue.FacetLanguage, catalogue.FacetProvider} {
		if name == catalogue.FacetProvider && kind == "need" {
			continue
		}
		f := facet{Name: name, Label: v.text("page.facet." + name)}
		for i, value := range counts[name] {
			one := facetValue{value.Value, v.facetLabel(kind, name, value.Value), value.Count, slices.Contains(asked[name], value.Value)}
			if name == catalogue.FacetStatus && len(asked[name]) == 0 {
				one.Chosen = slices.Contains(q.Status, value.Value)
			} else if one.Chosen {
				f.Open, l.Filtered = true, true
			}
			if i < mostShown || one.Chosen {
				f.Values = append(f.Values, one)
			} else {
				f.More = append(f.More, one)
			}
		}
		if len(f.Values) > 0 {
			l.Facets = append(l.Facets, f)
		}
	}
	l.Filtered = l.Filtered || q.Text != ""
	if next != "" {
		l.Next = v.here("cursor", next)
	}
	if q.Cursor != "" {
		l.First = v.here("cursor", "")
	}
	return l
}

func (v *visit) facetLabel(kind, name, value string) string {
	types := map[string]message.Type{catalogue.FacetCountry: message.Country, catalogue.FacetRegion: message.Region, catalogue.FacetTheme: message.Theme,
		catalogue.FacetKind: message.Kind, catalogue.FacetLanguage: message.Language, catalogue.FacetProvider: message.Party}
	if name == catalogue.FacetStatus {
		return v.name(message.Status, kind+"."+value)
	}
	return v.name(types[name], value)
}

// add adds a fact, where there is one.
func add(v *visit, facts []fact, key, value string) []fact {
	if value == "" {
		return facts
	}
	return append(facts, fact{Label: v.text(key), Value: value})
}

// apiList is the address of the same list in the API, in a format.
func apiList(kind, convention string, v url.Values) string {
	q := url.Values{"convention": {convention}}
	for _, name := range []string{"q", "status", "theme", "kind", "region", "country", "language", "provider"} {
		for _, value := range v[name] {
			if value != "" && value != "all" {
				q.Add(name, value)
			}
		}
	}
	return "/api/v1/" + kind + "s?" + q.Encode()
}
