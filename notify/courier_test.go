package notify

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"entente/cooperation"
)

// hooks is what the platform is to the courier, in memory.
type hooks struct {
	mu       sync.Mutex
	now      time.Time
	w        cooperation.Webhook
	of       map[string]*cooperation.Delivery
	may      bool
	broken   bool
	verdicts []Verdict
}

func newHooks(address string, deliveries ...*cooperation.Delivery) *hooks {
	h := &hooks{now: noon, may: true, of: map[string]*cooperation.Delivery{},
		w: cooperation.Webhook{Meta: cooperation.Meta{ID: "hook", Convention: "pilot"}, WebhookContent: cooperation.WebhookContent{URL: address}, Status: cooperation.WebhookActive, Generation: 1}}
	for _, d := range deliveries {
		h.of[d.ID] = d
	}
	return h
}

func (h *hooks) Due(now time.Time) (due []*cooperation.Delivery) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, d := range h.of {
		if d.Status == cooperation.Pending && !d.Next.After(now) {
			due = append(due, d)
		}
	}
	return due
}

func (h *hooks) Delivery(_, id string) (*cooperation.Delivery, *cooperation.Webhook, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	d, ok := h.of[id]
	w := h.w
	return d, &w, ok
}

func (h *hooks) May(*cooperation.Webhook, *cooperation.Delivery) bool { return h.may }
func (h *hooks) Secrets(*cooperation.Webhook, time.Time) [][]byte {
	return [][]byte{[]byte("canary-secret")}
}
func (h *hooks) Now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.now }
func (h *hooks) Record(_ context.Context, d *cooperation.Delivery, attempt int, v Verdict) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.broken {
		return errors.New("the store is unreachable")
	}
	c := *h.of[d.ID]
	if c.Status != cooperation.Pending || c.Attempts != attempt {
		return nil
	}
	c.RecordAnswer(v.Delivered, v.Next, v.Status, string(v.Class), h.now)
	h.w.Answered(v.Delivered, v.Gone, h.now)
	h.of[d.ID] = &c
	h.verdicts = append(h.verdicts, v)
	return nil
}

func (h *hooks) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func courier(t *testing.T, h *hooks, p *Poster, c Claims) (*Courier, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	return NewCourier(CourierOptions{Queue: h, Claims: c, Poster: p, Holder: "test", Logger: slog.New(slog.NewTextHandler(log, nil))}), log
}

func deliver(t *testing.T, c *Courier) {
	t.Helper()
	if err := c.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// counting answers with statuses in turn, then with 200, and keeps the ids.
func counting(t *testing.T, statuses ...int) (address string, p *Poster, ids func() []string) {
	t.Helper()
	var mu sync.Mutex
	var got []string
	address, trust := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if got = append(got, r.Header.Get("Webhook-Id")); len(got) <= len(statuses) {
			w.WriteHeader(statuses[len(got)-1])
		}
	})
	return address, poster(t, PosterOptions{Trust: trust}), func() []string {
		mu.Lock()
		defer mu.Unlock()
		return append([]string(nil), got...)
	}
}

func TestAnEventIsTriedAgainUnderItsIdUntilItIsDelivered(t *testing.T) {
	address, p, ids := counting(t, 500, 404)
	d := opened()
	h := newHooks(address+"/canary-path", d)
	c, log := courier(t, h, p, &claims{})
	for range 3 {
		deliver(t, c)
		deliver(t, c) // not due yet
		h.pass(10 * time.Minute)
	}
	if got := ids(); len(got) != 3 || got[0] != d.ID || got[1] != d.ID || got[2] != d.ID {
		t.Errorf("the receiver was called for %v", got)
	}
	if now := h.of[d.ID]; now.Status != cooperation.Delivered || now.Attempts != 3 || now.Answer != 200 || now.Error != "" {
		t.Errorf("the delivery is %+v", now)
	}
	if strings.Contains(log.String(), "canary") || !strings.Contains(log.String(), "class=unavailable") {
		t.Errorf("the log tells a secret, or not what happened: %s", log)
	}
}

func TestTwoCouriersMakeOneAttempt(t *testing.T) {
	address, p, ids := counting(t)
	h, claims := newHooks(address, opened()), &claims{}
	one, _ := courier(t, h, p, claims)
	other, _ := courier(t, h, p, claims)
	var running sync.WaitGroup
	for _, c := range []*Courier{one, other} {
		running.Go(func() { deliver(t, c) })
	}
	running.Wait()
	if got := ids(); len(got) != 1 {
		t.Errorf("the receiver was called %d times", len(got))
	}
}

// What a receiver has accepted and nobody could record is sent again, under
// the same id, when the claim of the attempt has run out.
func TestAnOutcomeThatWasNotRecordedIsDeliveredAgainUnderTheSameID(t *testing.T) {
	address, p, ids := counting(t)
	h := newHooks(address, opened())
	h.broken = true
	c, _ := courier(t, h, p, &claims{})
	if err := c.Round(t.Context()); err == nil {
		t.Fatal("the failure of the record is not told")
	}
	h.broken = false
	deliver(t, c)
	if got := ids(); len(got) != 1 {
		t.Fatalf("while the claim holds, the receiver was called %d times", len(got))
	}
	h.pass(2 * time.Minute)
	deliver(t, c)
	if got := ids(); len(got) != 2 || got[0] != got[1] {
		t.Errorf("the receiver was called for %v", got)
	}
}

func TestWhatTheOwnerMayNoLongerSeeIsNotSent(t *testing.T) {
	address, p, ids := counting(t)
	h := newHooks(address, opened())
	h.may = false
	c, _ := courier(t, h, p, &claims{})
	deliver(t, c)
	if len(ids()) != 0 || h.verdicts[0].Class != NoRole || !h.verdicts[0].Next.IsZero() {
		t.Errorf("called %v, verdict %+v", ids(), h.verdicts)
	}
}

func TestAFailingReceiverGetsOneAttemptARoundAndTheOthersTheirShare(t *testing.T) {
	h := newHooks("")
	var due []*cooperation.Delivery
	for i := range 40 {
		d := cooperation.Announce(&h.w, "need.opened", "need", strings.Repeat("n", i+1), 1, 1, noon, noon)
		h.of[d.ID] = d
		due = append(due, d)
	}
	c, _ := courier(t, h, nil, &claims{})
	if n := len(c.share(due)); n != share {
		t.Errorf("a receiver that answers gets %d", n)
	}
	h.w.Failing = noon
	if n := len(c.share(due)); n != 1 {
		t.Errorf("a receiver that fails gets %d", n)
	}
}

func TestAttemptsAreCountedByOutcome(t *testing.T) {
	address, p, _ := counting(t, 503)
	h := newHooks(address, opened())
	c, _ := courier(t, h, p, &claims{})
	registry := prometheus.NewRegistry()
	c.Measures = NewMeasures(registry, func() int { return 7 })
	deliver(t, c)
	h.pass(time.Hour)
	deliver(t, c)
	want := `# HELP entente_webhook_attempts_total Attempts to deliver an event to a webhook, by outcome and by the hundreds of the answer's status.
# TYPE entente_webhook_attempts_total counter
entente_webhook_attempts_total{outcome="delivered",status="2xx"} 1
entente_webhook_attempts_total{outcome="unavailable",status="5xx"} 1
# HELP entente_webhook_waiting Events that wait to be delivered to webhooks.
# TYPE entente_webhook_waiting gauge
entente_webhook_waiting 7
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}
