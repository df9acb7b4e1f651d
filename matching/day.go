package matching

import "time"

// Day is a date as the number of days since 1970-01-01 (UTC). Zero means that
// no date is stated; the first of January 1970 itself cannot be stated, which
// no need and no offer will miss.
type Day int32

// DayOf returns the UTC date of t, and 0 for the zero time.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	const day = 24 * 60 * 60
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= day - 1
	}
	return Day(seconds / day)
}

// Time returns midnight UTC of the day, and the zero time when none is stated.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d)*24*60*60, 0).UTC()
}

// String returns the day as 2006-01-02, "" when none is stated.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}
