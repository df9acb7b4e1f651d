package catalogue

import "entente/cooperation"

// Subscription returns the subscription with the id, also one that was removed.
func (s *State) Subscription(id string) (*cooperation.Subscription, bool) {
	return read(&s.progress, &s.subscriptions, id)
}

// Subscriptions lists the subscriptions that are not removed, in the order in
// which they were made.
func (s *State) Subscriptions() []*cooperation.Subscription {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Subscription
	for _, e := range s.subscriptions.entries {
		if e.doc != nil && !e.doc.Removed {
			out = append(out, e.doc)
		}
	}
	return out
}

// MailSwitch returns the switch of the mails; false when nobody has ever turned
// it.
func (a *Accounts) MailSwitch() (*cooperation.MailSwitch, bool) {
	return read(&a.progress, &a.switches, cooperation.MailSwitchID)
}

// HeldNotifications lists the notifications that wait for a digest, in the
// order of their first appearance, by their recipients.
func (s *State) HeldNotifications() map[string][]*cooperation.Notification {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := map[string][]*cooperation.Notification{}
	s.notifications.held.each(func(o uint32) {
		n := s.notifications.entries[o].doc
		out[n.Recipient] = append(out[n.Recipient], n)
	})
	return out
}
