package catalogue

import (
	"time"

	"entente/cooperation"
)

// NotificationQuery says which notifications of a person to list.
type NotificationQuery struct {
	Unread bool // only what was not marked read
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// NotificationsOf lists what a user was told, the latest first.
func (s *State) NotificationsOf(user string, q NotificationQuery) (Page[*cooperation.Notification], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := newest(&s.notifications, q.Cursor, form(KindNotification, user, q.Unread), q.Limit, func(n *cooperation.Notification) bool {
		return user != "" && n.Recipient == user && (!q.Unread || n.Read.IsZero())
	})
	page.Position = s.position
	return page, err
}

// PendingNotifications lists the notifications that are to be sent now, in
// the order of their first appearance: those pending whose next attempt is
// not later than now.
func (s *State) PendingNotifications(now time.Time) []*cooperation.Notification {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Notification
	for _, e := range s.notifications.entries {
		if n := e.doc; n != nil && n.Status == cooperation.Pending && !n.Next.After(now) {
			out = append(out, n)
		}
	}
	return out
}
