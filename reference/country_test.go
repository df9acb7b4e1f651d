package reference_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/reference"
)

var six = []string{"ar", "en", "es", "fr", "ru", "zh"}

// country returns the country with a code, or ends the test.
func country(t testing.TB, alpha2 string) reference.Country {
	t.Helper()
	c, ok := reference.ParseCountry(alpha2)
	if !ok {
		t.Fatalf("%q is not known", alpha2)
	}
	return c
}

// codes are the alpha-2 codes of countries, separated by spaces.
func codes(countries []reference.Country) string {
	var list []string
	for _, c := range countries {
		list = append(list, c.Alpha2())
	}
	return strings.Join(list, " ")
}

// those returns the countries of which something is true.
func those(is func(reference.Country) bool) []reference.Country {
	return slices.DeleteFunc(reference.Countries(), func(c reference.Country) bool { return !is(c) })
}

func TestACountryIsFoundByEachOfItsCodes(t *testing.T) {
	for _, c := range reference.Countries() {
		if got, ok := reference.ParseCountry(c.Alpha2()); !ok || got != c {
			t.Errorf("ParseCountry(%q) = %v, %v", c.Alpha2(), got, ok)
		}
		if c.Alpha2() == "EU" {
			continue
		}
		if got, ok := reference.CountryByAlpha3(c.Alpha3()); !ok || got != c || len(c.Alpha3()) != 3 {
			t.Errorf("CountryByAlpha3(%q) = %v, %v, want %v", c.Alpha3(), got, ok, c)
		}
		if got, ok := reference.CountryByM49(c.M49()); !ok || got != c || len(c.M49()) != 3 {
			t.Errorf("CountryByM49(%q) = %v, %v, want %v", c.M49(), got, ok, c)
		}
	}
}

func TestWhatIsNoCodeOfACountryIsRefused(t *testing.T) {
	for _, code := range []string{"", "A", "ao", "Ao", "ZZ", "AGO", "[A", "A[", "UK", "XK"} {
		if c, ok := reference.ParseCountry(code); ok || c != 0 {
			t.Errorf("ParseCountry(%q) = %v, %v", code, c, ok)
		}
	}
	for _, code := range []string{"", "ago", "AO", "ZZZ"} {
		if c, ok := reference.CountryByAlpha3(code); ok || c != 0 {
			t.Errorf("CountryByAlpha3(%q) = %v, %v", code, c, ok)
		}
	}
	for _, code := range []string{"", "24", "0024", "999", "02A", "001"} {
		if c, ok := reference.CountryByM49(code); ok || c != 0 {
			t.Errorf("CountryByM49(%q) = %v, %v", code, c, ok)
		}
	}
}

func TestTheCountriesAreThoseOfISO3166AndTheEuropeanUnionInOrder(t *testing.T) {
	list := reference.Countries()
	if len(list) != 250 {
		t.Errorf("%d entries, want 249 and the European Union", len(list))
	}
	if !slices.IsSortedFunc(list, func(a, b reference.Country) int { return strings.Compare(a.Alpha2(), b.Alpha2()) }) {
		t.Error("the entries are not in the order of their codes")
	}
	list[0] = 0
	if reference.Countries()[0] == 0 {
		t.Error("a caller can change the list")
	}
}

func TestEveryCountryHasANameInSixLanguages(t *testing.T) {
	for _, lang := range six {
		seen := map[string]reference.Country{}
		for _, c := range reference.Countries() {
			name := c.Name(lang)
			if name == "" || name != strings.TrimSpace(name) || strings.ContainsAny(name, "*’") {
				t.Errorf("%v in %s: %q", c, lang, name)
			}
			if other, taken := seen[name]; taken {
				t.Errorf("%v and %v are both %q in %s", other, c, name, lang)
			}
			seen[name] = c
		}
	}
}

func TestNamesAreThoseOfTheUnitedNations(t *testing.T) {
	for _, want := range []struct{ code, lang, name string }{
		{"TR", "en", "Türkiye"},
		{"CI", "en", "Côte d'Ivoire"},
		{"VN", "en", "Viet Nam"},
		{"CD", "en", "Democratic Republic of the Congo"},
		{"CD", "fr", "République démocratique du Congo"},
		{"CD", "zh", "刚果民主共和国"},
		{"BO", "en", "Bolivia (Plurinational State of)"},
		{"AF", "fr", "Afghanistan"},
		{"AF", "es", "Afganistán"},
		{"KP", "es", "República Popular Democrática de Corea"},
		{"RU", "ru", "Российская Федерация"},
		{"SA", "ar", "المملكة العربية السعودية"},
		{"EU", "fr", "Union européenne"},
		{"AO", "fr-CA", "Angola"},
		{"ES", "fr-CA", "Espagne"},
		{"ES", "de", "Spain"},
		{"ES", "", "Spain"},
	} {
		if got := country(t, want.code).Name(want.lang); got != want.name {
			t.Errorf("%s in %q: %q, want %q", want.code, want.lang, got, want.name)
		}
	}
}

func TestTheStatesAreTheMembersTheObserversAndTwoMore(t *testing.T) {
	if n := len(those(reference.Country.IsMember)); n != 193 {
		t.Errorf("%d Member States, want 193", n)
	}
	others := those(func(c reference.Country) bool { return c.IsState() && !c.IsMember() })
	if got := codes(others); got != "CK NU PS VA" {
		t.Errorf("other States: %s", got)
	}
}

func TestEveryMemberStateHasARegionalGroup(t *testing.T) {
	count := map[string]int{}
	for _, c := range reference.Countries() {
		if c.IsMember() != (c.Group() != 0) {
			t.Errorf("%v: member %v, group %q", c, c.IsMember(), c.Group())
		}
		count[c.Group().Code()]++
	}
	delete(count, "")
	want := map[string]int{"african": 54, "asia-pacific": 54, "eastern-european": 23, "grulac": 33, "weog": 29}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Error(diff)
	}
}

func TestSpecialSituationsAreThoseOfTheUnitedNations(t *testing.T) {
	for _, list := range []struct {
		name    string
		is      func(reference.Country) bool
		count   int
		in, out string
	}{
		{"LDC", reference.Country.LDC, 44, "AO BF SS TV", "BT ST VU CV IN"},
		{"LLDC", reference.Country.LLDC, 32, "BO BF MD SS", "AO RS VA"},
		{"SIDS", reference.Country.SIDS, 39, "CV TV CK NU GW", "BH LK MG"},
	} {
		if n := len(those(list.is)); n != list.count {
			t.Errorf("%d %s, want %d", n, list.name, list.count)
		}
		for code := range strings.FieldsSeq(list.in) {
			if !list.is(country(t, code)) {
				t.Errorf("%s is a %s", code, list.name)
			}
		}
		for code := range strings.FieldsSeq(list.out) {
			if list.is(country(t, code)) {
				t.Errorf("%s is no %s", code, list.name)
			}
		}
	}
	for _, c := range those(func(c reference.Country) bool { return c.LDC() || c.LLDC() || c.SIDS() }) {
		if !c.IsState() {
			t.Errorf("%v is no State", c)
		}
	}
}

func TestIncomeGroupsAreThoseOfTheWorldBank(t *testing.T) {
	count := map[reference.Income]int{}
	for _, c := range those(reference.Country.IsMember) {
		count[c.Income()]++
		if c.Income() == reference.Unclassified && c.Alpha2() != "ET" && c.Alpha2() != "VE" {
			t.Errorf("%v is not classified", c)
		}
	}
	want := map[reference.Income]int{
		reference.LowIncome: 25, reference.LowerMiddleIncome: 49, reference.UpperMiddleIncome: 53,
		reference.HighIncome: 64, reference.Unclassified: 2,
	}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Error(diff)
	}
	for code, want := range map[string]string{"BF": "low", "AO": "lower-middle", "BR": "upper-middle", "CL": "high"} {
		if got := country(t, code).Income().Code(); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestTheEuropeanUnionIsAnEntryOfItsOwn(t *testing.T) {
	eu := country(t, "EU")
	if eu.Alpha3() != "" || eu.M49() != "" || eu.IsState() || eu.Group() != 0 || len(eu.Neighbours()) > 0 {
		t.Errorf("the European Union is taken for a State")
	}
	if eu.Region().Code() != "150" || !eu.In(reference.World) || eu.SubRegion() != 0 || eu.MacroRegion().Code() != "150" {
		t.Errorf("the European Union lies in %v", eu.Region())
	}
	if n := len(eu.Languages()); n != 24 {
		t.Errorf("%d languages, want 24", n)
	}
	if km := eu.DistanceKm(country(t, "BE")); km > 10 {
		t.Errorf("%d km from Belgium", km)
	}
}

func TestNoCountryKnowsNothing(t *testing.T) {
	for _, none := range []reference.Country{0, 60000} {
		if none.Alpha2() != "" || none.Name("en") != "" || none.IsState() || none.Region() != 0 ||
			none.MacroRegion() != 0 || none.In(reference.World) || none.Languages() != nil || none.Neighbours() != nil {
			t.Errorf("%d is something", none)
		}
	}
}

func TestCountriesTravelAsText(t *testing.T) {
	type document struct {
		One  reference.Country            `json:"one"`
		None reference.Country            `json:"none"`
		Many map[reference.Country]string `json:"many"`
	}
	before := document{country(t, "AO"), 0, map[reference.Country]string{country(t, "BF"): "x"}}
	text, err := json.Marshal(before)
	if err != nil || string(text) != `{"one":"AO","none":"","many":{"BF":"x"}}` {
		t.Fatalf("%s, %v", text, err)
	}
	var after document
	if err := json.Unmarshal(text, &after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"one":"ao"}`), &after); err == nil {
		t.Error("a code in lower case is accepted")
	}
}
