package api

import (
	"net/http"
	"slices"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// listParams are the filters that lists of needs and of offers share.
type listParams = ListNeedsParams

// query is what a list asks of the catalogue. The description has checked the
// forms; what depends on the convention or on other parameters is checked here.
func (c *call) query(conv *cooperation.Convention, p listParams, statuses []string) (catalogue.Query, error) {
	q := catalogue.Query{Status: p.Status, Country: countries(p.Country), Region: p.Region, Theme: p.Theme, Kind: p.Kind, Language: languages(p.Language),
		DeadlineFrom: p.DeadlineFrom, DeadlineTo: p.DeadlineTo, Currency: p.Currency, Text: strings.TrimSpace(p.Q),
		Sort: catalogue.Sort(p.Sort), Cursor: p.Cursor, Limit: p.Limit, Facets: p.Facets}
	var wrong []cooperation.FieldError
	add := func(field, key string, args ...message.Arg) {
		wrong = append(wrong, cooperation.FieldError{Field: field, Message: message.New(key, args...)})
	}
	for _, s := range p.Status {
		if !slices.Contains(statuses, s) {
			add("status", "error.invalid.unknown_status", message.Of(message.Text, "value", clip(s)), message.Of(message.Text, "allowed", strings.Join(statuses, ", ")))
		}
	}
	for _, t := range p.Theme {
		if _, ok := conv.Theme(t); !ok {
			add("theme", "error.invalid.unknown_theme", message.Of(message.Text, "value", clip(t)))
		}
	}
	if (p.AmountFrom != "" || p.AmountTo != "") && p.Currency == "" {
		add("currency", "error.invalid.required")
	} else {
		q.AmountFrom = minor(p.AmountFrom, p.Currency, "amount_from", add)
		q.AmountTo = minor(p.AmountTo, p.Currency, "amount_to", add)
	}
	if q.Sort == catalogue.SortRelevance && q.Text == "" {
		add("q", "error.invalid.required")
	}
	if len(wrong) > 0 {
		return q, mistakes(http.StatusBadRequest, wrong)
	}
	return q, nil
}

// countries reads codes whose form the description has checked.
func countries(codes []string) []reference.Country {
	var out []reference.Country
	for _, code := range codes {
		if country, ok := reference.ParseCountry(code); ok {
			out = append(out, country)
		}
	}
	return out
}

// minor is an amount in minor units; 0 where none is given.
func minor(amount, currency, field string, add func(field, key string, args ...message.Arg)) int64 {
	if amount == "" {
		return 0
	}
	n, err := cooperation.Money{Amount: amount, Currency: currency}.Minor()
	if err != nil {
		add(field, "error.invalid.amount", message.Of(message.Text, "currency", currency))
	}
	return n
}

// facets puts the counts of a page into the reader's words. Status codes are
// those of the kind of document.
func (c *call) facets(kind string, counts map[string][]catalogue.FacetCount) Facets {
	if counts == nil {
		return nil
	}
	out := Facets{}
	for dimension, values := range counts {
		if dimension == catalogue.FacetProvider && kind == catalogue.KindNeed {
			continue
		}
		list := make([]FacetCount, 0, len(values))
		for _, v := range values {
			list = append(list, FacetCount{Value: v.Value, Label: c.facetLabel(kind, dimension, v.Value), Count: v.Count})
		}
		out[dimension] = list
	}
	return out
}

func (c *call) facetLabel(kind, dimension, value string) string {
	switch dimension {
	case catalogue.FacetStatus:
		return c.name(message.Status, kind+"."+value)
	case catalogue.FacetCountry:
		return c.name(message.Country, value)
	case catalogue.FacetRegion:
		return c.name(message.Region, value)
	case catalogue.FacetTheme:
		return c.name(message.Theme, value)
	case catalogue.FacetKind:
		return c.name(message.Kind, value)
	case catalogue.FacetLanguage:
		return c.name(message.Language, value)
	case catalogue.FacetProvider:
		return c.name(message.Party, value)
	}
	return value
}
