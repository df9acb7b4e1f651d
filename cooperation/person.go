package cooperation

import (
	"slices"
	"strings"
	"time"
)

// Person is what can be said of somebody when an account is made or replaced.
type Person struct {
	Name     string `json:"name"`
	Mail     string `json:"mail,omitempty"`
	Language string `json:"language"`
}

// NewUser makes an account. One for a program (service) has no mail address,
// and one for a person waits until the person has accepted.
func NewUser(id string, p Person, grants []Grant, service bool, actor Actor, now time.Time) (*User, error) {
	if err := authorise(MayInvite(actor, grants)); err != nil {
		return nil, err
	}
	now = stamp(now)
	u := &User{Schema: Schema, ID: id, Version: 1, Grants: slices.Clone(grants), Service: service, Created: now, Updated: now}
	u.take(p)
	if service {
		u.Activated = now
		return u, nil
	}
	u.Invited = now
	return u, nil
}

func (u *User) take(p Person) {
	u.Name, u.Mail, u.Language = strings.TrimSpace(p.Name), strings.TrimSpace(p.Mail), p.Language
}

// SameMail reports whether two addresses reach the same person: in practice no
// mail system tells upper from lower case.
func SameMail(a, b string) bool {
	return a != "" && strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// touch makes the next version of the account.
func (u *User) touch(now time.Time) {
	u.Version++
	u.Updated = stamp(now)
}

// cut makes every session and one-time link of the person dead.
func (u *User) cut() {
	u.Epoch++
	u.Invitation = ""
}

// Replace changes what is said of the person. Another address ends all
// sessions and one-time links, which were sent to the one before; it is not for
// the person alone to change, for whoever holds a session for a moment could
// keep the account by it.
func (u *User) Replace(actor Actor, p Person, now time.Time) error {
	if err := authorise(MayRename(actor, u)); err != nil {
		return err
	}
	mail := strings.TrimSpace(p.Mail)
	if mail != u.Mail {
		if !MayManage(actor, u) {
			return Refuse(Forbidden, "error.forbidden.own_mail")
		}
		u.cut()
	}
	u.take(p)
	u.touch(now)
	return nil
}

// Invite notes that a new invitation goes out, by the link with the id. Those
// of before are dead.
func (u *User) Invite(actor Actor, link string, now time.Time) error {
	if err := authorise(MayReinvite(actor, u)); err != nil {
		return err
	}
	if u.Disabled {
		return Refuse(State, "error.state.disabled")
	}
	u.Invitation, u.Invited = link, stamp(now)
	u.touch(now)
	return nil
}

// Uninvite takes the invitation back: its link is dead, and the account goes on
// waiting.
func (u *User) Uninvite(actor Actor, now time.Time) error {
	if err := authorise(MayReinvite(actor, u)); err != nil {
		return err
	}
	u.Invitation = ""
	u.touch(now)
	return nil
}

// SetDisabled disables the account, which ends its sessions and tokens at
// once, or enables it. It reports whether that changes anything.
func (u *User) SetDisabled(actor Actor, disabled bool, now time.Time) (changed bool, err error) {
	if err := authorise(MayManage(actor, u)); err != nil {
		return false, err
	}
	if u.Disabled == disabled {
		return false, nil
	}
	u.Disabled = disabled
	u.cut()
	u.touch(now)
	return true, nil
}

// Give adds roles. It reports which of them are new.
func (u *User) Give(actor Actor, grants []Grant, now time.Time) (added []Grant, err error) {
	if u.Disabled {
		return nil, Refuse(State, "error.state.disabled")
	}
	held := slices.Clone(u.Grants)
	for _, g := range grants {
		if err := authorise(MayGive(actor, g)); err != nil {
			return nil, err
		}
		if !slices.Contains(held, g) {
			held, added = append(held, g), append(added, g)
		}
	}
	if len(added) > 0 {
		u.Grants = held
		u.touch(now)
	}
	return added, nil
}

// Take takes roles away. Each may give up one's own. It reports whether that
// changes anything.
func (u *User) Take(actor Actor, grants []Grant, now time.Time) (changed bool, err error) {
	left := slices.Clone(u.Grants)
	for _, g := range grants {
		if !slices.Contains(left, g) {
			continue
		}
		if err := authorise(MayGive(actor, g) || actor.is(u) && !actor.ReadOnly); err != nil {
			return false, err
		}
		left = slices.DeleteFunc(left, func(held Grant) bool { return held == g })
	}
	if len(left) == len(u.Grants) {
		return false, nil
	}
	u.Grants = left
	u.touch(now)
	return true, nil
}

// HandOver moves roles from one person to another, who goes on where the
// first stops: what was drafted belongs to the State and not to the drafter.
// Of the roles that are named, or all when none is, every one must be the
// actor's to give.
func HandOver(actor Actor, from, to *User, grants []Grant, now time.Time) (moved []Grant, err error) {
	if len(grants) == 0 {
		grants = from.Grants
	}
	for _, g := range grants {
		if !slices.Contains(from.Grants, g) {
			return nil, Refuse(State, "error.state.not_held")
		}
	}
	if from.ID == to.ID || to.Service != from.Service {
		return nil, Refuse(State, "error.state.successor")
	}
	if !mayGiveAll(actor, grants) {
		return nil, authorise(false)
	}
	moved = slices.Clone(grants)
	if _, err := to.Give(actor, moved, now); err != nil {
		return nil, err
	}
	_, err = from.Take(actor, moved, now)
	return moved, err
}
