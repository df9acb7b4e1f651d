package exchange

import (
	"time"

	"entente/cooperation"
	"entente/reference"
)

// OpenNeeds is the table of needs as the public sees them.
func OpenNeeds() Table[*cooperation.Need] {
	type need = *cooperation.Need
	text := func(name string, of func(need) string) openColumn[need] {
		return one(name, "field.need."+name, TextForm, name, of)
	}
	day := func(name string, of func(need) cooperation.Date) openColumn[need] {
		return one(name, "field.need."+name, DateForm, name, func(n need) string { return of(n).String() })
	}
	cost := func(name, label string, of func(*cooperation.CostLine) string) openColumn[need] {
		return one(name, label, AmountForm, "costs", func(n need) string { return sum(n.Costs, of) })
	}
	reached := func(name string, of func(*cooperation.Reached) int) openColumn[need] {
		return number("reached_"+name, "field.need.reached."+name, "reached", func(n need) int {
			if n.Reached == nil {
				return 0
			}
			return of(n.Reached)
		})
	}
	return Table[need]{Name: "needs", columns: []openColumn[need]{
		one("id", "field.need.id", IDForm, "", func(n need) string { return n.ID }),
		coded("status", "field.need.status", "status.need.", "", func(n need) string { return string(n.Status) }),
		several("beneficiary", "field.need.beneficiaries", CountryForm, "", func(n need) []string { return alpha2(n.Beneficiaries) }),
		text("title", func(n need) string { return n.Title }),
		several("themes", "field.need.themes", ThemeForm, "", func(n need) []string { return n.Themes }),
		several("kinds", "field.need.kinds", KindForm, "", func(n need) []cooperation.Kind { return n.KindList() }),
		several("languages", "field.need.languages", LanguageForm, "", needLanguages),
		mark("interpretation", "field.need.interpretation", "interpretation", func(n need) bool { return n.Interpretation }),
		text("problem", func(n need) string { return n.Problem }),
		text("barrier", func(n need) string { return n.Barrier }),
		text("authority", func(n need) string { return n.Authority }),
		text("article", func(n need) string { return n.Article }),
		text("commitment", func(n need) string { return n.Commitment }),
		text("programme_activity", func(n need) string { return n.ProgrammeActivity }),
		several("places", "field.need.places", CountryForm, "places", func(n need) []string { return placeCodes(n.Places) }),
		coded("urgency", "field.need.urgency", "urgency.", "urgency", func(n need) string { return string(n.Urgency) }),
		day("deadline", func(n need) cooperation.Date { return n.Deadline }),
		day("start", func(n need) cooperation.Date { return n.Start }),
		day("end", func(n need) cooperation.Date { return n.End }),
		day("valid_until", func(n need) cooperation.Date { return n.ValidUntil }),
		one("currency", "field.need.costs.currency", CurrencyForm, "costs", func(n need) string { return costCurrency(n.Costs) }),
		cost("cost", "field.need.costs.cost", func(l *cooperation.CostLine) string { return l.Cost }),
		cost("national_budget", "field.need.costs.national", func(l *cooperation.CostLine) string { return l.National }),
		cost("other_support", "field.need.costs.other", func(l *cooperation.CostLine) string { return l.Other }),
		cost("amount_sought", "field.need.costs.sought", func(l *cooperation.CostLine) string { return l.Sought }),
		one("amount_agreed", "field.need.coverage.agreed", AmountForm, "costs", func(n need) string { return n.Coverage.Agreed.Amount }),
		one("amount_delivered", "field.need.coverage.delivered", AmountForm, "costs", func(n need) string { return n.Coverage.Delivered.Amount }),
		several("kinds_covered", "field.need.coverage.kinds", KindForm, "", func(n need) []cooperation.Kind { return n.Coverage.Kinds }),
		reached("total", func(r *cooperation.Reached) int { return r.Total }),
		reached("women", func(r *cooperation.Reached) int { return r.Women }),
		reached("men", func(r *cooperation.Reached) int { return r.Men }),
		reached("children", func(r *cooperation.Reached) int { return r.Children }),
		reached("with_disabilities", func(r *cooperation.Reached) int { return r.WithDisabilities }),
		text("coordination", func(n need) string { return n.Coordination }),
		text("existing_help", func(n need) string { return n.ExistingHelp }),
		text("past_help", func(n need) string { return n.PastHelp }),
		text("own_contribution", func(n need) string { return n.OwnContribution }),
		one("content_language", "field.need.content_language", LanguageForm, "content_language", func(n need) string { return string(n.ContentLanguage) }),
		one("admitted", "field.need.admitted", DateForm, "", func(n need) string { return dayOf(n.Admitted) }),
		one("updated", "field.need.updated", DateForm, "", func(n need) string { return dayOf(n.Updated) }),
		withheldColumn[need](),
	}}
}

// sum adds up one amount of all cost lines, which are in one currency; "" where
// none is stated.
func sum(lines []cooperation.CostLine, of func(*cooperation.CostLine) string) string {
	var total int64
	stated := false
	for i := range lines {
		if of(&lines[i]) == "" {
			continue
		}
		minor, err := cooperation.Money{Amount: of(&lines[i]), Currency: lines[0].Currency}.Minor()
		if err != nil {
			return ""
		}
		total, stated = total+minor, true
	}
	if !stated {
		return ""
	}
	return cooperation.NewMoney(total, lines[0].Currency).Amount
}

func costCurrency(lines []cooperation.CostLine) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0].Currency
}

func needLanguages(n *cooperation.Need) []reference.Language {
	out := make([]reference.Language, len(n.Languages))
	for i, w := range n.Languages {
		out[i] = w.Language
	}
	return out
}

func placeCodes(places []cooperation.Place) []string {
	countries := make([]reference.Country, len(places))
	for i, p := range places {
		countries[i] = p.Country
	}
	return alpha2(countries)
}

func alpha2(countries []reference.Country) []string {
	out := make([]string, len(countries))
	for i, c := range countries {
		out[i] = c.Alpha2()
	}
	return out
}

// dayOf is the day of a time, as the world counts it.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
