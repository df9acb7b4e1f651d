package platform

import (
	"context"
	"time"

	"entente/cooperation"
)

// ReadNotification marks a notification of the actor's own as read.
func (p *Platform) ReadNotification(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.Notification, error) {
	r, err := p.findNotification(id)
	if err != nil {
		return nil, err
	}
	var read cooperation.Notification
	err = r.do(ctx, "notification.read", actor, func(d *draft) error {
		n, ok := r.notification(d, id)
		if !ok {
			return cooperation.Absent()
		}
		read = *n
		changed, err := read.MarkRead(actor, p.clock())
		if err == nil && changed {
			d.putNotification(&read)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &read, nil
}

// notifier is the platform sending what people are told.
var notifier = cooperation.System("notifier")

// RecordDelivery records what came of one attempt to send a notification, and
// what the secretariat has to be told when it is given up. It does nothing
// when attempt is not the one that is due: somebody else made it.
func (p *Platform) RecordDelivery(ctx context.Context, id string, attempt int, sent bool, next time.Time, class string) error {
	if _, about := p.accounts.Notification(id); about {
		return p.recordAccountDelivery(ctx, id, attempt, sent, next, class)
	}
	r, err := p.findNotification(id)
	if err != nil {
		return err
	}
	return r.do(ctx, "notification.deliver", notifier, func(d *draft) error {
		n, ok := r.notification(d, id)
		if !ok || n.Status != cooperation.Pending || n.Attempts != attempt {
			return nil
		}
		tried := *n
		now := p.clock()
		tried.RecordDelivery(sent, next, class, now)
		d.putNotification(&tried)
		if tried.Status == cooperation.Failed {
			p.tell(r, d, cooperation.Occasion{Reason: "mail.undelivered", Actor: notifier, Failed: &tried}, now)
		}
		return nil
	})
}

func (p *Platform) findNotification(id string) (*room, error) {
	for _, c := range p.order {
		if _, ok := p.rooms[c].state.Notification(id); ok {
			return p.rooms[c], nil
		}
	}
	return nil, cooperation.Absent()
}
