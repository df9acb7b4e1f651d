package platform_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/profiles"
	"entente/reference"
	"entente/store"
	"entente/store/sqlite"
)

// clock is a clock that tests set.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// teller tells one message to each secretariat user for every occasion.
type teller struct{}

func (teller) Tell(o cooperation.Occasion, users []*cooperation.User, now time.Time) []*cooperation.Notification {
	subject := o.Reason
	var reminders []string
	for _, d := range o.Due {
		reminders, subject = append(reminders, d.ID), subject+d.ID
	}
	switch {
	case o.Run != nil:
		if len(o.Pairings) == 0 {
			return nil
		}
		subject += o.Run.ID
	case o.Need != nil:
		subject += o.Need.ID + o.Need.ValidUntil.String() + string(o.Need.Status)
	case o.Offer != nil:
		subject += o.Offer.ID + o.Offer.ValidUntil.String() + string(o.Offer.Status)
	case o.Webhook != nil:
		subject += o.Webhook.ID + string(o.Webhook.Status)
	}
	var out []*cooperation.Notification
	for _, u := range users {
		if u.Grants[0].Role == cooperation.Secretariat {
			n := &cooperation.Notification{Recipient: u.ID, Reason: o.Reason, Status: cooperation.Pending}
			n.Schema, n.Version, n.Convention, n.Created = cooperation.Schema, 1, o.Convention.ID, now
			n.ID, n.Reminders = cooperation.DerivedID("notification", u.ID, subject), reminders
			out = append(out, n)
		}
	}
	return out
}

var (
	focal     = actor("focal", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "AO"})
	approver  = actor("approver", cooperation.Grant{Convention: "fctc", Role: cooperation.Approver, Participant: "AO"})
	provider  = actor("provider", cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "NO"})
	secretary = actor("secretary", cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
	system    = cooperation.System("test")
)

func actor(id string, grants ...cooperation.Grant) cooperation.Actor {
	return cooperation.Actor{ID: id, Grants: grants}
}

// place is a database file, a clock and the shipped conventions.
type place struct {
	t     *testing.T
	uri   string
	clock *clock
	set   *profiles.Set
}

func newPlace(t *testing.T) *place {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return &place{t: t, uri: "sqlite://" + filepath.Join(t.TempDir(), "entente.db"), set: set,
		clock: &clock{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}}
}

func (p *place) store() store.Store {
	p.t.Helper()
	s, err := sqlite.Open(p.t.Context(), p.uri)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { s.Close() })
	return s
}

// open starts a replica on the place's database, or on a store that a test
// has tampered with.
func (p *place) open(tampered ...store.Store) *platform.Platform {
	p.t.Helper()
	var s store.Store
	if len(tampered) > 0 {
		s = tampered[0]
	} else {
		s = p.store()
	}
	e, err := platform.Open(p.t.Context(), platform.Options{Store: s, Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now, Poll: 5 * time.Millisecond})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(e.Close)
	return e
}

func country(t *testing.T, code string) reference.Country {
	t.Helper()
	c, ok := reference.ParseCountry(code)
	if !ok {
		t.Fatalf("no country %s", code)
	}
	return c
}

func needContent(t *testing.T, title string) cooperation.NeedContent {
	return cooperation.NeedContent{Beneficiaries: []reference.Country{country(t, "AO")}, Title: title, Problem: "The law of 2007 has no rules on smoke-free places, and nobody has drafted one.",
		Themes: []string{"fctc-art8"}, Kinds: []cooperation.Outcome{{Kind: cooperation.Legal, Change: "A bill is before parliament."}},
		Languages: []cooperation.LanguageWish{{Language: "pt", Strength: cooperation.Preferred}, {Language: "en", Strength: cooperation.Preferred}}}
}

func offerContent(title string) cooperation.OfferContent {
	return cooperation.OfferContent{Provider: "NO", Title: title, Description: "Advisers on smoke-free laws.", Themes: []string{"fctc-art8"},
		Kinds: []cooperation.Outcome{{Kind: cooperation.Legal}}, Languages: []reference.Language{"en"}, Firmness: cooperation.Indication}
}

// openNeed posts a need and takes it to the step open.
func openNeed(t *testing.T, on *platform.Platform, title string) *cooperation.Need {
	t.Helper()
	ctx := t.Context()
	n, err := on.CreateNeed(ctx, focal, "fctc", needContent(t, title), "")
	if err == nil {
		n, err = on.SubmitNeed(ctx, approver, n.ID, 0, cooperation.Clearance{Date: cooperation.DateOf(on.Now())}, true)
	}
	if err == nil {
		n, err = on.AdmitNeed(ctx, secretary, n.ID, 0)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	return n
}

func openOffer(t *testing.T, on *platform.Platform, title string) *cooperation.Offer {
	t.Helper()
	ctx := t.Context()
	o, err := on.CreateOffer(ctx, provider, "fctc", offerContent(title), "")
	if err == nil {
		o, err = on.SubmitOffer(ctx, provider, o.ID, 0, nil)
	}
	if err == nil {
		o, err = on.AdmitOffer(ctx, secretary, o.ID, 0)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	return o
}

func run(t *testing.T, on *platform.Platform) *platform.Ranking {
	t.Helper()
	r, err := on.Run(t.Context(), system, "fctc", platform.RunOptions{Trigger: "command"})
	if err != nil {
		t.Fatal(explain(err))
	}
	return r
}

func standing(t *testing.T, on *platform.Platform) []*cooperation.Proposal {
	t.Helper()
	s, ok := on.State("fctc")
	if !ok {
		t.Fatal("no state")
	}
	return s.Standing()
}

// explain shows the fields of a refusal.
func explain(err error) error {
	var e *cooperation.Error
	if errors.As(err, &e) {
		return e
	}
	return err
}

func wantCode(t *testing.T, err error, code cooperation.Code, key string) {
	t.Helper()
	var e *cooperation.Error
	if !errors.As(err, &e) || e.Code != code || e.Message.Key != key {
		t.Errorf("got error %v, want %s %s", err, code, key)
	}
}

// await waits until a replica knows what another one has committed.
func await(t *testing.T, on *platform.Platform, position uint64) {
	t.Helper()
	s, _ := on.State("fctc")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := s.Wait(ctx, position); err != nil {
		t.Fatalf("position %d was not reached: at %d", position, s.Position())
	}
}

// verify holds the whole chain to account.
func (p *place) verify() {
	p.t.Helper()
	s := p.store()
	logs, err := s.Logs(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	for _, log := range logs {
		var head store.Hash
		for c, err := range s.Read(p.t.Context(), log, 0) {
			if err == nil {
				err = c.Verify(head)
			}
			if err != nil {
				p.t.Fatalf("log %s: %v", log, err)
			}
			head = c.Hash
		}
	}
}

// copyOf copies a database that nobody writes to at the moment.
func copyOf(t *testing.T, uri string) string {
	t.Helper()
	from := strings.TrimPrefix(uri, "sqlite://")
	to := filepath.Join(t.TempDir(), "entente.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(from + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return "sqlite://" + to
}
