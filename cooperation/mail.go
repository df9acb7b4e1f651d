package cooperation

import "time"

// MailSwitchID is the id of the one switch.
const MailSwitchID = "mail"

// StormAfter is the age at which a mail that waited for the switch goes out
// with the next digest rather than by itself, so that starting again is no
// storm.
const StormAfter = 24 * time.Hour

// MailSwitch says whether mails are sent. While they are not, they wait, and
// nothing is lost.
type MailSwitch struct {
	Schema  int       `json:"schema"`
	ID      string    `json:"id"`
	Version uint64    `json:"version"`
	Paused  bool      `json:"paused"`
	By      string    `json:"by,omitempty"` // who last turned it
	Since   time.Time `json:"since"`
}

// Turn pauses or resumes the sending, and reports whether that changes
// anything. m may be nil: nobody has ever turned it.
func (m *MailSwitch) Turn(paused bool, actor Actor, now time.Time) (*MailSwitch, bool, error) {
	if err := authorise(MayPauseMail(actor)); err != nil {
		return nil, false, err
	}
	next := MailSwitch{Schema: Schema, ID: MailSwitchID}
	if m != nil {
		next = *m
	}
	if next.Paused == paused {
		return &next, false, nil
	}
	next.Paused, next.By, next.Since = paused, actor.ID, stamp(now)
	next.Version++
	return &next, true, nil
}
