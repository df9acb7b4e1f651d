package main

import (
	"context"
	"errors"
	"time"

	"entente/cooperation"
	"entente/notify"
	"entente/platform"
)

// webhooks makes the round that announces what has happened and brings it to
// the webhooks.
func (p *program) webhooks(i *installation) func(context.Context) error {
	poster := notify.NewPoster(notify.PosterOptions{Loopback: p.config.Loopback == "yes"})
	i.later("webhooks", func(context.Context) error { poster.Close(); return nil })
	courier := notify.NewCourier(notify.CourierOptions{Queue: queue{i.platform}, Claims: i.store.Ephemeral(), Poster: poster,
		Measures: i.measures, Holder: holder(), Logger: i.log})
	return func(ctx context.Context) error {
		var errs []error
		for _, c := range i.platform.Conventions() {
			_, err := i.platform.Announce(ctx, c.ID)
			errs = append(errs, err)
		}
		return errors.Join(append(errs, courier.Round(ctx))...)
	}
}

// queue shows the courier what the platform has to deliver.
type queue struct{ *platform.Platform }

func (q queue) Due(now time.Time) []*cooperation.Delivery {
	var all []*cooperation.Delivery
	for _, c := range q.Conventions() {
		if s, ok := q.State(c.ID); ok {
			all = append(all, s.DueDeliveries(now)...)
		}
	}
	return all
}

func (q queue) Delivery(convention, id string) (*cooperation.Delivery, *cooperation.Webhook, bool) {
	s, ok := q.State(convention)
	if !ok {
		return nil, nil, false
	}
	d, ok := s.Delivery(id)
	if !ok {
		return nil, nil, false
	}
	w, ok := s.Webhook(d.Webhook)
	return d, w, ok
}

func (q queue) May(w *cooperation.Webhook, d *cooperation.Delivery) bool { return q.MayDeliver(w, d) }

func (q queue) Secrets(w *cooperation.Webhook, now time.Time) [][]byte {
	return q.WebhookSecrets(w, now)
}

func (q queue) Record(ctx context.Context, d *cooperation.Delivery, attempt int, v notify.Verdict) error {
	return q.RecordAnswer(ctx, d.Convention, d.ID, attempt, platform.Answer{Delivered: v.Delivered, Gone: v.Gone, Next: v.Next,
		Status: v.Status, Class: string(v.Class)})
}

// waiting counts the deliveries to webhooks that are pending.
func (i *installation) waiting() (count int) {
	for _, c := range i.platform.Conventions() {
		if s, ok := i.platform.State(c.ID); ok {
			count += s.WaitingDeliveries()
		}
	}
	return count
}
