package cooperation_test

import (
	"strings"
	"testing"

	"entente/cooperation"
)

func TestTheRulesForOffers(t *testing.T) {
	type content = cooperation.OfferContent
	long := func(n int) string { return strings.Repeat("é", n) }
	for _, c := range []struct {
		name    string
		degrees int // at which the rule holds; at the others the content passes
		break_  func(*content)
		field   string
		key     string
	}{
		{"no title", always, func(o *content) { o.Title = "\t" }, "title", "required"},
		{"no description", asSubmission, func(o *content) { o.Description = "" }, "description", "required"},
		{"a description of 8001 characters", always, func(o *content) { o.Description = long(8001) }, "description", "too_long"},
		{"no firmness", asSubmission, func(o *content) { o.Firmness = "" }, "firmness", "required"},
		{"an unknown firmness", always, func(o *content) { o.Firmness = "promise" }, "firmness", "not_one_of"},
		{"a provider that has signed", 0, func(o *content) { o.Provider = "TZ" }, "", ""},
		{"a provider that is not admitted", whenPosted, func(o *content) { o.Provider = "BR" }, "provider", "not_admitted"},
		{"a Party that has withdrawn", whenPosted, func(o *content) { o.Provider = "UG" }, "provider", "not_admitted"},
		{"a provider of no form", always, func(o *content) { o.Provider = "The Ministry" }, "provider", "unknown_participant"},
		{"a co-provider of no form", always, func(o *content) { o.CoProviders[0].Participant = "??" }, "co_providers[0].participant", "unknown_participant"},
		{"a co-provider that is the provider", always, func(o *content) { o.CoProviders[0].Participant = "FR" }, "co_providers[0].participant", "duplicate"},
		{"a co-provider that is not admitted", whenPosted, func(o *content) { o.CoProviders[0].Participant = "BR" }, "co_providers[0].participant", "not_admitted"},
		{"a co-provider in no role", always, func(o *content) { o.CoProviders[0].Role = "watching" }, "co_providers[0].role", "not_one_of"},
		{"a co-provider twice", always, func(o *content) { o.CoProviders = append(o.CoProviders, o.CoProviders[0]) }, "co_providers", "duplicate"},
		{"an organisation that has not declared", whenPosted, func(o *content) { o.Provider, o.CoProviders, o.Declarations = "some-institute", nil, nil }, "declarations", "declaration"},
		{"a co-provider that has not declared", whenPosted, func(o *content) { o.CoProviders[0].Participant, o.Declarations = "some-institute", nil }, "declarations", "declaration"},
		{"an organisation whose declaration stands", 0, func(o *content) { o.Declarations = nil }, "", ""},
		{"an organisation that nobody knows", always, func(o *content) { o.Provider = "nobody-knows" }, "provider", "unknown_organisation"},
		{"a co-provider that has only applied", always, func(o *content) { o.CoProviders[0].Participant = "newcomer" }, "co_providers[0].participant", "unknown_organisation"},
		{"a provider that has only applied", whenPosted, func(o *content) { o.Provider, o.CoProviders = "newcomer", nil }, "provider", "organisation_not_admitted"},
		{"a provider that is suspended", whenPosted, func(o *content) { o.Provider, o.CoProviders = "suspended-fund", nil }, "provider", "organisation_not_admitted"},
		{"a co-provider that is suspended", whenPosted, func(o *content) { o.CoProviders[0].Participant = "suspended-fund" }, "co_providers[0].participant", "organisation_not_admitted"},
		{"an organisation excluded that nobody knows", always, func(o *content) { o.Excluded = []cooperation.Participant{"nobody-knows"} }, "excluded[0]", "unknown_organisation"},
		{"an organisation excluded that is suspended", 0, func(o *content) { o.Excluded = []cooperation.Participant{"suspended-fund"} }, "", ""},
		{"States need not declare", 0, func(o *content) { o.CoProviders, o.Declarations = nil, nil }, "", ""},
		{"no theme", whenPosted, func(o *content) { o.Themes = nil }, "themes", "required"},
		{"an unknown theme", always, func(o *content) { o.Themes[0] = "space" }, "themes[0]", "unknown_theme"},
		{"no kind", whenPosted, func(o *content) { o.Kinds = nil }, "kinds", "required"},
		{"an unknown kind", always, func(o *content) { o.Kinds[0].Kind = "" }, "kinds[0].kind", "unknown_kind"},
		{"no language", 0, func(o *content) { o.Languages = nil }, "", ""},
		{"an unknown language", always, func(o *content) { o.Languages[1] = "Portuguese" }, "languages[1]", "unknown_language"},
		{"an empty country", always, func(o *content) { o.Countries = append(o.Countries, 0) }, "countries[1]", "required"},
		{"an empty excluded country", always, func(o *content) { o.NotCountries = append(o.NotCountries, 0) }, "excluded_countries[1]", "required"},
		{"an unknown region", always, func(o *content) { o.Regions[1] = "999" }, "regions[1]", "unknown_region"},
		{"an unknown excluded region", always, func(o *content) { o.NotRegions[0] = "atlantis" }, "excluded_regions[0]", "unknown_region"},
		{"unknown terms", always, func(o *content) { o.Terms = "barter" }, "terms", "not_one_of"},
		{"an unknown type", always, func(o *content) { o.Type = "once" }, "type", "not_one_of"},
		{"a ceiling of nothing", always, func(o *content) { o.Ceiling.Amount = "0.00" }, "ceiling.amount", "amount"},
		{"a ceiling in words", always, func(o *content) { o.Ceiling.Amount = "much" }, "ceiling.amount", "amount"},
		{"a ceiling in no currency", always, func(o *content) { o.Ceiling.Currency = "" }, "ceiling.currency", "unknown_currency"},
		{"an amount as capacity without a ceiling", always, func(o *content) {
			o.Capacity, o.Ceiling = cooperation.Capacity{Unit: "amount"}, cooperation.Money{}
		}, "ceiling", "required"},
		{"a capacity of nobody", always, func(o *content) { o.Capacity.Quantity = 0 }, "capacity.quantity", "required"},
		{"a capacity below nothing", always, func(o *content) { o.Capacity.Quantity = -1 }, "capacity.quantity", "too_small"},
		{"a capacity in other units", always, func(o *content) { o.Capacity.Unit = "lorries" }, "capacity.unit", "not_one_of"},
		{"no capacity named is unlimited", 0, func(o *content) { o.Capacity = cooperation.Capacity{} }, "", ""},
		{"an end before the start", always, func(o *content) { o.End = o.Start.AddDays(-1) }, "end", "date_order"},
		{"valid until yesterday", whenPosted, func(o *content) { o.ValidUntil = today().AddDays(-1) }, "valid_until", "validity"},
		{"valid longer than the profile allows", whenPosted, func(o *content) { o.ValidUntil = today().AddMonths(12).AddDays(1) }, "valid_until", "validity"},
		{"valid as long as the profile allows", 0, func(o *content) { o.ValidUntil = today().AddMonths(12) }, "", ""},
		{"a lead time of six years", always, func(o *content) { o.LeadDays = 2190 }, "lead_days", "too_large"},
		{"evidence without a title", always, func(o *content) { o.Evidence[0].Title = "" }, "evidence[0].title", "required"},
		{"evidence in an unknown theme", always, func(o *content) { o.Evidence[0].Theme = "space" }, "evidence[0].theme", "unknown_theme"},
		{"evidence in an empty country", always, func(o *content) { o.Evidence[0].Countries[0] = 0 }, "evidence[0].countries[0]", "required"},
		{"evidence from before the United Nations", always, func(o *content) { o.Evidence[0].Year = 1944 }, "evidence[0].year", "too_small"},
		{"evidence with a link to a file", always, func(o *content) { o.Evidence[0].Link = "file:///etc/passwd" }, "evidence[0].link", "link"},
		{"an endless declaration", always, func(o *content) { o.Declarations = append(o.Declarations, long(101)) }, "declarations[1]", "too_long"},
		{"itself excluded", always, func(o *content) { o.Excluded = []cooperation.Participant{"FR"} }, "excluded[0]", "own_side"},
		{"its co-provider excluded", always, func(o *content) { o.Excluded = []cooperation.Participant{"demining-trust"} }, "excluded[0]", "own_side"},
		{"an unknown one excluded", always, func(o *content) { o.Excluded = []cooperation.Participant{"Mozambique"} }, "excluded[0]", "unknown_participant"},
		{"exclusions for the public", always, func(o *content) { o.Visibility["excluded_countries"] = cooperation.ToPublic }, "visibility.excluded_countries", "too_visible"},
		{"excluded regions for the committee", always, func(o *content) { o.Visibility["excluded_regions"] = cooperation.ToCommittee }, "visibility.excluded_regions", "too_visible"},
		{"a field of needs", always, func(o *content) { o.Visibility["problem"] = cooperation.ToOwn }, "visibility.problem", "unknown_field"},
		{"the provider hidden", always, func(o *content) { o.Visibility["provider"] = cooperation.ToOwn }, "visibility.provider", "always_visible"},
	} {
		for degree, name := range degrees {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				content := fullOffer()
				c.break_(&content)
				err := offerAs(degree, content)
				if c.degrees&degree == 0 {
					ok(t, err)
					return
				}
				wantField(t, err, c.field, "error.invalid."+c.key)
			})
		}
	}
}

func TestAnOfferHasAProvider(t *testing.T) {
	content := fullOffer()
	content.Provider = ""
	_, err := cooperation.ImportOffer("O-1", pilot(), content, secretariat, noon)
	wantField(t, err, "provider", "error.invalid.required")
}
