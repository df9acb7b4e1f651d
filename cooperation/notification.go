package cooperation

import (
	"slices"
	"strconv"
	"time"

	"entente/message"
	"entente/reference"
)

// NotificationStatus is where the delivery of a notification by mail stands.
// In-app it is there from the moment that it is decided.
type NotificationStatus string

// The steps of delivery.
const (
	Pending   NotificationStatus = "pending"   // to be sent
	Delivered NotificationStatus = "delivered" // accepted by the receiving server
	Failed    NotificationStatus = "failed"    // given up; the secretariat is told in-app
	Held      NotificationStatus = "held"      // waits for the next digest
	InApp     NotificationStatus = "in_app"    // no mail was wanted or possible
)

// Notification is one message to one person. Its id follows from recipient,
// reason and what it tells, so that deciding it twice is harmless; its mail's
// Message-ID follows from its id.
type Notification struct {
	Meta
	Recipient string             `json:"recipient"`           // user id
	Committee string             `json:"committee,omitempty"` // the body in whose name it comes
	Reason    string             `json:"reason"`              // "proposals", "need.admitted", …: why this person is told
	Subject   message.Message    `json:"subject"`
	Lines     []message.Message  `json:"lines,omitempty"`     // what there is to say, a sentence or two each
	Items     []Item             `json:"items,omitempty"`     // the pairings or postings that it is about, best first
	Documents []string           `json:"documents,omitempty"` // "proposal/<id>": what it is about
	Run       string             `json:"run,omitempty"`
	Reminders []string           `json:"reminders,omitempty"` // what it reminds of; see ReminderID
	Link      string             `json:"link,omitempty"`      // id of the one-time link that its mail carries; never shown
	Status    NotificationStatus `json:"status"`
	Attempts  int                `json:"attempts,omitempty"`
	Begun     int                `json:"begun,omitempty"` // attempts that were made before it was sent again
	Next      time.Time          `json:"next,omitzero"`   // when it is tried again
	Sent      time.Time          `json:"sent,omitzero"`
	Read      time.Time          `json:"read,omitzero"`
	Digest    string             `json:"digest,omitempty"`   // the notification by whose mail it was sent
	Gathered  []string           `json:"gathered,omitempty"` // of a digest: the notifications that it holds
	Error     string             `json:"error,omitempty"`    // class of the last failure, never the server's words
}

// Item is one pairing or posting in a message, with what speaks for it.
type Item struct {
	Heading  message.Message   `json:"heading"`
	Reasons  []message.Message `json:"reasons,omitempty"`
	Document string            `json:"document,omitempty"` // "proposal/<id>"
}

// CommitteeRecipient is the recipient of what goes to the mailbox of a
// committee rather than to a person.
func CommitteeRecipient(committee string) string { return "committee:" + committee }

// SeesNotification reports whether it is the actor's own, or its committee's.
func SeesNotification(a Actor, n *Notification) bool {
	if a.ID != "" && a.ID == n.Recipient {
		return true
	}
	return slices.Contains(a.Mailboxes(n.Convention), n.Recipient)
}

// Mailboxes are the recipients for which the actor reads in a convention
// besides itself: the mailboxes of
// the committees on which it sits.
func (a Actor) Mailboxes(convention string) []string {
	var out []string
	for _, g := range a.Grants {
		if g.Convention == convention && g.Role == CommitteeMember && g.Committee != "" {
			out = append(out, CommitteeRecipient(g.Committee))
		}
	}
	return out
}

// MarkRead records that the recipient has read it. Reading twice is once.
func (n *Notification) MarkRead(a Actor, now time.Time) (changed bool, err error) {
	if !SeesNotification(a, n) {
		return false, absent()
	}
	if !n.Read.IsZero() {
		return false, nil
	}
	n.Read = stamp(now)
	n.touch(now)
	return true, nil
}

// RecordDelivery records the outcome of one attempt: sent, to be tried again
// at next, or given up when next is zero.
func (n *Notification) RecordDelivery(sent bool, next time.Time, class string, now time.Time) {
	n.Attempts++
	switch {
	case sent:
		n.Status, n.Sent, n.Next, n.Error = Delivered, stamp(now), time.Time{}, ""
	case next.IsZero():
		n.Status, n.Next, n.Error = Failed, time.Time{}, class
	default:
		n.Next, n.Error = stamp(next), class
	}
	n.touch(now)
}

// Occasion is something that happened and that people may have to be told:
// who is told what is decided from it (package notify), recorded in the same
// commit, and delivered afterwards.
type Occasion struct {
	Reason     string      // "run", "mail.undelivered" or the command that was done: "need.admit", "offer.lapse", …
	Convention *Convention // whose people are told
	Actor      Actor       // who did it; one is not told of one's own acts
	Need       *Need       // for the commands on needs
	Offer      *Offer      // for the commands on offers
	Run        *Run        // for a run

	Organisation *Organisation // for the commands on organisations

	Committee      *Committee                            // for the commands on committees, as it is named now
	Named          *Naming                               // what is named to it
	Country        reference.Country                     // the State that was named, or is no longer
	Assessment     *Assessment                           // for the commands on assessments, with Need
	RollOvers      []TermReminder                        // with Committee: what is to be seen to before its membership changes
	Told           func(recipient, reminder string) bool // whether a person was reminded of one of RollOvers before
	Recommendation *Recommendation                       // for the commands on texts of bodies
	Introduction   *Introduction                         // for what happens to an introduction, with Proposal, Need and Offers
	Unheard        []Asked                               // with Introduction: those whose clock has just gone on without an answer
	Facilitator    *Owner                                // with Introduction: who brings both sides together
	Alternate      *Reviewed                             // with Introduction: what comes up in place of a proposal that was declined or has expired
	Duplicate      *Duplicate                            // what was decided of Need and something that is likely the same
	Rival          *Need                                 // that other need, if it is one
	Invited        Participant                           // the State or organisation that is invited to the committee, or is no longer
	Pairings       []Pairing                             // for a run: the newly proposed pairings, best first
	Failed         *Notification                         // for a mail that was given up
	Webhook        *Webhook                              // for a webhook that was paused because it failed
	Proposal       *Proposal                             // for the commands on proposals
	Agreement      *Agreement                            // for the commands on agreements, with Proposal, Need and Offers
	Review         *Review                               // for the commands on reviews
	Partnership    *Partnership                          // for what becomes of a partnership, with Need and Offers; with Agreement: the one that was made
	Reviewed       []Reviewed                            // for a review: the proposals that it is about
	Due            []DueReminder                         // for a look at the clocks: of what somebody is to be reminded
	Held           []*Notification                       // for a digest: what has waited, the oldest first, all of one person
	Needs          []*Need                               // for subscribers: what was opened
	Offers         []*Offer                              // for subscribers: what was opened
	Person         *User                                 // for a person whose address refuses mails
	Wishes         []*Subscription                       // for subscribers: those of the convention
}

// Reviewed is a proposal with both sides.
type Reviewed struct {
	Proposal *Proposal
	Sides    Sides
}

// DueReminder is a moment of a clock that has come.
type DueReminder struct {
	ID    string // see ReminderID
	Clock Clock
	To    []Owner
	Title string // of the need or offer that it is about
	Told  func(recipient string) bool
}

// ReminderID names a moment of a clock, counted from 1.
func ReminderID(clock string, place int) string {
	return DerivedID("reminder", clock, strconv.Itoa(place))
}

// Pairing is a proposal with both sides and what speaks for it.
type Pairing struct {
	Proposal *Proposal
	Need     *Need
	Offer    *Offer
	Score    int64             // millionths of a point, 0 to 100,000,000
	Reasons  []message.Message // the parts that count most, one sentence each, best first
}

// Gather notes that what was held went out with a digest, or that nothing is
// sent of it any more where digest is empty.
func (n *Notification) Gather(digest string, now time.Time) {
	n.Status, n.Digest = InApp, digest
	n.touch(now)
}

// Hold lets what waits to be sent go out with the next digest.
func (n *Notification) Hold(now time.Time) {
	n.Status, n.Next, n.Error = Held, time.Time{}, ""
	n.touch(now)
}

// AttemptClaim is the key of the claim that lets one process make the next
// attempt to send it.
func (n *Notification) AttemptClaim() string { return "mail/" + n.ID + "/" + strconv.Itoa(n.Attempts) }

// Late reports whether the mail to a person has been due for so long, because
// nobody sent mails, that it is not sent by itself any more, but goes into the
// next digest: a day, and for a digest, which is then made anew, five.
func (n *Notification) Late(now time.Time) bool {
	since, patience := n.Created, StormAfter
	if n.Next.After(since) {
		since = n.Next
	}
	if n.Reason == "digest" {
		patience *= 5
	}
	return n.Status == Pending && n.Convention != "" && n.Recipient != CommitteeRecipient(n.Committee) && now.Sub(since) >= patience
}
