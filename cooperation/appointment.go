package cooperation

import (
	"time"

	"entente/message"
)

// Appointment is a day, or some, that a person has to keep in mind.
type Appointment struct {
	ID         string // the same whenever it is asked for
	Convention string
	What       message.Message
	Begin, End Date // End is the last day; not stated where it is one day
	Updated    time.Time
}

// MeetingAppointment is a meeting of a body of the convention.
func (c *Convention) MeetingAppointment(m *Meeting) Appointment {
	return Appointment{ID: DerivedID("appointment", c.ID, "meeting", m.ID), Convention: c.ID, Begin: m.Begin, End: m.End, Updated: c.PartiesAsOf.Time(),
		What: message.New("calendar.meeting", message.Of(message.Convention, "convention", c.ID), message.Of(message.Text, "name", m.Name.In("en")), message.Of(message.Body, "body", m.Body))}
}

// Appointment is the last day of a clock about something with the title.
func (c *Clock) Appointment(title string) Appointment {
	return Appointment{ID: DerivedID("appointment", c.Convention, "clock", c.ID), Convention: c.Convention, Begin: c.Last, Updated: c.Started,
		What: message.New("calendar.clock", message.Of(message.Convention, "convention", c.Convention),
			message.Of(message.Key, "clock", "clock."+string(c.Kind)), message.Of(message.Text, "title", title))}
}

// Appointments are the days of a need: by when it is to be re-confirmed, and
// the treaty deadline that it serves.
func (n *Need) Appointments() []Appointment {
	return postingAppointments(&n.Meta, "need", n.Title, n.ValidUntil, n.Deadline)
}

// Appointments are the days of an offer: by when it is to be re-confirmed.
func (o *Offer) Appointments() []Appointment {
	return postingAppointments(&o.Meta, "offer", o.Title, o.ValidUntil, Date{})
}

func postingAppointments(m *Meta, kind, title string, until, deadline Date) []Appointment {
	var out []Appointment
	for what, day := range map[string]Date{"valid": until, "deadline": deadline} {
		if !day.IsZero() {
			out = append(out, Appointment{ID: DerivedID("appointment", m.Convention, kind, m.ID, what), Convention: m.Convention, Begin: day, Updated: m.Updated,
				What: message.New("calendar."+kind+"."+what, message.Of(message.Convention, "convention", m.Convention), message.Of(message.Text, "title", title))})
		}
	}
	return out
}
