package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/cooperation"
	"entente/exchange"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/reference"
)

// plain is the row that the constant good states.
func plain() cooperation.NeedContent {
	return cooperation.NeedContent{
		Beneficiaries: lands("AO"), Title: "Title", Themes: []string{"fctc-art6"},
		Kinds:     []cooperation.Outcome{{Kind: cooperation.Training}},
		Languages: []cooperation.LanguageWish{{Language: "pt", Strength: cooperation.Required}},
	}
}

func lands(codes ...string) []reference.Country {
	var out []reference.Country
	for _, code := range codes {
		c, ok := reference.ParseCountry(code)
		if !ok {
			panic("no country " + code)
		}
		out = append(out, c)
	}
	return out
}

func day(s string) cooperation.Date {
	d, err := cooperation.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// byDay compares dates.
func byDay() cmp.Option { return cmpopts.EquateComparable(cooperation.Date{}) }

// table writes one row under its header, every cell in quotation marks.
func table(cells ...[2]string) string {
	var names, values []string
	for _, c := range cells {
		names = append(names, c[0])
		values = append(values, `"`+strings.ReplaceAll(c[1], `"`, `""`)+`"`)
	}
	return strings.Join(names, ",") + "\n" + strings.Join(values, ",") + "\n"
}

func fullNeed() [][2]string {
	return [][2]string{
		{"external_id", "n-1"}, {"convention", "fctc"}, {"beneficiary", "AO, MZ"}, {"title", "A \"title\""}, {"themes", "fctc-art6 fctc-art8"},
		{"kinds", "training;legal"}, {"languages", "pt en"}, {"problem", "One\ntwo"}, {"barrier", "Barrier"}, {"source", "Report 2026"}, {"authority", "Ministry"},
		{"article", "6(2)"}, {"commitment", "Action 3"}, {"interpretation", "Yes"}, {"places", "AO"}, {"urgency", "high"}, {"deadline", "2028-12-01"},
		{"start", "2027-01-01"}, {"end", "2028-06-30"}, {"valid_until", "2027-12-31"}, {"currency", "USD"}, {"amount_sought", "1000.50"},
		{"national_budget", "200"}, {"other_support", "300.5"}, {"coordination", "Committee"}, {"existing_help", "Existing"}, {"past_help", "Past"},
		{"asked_elsewhere", "Elsewhere"}, {"own_contribution", "Staff"}, {"preferred", "BR PT"}, {"excluded", "some-body"},
		{"programme_activity", "3.2"}, {"content_language", "en"},
	}
}

func TestEveryColumnOfANeedArrivesInItsField(t *testing.T) {
	rows := readNeeds(t, table(fullNeed()...))
	want := cooperation.NeedContent{
		Beneficiaries: lands("AO", "MZ"), Title: `A "title"`, Themes: []string{"fctc-art6", "fctc-art8"},
		Kinds:     []cooperation.Outcome{{Kind: cooperation.Training}, {Kind: cooperation.Legal}},
		Languages: []cooperation.LanguageWish{{Language: "pt", Strength: cooperation.Required}, {Language: "en", Strength: cooperation.Required}},
		Problem:   "One\ntwo", Barrier: "Barrier", Analysis: &cooperation.Analysis{Source: "report", Text: "Report 2026"}, Authority: "Ministry",
		Article: "6(2)", Commitment: "Action 3", Interpretation: true, Places: []cooperation.Place{{Country: lands("AO")[0]}}, Urgency: cooperation.High,
		Deadline: day("2028-12-01"), Start: day("2027-01-01"), End: day("2028-06-30"), ValidUntil: day("2027-12-31"),
		Costs:        []cooperation.CostLine{{Activity: `A "title"`, Currency: "USD", Cost: "1501.00", National: "200", Other: "300.5", Sought: "1000.50"}},
		Coordination: "Committee", ExistingHelp: "Existing", PastHelp: "Past", AskedElsewhere: "Elsewhere", OwnContribution: "Staff",
		Preferred: []cooperation.Participant{"BR", "PT"}, Excluded: []cooperation.Participant{"some-body"}, ProgrammeActivity: "3.2", ContentLanguage: "en",
	}
	if len(rows.Rows) != 1 {
		t.Fatalf("%d rows, errors %v", len(rows.Rows), toldOf(rows.Errors))
	}
	if diff := cmp.Diff(want, rows.Rows[0].Content, byDay()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(exchange.NeedColumns(), firsts(fullNeed())); diff != "" {
		t.Errorf("columns that this test leaves out (-columns +test):\n%s", diff)
	}
}

func fullOffer() [][2]string {
	return [][2]string{
		{"external_id", "o-1"}, {"convention", "fctc"}, {"provider", "BR"}, {"title", "Title"}, {"themes", "fctc-art6"}, {"kinds", "training"}, {"languages", "pt es"},
		{"regions", "afro 419"}, {"countries", "TL"}, {"excluded_regions", "015"}, {"excluded_countries", "AO"}, {"source", "Sample"}, {"description", "What"},
		{"type", "standing"}, {"firmness", "pledge"}, {"terms", "in_kind"}, {"currency", "USD"}, {"ceiling", "5000"}, {"capacity_unit", "person_days"},
		{"capacity", "60"}, {"start", "2027-01-01"}, {"end", "2028-12-31"}, {"valid_until", "2027-06-30"}, {"lead_days", "45"}, {"interpretation", "1"},
		{"parties_only", "true"}, {"ldc", "yes"}, {"sids", "no"}, {"lldc", "0"}, {"income", "low lower-middle"}, {"tied", "FALSE"},
		{"host_contribution", "Room"}, {"declarations", "no-tobacco-ties"}, {"excluded", "MZ"}, {"content_language", "pt-BR"},
	}
}

func TestEveryColumnOfAnOfferArrivesInItsField(t *testing.T) {
	rows, err := exchange.ReadOffers(strings.NewReader(table(fullOffer()...)))
	if err != nil || len(rows.Rows) != 1 {
		t.Fatalf("%d rows, errors %v, %v", len(rows.Rows), toldOf(rows.Errors), err)
	}
	want := cooperation.OfferContent{
		Provider: "BR", Title: "Title", Themes: []string{"fctc-art6"}, Kinds: []cooperation.Outcome{{Kind: cooperation.Training}},
		Languages: []reference.Language{"pt", "es"}, Regions: []string{"afro", "419"}, Countries: lands("TL"), NotRegions: []string{"015"}, NotCountries: lands("AO"),
		Evidence: []cooperation.Evidence{{Title: "Sample"}}, Description: "What", Type: cooperation.Standing, Firmness: cooperation.Pledge, Terms: cooperation.InKind,
		Ceiling: cooperation.Money{Amount: "5000", Currency: "USD"}, Capacity: cooperation.Capacity{Unit: "person_days", Quantity: 60},
		Start: day("2027-01-01"), End: day("2028-12-31"), ValidUntil: day("2027-06-30"), LeadDays: 45, Interpretation: true,
		Eligibility:      cooperation.Eligibility{PartiesOnly: true, LDC: true, Income: []reference.Income{reference.LowIncome, reference.LowerMiddleIncome}},
		HostContribution: "Room", Declarations: []string{"no-tobacco-ties"}, Excluded: []cooperation.Participant{"MZ"}, ContentLanguage: "pt-BR",
	}
	if diff := cmp.Diff(want, rows.Rows[0].Content, byDay()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(exchange.OfferColumns(), firsts(fullOffer())); diff != "" {
		t.Errorf("columns that this test leaves out (-columns +test):\n%s", diff)
	}
}

func firsts(cells [][2]string) []string {
	var out []string
	for _, c := range cells {
		out = append(out, c[0])
	}
	return out
}

func TestABadCellOfAnOfferIsToldByColumn(t *testing.T) {
	var said []message.Message
	for column, tc := range map[string]struct{ text, key string }{
		"countries":      {"ZZ", "error.invalid.unknown_country"},
		"capacity":       {"-1", "error.invalid.number"},
		"lead_days":      {"ten", "error.invalid.number"},
		"income":         {"poor", "error.invalid.not_one_of"},
		"excluded":       {"?", "error.invalid.unknown_participant"},
		"tied":           {"x", "error.import.yes_or_no"},
		"end":            {"2027", "error.invalid.date"},
		"interpretation": {"ja", "error.import.yes_or_no"},
	} {
		cells := fullOffer()
		for i := range cells {
			if cells[i][0] == column {
				cells[i][1] = tc.text
			}
		}
		rows, err := exchange.ReadOffers(strings.NewReader(table(cells...)))
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, sentences(rows.Errors)...)
		if got := toldOf(rows.Errors); len(got) != 1 || got[0].Column != column || got[0].Key != tc.key || got[0].Line != 2 || got[0].ID != "o-1" {
			t.Errorf("%s %q was told as %v", column, tc.text, got)
		}
	}
	i18ntest.Renders(t, nil, said...)
}

func TestTheCostIsTheSumOfItsSources(t *testing.T) {
	for name, tc := range map[string]struct {
		currency, sought, national, other string
		want                              []cooperation.CostLine
	}{
		"nothing stated": {"", "", "", "", nil},
		"sought only":    {"USD", "100", "", "", []cooperation.CostLine{{Activity: "Title", Currency: "USD", Cost: "100.00", Sought: "100"}}},
		"three sources":  {"JPY", "100", "20", "3", []cooperation.CostLine{{Activity: "Title", Currency: "JPY", Cost: "123", National: "20", Other: "3", Sought: "100"}}},
		"currency only":  {"USD", "", "", "", []cooperation.CostLine{{Activity: "Title", Currency: "USD"}}},
		"not an amount":  {"USD", "a lot", "5", "", []cooperation.CostLine{{Activity: "Title", Currency: "USD", Cost: "0", National: "5", Sought: "a lot"}}},
	} {
		rows := readNeeds(t, header+",currency,amount_sought,national_budget,other_support\n"+strings.Join([]string{good, tc.currency, tc.sought, tc.national, tc.other}, ",")+"\n")
		if len(rows.Rows) != 1 {
			t.Fatalf("%s: %d rows, errors %v", name, len(rows.Rows), toldOf(rows.Errors))
		}
		if diff := cmp.Diff(tc.want, rows.Rows[0].Content.Costs); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
