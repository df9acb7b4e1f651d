package exchange

import (
	"entente/cooperation"
	"entente/reference"
)

// OpenOffers is the table of offers as the public sees them.
func OpenOffers() Table[*cooperation.Offer] {
	type offer = *cooperation.Offer
	text := func(name string, of func(offer) string) openColumn[offer] {
		return one(name, "field.offer."+name, TextForm, name, of)
	}
	day := func(name string, of func(offer) cooperation.Date) openColumn[offer] {
		return one(name, "field.offer."+name, DateForm, name, func(o offer) string { return of(o).String() })
	}
	eligible := func(name string, of func(*cooperation.Eligibility) bool) openColumn[offer] {
		return mark(name, "field.offer.eligibility."+name, "eligibility", func(o offer) bool { return of(&o.Eligibility) })
	}
	return Table[offer]{Name: "offers", columns: []openColumn[offer]{
		one("id", "field.offer.id", IDForm, "", func(o offer) string { return o.ID }),
		coded("status", "field.offer.status", "status.offer.", "", func(o offer) string { return string(o.Status) }),
		one("provider", "field.offer.provider", ParticipantForm, "", func(o offer) string { return string(o.Provider) }),
		several("co_providers", "field.offer.co_providers", ParticipantForm, "co_providers", func(o offer) []cooperation.Participant { return o.Providers()[1:] }),
		text("title", func(o offer) string { return o.Title }),
		text("description", func(o offer) string { return o.Description }),
		several("themes", "field.offer.themes", ThemeForm, "", func(o offer) []string { return o.Themes }),
		several("kinds", "field.offer.kinds", KindForm, "", func(o offer) []cooperation.Kind { return o.KindList() }),
		several("languages", "field.offer.languages", LanguageForm, "", func(o offer) []reference.Language { return o.Languages }),
		mark("interpretation", "field.offer.interpretation", "interpretation", func(o offer) bool { return o.Interpretation }),
		several("regions", "field.offer.regions", RegionForm, "regions", func(o offer) []string { return o.Regions }),
		several("countries", "field.offer.countries", CountryForm, "countries", func(o offer) []string { return alpha2(o.Countries) }),
		coded("type", "field.offer.type", "offer_type.", "type", func(o offer) string { return string(o.Type) }),
		coded("firmness", "field.offer.firmness", "firmness.", "firmness", func(o offer) string { return string(o.Firmness) }),
		coded("terms", "field.offer.terms", "terms.", "terms", func(o offer) string { return string(o.Terms) }),
		one("currency", "field.offer.ceiling.currency", CurrencyForm, "ceiling", func(o offer) string { return o.Ceiling.Currency }),
		one("ceiling", "field.offer.ceiling", AmountForm, "ceiling", func(o offer) string { return o.Ceiling.Amount }),
		coded("capacity_unit", "field.offer.capacity.unit", "capacity.", "capacity", func(o offer) string { return o.Capacity.Unit }),
		number("capacity", "field.offer.capacity.quantity", "capacity", func(o offer) int { return o.Capacity.Quantity }),
		day("start", func(o offer) cooperation.Date { return o.Start }),
		day("end", func(o offer) cooperation.Date { return o.End }),
		day("valid_until", func(o offer) cooperation.Date { return o.ValidUntil }),
		number("lead_days", "field.offer.lead_days", "lead_days", func(o offer) int { return o.LeadDays }),
		eligible("parties_only", func(e *cooperation.Eligibility) bool { return e.PartiesOnly }),
		eligible("ldc", func(e *cooperation.Eligibility) bool { return e.LDC }),
		eligible("sids", func(e *cooperation.Eligibility) bool { return e.SIDS }),
		eligible("lldc", func(e *cooperation.Eligibility) bool { return e.LLDC }),
		eligibleIncomes(),
		mark("tied", "field.offer.tied", "tied", func(o offer) bool { return o.Tied }),
		text("host_contribution", func(o offer) string { return o.HostContribution }),
		one("content_language", "field.offer.content_language", LanguageForm, "content_language", func(o offer) string { return string(o.ContentLanguage) }),
		one("admitted", "field.offer.admitted", DateForm, "", func(o offer) string { return dayOf(o.Admitted) }),
		one("reconfirmed", "field.offer.reconfirmed", DateForm, "", func(o offer) string { return dayOf(o.Reconfirmed) }),
		one("updated", "field.offer.updated", DateForm, "", func(o offer) string { return dayOf(o.Updated) }),
		withheldColumn[offer](),
	}}
}

func eligibleIncomes() openColumn[*cooperation.Offer] {
	c := several("income", "field.offer.eligibility.income", CodeForm, "eligibility", func(o *cooperation.Offer) []string {
		codes := make([]string, len(o.Eligibility.Income))
		for i, income := range o.Eligibility.Income {
			codes[i] = income.Code()
		}
		return codes
	})
	c.Words = "reference.income."
	return c
}
