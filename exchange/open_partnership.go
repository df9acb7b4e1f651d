package exchange

import (
	"strconv"

	"entente/cooperation"
	"entente/reference"
)

// OpenShare is what one provider gives in a partnership, as the public sees it:
// a row of the table of partnerships.
type OpenShare struct {
	Partnership *cooperation.Partnership
	Need        *cooperation.Need // nil where it is not public
	Place       int               // of the share, from 0
}

func (s OpenShare) share() *cooperation.Share { return &s.Partnership.Providers[s.Place] }

// OpenPartnerships is the table of partnerships: a row for each provider's
// share, so that what is pledged can be added up.
func OpenPartnerships() Table[OpenShare] {
	need := func(of func(*cooperation.Need) []string) func(OpenShare) []string {
		return func(s OpenShare) []string {
			if s.Need == nil {
				return nil
			}
			return of(s.Need)
		}
	}
	amount := func(name string, of func(*cooperation.Share) cooperation.Money) []openColumn[OpenShare] {
		return []openColumn[OpenShare]{
			one(name+"_currency", "open.column."+name+"_currency", CurrencyForm, "amounts", func(s OpenShare) string { return of(s.share()).Currency }),
			one(name, "open.column."+name, AmountForm, "amounts", func(s OpenShare) string { return of(s.share()).Amount }),
		}
	}
	columns := []openColumn[OpenShare]{
		one("id", "field.partnership.id", IDForm, "", func(s OpenShare) string { return s.Partnership.ID }),
		one("share", "open.column.share", NumberForm, "", func(s OpenShare) string { return strconv.Itoa(s.Place + 1) }),
		coded("status", "field.partnership.status", "status.partnership.", "", func(s OpenShare) string { return string(s.Partnership.Status) }),
		one("agreed", "open.column.agreed", DateForm, "", func(s OpenShare) string { return dayOf(s.Partnership.Created) }),
		one("need", "open.column.need", IDForm, "", func(s OpenShare) string { return s.Partnership.Need }),
		several("beneficiary", "field.need.beneficiaries", CountryForm, "", need(func(n *cooperation.Need) []string { return alpha2(n.Beneficiaries) })),
		several("themes", "field.need.themes", ThemeForm, "", need(func(n *cooperation.Need) []string { return n.Themes })),
		one("offer", "open.column.offer", IDForm, "", func(s OpenShare) string { return s.share().Offer }),
		one("provider", "open.column.provider", ParticipantForm, "", func(s OpenShare) string { return string(s.share().Provider) }),
		mark("lead", "open.column.lead", "", func(s OpenShare) bool { return s.share().Lead }),
		coded("role", "field.terms.providers.role", "co_provider.", "", func(s OpenShare) string { return s.share().Role }),
		several("kinds", "field.terms.providers.kinds", KindForm, "", func(s OpenShare) []cooperation.Kind { return s.share().Kinds }),
		several("languages", "field.terms.languages", LanguageForm, "", func(s OpenShare) []reference.Language { return s.Partnership.Languages }),
		one("start", "field.terms.start", DateForm, "", func(s OpenShare) string { return s.Partnership.Start.String() }),
		one("end", "field.terms.end", DateForm, "", func(s OpenShare) string { return s.Partnership.End.String() }),
	}
	columns = append(columns, amount("pledged", func(s *cooperation.Share) cooperation.Money { return s.Pledged })...)
	columns = append(columns, amount("covers", func(s *cooperation.Share) cooperation.Money { return s.Covers })...)
	columns = append(columns,
		number("quantity", "field.terms.providers.quantity", "amounts", func(s OpenShare) int { return s.share().Quantity }),
		one("updated", "field.need.updated", DateForm, "", func(s OpenShare) string { return dayOf(s.Partnership.Updated) }),
		withheldColumn[OpenShare]())
	return Table[OpenShare]{Name: "partnerships", columns: columns}
}
