package notify

import (
	"entente/cooperation"
	"entente/message"
)

// ReasonUndelivered is the occasion of a mail that was given up. The recipient
// works for the secretariat.
const ReasonUndelivered = "mail.undelivered"

// undelivered tells the secretariat that a mail was given up: in the
// application only, for mail may be what is broken, and once a day for each
// recipient, for what stops one mail stops them all. Where the recipient no
// longer holds the role, nobody misses the mail, and nobody is told. People
// are not named: their names are kept apart from the conventions.
func (t *telling) undelivered() {
	failed := t.occasion.Failed
	class := Class(failed.Error)
	if class == NoRole || class == Unwanted || class == Bounced && !toCommittee(failed) { // of a bounced address it is told by itself
		return
	}
	key := "notify." + ReasonUndelivered
	n := cooperation.Notification{Reason: ReasonUndelivered, Run: failed.Run, Documents: []string{"notification/" + failed.ID},
		Subject: message.New(key+".subject", t.conventionArg()), Lines: []message.Message{failed.Subject}}
	if whom := t.addressee(failed); !whom.Zero() {
		n.Lines = append(n.Lines, whom)
	}
	cause := "server"
	switch class {
	case Refused, Address, NoAddress:
		cause = "address"
	}
	n.Lines = append(n.Lines, message.New(key+"."+cause))
	for _, u := range t.users {
		if cooperation.ActorOf(u, true).Has(t.convention.ID, cooperation.Secretariat) {
			t.add(n, u.ID, "", failed.Recipient, cooperation.DateOf(t.now).String())
		}
	}
}

// addressee says what the recipient of a mail is to the convention; nothing of
// an account that is no longer there.
func (t *telling) addressee(failed *cooperation.Notification) message.Message {
	key := "notify." + ReasonUndelivered
	if toCommittee(failed) {
		return message.New(key+".mailbox", message.Of(message.Body, "body", failed.Committee))
	}
	for _, u := range t.users {
		if u.ID != failed.Recipient {
			continue
		}
		if of := t.actsFor(u, cooperation.FocalPoint, cooperation.Approver, cooperation.ProviderRole, cooperation.CommitteeMember); len(of) > 0 {
			return message.New(key+".person", message.Of(message.Party, "party", string(of[0])))
		}
		return message.New(key + ".colleague")
	}
	return message.Message{}
}
