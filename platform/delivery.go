package platform

import (
	"context"
	"strconv"
	"time"

	"entente/catalogue"
	"entente/cooperation"
)

// Deliveries lists the deliveries to a webhook of the actor's own.
func (p *Platform) Deliveries(actor cooperation.Actor, webhook string, q catalogue.DeliveryQuery) (catalogue.Page[*cooperation.Delivery], error) {
	r, _, err := p.findWebhook(actor, webhook)
	if err != nil {
		return catalogue.Page[*cooperation.Delivery]{}, err
	}
	return r.state.DeliveriesTo(webhook, q)
}

// TestWebhook queues an event that tests the webhook; the same key queues one
// event, however often it is sent.
func (p *Platform) TestWebhook(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Delivery, error) {
	r, _, err := p.findWebhook(actor, id)
	if err != nil {
		return nil, err
	}
	nonce := creationID("webhook.test", id, actor, key)
	var made *cooperation.Delivery
	err = r.do(ctx, "webhook.test", actor, func(d *draft) error {
		w, ok := r.webhook(d, id)
		switch {
		case !ok || !cooperation.SeesWebhook(actor, w):
			return cooperation.Absent()
		case !cooperation.MayChangeWebhook(actor, w):
			return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
		case w.Status != cooperation.WebhookActive:
			return cooperation.Refuse(cooperation.State, "error.state.webhook_paused")
		}
		now := p.clock()
		made = cooperation.Announce(w, cooperation.EventTest, catalogue.KindWebhook, w.ID, w.Version, r.state.Position(), now, now)
		made.ID = cooperation.DerivedID("delivery", w.ID, nonce)
		if before, exists := r.delivery(d, made.ID); exists {
			made = before
			return nil
		}
		d.put(catalogue.KindDelivery, made.ID, made.Version, made)
		return nil
	})
	return made, err
}

// Redeliver sends a delivery once more, under the same id.
func (p *Platform) Redeliver(ctx context.Context, actor cooperation.Actor, webhook, id string) (*cooperation.Delivery, error) {
	r, _, err := p.findWebhook(actor, webhook)
	if err != nil {
		return nil, err
	}
	var again cooperation.Delivery
	err = r.do(ctx, "delivery.redeliver", actor, func(d *draft) error {
		w, ok := r.webhook(d, webhook)
		before, found := r.delivery(d, id)
		if !ok || !found || before.Webhook != webhook || !cooperation.SeesWebhook(actor, w) {
			return cooperation.Absent()
		}
		again = *before
		if err := again.Again(w, actor, p.clock()); err != nil {
			return err
		}
		d.put(catalogue.KindDelivery, id, again.Version, &again)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &again, nil
}

// Answer is how a receiver answered one attempt.
type Answer struct {
	Delivered bool
	Gone      bool      // it wants no more
	Next      time.Time // of the next attempt; zero when there is none
	Status    int       // of HTTP; 0 without an answer
	Class     string    // of the failure
}

// RecordAnswer records what came of one attempt to deliver, what that means to
// the webhook, and what its owner has to be told. It does nothing when attempt
// is not the one that is due: somebody else made it.
func (p *Platform) RecordAnswer(ctx context.Context, convention, id string, attempt int, a Answer) error {
	r, err := p.room(convention)
	if err != nil {
		return err
	}
	return r.do(ctx, "delivery.attempt", notifier, func(d *draft) error {
		before, ok := r.delivery(d, id)
		if !ok || before.Status != cooperation.Pending || before.Attempts != attempt {
			return nil
		}
		now := p.clock()
		tried := *before
		tried.RecordAnswer(a.Delivered, a.Next, a.Status, a.Class, now)
		d.put(catalogue.KindDelivery, id, tried.Version, &tried)
		w, ok := r.webhook(d, tried.Webhook)
		if !ok {
			return nil
		}
		changed := *w
		if !changed.Answered(a.Delivered, a.Gone, now) {
			return nil
		}
		d.put(catalogue.KindWebhook, w.ID, changed.Version, &changed)
		if changed.Status == cooperation.WebhookPaused {
			p.tell(r, d, cooperation.Occasion{Reason: "webhook.paused", Actor: notifier, Webhook: &changed}, now)
		}
		return nil
	})
}

// announcement is one event that a webhook is to be told of.
type announcement struct {
	webhook, event, kind, id string
	version, position        uint64
	happened                 time.Time
}

func (a announcement) deliveryID() string {
	return cooperation.DerivedID("delivery", a.webhook, a.kind, a.id, strconv.FormatUint(a.version, 10))
}

// announceable is how much of the log one look reads, at most.
const announceable = 2000

// Announce makes deliveries of what has happened in a convention since it was
// last asked, and returns how many. What is due follows from the log and the
// deliveries that are there, so any number of replicas may ask at any time.
func (p *Platform) Announce(ctx context.Context, convention string) (int, error) {
	r, err := p.room(convention)
	if err != nil {
		return 0, err
	}
	r.announcing.Lock()
	defer r.announcing.Unlock()
	due, read, err := p.unannounced(ctx, r)
	if err != nil {
		return 0, err
	}
	made := 0
	for rest := due; len(rest) > 0; {
		var taken, put int
		err := r.do(ctx, "delivery.announce", notifier, func(d *draft) error {
			taken, put = p.announceSome(r, d, rest)
			return nil
		})
		if err != nil {
			return made, err
		}
		made, rest = made+put, rest[taken:]
	}
	r.announced = read
	return made, nil
}

// announceSome takes as many announcements as one commit holds.
func (p *Platform) announceSome(r *room, d *draft, due []announcement) (taken, put int) {
	now := p.clock()
	for _, a := range due {
		w, ok := r.webhook(d, a.webhook)
		if ok && w.Status == cooperation.WebhookActive && a.position > w.Since && !r.state.KnowsDelivery(a.deliveryID()) {
			if _, now := decided[*cooperation.Delivery](d, catalogue.KindDelivery, a.deliveryID()); now {
				taken++
				continue
			}
			v := cooperation.Announce(w, a.event, a.kind, a.id, a.version, a.position, a.happened, now)
			fits, _ := d.add(func() error {
				d.put(catalogue.KindDelivery, v.ID, v.Version, v)
				return nil
			})
			if !fits {
				return taken, put
			}
			put++
		}
		taken++
	}
	return taken, put
}

// unannounced reads the log from where the webhooks stand, and finds what they
// are to be told of; read is how far it has read.
func (p *Platform) unannounced(ctx context.Context, r *room) (due []announcement, read uint64, err error) {
	var active []*cooperation.Webhook
	from, head := ^uint64(0), r.state.Position()
	for _, w := range r.state.Webhooks() {
		if w.Status == cooperation.WebhookActive {
			active = append(active, w)
			from = min(from, max(r.state.Announced(w), 1)-1) // the last commit may have been told in part
		}
	}
	if len(active) == 0 {
		return nil, head, nil
	}
	// What this process has looked at holds nothing more, unless a webhook is
	// newer than that: it begins where the log stood when it was made.
	if from = max(from, r.announced); from >= head {
		return nil, head, nil
	}
	read = from
	for c, err := range p.store.Read(ctx, r.convention().ID, from) {
		if err != nil {
			return nil, read, err
		}
		if c.Number > head || c.Number > from+announceable {
			break
		}
		for _, v := range c.Versions {
			due = append(due, p.announcementsOf(r, active, c.Number, c.Time, c.Command, v)...)
		}
		read = c.Number
	}
	return due, read, nil
}
