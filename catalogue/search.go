package catalogue

import (
	"math"
	"slices"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// maxWords bounds the words of a query: each one costs a walk over its hits.
const maxWords = 24

// SearchNeeds lists the needs that the actor may see and that the query asks
// for. It fails on a query that makes no sense, with a cooperation.Error.
func (s *State) SearchNeeds(actor cooperation.Actor, q Query) (Page[*cooperation.Need], error) {
	asked := s.ask(q.Text)
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := find(&s.needs, KindNeed, &q, viewerOf(actor, s.conv.ID, cooperation.FocalPoint, cooperation.Approver), asked)
	page.Position = s.position
	return page, err
}

// SearchOffers lists the offers that the actor may see and that the query
// asks for. It fails on a query that makes no sense, with a cooperation.Error.
func (s *State) SearchOffers(actor cooperation.Actor, q Query) (Page[*cooperation.Offer], error) {
	asked := s.ask(q.Text)
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := find(&s.offers, KindOffer, &q, viewerOf(actor, s.conv.ID, cooperation.ProviderRole, cooperation.Approver), asked)
	page.Position = s.position
	return page, err
}

// question is a word of a query, with what is named by it.
type question struct {
	keys  reading
	named []concept
}

// ask reads the text of a query, which takes no lock.
func (s *State) ask(text string) []question {
	words := ask(text)
	out := make([]question, len(words))
	for i, keys := range words {
		out[i] = question{keys, s.concepts().of(keys)}
	}
	return out
}

// find answers a query over a shelf.
func find[T, F any](l *shelf[T, F], kind string, q *Query, view viewer, asked []question) (page Page[*T], err error) {
	if err := q.check(len(asked)); err != nil {
		return page, err
	}
	limit, err := pageSize(q.Limit)
	if err != nil {
		return page, err
	}
	order := q.order(len(asked))
	bound := q.form(kind, order)
	after, err := decodeCursor(q.Cursor, bound)
	if err == nil && after != nil && order == SortRelevance && !after.Weights.fits(len(asked)) {
		err = badCursor()
	}
	if err != nil {
		return page, err
	}
	search := &search{x: l.index, q: q, view: view, words: l.index.lookup(asked)}
	r := search.filter()
	page.Total, page.Facets = r.found.count(), r.facets
	if order == SortRelevance {
		if after == nil {
			after = &cursor{Key: math.MaxInt64, Weights: l.index.weights(search.words)}
		}
		defer search.relevance(r.found, after.Weights)()
	}
	best, more := search.first(r.found, order, after, limit)
	page.Items = make([]*T, len(best))
	for i, b := range best {
		page.Items[i] = l.entries[b.ordinal].doc
	}
	if more {
		last := best[len(best)-1]
		next := cursor{Form: bound, Key: last.key, Ordinal: last.ordinal}
		if order == SortRelevance {
			next.Weights = after.Weights
		}
		page.Next = next.encode()
	}
	return page, nil
}

// check refuses a query that makes no sense.
func (q *Query) check(words int) error {
	switch {
	case words > maxWords:
		return mistake("text", "error.invalid.too_many", message.Int("max", maxWords))
	case q.Currency == "" && (q.AmountFrom != 0 || q.AmountTo != 0):
		return mistake("currency", "error.invalid.required")
	case !slices.Contains([]Sort{"", SortNewest, SortDeadline, SortUpdated, SortRelevance}, q.Sort),
		q.Sort == SortRelevance && words == 0:
		return mistake("sort", "error.invalid.not_one_of", message.Of(message.Text, "allowed", "newest, deadline, updated, relevance"))
	}
	return nil
}

// order is the order of the list; unless it is stated, what is found by a
// text comes by relevance.
func (q *Query) order(words int) Sort {
	switch {
	case q.Sort != "":
		return q.Sort
	case words > 0:
		return SortRelevance
	}
	return SortNewest
}

// form is what a cursor of the query is bound to: all that decides what is
// listed and in which order, but not by how many.
func (q *Query) form(kind string, order Sort) string {
	return form(kind, order, q.Status, q.Country, q.Region, q.Theme, q.Kind, q.Language, q.Provider,
		q.DeadlineFrom, q.DeadlineTo, q.AmountFrom, q.AmountTo, q.Currency, q.Text)
}

func verbatim(s string) string                         { return s }
func countryCode(c reference.Country) string           { return c.Alpha2() }
func kindCode(k cooperation.Kind) string               { return string(k) }
func baseLanguage(l reference.Language) string         { return l.Base() }
func participantCode(p cooperation.Participant) string { return string(p) }
