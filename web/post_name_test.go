package web

import "testing"

func TestNumbersAreReadAsPeopleOfAnyCountryWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"25000": "25000", "25,000": "25000", "25,000.50": "25000.50", "25.000,50": "25000.50", "25 000,50": "25000.50", "25\u00a0000": "25000",
		"25’000": "25000", "1.234.567": "1234567", "1,234,567": "1234567", "12,5": "12.5", "12.5": "12.5", "٢٥٬٠٠٠٫٥٠": "25000.50", "۲۵": "25", "a lot": "alot", "": "",
	} {
		if got := decimal(written); got != want {
			t.Errorf("%q is read as %q and not as %q", written, got, want)
		}
	}
}

func TestTheNearestNameIsTheOneWithTheFewestLettersChanged(t *testing.T) {
	list := []named{{"KE", "Kenya"}, {"CI", "Côte d’Ivoire"}, {"KR", "Republic of Korea"}, {"NE", "Niger"}, {"NG", "Nigeria"}}
	for written, want := range map[string]string{"Kenia": "Kenya", "cote d ivoir": "Côte d’Ivoire", "Korea": "Republic of Korea", "Nigerria": "Nigeria"} {
		if got := near(list, folded(written)); got != want {
			t.Errorf("the nearest to %q is %q and not %q", written, got, want)
		}
	}
	if got := changes([]rune("kitten"), []rune("sitting")); got != 3 {
		t.Errorf("kitten and sitting differ by %d letters", got)
	}
}
