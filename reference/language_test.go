package reference_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"entente/reference"
)

// tags are languages separated by spaces.
func tags(languages []reference.Language) string {
	var list []string
	for _, l := range languages {
		list = append(list, string(l))
	}
	return strings.Join(list, " ")
}

func TestOfficialLanguagesAreThoseOfTheCountry(t *testing.T) {
	for code, want := range map[string]string{
		"AO": "pt",
		"CA": "en fr",
		"CH": "de fr it rm",
		"CM": "fr en",
		"SN": "fr",
		"TL": "pt tet",
		"UA": "uk",
		"RW": "rw en fr sw",
		"ME": "sr-ME",
		"RS": "sr",
	} {
		if got := tags(country(t, code).Languages()); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestEveryInhabitedCountryHasAnOfficialLanguageWithNames(t *testing.T) {
	for _, c := range reference.Countries() {
		uninhabited := strings.Contains("AQ BV HM TF", c.Alpha2())
		if uninhabited != (len(c.Languages()) == 0) {
			t.Errorf("%v: %v", c, c.Languages())
		}
		for _, l := range c.Languages() {
			if parsed, ok := reference.ParseLanguage(string(l)); !ok || parsed != l {
				t.Errorf("%v: %q is read as %q, %v", c, l, parsed, ok)
			}
			for _, lang := range six {
				if name := l.Name(lang); name == "" || name == string(l) {
					t.Errorf("%q in %s: %q", l, lang, name)
				}
			}
		}
	}
}

func TestTagsAreBroughtIntoTheirCanonicalForm(t *testing.T) {
	for tag, want := range map[string]reference.Language{
		"fr": "fr", "FR": "fr", "fr-ca": "fr-CA", "zh-hant": "zh-Hant", "ms-arab": "ms-Arab",
		"iw": "he", "in": "id", "tl": "fil", "sh": "sr-Latn", "cmn": "zh", "cmn-Hant": "zh-Hant",
		"cnr": "sr-ME", "cnr-Latn": "sr-Latn", "prs": "fa-AF", "swh": "sw", "nb": "nb", "nb-NO": "nb-NO", "no": "no",
		"hif": "hif", "tw": "ak",
	} {
		got, ok := reference.ParseLanguage(tag)
		if !ok || got != want {
			t.Errorf("%q is %q, %v, want %q", tag, got, ok, want)
		}
		if again, ok := reference.ParseLanguage(string(got)); !ok || again != got {
			t.Errorf("%q is not canonical: %q", got, again)
		}
	}
	for _, tag := range []string{"", "english", "xx", "f", "und", "und-Latn", "mul", "zxx", "mis", "x-klingon", "qaa", "fr_", "français", "fr fr"} {
		if got, ok := reference.ParseLanguage(tag); ok {
			t.Errorf("%q is accepted as %q", tag, got)
		}
	}
}

func TestTheBaseOfALanguageIsItsFirstPart(t *testing.T) {
	for tag, want := range map[reference.Language]string{"ms-Arab": "ms", "fr": "fr", "zh-Hant-HK": "zh", "": ""} {
		if got := tag.Base(); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}

func TestLanguagesHaveNamesInSixLanguages(t *testing.T) {
	for _, want := range []struct {
		tag      reference.Language
		in, name string
	}{
		{"fr", "en", "French"},
		{"fr", "fr", "français"},
		{"pt", "zh", "葡萄牙语"},
		{"sw", "ru", "суахили"},
		{"es", "ar", "الإسبانية"},
		{"fa-AF", "es", "darí"},
		{"sr-ME", "en", "Montenegrin"},
		{"zh-Hant", "en", "Traditional Chinese"},
		{"ms-Arab", "en", "Malay"},
		{"fr", "de", "French"},
		{"gil", "ar", "الكيريباتية"},
		{"xyz-Latn", "en", "xyz-Latn"},
		{"", "en", ""},
	} {
		if got := want.tag.Name(want.in); got != want.name {
			t.Errorf("%q in %s: %q, want %q", want.tag, want.in, got, want.name)
		}
	}
}

func TestLanguagesAreRelatedAsTheTablesSay(t *testing.T) {
	for _, want := range []struct {
		a, b     reference.Language
		relation reference.Relation
	}{
		{"fr", "fr", reference.Same},
		{"ms-Arab", "ms", reference.Same},
		{"zh-Hant", "zh", reference.Same},
		{"fa-AF", "fa", reference.Same},
		{"hr", "sr", reference.Macro},
		{"sr-ME", "bs", reference.Macro},
		{"ms", "id", reference.Macro},
		{"cs", "sk", reference.Macro},
		{"nb", "da", reference.Macro},
		{"fa-AF", "tg", reference.Macro},
		{"hi", "ur", reference.Macro},
		{"be", "ru", reference.Official},
		{"rw", "fr", reference.Official},
		{"tet", "pt", reference.Official},
		{"fi", "sv", reference.Official},
		{"en", "fr", reference.None},
		{"uk", "ru", reference.None},
		{"es", "pt", reference.None},
		{"zu", "st", reference.None},
		{"", "", reference.None},
		{"fr", "", reference.None},
	} {
		if got := reference.Understood(want.a, want.b); got != want.relation {
			t.Errorf("%q and %q: %v, want %v", want.a, want.b, got, want.relation)
		}
		if got := reference.Understood(want.b, want.a); got != want.relation {
			t.Errorf("%q and %q: %v, want %v", want.b, want.a, got, want.relation)
		}
	}
}

func TestAnOfficialRelationHoldsInEveryCountryOfTheNarrowerLanguage(t *testing.T) {
	where := map[string]map[reference.Country]bool{}
	for _, c := range reference.Countries() {
		if c.Alpha2() == "EU" {
			continue
		}
		for _, l := range c.Languages() {
			if where[l.Base()] == nil {
				where[l.Base()] = map[reference.Country]bool{}
			}
			where[l.Base()][c] = true
		}
	}
	within := func(narrow, wide string) bool {
		for c := range where[narrow] {
			if !where[wide][c] {
				return false
			}
		}
		return len(where[wide]) > len(where[narrow])
	}
	pairs := 0
	for a := range where {
		for b := range where {
			if reference.Understood(reference.Language(a), reference.Language(b)) == reference.Official {
				pairs++
				if !within(a, b) && !within(b, a) {
					t.Errorf("%s and %s are not official together", a, b)
				}
			}
		}
	}
	if pairs < 100 {
		t.Errorf("only %d pairs were looked at", pairs)
	}
}

func TestLanguagesTravelAsText(t *testing.T) {
	var l reference.Language
	if err := json.Unmarshal([]byte(`"iw"`), &l); err != nil || l != "he" {
		t.Errorf("%q, %v", l, err)
	}
	if text, err := json.Marshal(l); err != nil || string(text) != `"he"` {
		t.Errorf("%s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`""`), &l); err != nil || l != "" {
		t.Errorf("%q, %v", l, err)
	}
	if err := json.Unmarshal([]byte(`"english"`), &l); err == nil {
		t.Error("what is no tag is accepted")
	}
}

func TestTheLanguagesThatHaveNamesAreListed(t *testing.T) {
	list := reference.Languages()
	if !slices.IsSorted(list) || !slices.Contains(list, "fr") || !slices.Contains(list, "zh") {
		t.Errorf("listed are %v", list)
	}
	for _, l := range list {
		if canonical, ok := reference.ParseLanguage(string(l)); !ok || canonical != l || l.Name("ar") == "" {
			t.Errorf("%q is no language with a name", l)
		}
	}
}
