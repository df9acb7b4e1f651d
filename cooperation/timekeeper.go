package cooperation

import "time"

// Timekeeper reckons the deadlines of a convention: in days of the place where
// its secretariat sits, and in working days of its calendar. It is made for a
// while: one day is today.
type Timekeeper struct {
	convention *Convention
	almanac    *Almanac
	postings   Postings
	today      Date // at the seat: who presides follows from it, and no deadline does
}

// Postings finds needs and offers: whose a deadline is may depend on both sides.
type Postings interface {
	Need(id string) (*Need, bool)
	Offer(id string) (*Offer, bool)
}

// Engagements know which needs are being talked about. Postings that are no
// Engagements know of none.
type Engagements interface {
	// Engaged reports whether both sides of a proposal for the need are introduced
	// or in talks; where none are, since when.
	Engaged(need string) (talking bool, since time.Time)
}

// Timekeeper reckons for the convention at a moment. A zone that this machine
// does not know is taken for UTC.
func (c *Convention) Timekeeper(postings Postings, now time.Time) *Timekeeper {
	k := &Timekeeper{convention: c, almanac: c.Almanac(), postings: postings}
	k.today = k.Day(now)
	return k
}

// Today is the day at the seat.
func (k *Timekeeper) Today() Date { return k.today }

// Convention is whose deadlines are reckoned.
func (k *Timekeeper) Convention() *Convention { return k.convention }

// NeedSide are those who act for the beneficiaries of a need.
func (k *Timekeeper) NeedSide(need string) Owner {
	if n, ok := k.postings.Need(need); ok {
		return n.side()
	}
	return Owner{}
}

// OfferSide are those who act for the provider and the co-providers of an offer.
func (k *Timekeeper) OfferSide(offer string) Owner {
	if o, ok := k.postings.Offer(offer); ok {
		return o.side()
	}
	return Owner{}
}

// Day is the day at the seat.
func (k *Timekeeper) Day(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	there := t.In(k.almanac.seat)
	_, offset := there.Zone()
	return dateOfUnix(there.Unix() + int64(offset))
}

// End is the moment at which a day is over at the seat: midnight there, or what
// comes after it where the clocks are put forward at midnight.
func (k *Timekeeper) End(day Date) time.Time { return k.Begin(day.AddDays(1)) }

// Begin is the moment at which a day begins at the seat.
func (k *Timekeeper) Begin(day Date) time.Time {
	if day.IsZero() {
		return time.Time{}
	}
	y, m, d := day.Time().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, k.almanac.seat).UTC()
}

// Working is the last of n working days that begin to count on the day after
// start. With n = 0 it is the day of start itself.
func (k *Timekeeper) Working(start time.Time, n int) Date {
	return k.almanac.AddWorkingDays(k.Day(start), n)
}

// Left counts the working days after the day of t, up to the last one.
func (k *Timekeeper) Left(t time.Time, last Date) int {
	n := 0
	for day := k.Day(t).AddDays(1); !last.Before(day); day = day.AddDays(1) {
		if k.almanac.Working(day) {
			n++
		}
	}
	return n
}

// Months is the same day of the month so many months after start, or the last
// of the month where it has no such day.
func (k *Timekeeper) Months(start time.Time, n int) Date { return k.Day(start).AddMonths(n) }
