package notify

import (
	ics "github.com/arran4/golang-ical"

	"entente/cooperation"
	"entente/i18n"
)

// Calendar writes a person's dates as iCalendar (RFC 5545), in its language.
// The same dates are the same bytes.
func Calendar(dates []cooperation.Appointment, l *i18n.Localizer, names func(convention string) i18n.Names) []byte {
	c := ics.NewCalendarFor("Entente")
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName("Entente")
	for _, d := range dates {
		e := c.AddEvent(d.ID)
		e.SetDtStampTime(d.Updated.UTC())
		e.SetAllDayStartAt(d.Begin.Time())
		end := d.End
		if end.IsZero() || end.Before(d.Begin) {
			end = d.Begin
		}
		e.SetAllDayEndAt(end.AddDays(1).Time()) // the end is not included
		e.SetSummary(l.Render(d.What, names(d.Convention)))
		e.SetTimeTransparency(ics.TransparencyTransparent)
	}
	return []byte(c.Serialize(ics.WithNewLine("\r\n")))
}
