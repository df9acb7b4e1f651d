package exchange

import (
	"io"

	"entente/cooperation"
)

// ReadOffers reads offers from CSV, in the form of ReadNeeds. Regions are M49
// codes or regions of the profile; no country and no region named means the
// whole world. OfferColumns names the columns.
func ReadOffers(r io.Reader) (Rows[cooperation.OfferContent], error) { return read(r, offerForm()) }

// OfferColumns lists the columns of a file of offers; required ones first.
func OfferColumns() []string { return offerForm().names() }

type offer = cooperation.OfferContent

func offerForm() form[offer] {
	return form[offer]{columns: []column[offer]{
		{"external_id", true, AsText, nil},
		{"convention", true, AsID, nil},
		{"provider", true, AsParticipant, func(c *cell, o *offer) { o.Provider = cooperation.Participant(c.text) }},
		{"title", true, AsText, func(c *cell, o *offer) { o.Title = c.text }},
		{"themes", true, AsThemes, func(c *cell, o *offer) { o.Themes = c.list() }},
		{"kinds", true, AsKinds, func(c *cell, o *offer) { o.Kinds = c.kinds() }},
		{"languages", true, AsLanguages, func(c *cell, o *offer) { o.Languages = c.languages() }},
		{"regions", false, AsRegions, func(c *cell, o *offer) { o.Regions = c.list() }},
		{"countries", false, AsCountries, func(c *cell, o *offer) { o.Countries = c.countries() }},
		{"excluded_regions", false, AsRegions, func(c *cell, o *offer) { o.NotRegions = c.list() }},
		{"excluded_countries", false, AsCountries, func(c *cell, o *offer) { o.NotCountries = c.countries() }},
		{"source", false, AsText, func(c *cell, o *offer) { o.Evidence = []cooperation.Evidence{{Title: c.text}} }},
		{"description", false, AsText, func(c *cell, o *offer) { o.Description = c.text }},
		{"type", false, AsOneOf, func(c *cell, o *offer) { o.Type = cooperation.OfferType(c.text) }},
		{"firmness", false, AsOneOf, func(c *cell, o *offer) { o.Firmness = cooperation.Firmness(c.text) }},
		{"terms", false, AsOneOf, func(c *cell, o *offer) { o.Terms = cooperation.Terms(c.text) }},
		{"currency", false, AsCurrency, func(c *cell, o *offer) { o.Ceiling.Currency = c.text }},
		{"ceiling", false, AsAmount, func(c *cell, o *offer) { o.Ceiling.Amount = c.text }},
		{"capacity_unit", false, AsOneOf, func(c *cell, o *offer) { o.Capacity.Unit = c.text }},
		{"capacity", false, AsNumber, func(c *cell, o *offer) { o.Capacity.Quantity = c.number() }},
		{"start", false, AsDate, func(c *cell, o *offer) { o.Start = c.date() }},
		{"end", false, AsDate, func(c *cell, o *offer) { o.End = c.date() }},
		{"valid_until", false, AsDate, func(c *cell, o *offer) { o.ValidUntil = c.date() }},
		{"lead_days", false, AsNumber, func(c *cell, o *offer) { o.LeadDays = c.number() }},
		{"interpretation", false, AsMark, func(c *cell, o *offer) { o.Interpretation = c.yes() }},
		{"parties_only", false, AsMark, func(c *cell, o *offer) { o.Eligibility.PartiesOnly = c.yes() }},
		{"ldc", false, AsMark, func(c *cell, o *offer) { o.Eligibility.LDC = c.yes() }},
		{"sids", false, AsMark, func(c *cell, o *offer) { o.Eligibility.SIDS = c.yes() }},
		{"lldc", false, AsMark, func(c *cell, o *offer) { o.Eligibility.LLDC = c.yes() }},
		{"income", false, AsOneOrMore, func(c *cell, o *offer) { o.Eligibility.Income = c.income() }},
		{"tied", false, AsMark, func(c *cell, o *offer) { o.Tied = c.yes() }},
		{"host_contribution", false, AsText, func(c *cell, o *offer) { o.HostContribution = c.text }},
		{"declarations", false, AsDeclarations, func(c *cell, o *offer) { o.Declarations = c.list() }},
		{"excluded", false, AsParticipants, func(c *cell, o *offer) { o.Excluded = c.participants() }},
		{"content_language", false, AsLanguage, func(c *cell, o *offer) { o.ContentLanguage = c.language() }},
	}}
}
