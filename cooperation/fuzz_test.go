package cooperation

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDate reads anything as a date: what is taken is written the same again.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{"", "2026-03-02", "2024-02-29", "2023-02-29", "1900-01-01", "2200-12-31", "1899-12-31", "2026-3-2", "٢٠٢٦-٠٣-٠٢", "2026-03-02T00:00:00Z", "-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() || !utf8.ValidString(err.Error()) || len(err.Error()) > 400 {
				t.Errorf("%q: %v with %q", s, d, err)
			}
			return
		}
		if d.String() != s || DateOf(d.Time()) != d {
			t.Errorf("%q was read as %q", s, d)
		}
		if !d.IsZero() && (d.AddDays(1).Days() != d.Days()+1 || !d.Before(d.AddDays(1))) {
			t.Errorf("the day after %s is %s", d, d.AddDays(1))
		}
	})
}

// FuzzMoney reads anything as an amount: what is taken is within bounds and
// means the same when it is written by us.
func FuzzMoney(f *testing.F) {
	for _, seed := range [][2]string{{"2000000.50", "USD"}, {"0", "JPY"}, {"1.234", "BHD"}, {"-1", "EUR"}, {"1e9", "USD"}, {".5", "USD"}, {"5.", "USD"},
		{"9999999999999999", "USD"}, {"00000000000000001", "USD"}, {"١٠", "USD"}, {"10", "usd"}, {"", ""}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, amount, currency string) {
		minor, err := Money{amount, currency}.Minor()
		if err != nil {
			if minor != 0 || !utf8.ValidString(err.Error()) {
				t.Errorf("%d with %v", minor, err)
			}
			return
		}
		if minor < 0 || minor > maxMinor {
			t.Errorf("%q is %d", amount, minor)
		}
		if again, err := NewMoney(minor, currency).Minor(); err != nil || again != minor {
			t.Errorf("%q %s is %d, and written again %d, %v", amount, currency, minor, again, err)
		}
	})
}

// FuzzNames looks at what may stand in an address or a key: ids and
// participants never hold anything but small letters, digits and hyphens, or
// the code of a country.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{"", "AO", "EU", "ao", "who", "a-b-c", "../etc", strings.Repeat("a", 26), strings.Repeat("a", 65), "é\u202e", "a\x00b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if (ValidID(s) || Participant(s).Valid()) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			t.Errorf("%q is taken for a name", s)
		}
		if id := DerivedID(s); !ValidID(id) {
			t.Errorf("the id derived from %q is %q", s, id)
		}
	})
}

// FuzzNeedContent decodes anything as what a requester writes. Whatever is
// taken can be checked, compared and written, and is the same when it is read
// again.
func FuzzNeedContent(f *testing.F) {
	for _, seed := range []string{"{}", "null", "[]", `{"title":"Law","beneficiaries":["AO"],"themes":["x"],"kinds":[{"kind":"training"}]}`,
		`{"deadline":"2026-03-02","costs":[{"activity":"a","currency":"USD","cost":"1"}]}`, `{"beneficiaries":["XX"]}`, `{"title":1}`,
		`{"translations":{"fr":{"title":"Loi"}},"visibility":{"costs":"public"}}`, `{"title":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var first, second NeedContent
		if json.Unmarshal(body, &first) != nil {
			return
		}
		written, err := json.Marshal(first)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if err := json.Unmarshal(written, &second); err != nil {
			t.Fatalf("what was written cannot be read: %v: %s", err, written)
		}
		again, err := json.Marshal(second)
		if err != nil || string(again) != string(written) {
			t.Errorf("written once %s and again %s (%v)", written, again, err)
		}
	})
}
