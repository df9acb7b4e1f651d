package profiles

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones are checked and used on machines that have none installed

	"go.yaml.in/yaml/v3"

	"entente/cooperation"
)

var weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// readCalendar reads where the secretariat sits and when it is closed.
func (b *builder) readCalendar() {
	n := b.need("calendar")
	if n == nil {
		return
	}
	o := b.object.object(n, "seat zone weekend holidays")
	c := cooperation.Calendar{Seat: o.names("seat"), Zone: o.text("zone")}
	if c.Zone != "" {
		if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "Local" {
			o.report(o.at("zone"), "profiles.zone.unknown", text("zone", c.Zone))
		}
	}
	for _, w := range choices(o, "weekend", weekdays[:]...) {
		for day, name := range weekdays {
			if name == w {
				c.Weekend = append(c.Weekend, time.Weekday(day))
			}
		}
	}
	if !o.has("weekend") {
		c.Weekend = []time.Weekday{time.Saturday, time.Sunday}
	}
	if len(c.Weekend) == len(weekdays) {
		o.report(o.at("weekend"), "profiles.calendar.idle")
	}
	o.each("holidays", func(n *yaml.Node) { c.Holidays = append(c.Holidays, o.holidays(n)...) })
	b.c.Calendar = c
}

// holidays reads one closed day: "on" is a day of every year ("12-25"), one
// day ("2026-03-20"), a day counted from Easter Sunday ("easter-2"), or a
// list of these.
func (s source) holidays(n *yaml.Node) []cooperation.Holiday {
	o := s.object(n, "name on")
	name := o.names("name")
	on := o.need("on")
	if on == nil {
		return nil
	}
	days := []*yaml.Node{on}
	if on.Kind == yaml.SequenceNode {
		days = on.Content
	}
	var out []cooperation.Holiday
	for _, d := range days {
		h, ok := holiday(resolve(d).Value)
		if !ok {
			o.report(d, "profiles.holiday.form", text("value", resolve(d).Value))
		}
		h.Name = name
		out = append(out, h)
	}
	return out
}

func holiday(v string) (cooperation.Holiday, bool) {
	if after, ok := strings.CutPrefix(v, "easter"); ok {
		days, err := strconv.Atoi(strings.TrimPrefix(after, "+"))
		if after == "" {
			days, err = 0, nil
		}
		return cooperation.Holiday{Easter: &days}, err == nil && days >= -100 && days <= 100
	}
	if len(v) == len("01-02") {
		// A leap year, so that 29 February is a day.
		t, err := time.Parse(time.DateOnly, "2024-"+v)
		return cooperation.Holiday{Month: t.Month(), MDay: t.Day()}, err == nil
	}
	d, err := cooperation.ParseDate(v)
	return cooperation.Holiday{Day: d}, err == nil && !d.IsZero()
}
