package cooperation_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"entente/cooperation"
)

// anyCalendar is one of very different calendars: weekends of other days, feasts
// counted from Easter, of one year and of every year, or no working day at all.
func anyCalendar(r *rand.Rand) cooperation.Calendar {
	zones := []string{"Europe/Zurich", "Pacific/Kiritimati", "America/Lima", "Asia/Kathmandu", "", "Nowhere/Land"}
	c := cooperation.Calendar{Zone: zones[r.IntN(len(zones))]}
	for w := range time.Weekday(7) {
		if r.IntN(3) == 0 {
			c.Weekend = append(c.Weekend, w)
		}
	}
	for range r.IntN(12) {
		switch after := r.IntN(120) - 60; r.IntN(3) {
		case 0:
			c.Holidays = append(c.Holidays, cooperation.Holiday{Easter: &after})
		case 1:
			c.Holidays = append(c.Holidays, cooperation.Holiday{Month: time.Month(1 + r.IntN(12)), MDay: 1 + r.IntN(31)})
		default:
			c.Holidays = append(c.Holidays, cooperation.Holiday{Day: dayOf("2020-01-01").AddDays(r.IntN(9000))})
		}
	}
	return c
}

func TestAnAlmanacSaysWhatItsCalendarSays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		c := anyCalendar(r)
		a := cooperation.NewAlmanac(c)
		for range 60 {
			day := dayOf("1900-01-01").AddDays(r.IntN(110_000))
			if got, want := a.Working(day), c.Working(day); got != want {
				t.Fatalf("%v: working on %v: %v, and %v by the calendar", c, day, got, want)
			}
			if n := r.IntN(40); a.AddWorkingDays(day, n) != c.AddWorkingDays(day, n) {
				t.Fatalf("%v: %d working days after %v: %v, and %v by the calendar", c, n, day, a.AddWorkingDays(day, n), c.AddWorkingDays(day, n))
			}
		}
		before := dayOf("1900-01-01").AddDays(-1 - r.IntN(700))
		if a.Working(before) != c.Working(before) || a.Working(cooperation.Date{}) != c.Working(cooperation.Date{}) {
			t.Fatalf("%v: before any day that can be stated", c)
		}
	}
}

func TestWhoKeepsAnAlmanacReckonsTheSameDeadlines(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		plain := &cooperation.Convention{Calendar: anyCalendar(r)}
		kept := *plain
		kept.Keep(cooperation.NewAlmanac(kept.Calendar))
		for range 40 {
			at := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.Int64N(int64(60 * 365 * 24 * time.Hour))))
			one, other := plain.Timekeeper(nil, at), kept.Timekeeper(nil, at)
			n := r.IntN(60)
			last := one.Working(at, n)
			if one.Today() != other.Today() || last != other.Working(at, n) || one.Left(at, last) != other.Left(at, last) ||
				!one.Begin(last).Equal(other.Begin(last)) || one.Months(at, n%7) != other.Months(at, n%7) {
				t.Fatalf("%v at %v: with an almanac that is kept the deadlines are others", plain.Calendar, at)
			}
			zone, err := time.LoadLocation(plain.Calendar.Zone)
			if err != nil {
				zone = time.UTC
			}
			if want := at.In(zone).Format(time.DateOnly); one.Today().String() != want {
				t.Fatalf("today in %v at %v is %v and not %s", zone, at, one.Today(), want)
			}
		}
	}
}

func TestWhereSomebodyIs(t *testing.T) {
	a := cooperation.NewAlmanac(cooperation.Calendar{Zone: "Europe/Zurich"})
	for zone, want := range map[string]string{"": "Europe/Zurich", "Asia/Tokyo": "Asia/Tokyo", "Nowhere/Land": "UTC"} {
		for range 2 { // the second time it is remembered
			if got := a.Zone(&cooperation.Preferences{Zone: zone}).String(); got != want {
				t.Errorf("who says %q is in %s, wanted %s", zone, got, want)
			}
		}
	}
	if got := a.Zone(nil).String(); got != "Europe/Zurich" {
		t.Errorf("who has said nothing is in %s", got)
	}
}
