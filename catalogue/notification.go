package catalogue

import (
	"slices"
	"strings"
	"time"

	"entente/cooperation"
)

// notifications is the ledger of notifications with what finds them.
type notifications struct {
	ledger[cooperation.Notification]
	byRecipient places
	unread      set
	pending     set
	held        set
	reminded    places               // what was reminded of → the notifications that did
	digested    map[string]time.Time // when the last digest of a person was made
}

func newNotifications() notifications {
	return notifications{byRecipient: places{}, reminded: places{}, digested: map[string]time.Time{}}
}

func (l *notifications) prepare(c Change) (func(), error) {
	doc, err := decode[cooperation.Notification](c)
	if err == nil {
		err = l.check(c.Kind, c.ID, c.Version)
	}
	if doc != nil {
		doc.Compact()
	}
	return func() {
		ordinal, before := l.put(c.ID, c.Version, doc)
		if before != nil {
			l.byRecipient.remove(before.Recipient, ordinal)
			l.remind(before, ordinal, false)
		}
		if doc != nil {
			l.byRecipient.add(doc.Recipient, ordinal)
			l.remind(doc, ordinal, true)
			if doc.Reason == "digest" && doc.Created.After(l.digested[doc.Recipient]) {
				l.digested[doc.Recipient] = doc.Created
			}
		}
		l.unread.put(ordinal, doc != nil && doc.Read.IsZero())
		l.held.put(ordinal, doc != nil && doc.Status == cooperation.Held)
		l.pending.put(ordinal, doc != nil && doc.Status == cooperation.Pending)
	}, err
}

// remind notes of what a notification reminds.
func (l *notifications) remind(n *cooperation.Notification, ordinal uint32, in bool) {
	note := places.add
	if !in {
		note = places.remove
	}
	for _, r := range n.Reminders {
		note(l.reminded, r, ordinal)
	}
}

// Reminded reports whether a person was reminded of a moment of a clock; see
// cooperation.ReminderID.
func (s *State) Reminded(recipient, reminder string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.ContainsFunc(s.notifications.reminded[reminder], func(o uint32) bool { return s.notifications.entries[o].doc.Recipient == recipient })
}

// LastDigest is when the last digest of a person was made; zero where there is
// none.
func (s *State) LastDigest(user string) time.Time {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.notifications.digested[user]
}

// NotificationQuery says which notifications of a person to list.
type NotificationQuery struct {
	Unread bool   // only what was not marked read
	Kind   string // only what is first of all about a document of the kind
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// NotificationsOf lists what a user was told, the latest first.
func (s *State) NotificationsOf(user string, q NotificationQuery) (Page[*cooperation.Notification], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found set
	if user != "" { // the public has no notifications
		found.addAll(s.notifications.byRecipient[user])
	}
	if q.Unread {
		found.and(s.notifications.unread)
	}
	if q.Kind != "" {
		found.keep(func(o uint32) bool {
			about := s.notifications.entries[o].doc.Documents
			return len(about) > 0 && strings.HasPrefix(about[0], q.Kind+"/")
		})
	}
	page, err := newest(&s.notifications.ledger, found, q.Cursor, form(KindNotification, user, q.Unread, q.Kind), q.Limit)
	page.Position = s.position
	return page, err
}

// NotificationsIf lists the messages of the convention that are wanted, the
// latest first. asked says for what, so that a cursor goes on with the same
// list.
func (s *State) NotificationsIf(wanted func(*cooperation.Notification) bool, asked []any, cursor string, limit int) (Page[*cooperation.Notification], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := wantedOf(&s.notifications.ledger, KindNotification, wanted, asked, cursor, limit)
	page.Position = s.position
	return page, err
}

// NotificationsIf lists the mails about accounts that are wanted, with whose
// they are; see State.NotificationsIf. The recipient is nil where there is no
// such account any more.
func (a *Accounts) NotificationsIf(wanted func(n *cooperation.Notification, recipient *cooperation.User) bool, asked []any, cursor string, limit int) (Page[*cooperation.Notification], error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	page, err := wantedOf(&a.told.ledger, KindNotification, func(n *cooperation.Notification) bool {
		u, _ := a.users.find(n.Recipient)
		return wanted(n, u)
	}, asked, cursor, limit)
	page.Position = a.position
	return page, err
}

// PendingNotifications lists the notifications that are to be sent now, in
// the order of their first appearance: those pending whose next attempt is
// not later than now.
func (s *State) PendingNotifications(now time.Time) []*cooperation.Notification {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.notifications.due(now)
}

func (l *notifications) due(now time.Time) (out []*cooperation.Notification) {
	l.pending.each(func(o uint32) {
		if n := l.entries[o].doc; !n.Next.After(now) {
			out = append(out, n)
		}
	})
	return out
}

// PendingNotifications lists the mails about accounts that are to be sent now;
// see State.PendingNotifications.
func (a *Accounts) PendingNotifications(now time.Time) []*cooperation.Notification {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.told.due(now)
}

// Notification returns the mail about an account with the id.
func (a *Accounts) Notification(id string) (*cooperation.Notification, bool) {
	return read(&a.progress, &a.told.ledger, id)
}
