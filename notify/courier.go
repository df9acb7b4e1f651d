package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"entente/cooperation"
)

// Queue is where the deliveries to webhooks are, with what is needed to make
// them. It is safe for concurrent use.
type Queue interface {
	// Due lists the deliveries whose next attempt is due at now, of all
	// conventions. They are not to be changed.
	Due(now time.Time) []*cooperation.Delivery
	// Delivery returns a delivery and its webhook as they stand now.
	Delivery(convention, id string) (*cooperation.Delivery, *cooperation.Webhook, bool)
	// May reports whether the owner of the webhook may still see what the
	// delivery is about.
	May(w *cooperation.Webhook, d *cooperation.Delivery) bool
	// Secrets are the keys that sign at now, the present one first.
	Secrets(w *cooperation.Webhook, now time.Time) [][]byte
	// Record records what came of an attempt, counted from 0. It does nothing
	// when that attempt is not the one that is due.
	Record(ctx context.Context, d *cooperation.Delivery, attempt int, v Verdict) error
	// Now is the clock by which things are due.
	Now() time.Time
}

// CourierOptions are what a Courier is made of. Queue, Claims and Poster are
// required.
type CourierOptions struct {
	Queue    Queue
	Claims   Claims
	Poster   *Poster
	Measures *Measures    // default none
	Holder   string       // names this process in claims
	Logger   *slog.Logger // default slog.Default
}

// Courier brings events to webhooks and records what came of it. Each arrives
// at least once and in no order: a receiver knows a repetition by its id.
type Courier struct{ CourierOptions }

// NewCourier makes a Courier.
func NewCourier(o CourierOptions) *Courier {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Courier{o}
}

// couriers is how many deliveries are on their way at once.
const couriers = 8

// Round makes one attempt for every delivery that is due, and returns when all
// are done or ctx has ended. Errors are those of the store.
func (c *Courier) Round(ctx context.Context) error {
	queue := make(chan *cooperation.Delivery)
	var mu sync.Mutex
	var errs []error
	var running sync.WaitGroup
	for range couriers {
		running.Go(func() {
			for d := range queue {
				if err := c.attempt(ctx, d); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, d := range c.share(c.Queue.Due(c.Queue.Now())) {
		if ctx.Err() == nil {
			queue <- d
		}
	}
	close(queue)
	running.Wait()
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("%d deliveries: %w", len(errs), errors.Join(errs[:1]...))
}

// The shares of one webhook in a round, so that a slow receiver does not keep
// the others waiting: of one that answers, and of one that last failed.
const (
	share        = 16
	failingShare = 1
)

// share leaves of what is due what one round takes up.
func (c *Courier) share(due []*cooperation.Delivery) []*cooperation.Delivery {
	taken := map[string]int{}
	var out []*cooperation.Delivery
	for _, d := range due {
		_, w, ok := c.Queue.Delivery(d.Convention, d.ID)
		most := share
		if ok && !w.Failing.IsZero() {
			most = failingShare
		}
		if ok && taken[d.Webhook] < most {
			taken[d.Webhook]++
			out = append(out, d)
		}
	}
	return out
}

// attempt makes one attempt, if no other process does, and records its outcome.
func (c *Courier) attempt(ctx context.Context, d *cooperation.Delivery) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("delivery %s: panic: %v", d.ID, p)
		}
	}()
	// As with mail: the claim is never released, and outlasts the attempt and the
	// record. When the process dies in between, another makes the attempt then.
	now := c.Queue.Now()
	expiry := now.Add(c.Poster.timeout + 2*recordTimeout)
	won, err := c.Claims.Claim(ctx, "webhook/"+d.ID+"/"+strconv.Itoa(d.Attempts), []byte(c.Holder), expiry, now)
	if err != nil || !won {
		return err
	}
	current, w, ok := c.Queue.Delivery(d.Convention, d.ID)
	if !ok || current.Status != cooperation.Pending || current.Attempts != d.Attempts || w.Status != cooperation.WebhookActive {
		return nil
	}
	reply := c.post(ctx, w, current, now)
	if reply.Class != "" && ctx.Err() != nil {
		return nil // cut off by us: that says nothing about the receiver
	}
	c.Measures.attempt(reply)
	v := verdictOf(d.ID, current.Attempts-current.Begun, reply, c.Queue.Now())
	if !v.Delivered {
		c.Logger.Warn("an event was not delivered to a webhook", "delivery", d.ID, "webhook", w.ID, "attempt", current.Attempts+1, "class", v.Class, "status", v.Status)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	if err := c.Queue.Record(ctx, current, current.Attempts, v); err != nil {
		return fmt.Errorf("recording delivery %s: %w", d.ID, err)
	}
	return nil
}

func (c *Courier) post(ctx context.Context, w *cooperation.Webhook, d *cooperation.Delivery, now time.Time) Reply {
	switch {
	case now.Sub(d.Queued) > staleAfter:
		return Reply{Class: Stale}
	case !c.Queue.May(w, d):
		return Reply{Class: NoRole}
	}
	return c.Poster.Post(ctx, w.URL, d, c.Queue.Secrets(w, now), now)
}
