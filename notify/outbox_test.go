package notify

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/i18n/i18ntest"
)

// outbox is what the platform is to the notifier, in memory and with a clock
// that tests move.
type outbox struct {
	mu       sync.Mutex
	now      time.Time
	order    []string
	of       map[string]*cooperation.Notification
	users    map[string]*cooperation.User
	contacts map[string]string
	broken   int // how many records fail
	recorded int
	paused   bool
	bounced  []string
	worded   map[string]*cooperation.Template
}

// newOutbox holds what is told of an occasion.
func newOutbox(o cooperation.Occasion, users ...*cooperation.User) *outbox {
	b := &outbox{now: noon, of: map[string]*cooperation.Notification{}, users: map[string]*cooperation.User{}, contacts: map[string]string{}}
	for _, u := range users {
		b.users[u.ID] = u
	}
	for _, c := range o.Convention.Committees {
		b.contacts[c.ID] = c.Contact
	}
	for _, n := range NewTeller().Tell(o, users, noon) {
		b.order = append(b.order, n.ID)
		b.of[n.ID] = n
	}
	return b
}

func (b *outbox) Pending(now time.Time) []*cooperation.Notification {
	b.mu.Lock()
	defer b.mu.Unlock()
	var due []*cooperation.Notification
	for _, id := range b.order {
		if n := b.of[id]; n.Status == cooperation.Pending && !n.Next.After(now) {
			due = append(due, n)
		}
	}
	return due
}

func (b *outbox) LinkSecret(id string) string { return id + ".secret" }

func (b *outbox) Current(_, id string) (*cooperation.Notification, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, ok := b.of[id]
	return n, ok
}

func (b *outbox) User(id string) (*cooperation.User, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	u, ok := b.users[id]
	return u, ok
}

func (b *outbox) Contact(_, committee string) (mail, language string, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.contacts[committee], "fr", b.contacts[committee] != ""
}

// Record replaces the document, as the log does, unless the attempt is not due.
func (b *outbox) Record(_ context.Context, id string, attempt int, sent bool, next time.Time, class string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken > 0 {
		b.broken--
		return errors.New("the store is unreachable")
	}
	n := *b.of[id]
	if n.Status != cooperation.Pending || n.Attempts != attempt {
		return nil
	}
	n.RecordDelivery(sent, next, class, b.now)
	b.of[id] = &n
	b.recorded++
	return nil
}

func (b *outbox) Names(string) i18n.Names { return words{} }

func (b *outbox) Now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *outbox) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

func (b *outbox) Template(_, reason, language string) (*cooperation.Template, bool) {
	t, ok := b.worded[reason+"/"+language]
	return t, ok
}

func (b *outbox) Paused() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.paused
}

func (b *outbox) UnsubscribeSecret(user string, group cooperation.Group) string {
	return user + "." + string(group) + ".mark"
}

func (b *outbox) Bounced(_ context.Context, address, _ string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bounced = append(b.bounced, address)
	return nil
}

// states are the notifications with how they stand, by recipient.
func (b *outbox) states() map[string]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := map[string]string{}
	for _, n := range b.of {
		all[n.Recipient] = strings.TrimSpace(string(n.Status) + " " + n.Error)
	}
	return all
}

// claims are the claims of a store.
type claims struct {
	mu     sync.Mutex
	until  map[string]time.Time
	broken bool
}

func (c *claims) Claim(_ context.Context, key string, _ []byte, expiry, now time.Time) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken {
		return false, errors.New("the store is unreachable")
	}
	if c.until == nil {
		c.until = map[string]time.Time{}
	}
	if now.Before(c.until[key]) {
		return false, nil
	}
	c.until[key] = expiry
	return true, nil
}

// channel is a channel that answers as told and keeps what it was given.
type channel struct {
	mu   sync.Mutex
	sent []Mail
	send func(ctx context.Context, m Mail) (bool, error)
}

func (c *channel) Send(ctx context.Context, m Mail) (bool, error) {
	c.mu.Lock()
	c.sent = append(c.sent, m)
	send := c.send
	c.mu.Unlock()
	if send == nil {
		return false, nil
	}
	return send(ctx, m)
}

// ids are the Message-IDs that the channel was given, in order.
func (c *channel) ids() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, m := range c.sent {
		all = append(all, m.ID)
	}
	slices.Sort(all)
	return all
}

// newDeliverer makes a Deliverer whose log the test can read.
func newDeliverer(t *testing.T, b *outbox, c Channel) (*Deliverer, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	var mu sync.Mutex
	return NewDeliverer(DelivererOptions{Outbox: b, Claims: &claims{}, Channel: c, Texts: i18ntest.Strict(t), PublicURL: "https://entente.example",
		Holder: "test", Logger: slog.New(slog.NewTextHandler(&guarded{&mu, &log}, nil))}), &log
}

type guarded struct {
	mu *sync.Mutex
	to *bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.to.Write(p)
}
