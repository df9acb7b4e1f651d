package cooperation

import (
	"fmt"
	"time"
)

// Date is a calendar day without time or zone, as treaties count them. The
// zero Date means "not stated".
type Date struct{ days int32 } // days since dayZero, which is no day of ours, so that zero is "not stated"

// dayZero is 1899-12-31, the day before the first that can be stated, in days
// since 1970-01-01. Every stated day is after the zero Date.
const dayZero = -25568

// DateOf returns the UTC day of t, which is 1900 or later, or the zero Date
// for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return dateOfUnix(t.Unix())
}

// dateOfUnix is the UTC day of a second.
func dateOfUnix(second int64) Date {
	const day = 24 * 60 * 60
	days := second / day
	if second%day < 0 {
		days--
	}
	return Date{int32(days) - dayZero}
}

// ParseDate reads "2006-01-02". The empty text is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return Date{}, fmt.Errorf("not a date between 1900 and 2200: %.20q", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether no day is stated.
func (d Date) IsZero() bool { return d.days == 0 }

// Days is the number of days since 1970-01-01. It is meaningless for the
// zero Date.
func (d Date) Days() int32 { return d.days + dayZero }

// Time is midnight UTC at the start of the day, or the zero time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix(int64(d.Days())*86400, 0).UTC()
}

// Before reports whether d is earlier than o. A day that is not stated is
// before every other.
func (d Date) Before(o Date) bool { return d.days < o.days }

// AddDays moves the day. What is not stated stays so.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{d.days + int32(n)}
}

// AddMonths moves the day by calendar months, to the last day of the month
// where the day does not exist. What is not stated stays so.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.Time().Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(day, last)-1))
}

func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes "2006-01-02", or nothing for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Bind reads a day from a parameter of an address. Binders of parameters ask
// for it: a struct without it is taken for one that is written field by field.
func (d *Date) Bind(text string) error { return d.UnmarshalText([]byte(text)) }
