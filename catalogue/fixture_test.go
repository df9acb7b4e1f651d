package catalogue

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/reference"
)

// convention is a small convention with two levels of themes and one region of
// its own.
func convention() *cooperation.Convention {
	country := mustCountry
	return &cooperation.Convention{
		ID: "test",
		Themes: []cooperation.Theme{
			{ID: "demand", Name: cooperation.Names{"en": "Demand reduction", "fr": "Réduction de la demande", "es": "Reducción de la demanda", "ru": "Сокращение спроса", "ar": "خفض الطلب", "zh": "减少需求"}},
			{ID: "tax", Parent: "demand", Name: cooperation.Names{"en": "Price and tax measures", "fr": "Mesures financières et fiscales", "es": "Medidas relacionadas con los precios e impuestos", "ru": "Ценовые и налоговые меры", "ar": "التدابير السعرية والضريبية", "zh": "价格和税收措施"}},
			{ID: "cessation", Parent: "demand", Name: cooperation.Names{"en": "Cessation", "fr": "Sevrage", "es": "Abandono del consumo", "ru": "Прекращение употребления", "ar": "الإقلاع عن التدخين", "zh": "戒烟"}},
			{ID: "supply", Name: cooperation.Names{"en": "Illicit trade", "fr": "Commerce illicite", "es": "Comercio ilícito", "ru": "Незаконная торговля", "ar": "الاتجار غير المشروع", "zh": "非法贸易"}},
		},
		Regions: []cooperation.ProfileRegion{{ID: "emr", Countries: []reference.Country{country("EG"), country("MA")}}},
		Kinds:   cooperation.Kinds(),
		Parties: []cooperation.Party{{Country: country("KE")}, {Country: country("FR"), Until: date("2026-01-01")}},
		Weights: cooperation.Weights{Version: 1, Theme: 400_000, Kind: 200_000, Language: 200_000, Region: 100_000, Size: 50_000, Time: 50_000},
	}
}

func mustCountry(alpha2 string) reference.Country {
	c, ok := reference.ParseCountry(alpha2)
	if !ok {
		panic("no country " + alpha2)
	}
	return c
}

func date(text string) cooperation.Date {
	d, err := cooperation.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// morning is when tests begin.
var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// id is a document id that sorts otherwise than by its number.
func id(kind string, n int) string { return cooperation.DerivedID(kind, fmt.Sprint(n)) }

// log applies documents to a state, one commit at a time.
type log struct {
	t      testing.TB
	state  *State
	number uint64
}

func newLog(t testing.TB) *log { return &log{t: t, state: New(convention())} }

// commit applies changes and fails the test when they are refused.
func (l *log) commit(changes ...Change) {
	l.t.Helper()
	l.number++
	if err := l.state.Apply(l.number, morning.Add(time.Duration(l.number)*time.Second), changes); err != nil {
		l.t.Fatal(err)
	}
}

// body is a document as a change carries it.
func body(kind, id string, version uint64, doc any) Change {
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return Change{Kind: kind, ID: id, Version: version, Schema: cooperation.Schema, Body: text}
}

func needChange(n *cooperation.Need) Change   { return body(KindNeed, n.ID, n.Version, n) }
func offerChange(o *cooperation.Offer) Change { return body(KindOffer, o.ID, o.Version, o) }
func erased(kind, id string, v uint64) Change {
	return Change{Kind: kind, ID: id, Version: v, Schema: 1}
}

func meta(kind string, n int, version uint64) cooperation.Meta {
	return cooperation.Meta{Schema: cooperation.Schema, ID: id(kind, n), Convention: "test", Version: version, Created: morning, Updated: morning}
}

// openNeed is a need that the public sees.
func openNeed(n int, title string) *cooperation.Need {
	return &cooperation.Need{Meta: meta(KindNeed, n, 1), Status: cooperation.NeedOpen, Admitted: morning, NeedContent: cooperation.NeedContent{
		Title: title, Beneficiaries: []reference.Country{mustCountry("KE")}, Themes: []string{"tax"}, ContentLanguage: "en",
		Kinds: []cooperation.Outcome{{Kind: cooperation.Training}}, Languages: []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Required}}}}
}

// openOffer is an offer that the public sees.
func openOffer(n int, title string) *cooperation.Offer {
	return &cooperation.Offer{Meta: meta(KindOffer, n, 1), Status: cooperation.OfferOpen, Admitted: morning, OfferContent: cooperation.OfferContent{
		Title: title, Provider: "FR", Themes: []string{"tax"}, ContentLanguage: "en", Kinds: []cooperation.Outcome{{Kind: cooperation.Training}},
		Languages: []reference.Language{"fr"}}}
}

// secretariat sees whatever was submitted.
func secretariat() cooperation.Actor {
	return cooperation.Actor{ID: "s", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.Secretariat}}}
}

// The small worlds from which random postings and queries are drawn, so that
// they often meet.
var (
	anyCountry  = rapid.SampledFrom([]reference.Country{mustCountry("KE"), mustCountry("EG"), mustCountry("FR"), mustCountry("CI"), mustCountry("FJ")})
	anyTheme    = rapid.SampledFrom([]string{"demand", "tax", "cessation", "supply", "gone"})
	anyKind     = rapid.SampledFrom([]cooperation.Kind{cooperation.Finance, cooperation.Training, cooperation.Legal})
	anyLanguage = rapid.SampledFrom([]reference.Language{"en", "fr", "zh-Hant", "zh", "ar"})
	anyParty    = rapid.SampledFrom([]cooperation.Participant{"KE", "EG", "FR", "CI", "who-afro"})
	anyRegion   = rapid.SampledFrom([]string{"002", "014", "142", "001", "emr"})
	anyDate     = rapid.SampledFrom([]cooperation.Date{{}, date("2026-01-01"), date("2026-06-01"), date("2027-01-01")})
	anyAudience = rapid.SampledFrom(cooperation.Audiences())
	anyText     = rapid.SampledFrom([]string{"Tobacco taxes", "taxation of cigarettes", "Sevrage tabagique", "régime fiscal", "戒烟热线", "налоги на табак",
		"مكافحة التبغ", "Kenya", "Égypte and Côte d'Ivoire", "", "the tax"})
	anyAmount = rapid.SampledFrom([]string{"", "0", "1000", "2500.50"})
	anyMoney  = rapid.SampledFrom([]string{"USD", "EUR"})
)

func anyNeed(t *rapid.T, n int, version uint64) *cooperation.Need {
	need := &cooperation.Need{Meta: meta(KindNeed, n, version), Status: rapid.SampledFrom(cooperation.NeedStatuses()).Draw(t, "status")}
	need.Updated = morning.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "updated")) * time.Hour)
	need.ExternalID = rapid.SampledFrom([]string{"", "row-1", "row-2"}).Draw(t, "external")
	if rapid.Bool().Draw(t, "admitted") {
		need.Admitted = morning
	}
	c := &need.NeedContent
	c.Title, c.Problem = anyText.Draw(t, "title"), anyText.Draw(t, "problem")
	c.Barrier = anyText.Draw(t, "barrier")
	c.ContentLanguage = rapid.SampledFrom([]reference.Language{"", "en", "fr", "zh", "ru", "ar", "pt"}).Draw(t, "language")
	c.Beneficiaries = rapid.SliceOfNDistinct(anyCountry, 0, 2, rapid.ID).Draw(t, "beneficiaries")
	c.Themes = rapid.SliceOfNDistinct(anyTheme, 0, 2, rapid.ID).Draw(t, "themes")
	for _, k := range rapid.SliceOfNDistinct(anyKind, 0, 2, rapid.ID).Draw(t, "kinds") {
		c.Kinds = append(c.Kinds, cooperation.Outcome{Kind: k})
	}
	for _, l := range rapid.SliceOfNDistinct(anyLanguage, 0, 2, rapid.ID).Draw(t, "languages") {
		c.Languages = append(c.Languages, cooperation.LanguageWish{Language: l})
	}
	c.Deadline, c.ValidUntil = anyDate.Draw(t, "deadline"), anyDate.Draw(t, "valid until")
	if amount := anyAmount.Draw(t, "sought"); amount != "" {
		c.Costs = []cooperation.CostLine{{Activity: "a", Currency: anyMoney.Draw(t, "currency"), Cost: amount, Sought: amount}}
	}
	c.Visibility = anyVisibility(t, "problem", "barrier", "deadline", "costs")
	if rapid.Bool().Draw(t, "translated") {
		c.Translations = map[string]cooperation.Translation{"fr": {Title: anyText.Draw(t, "titre"), Problem: anyText.Draw(t, "problème")}}
	}
	return need
}

func anyOffer(t *rapid.T, n int, version uint64) *cooperation.Offer {
	offer := &cooperation.Offer{Meta: meta(KindOffer, n, version), Status: rapid.SampledFrom(cooperation.OfferStatuses()).Draw(t, "status")}
	offer.Updated = morning.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "updated")) * time.Hour)
	if rapid.Bool().Draw(t, "admitted") {
		offer.Admitted = morning
	}
	c := &offer.OfferContent
	c.Title, c.Description = anyText.Draw(t, "title"), anyText.Draw(t, "description")
	c.Provider = anyParty.Draw(t, "provider")
	for _, p := range rapid.SliceOfNDistinct(anyParty, 0, 1, rapid.ID).Draw(t, "co-providers") {
		c.CoProviders = append(c.CoProviders, cooperation.CoProvider{Participant: p})
	}
	c.Themes = rapid.SliceOfNDistinct(anyTheme, 0, 2, rapid.ID).Draw(t, "themes")
	for _, k := range rapid.SliceOfNDistinct(anyKind, 0, 2, rapid.ID).Draw(t, "kinds") {
		c.Kinds = append(c.Kinds, cooperation.Outcome{Kind: k})
	}
	c.Languages = rapid.SliceOfNDistinct(anyLanguage, 0, 2, rapid.ID).Draw(t, "languages")
	c.Countries = rapid.SliceOfNDistinct(anyCountry, 0, 2, rapid.ID).Draw(t, "countries")
	c.Regions = rapid.SliceOfNDistinct(anyRegion, 0, 1, rapid.ID).Draw(t, "regions")
	c.NotCountries = rapid.SliceOfNDistinct(anyCountry, 0, 1, rapid.ID).Draw(t, "excluded")
	c.ValidUntil = anyDate.Draw(t, "valid until")
	if amount := anyAmount.Draw(t, "ceiling"); amount != "" {
		c.Ceiling = cooperation.Money{Amount: amount, Currency: anyMoney.Draw(t, "currency")}
	}
	c.Visibility = anyVisibility(t, "description", "countries", "regions", "valid_until", "ceiling", "capacity")
	return offer
}

func anyVisibility(t *rapid.T, fields ...string) map[string]cooperation.Audience {
	v := map[string]cooperation.Audience{}
	for _, f := range fields {
		if rapid.IntRange(0, 3).Draw(t, "stated") == 0 {
			v[f] = anyAudience.Draw(t, f)
		}
	}
	return v
}

// anyActor is the public, the platform, or somebody with up to three grants.
func anyActor(t *rapid.T) cooperation.Actor {
	switch rapid.IntRange(0, 5).Draw(t, "actor") {
	case 0:
		return cooperation.Actor{}
	case 1:
		return cooperation.System("test")
	}
	grant := rapid.Custom(func(t *rapid.T) cooperation.Grant {
		return cooperation.Grant{Convention: rapid.SampledFrom([]string{"test", "test", "other", ""}).Draw(t, "convention"),
			Role:        rapid.SampledFrom(cooperation.Roles()).Draw(t, "role"),
			Participant: rapid.SampledFrom([]cooperation.Participant{"", "KE", "EG", "FR", "CI", "who-afro"}).Draw(t, "participant"),
			Committee:   rapid.SampledFrom([]string{"", "bureau", "cop"}).Draw(t, "committee")}
	})
	return cooperation.Actor{ID: "somebody", Grants: rapid.SliceOfN(grant, 0, 3).Draw(t, "grants")}
}

func anyQuery(t *rapid.T) Query {
	q := Query{Facets: true, Limit: rapid.IntRange(1, 7).Draw(t, "limit")}
	some := func(name string) bool { return rapid.IntRange(0, 4).Draw(t, name) == 0 }
	if some("by status") {
		q.Status = rapid.SliceOfN(rapid.SampledFrom([]string{"open", "draft", "closed", "withdrawn"}), 1, 2).Draw(t, "status")
	}
	if some("by country") {
		q.Country = rapid.SliceOfN(anyCountry, 1, 2).Draw(t, "country")
	}
	if some("by region") {
		q.Region = rapid.SliceOfN(anyRegion, 1, 2).Draw(t, "region")
	}
	if some("by theme") {
		q.Theme = rapid.SliceOfN(anyTheme, 1, 2).Draw(t, "theme")
	}
	if some("by kind") {
		q.Kind = rapid.SliceOfN(anyKind, 1, 2).Draw(t, "kind")
	}
	if some("by language") {
		q.Language = rapid.SliceOfN(anyLanguage, 1, 2).Draw(t, "language")
	}
	if some("by provider") {
		q.Provider = rapid.SliceOfN(anyParty, 1, 2).Draw(t, "provider")
	}
	if some("by deadline") {
		q.DeadlineFrom, q.DeadlineTo = anyDate.Draw(t, "from"), anyDate.Draw(t, "to")
	}
	if some("by amount") {
		q.Currency = anyMoney.Draw(t, "currency")
		q.AmountFrom = rapid.SampledFrom([]int64{0, 1, 100_000}).Draw(t, "least")
		q.AmountTo = rapid.SampledFrom([]int64{0, 100_000, 300_000}).Draw(t, "most")
	}
	if some("by text") {
		q.Text = rapid.SampledFrom([]string{"tax", "taxes tobacco", "sevrage", "Kenia", "戒烟", "烟", "налог", "التبغ", "ilicito", "the", "who", "demande", "nothing"}).Draw(t, "text")
	}
	q.Sort = rapid.SampledFrom([]Sort{"", SortNewest, SortDeadline, SortUpdated}).Draw(t, "sort")
	return q
}
