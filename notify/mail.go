package notify

import (
	"time"

	"entente/cooperation"
)

// Mail is one message as it is sent: to one address, in one language, as plain
// text and as HTML. Its header fields hold one line each.
type Mail struct {
	ID          string    // Message-ID without its angle brackets; the same in every attempt
	List        string    // List-Id without its angle brackets: a list for each convention
	To          string    // mail address
	Name        string    // of the recipient; may be empty
	Date        time.Time // when the notification was decided
	Language    string    // one of the six
	Unsubscribe string    // address at which one click ends such mails; empty for none
	Subject     string
	PlainText   string
	HTML        string
}

// Recipient is whom a notification is sent to.
type Recipient struct {
	Name        string
	Mail        string
	Language    string // a language tag; what is not served becomes English
	Link        string // address of the one-time link that the message carries; it is a secret
	Unsubscribe string // address at which one click ends such mails; may be empty

	Template *cooperation.Template // the convention's own wording in the language; nil for the shipped one
}
