package catalogue

import (
	"slices"
	"time"

	"entente/cooperation"
)

// keptDeliveries is how many deliveries of a webhook stay readable once they
// are done with; of older ones it is known only that they were.
const keptDeliveries = 1000

// webhooks are the webhooks of a convention with the deliveries to them.
type webhooks struct {
	hooks      ledger[cooperation.Webhook]
	deliveries ledger[cooperation.Delivery]
	byHook     places
	pending    set
	announced  map[string]uint64 // webhook → the greatest position of a delivery to it
}

func newWebhooks() webhooks { return webhooks{byHook: places{}, announced: map[string]uint64{}} }

func (w *webhooks) prepareDelivery(c Change) (func(), error) {
	doc, err := decode[cooperation.Delivery](c)
	if err == nil {
		err = w.deliveries.check(c.Kind, c.ID, c.Version)
	}
	return func() {
		ordinal, before := w.deliveries.put(c.ID, c.Version, doc)
		if before != nil {
			w.byHook.remove(before.Webhook, ordinal)
		}
		w.pending.put(ordinal, doc != nil && doc.Status == cooperation.Pending)
		if doc == nil {
			return
		}
		w.byHook.add(doc.Webhook, ordinal)
		w.announced[doc.Webhook] = max(w.announced[doc.Webhook], doc.Position)
		w.forget(doc.Webhook)
	}, err
}

// forget lets go of the oldest delivery of a webhook that is done with, when
// there are more of them than are kept.
func (w *webhooks) forget(hook string) {
	list := w.byHook[hook]
	if len(list) <= keptDeliveries {
		return
	}
	for _, ordinal := range list[:len(list)-1] {
		if e := w.deliveries.entries[ordinal]; e.doc != nil && !w.pending.has(ordinal) {
			w.deliveries.put(e.id, e.version, nil)
			w.byHook.remove(hook, ordinal)
			return
		}
	}
}

// Webhook returns the webhook with the id, also one that was removed.
func (s *State) Webhook(id string) (*cooperation.Webhook, bool) {
	return read(&s.progress, &s.webhooks.hooks, id)
}

// Webhooks lists the webhooks that are not removed, in the order in which they
// were made.
func (s *State) Webhooks() []*cooperation.Webhook {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Webhook
	for _, e := range s.webhooks.hooks.entries {
		if e.doc != nil && e.doc.Status != cooperation.WebhookRemoved {
			out = append(out, e.doc)
		}
	}
	return out
}

// Announced is the position in the log up to which changes were announced to
// a webhook, for all that is known: the position from which to look on.
func (s *State) Announced(w *cooperation.Webhook) uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return max(w.Since, s.webhooks.announced[w.ID])
}

// Delivery returns the delivery with the id.
func (s *State) Delivery(id string) (*cooperation.Delivery, bool) {
	return read(&s.progress, &s.webhooks.deliveries, id)
}

// KnowsDelivery reports whether there is or was a delivery with the id.
func (s *State) KnowsDelivery(id string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, known := s.webhooks.deliveries.ids[id]
	return known
}

// DeliveryQuery says which deliveries of a webhook to list.
type DeliveryQuery struct {
	Status []cooperation.NotificationStatus // none: all
	Cursor string
	Limit  int // 1 to MaxLimit; 0 is DefaultLimit
}

// DeliveriesTo lists the deliveries to a webhook, the latest first.
func (s *State) DeliveriesTo(webhook string, q DeliveryQuery) (Page[*cooperation.Delivery], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found := setOf(s.webhooks.byHook[webhook])
	if len(q.Status) > 0 {
		found.keep(func(o uint32) bool { return slices.Contains(q.Status, s.webhooks.deliveries.entries[o].doc.Status) })
	}
	page, err := newest(&s.webhooks.deliveries, found, q.Cursor, form(KindDelivery, webhook, q.Status), q.Limit)
	page.Position = s.position
	return page, err
}

// DeliveriesIf lists the deliveries to all webhooks that are wanted, the latest
// first. asked says for what, so that a cursor goes on with the same list.
func (s *State) DeliveriesIf(wanted func(*cooperation.Delivery) bool, asked []any, cursor string, limit int) (Page[*cooperation.Delivery], error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page, err := wantedOf(&s.webhooks.deliveries, KindDelivery, wanted, asked, cursor, limit)
	page.Position = s.position
	return page, err
}

// DueDeliveries lists the deliveries that are to be attempted now: pending
// ones of active webhooks whose next attempt is not later than now, in the
// order of their first appearance.
func (s *State) DueDeliveries(now time.Time) []*cooperation.Delivery {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []*cooperation.Delivery
	s.webhooks.pending.each(func(o uint32) {
		d := s.webhooks.deliveries.entries[o].doc
		if w, ok := s.webhooks.hooks.find(d.Webhook); ok && w.Status == cooperation.WebhookActive && !d.Next.After(now) {
			out = append(out, d)
		}
	})
	return out
}

// WaitingDeliveries counts the deliveries that are pending.
func (s *State) WaitingDeliveries() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.webhooks.pending.count()
}
