package cooperation_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
)

func TestADateIsWrittenAsItIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Date(1900, 1, 1+rapid.IntRange(0, 109937).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		d, err := cooperation.ParseDate(want.Format(time.DateOnly))
		if err != nil {
			t.Fatal(err)
		}
		if d.IsZero() {
			t.Fatalf("%s counts as not stated", want.Format(time.DateOnly))
		}
		if !d.Time().Equal(want) || d.String() != want.Format(time.DateOnly) {
			t.Fatalf("%s became %s", want.Format(time.DateOnly), d)
		}
		if int64(d.Days()) != want.Unix()/86400 {
			t.Fatalf("%s is day %d, want %d", d, d.Days(), want.Unix()/86400)
		}
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back cooperation.Date
		if err := json.Unmarshal(text, &back); err != nil || back != d {
			t.Fatalf("%s came back from JSON as %s (%v)", d, back, err)
		}
	})
}

func TestTheDaysAroundTheEpochAreDays(t *testing.T) {
	for _, s := range []string{"1900-01-01", "1969-12-30", "1969-12-31", "1970-01-01", "1970-01-02", "2200-12-31"} {
		d := day(s)
		if d.IsZero() || d.String() != s {
			t.Errorf("%s became %q", s, d)
		}
		if !(cooperation.Date{}).Before(d) {
			t.Errorf("the day that is not stated is not before %s", s)
		}
	}
}

func TestWhatIsNoDateIsRefused(t *testing.T) {
	for _, s := range []string{"2026-02-29", "2026-13-01", "2026-1-1", "1899-12-31", "2201-01-01", "20260310", " 2026-03-10", "2026-03-10T00:00:00Z", "yesterday", "0000-00-00"} {
		if d, err := cooperation.ParseDate(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
}

func TestTheZeroDateIsNotStatedAndStaysSo(t *testing.T) {
	var zero cooperation.Date
	if d, err := cooperation.ParseDate(""); err != nil || d != zero {
		t.Errorf("the empty text gives %s, %v", d, err)
	}
	if !zero.IsZero() || zero.String() != "" || !zero.Time().IsZero() || zero.Before(zero) {
		t.Error("the zero Date says something")
	}
	if d := cooperation.DateOf(time.Time{}); d != zero {
		t.Errorf("the day of no time is %s", d)
	}
	if d := zero.AddDays(3); d != zero {
		t.Errorf("three days after no day is %s", d)
	}
	if d := zero.AddMonths(3); d != zero {
		t.Errorf("three months after no day is %s", d)
	}
}

func TestTheDayOfAMomentIsTheDayInUTC(t *testing.T) {
	nairobi := time.FixedZone("EAT", 3*3600)
	if d := cooperation.DateOf(time.Date(2026, 3, 10, 1, 0, 0, 0, nairobi)); d != day("2026-03-09") {
		t.Errorf("one in the morning in Nairobi is %s in UTC, want 2026-03-09", d)
	}
	if d := cooperation.DateOf(time.Date(2026, 3, 9, 23, 59, 59, 999, time.UTC)); d != day("2026-03-09") {
		t.Errorf("the last moment of the day is %s", d)
	}
}

func TestMonthsEndWhereTheDayDoesNotExist(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-03-31", 1, "2026-04-30"},
		{"2026-03-30", 1, "2026-04-30"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-05-05", 0, "2026-05-05"},
		{"1969-12-31", 2, "1970-02-28"},
	} {
		if got := day(c.from).AddMonths(c.months); got != day(c.want) {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got, c.want)
		}
	}
}
