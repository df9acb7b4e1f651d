package notify

import (
	"entente/cooperation"
	"entente/message"
)

// ReasonBounced: mails to the address of somebody in the recipient's
// convention come back.
const ReasonBounced = "mail.bounced"

// bounced tells the secretariat, in the application only, that a person's
// address takes no mails, so that none are sent to it. The address itself is
// not said: it is kept apart from the conventions.
func (t *telling) bounced() {
	of := t.occasion.Person
	key := "notify." + ReasonBounced
	n := cooperation.Notification{Reason: ReasonBounced, Subject: message.New(key+".subject", t.conventionArg())}
	if whom := t.addressee(&cooperation.Notification{Recipient: of.ID}); !whom.Zero() {
		n.Lines = append(n.Lines, whom)
	}
	n.Lines = append(n.Lines, message.New(key+".advice"))
	for _, u := range t.users {
		if u.ID != of.ID && cooperation.ActorOf(u, true).Has(t.convention.ID, cooperation.Secretariat) {
			t.add(n, u.ID, "", of.ID, of.Bounce.Since.String())
		}
	}
}
