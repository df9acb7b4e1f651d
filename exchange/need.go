package exchange

import (
	"io"

	"entente/cooperation"
	"entente/reference"
)

// ReadNeeds reads needs from CSV: UTF-8, with or without a byte order mark,
// separated by commas or semicolons, one need a row, lists separated by
// spaces. NeedColumns names the columns. The languages of a row are required
// ones, in order of preference.
func ReadNeeds(r io.Reader) (Rows[cooperation.NeedContent], error) { return read(r, needColumns()) }

// NeedColumns lists the columns of a file of needs; required ones first.
func NeedColumns() []string { return names(needColumns()) }

type need = cooperation.NeedContent

func needColumns() []column[need] {
	return []column[need]{
		{"external_id", true, nil},
		{"convention", true, nil},
		{"beneficiary", true, func(c *cell, n *need) { n.Beneficiaries = c.countries() }},
		{"title", true, func(c *cell, n *need) { n.Title = c.text }},
		{"themes", true, func(c *cell, n *need) { n.Themes = c.list() }},
		{"kinds", true, func(c *cell, n *need) { n.Kinds = c.kinds() }},
		{"languages", true, func(c *cell, n *need) { n.Languages = wishes(c.languages()) }},
		{"problem", false, func(c *cell, n *need) { n.Problem = c.text }},
		{"barrier", false, func(c *cell, n *need) { n.Barrier = c.text }},
		{"source", false, func(c *cell, n *need) { n.Analysis = &cooperation.Analysis{Source: "report", Text: c.text} }},
		{"authority", false, func(c *cell, n *need) { n.Authority = c.text }},
		{"article", false, func(c *cell, n *need) { n.Article = c.text }},
		{"commitment", false, func(c *cell, n *need) { n.Commitment = c.text }},
		{"interpretation", false, func(c *cell, n *need) { n.Interpretation = c.yes() }},
		{"places", false, func(c *cell, n *need) { n.Places = places(c.countries()) }},
		{"urgency", false, func(c *cell, n *need) { n.Urgency = cooperation.Urgency(c.text) }},
		{"deadline", false, func(c *cell, n *need) { n.Deadline = c.date() }},
		{"start", false, func(c *cell, n *need) { n.Start = c.date() }},
		{"end", false, func(c *cell, n *need) { n.End = c.date() }},
		{"valid_until", false, func(c *cell, n *need) { n.ValidUntil = c.date() }},
		{"currency", false, func(c *cell, n *need) { costLine(n).Currency = c.text }},
		{"amount_sought", false, func(c *cell, n *need) { l := costLine(n); l.Cost, l.Sought = c.text, c.text }},
		{"coordination", false, func(c *cell, n *need) { n.Coordination = c.text }},
		{"existing_help", false, func(c *cell, n *need) { n.ExistingHelp = c.text }},
		{"past_help", false, func(c *cell, n *need) { n.PastHelp = c.text }},
		{"own_contribution", false, func(c *cell, n *need) { n.OwnContribution = c.text }},
		{"preferred", false, func(c *cell, n *need) { n.Preferred = c.participants() }},
		{"excluded", false, func(c *cell, n *need) { n.Excluded = c.participants() }},
		{"content_language", false, func(c *cell, n *need) { n.ContentLanguage = c.language() }},
	}
}

// costLine is the one cost line that a row can state: its title and what is
// still to be sought.
func costLine(n *need) *cooperation.CostLine {
	if len(n.Costs) == 0 {
		n.Costs = []cooperation.CostLine{{Activity: n.Title}}
	}
	return &n.Costs[0]
}

func wishes(languages []reference.Language) []cooperation.LanguageWish {
	var out []cooperation.LanguageWish
	for _, l := range languages {
		out = append(out, cooperation.LanguageWish{Language: l, Strength: cooperation.Required})
	}
	return out
}

func places(countries []reference.Country) []cooperation.Place {
	var out []cooperation.Place
	for _, c := range countries {
		out = append(out, cooperation.Place{Country: c})
	}
	return out
}

func names[T any](columns []column[T]) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return out
}
