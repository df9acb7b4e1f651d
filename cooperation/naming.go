package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/reference"
)

// Naming is whom the secretariat has named to a committee: its document in the
// log, under the committee's id. Where there is one, it takes the place of the
// members, chairs, observers and contact in the profile. Version 1 is what the
// profile names, so that the first document is the second version.
type Naming struct {
	Meta
	Members     []Term       `json:"members,omitempty"`
	Chairs      []Presidency `json:"chairs,omitempty"`
	Officers    []Officer    `json:"officers,omitempty"`
	Observers   []Observer   `json:"observers,omitempty"`
	Advisers    []Adviser    `json:"advisers,omitempty"`
	Invitations []Invitation `json:"invitations,omitempty"`
	Contact     string       `json:"contact,omitempty"`
}

// Officer is the Party that holds an office of a body for a time.
type Officer struct {
	Office  string            `json:"office"` // of the composition
	Country reference.Country `json:"country"`
	From    Date              `json:"from"`
	Until   Date              `json:"until"` // the last day
}

// On reports whether the office is held on the day.
func (o Officer) On(day Date) bool { return !day.Before(o.From) && !o.Until.Before(day) }

// With is the committee as it is named.
func (b Committee) With(n *Naming) Committee {
	b.Members, b.Chairs, b.Officers, b.Observers, b.Contact = n.Members, n.Chairs, n.Officers, n.Observers, n.Contact
	b.Advisers, b.Invitations = n.Advisers, n.Invitations
	return b
}

// Named lays over the committees of the convention what find knows of them.
// The convention itself is not changed.
func (c *Convention) Named(find func(committee string) (*Naming, bool)) []Committee {
	committees := c.Committees
	for i := range c.Committees {
		if n, ok := find(c.Committees[i].ID); ok {
			if &committees[0] == &c.Committees[0] {
				committees = slices.Clone(c.Committees)
			}
			committees[i] = c.Committees[i].With(n)
		}
	}
	return committees
}

// NameFor begins the naming of a committee that has only its profile.
func NameFor(c *Convention, b *Committee, actor Actor, now time.Time) *Naming {
	n := &Naming{Meta: newMeta(b.ID, c.ID, actor, now), Members: b.Members, Chairs: b.Chairs, Officers: b.Officers, Observers: b.Observers,
		Advisers: b.Advisers, Invitations: b.Invitations, Contact: b.Contact}
	return n
}

// mailbox is what a contact is held against.
type mailbox struct {
	Contact string `json:"contact" validate:"omitempty,email,max=254"`
}

// change does what the secretariat asks for, when nothing is wrong with it.
func (n *Naming) change(actor Actor, now time.Time, do func(m *mistakes)) error {
	return n.do(MayName(actor, n.Convention), now, do)
}

// record does what the secretariat or the committee itself asks for, when
// nothing is wrong with it.
func (n *Naming) record(b *Committee, actor Actor, now time.Time, do func(m *mistakes)) error {
	named := b.With(n)
	return n.do(MayRecord(actor, n.Convention, &named, DateOf(now)), now, do)
}

func (n *Naming) do(allowed bool, now time.Time, do func(m *mistakes)) error {
	if err := authorise(allowed); err != nil {
		return err
	}
	var m mistakes
	if do(&m); len(m) > 0 {
		return m.err()
	}
	n.touch(now)
	return nil
}

// NameMember adds a term. Without a place in the order of election it is the
// last elected.
func (n *Naming) NameMember(c *Convention, b *Committee, t Term, actor Actor, now time.Time) error {
	return n.change(actor, now, func(m *mistakes) {
		if t.Election == 0 {
			for _, other := range n.Members {
				t.Election = max(t.Election, other.Election)
			}
			t.Election++
		}
		before := n.Members
		n.Members = append(slices.Clip(n.Members), t)
		n.checkMembers(m, c, b, before, len(n.Members)-1)
	})
}

// ReplaceMember puts another term in the place of one, counted from 1.
func (n *Naming) ReplaceMember(c *Convention, b *Committee, at int, t Term, actor Actor, now time.Time) error {
	if at < 1 || at > len(n.Members) {
		return absent()
	}
	return n.change(actor, now, func(m *mistakes) {
		if t.Election == 0 {
			t.Election = n.Members[at-1].Election
		}
		before := n.Members
		n.Members = slices.Clone(n.Members)
		n.Members[at-1] = t
		n.checkMembers(m, c, b, before, at-1)
		n.follow(m, b, before, before[at-1].Country)
	})
}

// RemoveMember takes a term out, counted from 1: it was named by mistake. One
// that ended early is replaced with its true end.
func (n *Naming) RemoveMember(b *Committee, at int, actor Actor, now time.Time) error {
	if at < 1 || at > len(n.Members) {
		return absent()
	}
	return n.change(actor, now, func(m *mistakes) {
		before := n.Members
		n.Members = slices.Delete(slices.Clone(before), at-1, at)
		n.follow(m, b, before, before[at-1].Country)
	})
}

// NameChair records the election of a chair: who presides, from when to when.
func (n *Naming) NameChair(c *Convention, b *Committee, p Presidency, actor Actor, now time.Time) error {
	return n.record(b, actor, now, func(m *mistakes) {
		p.Record = strings.TrimSpace(p.Record)
		n.Chairs = append(slices.Clip(n.Chairs), p)
		n.checkChairs(m, c, b, DateOf(now))
	})
}

// RemoveChair takes a presidency out, counted from 1.
func (n *Naming) RemoveChair(b *Committee, at int, actor Actor, now time.Time) error {
	if at < 1 || at > len(n.Chairs) {
		return absent()
	}
	return n.record(b, actor, now, func(*mistakes) { n.Chairs = slices.Delete(slices.Clone(n.Chairs), at-1, at) })
}

// NameOfficers says who holds the offices of the body, past holders included.
func (n *Naming) NameOfficers(c *Convention, b *Committee, list []Officer, actor Actor, now time.Time) error {
	return n.change(actor, now, func(m *mistakes) {
		n.Officers = list
		n.checkOfficers(m, c, b)
	})
}

// NameObservers says which organisations are invited to the body's work: those
// that the convention knows, or that were invited before.
func (n *Naming) NameObservers(c *Convention, ids []Participant, actor Actor, now time.Time) error {
	return n.change(actor, now, func(m *mistakes) { n.Observers = c.observers(m, n.Observers, ids) })
}

// NameContact says to which mailbox the body's messages go; none when empty.
func (n *Naming) NameContact(mail string, actor Actor, now time.Time) error {
	return n.change(actor, now, func(m *mistakes) {
		n.Contact = mail
		*m = append(*m, checkShape(&mailbox{mail})...)
	})
}
