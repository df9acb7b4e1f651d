package cooperation

import (
	"sync"
	"time"
)

// Almanac is a calendar with what was worked out of it: the working days of the
// years that somebody has asked for, and the time zones, each read once. It
// answers what the calendar answers, and is safe for concurrent use.
type Almanac struct {
	calendar Calendar
	seat     *time.Location
	spans    sync.Map // number of a span of days → *span
	zones    sync.Map // name → *time.Location
}

// A span is which of so many days in a row are working days, one bit each.
type span [spanDays / 64]uint64

const spanDays = 512

// NewAlmanac makes the almanac of a calendar. A seat in a zone that this machine
// does not know is taken for one in UTC.
func NewAlmanac(c Calendar) *Almanac {
	a := &Almanac{calendar: c}
	a.seat = a.zone(c.Zone)
	return a
}

// Working reports whether the day is a working day; see Calendar.Working.
func (a *Almanac) Working(day Date) bool {
	if day.days <= 0 { // not stated, or before any that can be
		return a.calendar.Working(day)
	}
	s, place := a.span(day.days/spanDays), day.days%spanDays
	return s[place/64]&(1<<(place%64)) != 0
}

// AddWorkingDays is the n-th working day after the day; see
// Calendar.AddWorkingDays.
func (a *Almanac) AddWorkingDays(day Date, n int) Date { return addWorkingDays(a, day, n) }

// span is one of the spans of days, worked out when it is first asked for.
func (a *Almanac) span(number int32) *span {
	if s, ok := a.spans.Load(number); ok {
		return s.(*span) //nolint:forcetypeassert // nothing else is kept there
	}
	s := &span{}
	for place := range int32(spanDays) {
		if a.calendar.Working(Date{number*spanDays + place}) {
			s[place/64] |= 1 << (place % 64)
		}
	}
	a.spans.Store(number, s)
	return s
}

// Zone is where the person's days begin: where it says that it is, or at the
// seat of the secretariat. A zone that this machine does not know is taken for
// UTC.
func (a *Almanac) Zone(p *Preferences) *time.Location {
	if p == nil || p.Zone == "" {
		return a.seat
	}
	return a.zone(p.Zone)
}

func (a *Almanac) zone(name string) *time.Location {
	if l, ok := a.zones.Load(name); ok {
		return l.(*time.Location) //nolint:forcetypeassert // nothing else is kept there
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	a.zones.Store(name, l)
	return l
}

// Almanac is that of the convention's calendar: the one that whoever serves the
// convention keeps, or one for the moment.
func (c *Convention) Almanac() *Almanac {
	if c.almanac != nil {
		return c.almanac
	}
	return NewAlmanac(c.Calendar)
}

// Keep lets the convention use an almanac of its calendar from now on, so that
// nothing is worked out again for every question.
func (c *Convention) Keep(a *Almanac) { c.almanac = a }
