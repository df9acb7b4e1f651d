package cooperation_test

import (
	"testing"
	"time"

	"entente/cooperation"
	"entente/reference"
)

func stateList(codes ...string) []reference.Country {
	out := make([]reference.Country, len(codes))
	for i, code := range codes {
		out[i] = stateOf(code)
	}
	return out
}

func workingWeek() cooperation.Calendar {
	sunday, monday := 0, 1
	return cooperation.Calendar{
		Weekend: []time.Weekday{time.Saturday, time.Sunday},
		Holidays: []cooperation.Holiday{
			{Month: time.December, MDay: 25}, {Day: dayOf("2026-09-10")}, {Easter: &sunday}, {Easter: &monday},
		},
	}
}

func TestWorkingDaysLeaveOutWeekendsAndHolidays(t *testing.T) {
	c := workingWeek()
	for _, test := range []struct {
		from  string
		count int
		until string
	}{
		{"2026-03-09", 5, "2026-03-16"},  // a week
		{"2026-03-13", 1, "2026-03-16"},  // over a weekend
		{"2026-03-14", 1, "2026-03-16"},  // from within it
		{"2026-04-03", 1, "2026-04-07"},  // Easter Monday
		{"2026-09-09", 1, "2026-09-11"},  // a day of one year
		{"2027-09-09", 1, "2027-09-10"},  // that of another year is not one
		{"2026-12-24", 1, "2026-12-28"},  // a day of every year
		{"2026-03-14", 0, "2026-03-14"},  // no time at all
		{"2026-12-01", 20, "2026-12-30"}, // the end of an objection
	} {
		if got := c.AddWorkingDays(dayOf(test.from), test.count); got != dayOf(test.until) {
			t.Errorf("%d working days after %s is %v, wanted %s", test.count, test.from, got, test.until)
		}
	}
}

func TestACalendarWithoutWorkingDaysGivesTheDayBack(t *testing.T) {
	c := cooperation.Calendar{Weekend: []time.Weekday{0, 1, 2, 3, 4, 5, 6}}
	if got := c.AddWorkingDays(dayOf("2026-03-09"), 3); got != dayOf("2026-03-09") {
		t.Errorf("got %v", got)
	}
}

func TestEasterSundayOfKnownYears(t *testing.T) {
	zero := 0
	h := cooperation.Holiday{Easter: &zero}
	for _, s := range []string{"1961-04-02", "2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2100-03-28"} {
		if !h.Falls(dayOf(s)) || h.Falls(dayOf(s).AddDays(7)) || h.Falls(dayOf(s).AddDays(-7)) {
			t.Errorf("%s is Easter Sunday, but not here", s)
		}
	}
}
