package cooperation

import "time"

// Calendar says which days are working days where the convention's
// secretariat sits. Clocks of working days run by it.
type Calendar struct {
	Seat     Names          `json:"seat"` // the city
	Zone     string         `json:"zone"` // IANA time zone: "Europe/Zurich"
	Weekend  []time.Weekday `json:"weekend"`
	Holidays []Holiday      `json:"holidays,omitempty"`
}

// Holiday is a day on which the secretariat is closed: one day of one year,
// the same day of every year, or a day counted from Easter Sunday.
type Holiday struct {
	Name   Names      `json:"name"`
	Day    Date       `json:"day,omitzero"`    // once
	Month  time.Month `json:"month,omitempty"` // every year, with MDay
	MDay   int        `json:"month_day,omitempty"`
	Easter *int       `json:"easter,omitempty"` // days after Easter Sunday of the Gregorian calendar; before it when negative
}

// Falls reports whether the holiday is on the day.
func (h Holiday) Falls(day Date) bool {
	switch {
	case !h.Day.IsZero():
		return h.Day == day
	case h.Easter != nil:
		return easter(day.Time().Year()).AddDays(*h.Easter) == day
	default:
		_, m, d := day.Time().Date()
		return m == h.Month && d == h.MDay
	}
}

// Working reports whether the day is a working day.
func (c Calendar) Working(day Date) bool {
	for _, w := range c.Weekend {
		if day.Time().Weekday() == w {
			return false
		}
	}
	for _, h := range c.Holidays {
		if h.Falls(day) {
			return false
		}
	}
	return true
}

// AddWorkingDays returns the n-th working day after the day. The day itself
// is not counted. A calendar without working days gives the day back.
func (c Calendar) AddWorkingDays(day Date, n int) Date { return addWorkingDays(c, day, n) }

// addWorkingDays counts by whatever knows the working days.
func addWorkingDays(by interface{ Working(day Date) bool }, day Date, n int) Date {
	// Ten calendar days a working day, and a year more, is longer than any
	// calendar that a person would call one.
	end := day
	for range n*10 + 366 {
		if n <= 0 {
			return end
		}
		if end = end.AddDays(1); by.Working(end) {
			n--
		}
	}
	return day
}

// easter is Easter Sunday of a year by the Gregorian reckoning (the
// anonymous algorithm of 1876, as Meeus gives it).
func easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return DateOf(time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC))
}
