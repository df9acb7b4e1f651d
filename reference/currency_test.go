package reference_test

import (
	"encoding/json"
	"slices"
	"testing"

	"entente/reference"
)

func TestCurrenciesHaveTheMinorUnitsOfISO4217(t *testing.T) {
	for code, want := range map[string]int{
		"USD": 2, "EUR": 2, "CHF": 2, "JPY": 0, "XOF": 0, "XAF": 0, "KWD": 3, "TND": 3, "UGX": 0, "ISK": 0, "XCG": 2,
	} {
		c, ok := reference.ParseCurrency(code)
		if !ok || c.MinorUnits() != want {
			t.Errorf("%s: %d minor units, %v, want %d", code, c.MinorUnits(), ok, want)
		}
	}
	if n := reference.Currency("ZZZ").MinorUnits(); n != 2 {
		t.Errorf("an unknown currency has %d minor units", n)
	}
}

func TestWhatIsNoMoneyIsRefused(t *testing.T) {
	for _, code := range []string{"", "usd", "US", "USDX", "XXX", "XTS", "XAU", "CLF", "DEM"} {
		if c, ok := reference.ParseCurrency(code); ok || c != "" {
			t.Errorf("%q is accepted", code)
		}
	}
}

func TestEveryCurrencyHasANameInSixLanguages(t *testing.T) {
	list := reference.Currencies()
	if len(list) < 150 || !slices.IsSorted(list) {
		t.Errorf("%d currencies", len(list))
	}
	for _, c := range list {
		for _, lang := range six {
			if name := c.Name(lang); name == "" || name == c.Code() {
				t.Errorf("%s in %s: %q", c, lang, name)
			}
		}
	}
	if got := reference.Currency("CHF").Name("fr"); got != "franc suisse" {
		t.Errorf("CHF in French: %q", got)
	}
	if got := reference.Currency("ZZZ").Name("fr"); got != "ZZZ" {
		t.Errorf("an unknown currency is called %q", got)
	}
}

func TestCurrenciesTravelAsText(t *testing.T) {
	var c reference.Currency
	if err := json.Unmarshal([]byte(`"XOF"`), &c); err != nil || c != "XOF" {
		t.Errorf("%q, %v", c, err)
	}
	if text, err := json.Marshal(c); err != nil || string(text) != `"XOF"` {
		t.Errorf("%s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`""`), &c); err != nil || c != "" {
		t.Errorf("%q, %v", c, err)
	}
	if err := json.Unmarshal([]byte(`"francs"`), &c); err == nil {
		t.Error("what is no code is accepted")
	}
}
