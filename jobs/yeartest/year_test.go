package yeartest_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/cooperation"
	"entente/jobs/yeartest"
	"entente/notify"
)

func TestInAYearNobodyIsToldTwiceOrNotAtAllOrByMoreThanOneMailADay(t *testing.T) {
	t.Parallel()
	r := live(t, yeartest.Options{Needs: 36, Offers: 27, Seed: 1, Every: 4 * time.Hour})
	for _, fault := range r.Faults[:min(len(r.Faults), 20)] {
		t.Error(fault)
	}
	idle := 0
	for name, c := range r.Steps {
		if c.Taken == 0 {
			t.Logf("nobody could %s: refused %d times, idle %d times", name, c.Refused, c.Idle)
			idle++
		}
	}
	if len(r.Faults) > 0 || idle > 3 || r.Proposals < 30 || r.Reviews < 10 || r.Digests < 500 {
		t.Errorf("%d faults; %d steps were never taken; %d proposals, %d reviews, %d messages, %d mails, %d of them digests", len(r.Faults), idle, r.Proposals, r.Reviews, r.Told, r.Mails, r.Digests)
	}
}

func live(t *testing.T, o yeartest.Options) *yeartest.Result {
	t.Helper()
	o.Folder = t.TempDir()
	r, err := yeartest.Live(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tampered tells people as the platform does, but for the third time that they
// are told for some reasons.
type tampered struct {
	mu     sync.Mutex
	seen   map[string]int
	change map[string]func(n *cooperation.Notification) []*cooperation.Notification
	mind   *notify.Teller
}

func (t *tampered) Tell(o cooperation.Occasion, users []*cooperation.User, now time.Time) (out []*cooperation.Notification) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.mind.Tell(o, users, now) {
		if t.seen[n.Reason]++; t.seen[n.Reason] == 3 && t.change[n.Reason] != nil {
			out = append(out, t.change[n.Reason](n)...)
			continue
		}
		out = append(out, n)
	}
	return out
}

func TestTheAuditorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	another := func(n *cooperation.Notification) []*cooperation.Notification {
		c := *n
		c.ID = cooperation.DerivedID(n.ID, "again")
		return []*cooperation.Notification{n, &c}
	}
	nobody := func(*cooperation.Notification) []*cooperation.Notification { return nil }
	atOnce := func(n *cooperation.Notification) []*cooperation.Notification {
		n.Status = cooperation.Pending
		return []*cooperation.Notification{n}
	}
	spoilt := &tampered{seen: map[string]int{}, mind: notify.NewTeller(), change: map[string]func(n *cooperation.Notification) []*cooperation.Notification{
		"need.admit": nobody, "need.submit": another, "offer.admit": atOnce, "proposals.responsible": nobody, "clocks.due": another, "digest": another, "review.opened": nobody}}
	r := live(t, yeartest.Options{Needs: 20, Offers: 15, Seed: 3, Every: 6 * time.Hour, Days: 60, Teller: spoilt})
	for _, want := range []string{"is not told of need.admit", "is told of need.submit about", "offer.admit is pending and should be held", "run: not told", "reminded by 2 messages", "2 digests at once", "is not told of review.opened"} {
		if !slices.ContainsFunc(r.Faults, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("the auditor finds %d faults, and none with %q", len(r.Faults), want)
		}
	}
}
