package i18n

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAreWrittenInTheMannerOfTheLanguage(t *testing.T) {
	c := testCatalogue(t, nil)
	for _, tc := range []struct {
		lang, got, want string
	}{
		{"ar", c.Localizer("ar").Integer(-1234), "\u200e-1,234"},
		{"fr", c.Localizer("fr").Decimal("-1234567.50"), "-1\u202f234\u202f567,50"},
		{"es", c.Localizer("es").Decimal("12345.5"), "12.345,5"},
		{"en", c.Localizer("en").Decimal("12 apples"), "12 apples"},
		{"en", c.Localizer("en").Integer(math.MinInt64), "-9,223,372,036,854,775,808"},
		{"en", c.Localizer("en").Score(63_250_000), "63.3"},
		{"en", c.Localizer("en").Score(100_000_000), "100.0"},
		{"en", c.Localizer("en").Score(-49_999), "0.0"},
		{"en", c.Localizer("en").Millionths(999_999), "1.0"},
		{"en", c.Localizer("en").Millionths(5_000), "0.01"},
		{"en", c.Localizer("en").Millionths(0), "0.0"},
		{"en", c.Localizer("en").Percent(1_000_000), "100%"},
		{"en", c.Localizer("en").Percent(-500), "-0.1%"},
		{"ru", c.Localizer("ru").Percent(333_333), "33,3\u00a0%"},
		{"en", c.Localizer("en").Money("0.10", "USD"), "USD\u00a00.10"},
		{"en", c.Localizer("en").Money("1500", "JPY"), "JPY\u00a01,500"},
		{"en", c.Localizer("en").Money("nothing", "USD"), "nothing USD"},
		{"ar", c.Localizer("ar").Money("1500.00", "USD"), "\u2068\u200f1,500\u00a0USD\u2069"},
		{"fr", c.Localizer("fr").CurrencyName("ZZZ"), "ZZZ"},
		{"es", c.Localizer("es").List([]string{"agua", "hielo"}), "agua y hielo"},
		{"es", c.Localizer("es").List([]string{"español", "hindi"}), "español e hindi"},
		{"en", c.Localizer("en").List(nil), ""},
		{"en", c.Localizer("en").List([]string{"Survey and land release"}), "Survey and land release"},
		{"en", c.Localizer("en").List([]string{"Survey and land release", "Training"}), "Survey and land release; Training"},
		{"en", c.Localizer("en").List([]string{"Training", "Legislation, policy and litigation"}), "Training; Legislation, policy and litigation"},
		{"zh", c.Localizer("zh").List([]string{"勘查和土地解禁", "培训"}), "勘查和土地解禁；培训"},
		{"ar", c.Localizer("ar").List([]string{"الإجراءات وبناء المؤسسات", "التدريب"}), "الإجراءات وبناء المؤسسات؛ التدريب"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s writes %q, wanted %q", tc.lang, tc.got, tc.want)
		}
	}
}

func TestADecimalKeepsAllItsDigits(t *testing.T) {
	c := testCatalogue(t, nil)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`-?[1-9][0-9]{0,24}(\.[0-9]{1,6})?`).Draw(t, "number")
		lang := rapid.SampledFrom(Languages()).Draw(t, "lang")
		l := c.Localizer(lang)
		written := l.Decimal(number)
		back := strings.ReplaceAll(written, l.symbols.group, "")
		back = strings.ReplaceAll(back, l.symbols.minus, "-")
		back = strings.ReplaceAll(back, l.symbols.decimal, ".")
		if back != number {
			t.Fatalf("%s writes %s as %q, which reads back as %s", lang, number, written, back)
		}
	})
}
