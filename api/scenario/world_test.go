package scenario

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"entente/access"
	"entente/api"
	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/notify"
	"entente/platform"
	"entente/profiles"
	"entente/store"
	"entente/store/sqlite"
)

// world is an installation with the conventions as they are shipped, on the
// days of a clock of its own, seen from one of the conventions.
type world struct {
	t          *testing.T
	convention string
	platform   *platform.Platform
	store      store.Store
	handler    http.Handler
	told       map[string]bool // notifications that a test has looked at

	mu  sync.Mutex // guards now, which the installation reads at any time
	now time.Time
}

// begin opens an installation on a day, at nine o'clock in Geneva, Vienna and
// Bonn.
func begin(t *testing.T, convention, day string) *world {
	t.Helper()
	s, err := sqlite.Open(t.Context(), "sqlite://"+filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	w := &world{t: t, convention: convention, store: s, told: map[string]bool{}}
	w.goTo(w.date(day).Time().Add(8 * time.Hour))
	if w.platform, err = platform.Open(t.Context(), platform.Options{Store: s, Conventions: set.All(), Teller: notify.NewTeller(), Clock: w.clock, Logger: quiet}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.platform.Close)
	texts := i18ntest.Strict(t)
	guard, err := access.New(access.Options{People: w.platform, Values: s.Ephemeral(), Texts: texts, Clock: w.clock, Logger: quiet, PublicURL: "https://entente.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = guard.Guard(api.New(api.Options{Platform: w.platform, Access: guard, Texts: texts, Logger: quiet, Version: "test"}))
	return w
}

// clock is what the installation takes for now.
func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) goTo(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

// Do answers a request in the process itself: it is the connection of all
// clients. Each takes a second, so that what happens has an order.
func (w *world) Do(r *http.Request) (*http.Response, error) {
	w.goTo(w.clock().Add(time.Second))
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec.Result(), nil
}

// until lets the days go by up to a day, at nine o'clock. On each of them the
// clocks are looked at, as the program does.
func (w *world) until(day string) {
	w.t.Helper()
	end := w.date(day).Time().Add(8 * time.Hour)
	now := w.clock()
	if !now.Before(end) {
		w.t.Fatalf("%s is over: it is %s", day, now)
	}
	for now.Before(end) {
		now = now.Add(24 * time.Hour)
		if now.After(end) {
			now = end
		}
		w.goTo(now)
		w.tick()
	}
}

// tick looks at the clocks of the convention.
func (w *world) tick() {
	w.t.Helper()
	if _, err := w.platform.Tick(w.t.Context(), w.convention); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) date(day string) cooperation.Date {
	w.t.Helper()
	d, err := cooperation.ParseDate(day)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// verify holds the logs to account as `entente verify` does: every chain from
// its first commit on.
func (w *world) verify() {
	w.t.Helper()
	logs, err := w.store.Logs(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if !slices.Contains(logs, w.convention) {
		w.t.Errorf("of %s there is no log: %v", w.convention, logs)
	}
	for _, log := range logs {
		var head store.Hash
		for c, err := range w.store.Read(w.t.Context(), log, 0) {
			if err == nil {
				err = c.Verify(head)
			}
			if err != nil {
				w.t.Fatalf("log %s: %v", log, err)
			}
			head = c.Hash
		}
	}
}
