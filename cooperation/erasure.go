package cooperation

import (
	"strings"
	"time"
)

// Erasure is the record that a person asked, or was, to be forgotten. It holds
// opaque ids only, so that it may be kept for good: a backup of before, once
// restored, is brought to forget the same people by it.
type Erasure struct {
	Schema    int       `json:"schema"`
	ID        string    `json:"id"` // the user's
	Version   uint64    `json:"version"`
	By        string    `json:"by,omitempty"`
	Requested time.Time `json:"requested"`
	Completed time.Time `json:"completed,omitzero"` // zero while something is left to do
}

// RequestErasure records that the person is to be forgotten.
func RequestErasure(u *User, actor Actor, now time.Time) (*Erasure, error) {
	if err := authorise(MayErase(actor, u)); err != nil {
		return nil, err
	}
	return &Erasure{Schema: Schema, ID: u.ID, Version: 1, By: actor.ID, Requested: stamp(now)}, nil
}

// Complete records that nothing is left to do.
func (e *Erasure) Complete(now time.Time) {
	e.Version++
	e.Completed = stamp(now)
}

// Close keeps the person from acting while the erasure is under way.
func (u *User) Close(now time.Time) {
	u.Disabled = true
	u.cut()
	u.touch(now)
}

// Forgotten is what remains of an account: an id that documents name, and
// nothing that says whose it was.
func (u *User) Forgotten(now time.Time) *User {
	return &User{Schema: Schema, ID: u.ID, Version: u.Version + 1, Language: "en", Grants: []Grant{}, Service: u.Service, Disabled: true, Erased: true,
		Epoch: u.Epoch + 1, Created: u.Created, Updated: stamp(now)}
}

// Forgotten is what remains of a token: that there was one.
func (t *Token) Forgotten() *Token {
	return &Token{Schema: Schema, ID: t.ID, Version: t.Version + 1, User: t.User, Scopes: t.Scopes, Created: t.Created, Expires: t.Expires, Revoked: true}
}

// Identity is what somebody is called: all names and addresses, of now and of
// before, by which a contact in a posting is known to be that person.
type Identity struct {
	names, mails map[string]bool
}

// NewIdentity gathers what the versions of an account call the person.
func NewIdentity(versions ...*User) Identity {
	i := Identity{map[string]bool{}, map[string]bool{}}
	for _, u := range versions {
		if name := foldName(u.Name); name != "" {
			i.names[name] = true
		}
		if mail := foldName(u.Mail); mail != "" {
			i.mails[mail] = true
		}
		if u.Bounce != nil {
			i.mails[foldName(u.Bounce.Address)] = true
		}
	}
	delete(i.mails, "")
	return i
}

// Empty reports whether nothing is known of the person any more.
func (i Identity) Empty() bool { return len(i.names) == 0 && len(i.mails) == 0 }

// HasMail reports whether the address is the person's.
func (i Identity) HasMail(mail string) bool { return i.mails[foldName(mail)] }

// Is reports whether the contact is the person: by the address, or by the name.
func (i Identity) Is(c *Contact) bool {
	return c != nil && (i.mails[foldName(c.Mail)] || i.names[foldName(c.Name)])
}

// foldName makes writings of one name equal: case and blanks do not count.
func foldName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// ForgetContact removes the contact of a need.
func (n *Need) ForgetContact(now time.Time) {
	n.FocalPoint = nil
	n.touch(now)
}

// ForgetContact removes the contact of an offer.
func (o *Offer) ForgetContact(now time.Time) {
	o.FocalPoint = nil
	o.touch(now)
}

// ForgetContact removes the mailbox of a body.
func (n *Naming) ForgetContact(now time.Time) {
	n.Contact = ""
	n.touch(now)
}

// Forget removes a webhook with where it leads to: its owner is forgotten.
func (w *Webhook) Forget(now time.Time) {
	w.URL, w.Description, w.Status = "", "", WebhookRemoved
	w.touch(now)
}
