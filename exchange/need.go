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
// MaxBytes and MaxRows bound a file. The error is a *cooperation.Error when
// the file as a whole is refused, and that of r when it cannot be read.
func ReadNeeds(r io.Reader) (Rows[cooperation.NeedContent], error) { return read(r, needForm()) }

// NeedColumns lists the columns of a file of needs; required ones first.
func NeedColumns() []string { return needForm().names() }

type need = cooperation.NeedContent

func needForm() form[need] {
	return form[need]{finish: addCost, columns: []column[need]{
		{"external_id", true, AsText, nil},
		{"convention", true, AsID, nil},
		{"beneficiary", true, AsCountries, func(c *cell, n *need) { n.Beneficiaries = c.countries() }},
		{"title", true, AsText, func(c *cell, n *need) { n.Title = c.text }},
		{"themes", true, AsThemes, func(c *cell, n *need) { n.Themes = c.list() }},
		{"kinds", true, AsKinds, func(c *cell, n *need) { n.Kinds = c.kinds() }},
		{"languages", true, AsLanguages, func(c *cell, n *need) { n.Languages = wishes(c.languages()) }},
		{"problem", false, AsText, func(c *cell, n *need) { n.Problem = c.text }},
		{"barrier", false, AsText, func(c *cell, n *need) { n.Barrier = c.text }},
		{"source", false, AsText, func(c *cell, n *need) { n.Analysis = &cooperation.Analysis{Source: "report", Text: c.text} }},
		{"authority", false, AsText, func(c *cell, n *need) { n.Authority = c.text }},
		{"article", false, AsText, func(c *cell, n *need) { n.Article = c.text }},
		{"commitment", false, AsText, func(c *cell, n *need) { n.Commitment = c.text }},
		{"interpretation", false, AsMark, func(c *cell, n *need) { n.Interpretation = c.yes() }},
		{"places", false, AsCountries, func(c *cell, n *need) { n.Places = placesIn(c.countries()) }},
		{"urgency", false, AsOneOf, func(c *cell, n *need) { n.Urgency = cooperation.Urgency(c.text) }},
		{"deadline", false, AsDate, func(c *cell, n *need) { n.Deadline = c.date() }},
		{"start", false, AsDate, func(c *cell, n *need) { n.Start = c.date() }},
		{"end", false, AsDate, func(c *cell, n *need) { n.End = c.date() }},
		{"valid_until", false, AsDate, func(c *cell, n *need) { n.ValidUntil = c.date() }},
		{"currency", false, AsCurrency, func(c *cell, n *need) { costLine(n).Currency = c.text }},
		{"amount_sought", false, AsAmount, func(c *cell, n *need) { costLine(n).Sought = c.text }},
		{"national_budget", false, AsAmount, func(c *cell, n *need) { costLine(n).National = c.text }},
		{"other_support", false, AsAmount, func(c *cell, n *need) { costLine(n).Other = c.text }},
		{"coordination", false, AsText, func(c *cell, n *need) { n.Coordination = c.text }},
		{"existing_help", false, AsText, func(c *cell, n *need) { n.ExistingHelp = c.text }},
		{"past_help", false, AsText, func(c *cell, n *need) { n.PastHelp = c.text }},
		{"asked_elsewhere", false, AsText, func(c *cell, n *need) { n.AskedElsewhere = c.text }},
		{"own_contribution", false, AsText, func(c *cell, n *need) { n.OwnContribution = c.text }},
		{"preferred", false, AsParticipants, func(c *cell, n *need) { n.Preferred = c.participants() }},
		{"excluded", false, AsParticipants, func(c *cell, n *need) { n.Excluded = c.participants() }},
		{"programme_activity", false, AsText, func(c *cell, n *need) { n.ProgrammeActivity = c.text }},
		{"content_language", false, AsLanguage, func(c *cell, n *need) { n.ContentLanguage = c.language() }},
	}}
}

// costLine is the one cost line that a row can state.
func costLine(n *need) *cooperation.CostLine {
	if len(n.Costs) == 0 {
		n.Costs = []cooperation.CostLine{{}}
	}
	return &n.Costs[0]
}

// addCost completes the cost line: it is for the need itself, and costs what
// its three sources add up to. With a mistake in one of them, which is the
// domain's to find, the cost is nothing, so that the mistake is told once.
func addCost(n *need) {
	if len(n.Costs) == 0 {
		return
	}
	line := costLine(n)
	line.Activity = n.Title
	var sum int64
	stated := false
	for _, amount := range []string{line.National, line.Other, line.Sought} {
		if amount == "" {
			continue
		}
		stated = true
		minor, err := cooperation.Money{Amount: amount, Currency: line.Currency}.Minor()
		if err != nil {
			line.Cost = "0"
			return
		}
		sum += minor
	}
	if stated {
		line.Cost = cooperation.NewMoney(sum, line.Currency).Amount
	}
}

func wishes(languages []reference.Language) []cooperation.LanguageWish {
	var out []cooperation.LanguageWish
	for _, l := range languages {
		out = append(out, cooperation.LanguageWish{Language: l, Strength: cooperation.Required})
	}
	return out
}

func placesIn(countries []reference.Country) []cooperation.Place {
	var out []cooperation.Place
	for _, c := range countries {
		out = append(out, cooperation.Place{Country: c})
	}
	return out
}
