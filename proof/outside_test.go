package proof_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/notify"
	"entente/platform"
)

// outside is the world beyond the program: a mail server that takes everything,
// and a receiver of webhooks, which remember what reached them.
type outside struct {
	server *httptest.Server
	texts  *i18n.Catalogue

	mu     sync.Mutex
	came   map[string]int    // how often, by the number of the mail or the event
	mails  map[string]string // the mails as they came first, by their numbers
	differ []string          // mails that came again and were not the same
}

// catalogues are the texts of the six languages.
var catalogues = sync.OnceValues(func() (*i18n.Catalogue, error) {
	return i18n.New(i18n.Report(func(p *i18n.Problem) { panic(p) }))
})

func newOutside(t testing.TB) *outside {
	t.Helper()
	texts, err := catalogues()
	if err != nil {
		t.Fatal(err)
	}
	o := &outside{texts: texts, came: map[string]int{}, mails: map[string]string{}}
	o.server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // what is in it does not matter here
		o.note("event " + r.Header.Get("Webhook-Id"))
	}))
	t.Cleanup(o.server.Close)
	return o
}

func (o *outside) note(number string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.came[number]++
}

// underway is how much may be on its way at once: what has been sent when the
// process dies, and is not recorded, comes again.
const underway = 8

// settled holds what came against what is promised: everything once, but for
// what was on its way when the process was killed; that came again, and was the
// same.
func (o *outside) settled(t testing.TB) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	twice := 0
	for number, times := range o.came {
		if times > 2 {
			t.Errorf("%s came %d times", number, times)
		}
		if times > 1 {
			twice++
		}
	}
	if twice > underway {
		t.Errorf("%d of %d came twice", twice, len(o.came))
	}
	if len(o.differ) > 0 {
		t.Errorf("mails came again and were others: %v", o.differ)
	}
}

// channel is the way to the mail server for one process.
type channel struct {
	*outside
	process *mortal
}

// Send implements notify.Channel.
func (c channel) Send(_ context.Context, m notify.Mail) (bool, error) {
	if err := c.process.alive(); err != nil {
		return false, err // a process that is dead sends nothing
	}
	c.note("mail " + m.ID)
	c.mu.Lock()
	defer c.mu.Unlock()
	text := fmt.Sprint(m.To, m.Subject, m.PlainText)
	if before, again := c.mails[m.ID]; again && before != text {
		c.differ = append(c.differ, m.ID)
	}
	c.mails[m.ID] = text
	return false, nil
}

// deliver sends what is pending, once, by mail and to webhooks.
func (o *outside) deliver(ctx context.Context, p *platform.Platform, process *mortal) error {
	mails := notify.NewDeliverer(notify.DelivererOptions{Outbox: outbox{p}, Claims: p.Store().Ephemeral(), Channel: channel{o, process},
		Texts: o.texts, PublicURL: "https://entente.example.org", Holder: "one", Logger: quiet()})
	if err := mails.Round(ctx); err != nil {
		return err
	}
	if err := process.alive(); err != nil {
		return err
	}
	if _, err := p.Announce(ctx, convention); err != nil {
		return err
	}
	poster := notify.NewPoster(notify.PosterOptions{Loopback: true})
	defer poster.Close()
	return notify.NewCourier(notify.CourierOptions{Queue: queue{p}, Claims: p.Store().Ephemeral(), Poster: poster, Holder: "one", Logger: quiet()}).Round(ctx)
}

// outbox shows the notifier what the platform has to send.
type outbox struct{ *platform.Platform }

func (o outbox) Pending(now time.Time) []*cooperation.Notification {
	s, _ := o.State(convention)
	return append(o.PendingAccountMails(now), s.PendingNotifications(now)...)
}

func (o outbox) Current(convention, id string) (*cooperation.Notification, bool) {
	if convention == "" {
		return o.AccountMail(id)
	}
	s, _ := o.State(convention)
	return s.Notification(id)
}

func (o outbox) Contact(convention, committee string) (mail, language string, ok bool) {
	c, _ := o.Convention(convention)
	body, _ := c.Committee(committee)
	return body.Contact, "en", body.Contact != ""
}

func (o outbox) Record(ctx context.Context, id string, attempt int, sent bool, next time.Time, class string) error {
	return o.RecordDelivery(ctx, id, attempt, sent, next, class)
}

func (o outbox) Paused() bool { return o.MailPaused() }

func (o outbox) Bounced(context.Context, string, string) error { return nil }

func (o outbox) Names(convention string) i18n.Names { return o.Platform.Names(convention) }

// queue shows the courier what the platform has to deliver.
type queue struct{ *platform.Platform }

func (q queue) Due(now time.Time) []*cooperation.Delivery {
	s, _ := q.State(convention)
	return s.DueDeliveries(now)
}

func (q queue) Delivery(convention, id string) (*cooperation.Delivery, *cooperation.Webhook, bool) {
	s, _ := q.State(convention)
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
	return q.RecordAnswer(ctx, d.Convention, d.ID, attempt, platform.Answer{Delivered: v.Delivered, Gone: v.Gone, Next: v.Next, Status: v.Status, Class: string(v.Class)})
}
