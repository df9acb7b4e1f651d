package cooperation

import "time"

// MailStanding is what has become of a message so far, as those read it who see
// to the mails.
type MailStanding string

// The standings of messages.
const (
	MailWaiting  MailStanding = "waiting"  // the first attempt is to be made
	MailRetried  MailStanding = "retried"  // an attempt has failed, and another will be made
	MailHeld     MailStanding = "held"     // it goes out with the next digest
	MailSent     MailStanding = "sent"     // the receiving server has taken it
	MailGathered MailStanding = "gathered" // it went out with a digest, or was read before
	MailUnsent   MailStanding = "unsent"   // no mail was wanted or possible: it is there to be read in the application
	MailBounced  MailStanding = "bounced"  // the receiving server refuses the address for good
	MailFailed   MailStanding = "failed"   // given up
)

// MailStandings lists the standings in the order of a message's life.
func MailStandings() []MailStanding {
	return []MailStanding{MailWaiting, MailRetried, MailHeld, MailSent, MailGathered, MailUnsent, MailBounced, MailFailed}
}

// mailBounced is the class of the failure of a mail to an address that takes
// none (see package notify).
const mailBounced = "bounced"

// Standing is what has become of the message so far.
func (n *Notification) Standing() MailStanding {
	switch {
	case n.Status == Pending && n.Attempts == n.Begun:
		return MailWaiting
	case n.Status == Pending:
		return MailRetried
	case n.Status == Held:
		return MailHeld
	case n.Status == Delivered:
		return MailSent
	case n.Status == InApp && n.Digest != "":
		return MailGathered
	case n.Status == Failed && n.Error == mailBounced:
		return MailBounced
	case n.Status == Failed:
		return MailFailed
	}
	return MailUnsent
}

// MailPatience is the age at which a message is no longer worth a mail: it is
// still there to be read in the application.
const MailPatience = 7 * 24 * time.Hour

// Again sends a mail once more that was given up, as long as it is worth it.
func (n *Notification) Again(actor Actor, now time.Time) error {
	if err := authorise(MaySendAgain(actor, n.Convention)); err != nil {
		return err
	}
	if n.Status != Failed {
		return Refuse(State, "error.state.mail_not_given_up")
	}
	if now.Sub(n.Created) >= MailPatience {
		return Refuse(State, "error.state.mail_stale")
	}
	n.Status, n.Begun, n.Next, n.Error = Pending, n.Attempts, stamp(now), ""
	n.touch(now)
	return nil
}
