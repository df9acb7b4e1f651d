package cooperation

import "time"

// LinkPurpose is what a one-time link lets its holder do, once.
type LinkPurpose string

// The purposes of links.
const (
	LinkFirstAdministrator LinkPurpose = "first_administrator" // make the first account; it names no user
	LinkInvitation         LinkPurpose = "invitation"          // accept an account and choose how to sign in
	LinkReset              LinkPurpose = "reset"               // choose another password
	LinkSignIn             LinkPurpose = "sign_in"             // sign in without one
)

// Link is a one-time link that is out. Its secret follows from its id and the
// installation's key, and is kept nowhere.
type Link struct {
	ID      string      `json:"id"`
	Purpose LinkPurpose `json:"purpose"`
	User    string      `json:"user,omitempty"`
	Epoch   uint64      `json:"epoch,omitempty"` // of the user when it was issued
	Expires time.Time   `json:"expires"`
}

// Opens reports whether the link still does something for the user, who is nil
// when there is none. A link dies with every change of the person's
// credentials, and an invitation when another is sent or it is taken back.
func (l *Link) Opens(u *User) bool {
	if l.Purpose == LinkFirstAdministrator {
		return true
	}
	if u == nil || u.Disabled || u.Erased || u.Service || u.Epoch != l.Epoch {
		return false
	}
	if l.Purpose == LinkInvitation {
		return u.Invitation == l.ID
	}
	return !u.Waiting()
}
