package exchange

import "entente/cooperation"

// OpenProgrammeLine is a line of the costed programme with how it is paid for,
// as the public sees that.
type OpenProgrammeLine struct {
	Activity *cooperation.ProgrammeActivity
	Funding  cooperation.Funding
}

// OpenProgramme is the table of the costed programme.
func OpenProgramme() Table[OpenProgrammeLine] {
	type line = OpenProgrammeLine
	text := func(name string, form Form, of func(*cooperation.ProgrammeActivity) string) openColumn[line] {
		return one(name, "field.programme_activity."+name, form, "", func(l line) string { return of(l.Activity) })
	}
	amount := func(name, label string, of func(*cooperation.Funding) int64) openColumn[line] {
		return one(name, label, AmountForm, "", func(l line) string {
			return cooperation.NewMoney(of(&l.Funding), l.Activity.Currency).Amount
		})
	}
	return Table[line]{Name: "programme", columns: []openColumn[line]{
		one("id", "field.need.id", IDForm, "", func(l line) string { return l.Activity.ID }),
		coded("status", "field.need.status", "status.programme_activity.", "", func(l line) string { return string(l.Activity.Status) }),
		text("number", TextForm, func(x *cooperation.ProgrammeActivity) string { return x.Number }),
		text("domain", DomainForm, func(x *cooperation.ProgrammeActivity) string { return x.Domain }),
		text("title", TextForm, func(x *cooperation.ProgrammeActivity) string { return x.Title }),
		text("description", TextForm, func(x *cooperation.ProgrammeActivity) string { return x.Description }),
		several("themes", "field.programme_activity.themes", ThemeForm, "", func(l line) []string { return l.Activity.Themes }),
		text("start", DateForm, func(x *cooperation.ProgrammeActivity) string { return x.Start.String() }),
		text("end", DateForm, func(x *cooperation.ProgrammeActivity) string { return x.End.String() }),
		text("currency", CurrencyForm, func(x *cooperation.ProgrammeActivity) string { return x.Currency }),
		amount("cost", "field.programme_activity.cost", func(f *cooperation.Funding) int64 { return f.Cost }),
		amount("core", "field.programme_activity.core", func(f *cooperation.Funding) int64 { return f.Core }),
		amount("voluntary", "field.programme_activity.voluntary", func(f *cooperation.Funding) int64 { return f.Voluntary }),
		amount("sought", "field.programme_activity.sought", func(f *cooperation.Funding) int64 { return f.Sought }),
		amount("agreed", "page.programme.agreed", func(f *cooperation.Funding) int64 { return f.Agreed }),
		amount("rest", "page.programme.rest", func(f *cooperation.Funding) int64 { return f.Rest }),
		one("updated", "field.need.updated", DateForm, "", func(l line) string { return dayOf(l.Activity.Updated) }),
	}}
}
