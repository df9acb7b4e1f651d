package cooperation_test

import (
	"testing"

	"pgregory.net/rapid"

	"entente/cooperation"
)

func TestAnAmountComesBackFromItsMinorUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(0, 1_000_000_000_000_000).Draw(t, "minor units")
		currency := rapid.SampledFrom([]string{"USD", "EUR", "JPY", "KWD", "XOF"}).Draw(t, "currency")
		m := cooperation.NewMoney(minor, currency)
		back, err := m.Minor()
		if err != nil || back != minor {
			t.Fatalf("%d minor units are %s, which is %d again (%v)", minor, m, back, err)
		}
	})
}

func TestAmountsAreReadInTheUnitsOfTheirCurrency(t *testing.T) {
	for _, c := range []struct {
		amount, currency string
		want             int64
	}{
		{"0", "USD", 0},
		{"12", "USD", 1200},
		{"12.5", "USD", 1250},
		{"12.05", "USD", 1205},
		{"2000000.50", "EUR", 200000050},
		{"12", "JPY", 12},
		{"12.345", "KWD", 12345},
		{"10000000000000.00", "USD", 1_000_000_000_000_000},
	} {
		if got, err := (cooperation.Money{Amount: c.amount, Currency: c.currency}).Minor(); err != nil || got != c.want {
			t.Errorf("%s %s is %d (%v), want %d", c.amount, c.currency, got, err, c.want)
		}
	}
}

func TestWhatIsNoAmountIsRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"", "USD"}, {"-1", "USD"}, {"+1", "USD"}, {"1,50", "USD"}, {"1.505", "USD"}, {"1.5", "JPY"}, {"1.", "USD"}, {".5", "USD"},
		{"1e6", "USD"}, {" 1", "USD"}, {"1 000", "USD"}, {"١٢", "USD"}, {"0x10", "USD"}, {"1.2.3", "USD"},
		{"10000000000000.01", "USD"}, {"9999999999999999999999", "USD"},
		{"1", ""}, {"1", "usd"}, {"1", "ZZZ"}, {"1", "US"},
	} {
		if n, err := (cooperation.Money{Amount: c[0], Currency: c[1]}).Minor(); err == nil {
			t.Errorf("%q %q was read as %d minor units", c[0], c[1], n)
		}
	}
}

func TestMoneyIsWrittenWithTheDecimalsOfItsCurrency(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		currency string
		want     string
	}{{5, "USD", "0.05 USD"}, {0, "USD", "0.00 USD"}, {-1250, "EUR", "-12.50 EUR"}, {1250, "JPY", "1250 JPY"}, {7, "KWD", "0.007 KWD"}} {
		if got := cooperation.NewMoney(c.minor, c.currency).String(); got != c.want {
			t.Errorf("%d of %s is written %q, want %q", c.minor, c.currency, got, c.want)
		}
	}
	if !(cooperation.Money{}).IsZero() || (cooperation.Money{Amount: "0", Currency: "USD"}).IsZero() {
		t.Error("nothing stated and zero stated are confused")
	}
}
