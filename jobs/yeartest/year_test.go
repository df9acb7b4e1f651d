package yeartest_test

import (
	"os"
	"slices"
	"strconv"
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
	r := live(t, yeartest.Options{Needs: 48, Offers: 40, Seed: 1, Every: 4 * time.Hour})
	report(t, r)
	idle := 0
	for name, c := range r.Steps {
		if c.Taken == 0 {
			t.Logf("nobody could %s: refused %d times, idle %d times", name, c.Refused, c.Idle)
			idle++
		}
	}
	if idle > 8 || len(r.Steps) < 60 || r.Proposals < 50 || r.Reviews < 15 || r.Talks < 6 || r.Partnerships < 2 || r.Digests < 500 {
		t.Errorf("%d of %d steps were never taken", idle, len(r.Steps))
	}
}

// A busy year takes a minute or two: scripts/bench --year lives it too.
func TestInABusyYearNobodyIsToldTwiceOrNotAtAllOrByMoreThanOneMailADay(t *testing.T) {
	if os.Getenv("ENTENTE_TEST_BUSY_YEAR") == "" {
		t.Skip("ENTENTE_TEST_BUSY_YEAR is not set")
	}
	o := yeartest.Busy()
	if seed, err := strconv.ParseUint(os.Getenv("ENTENTE_TEST_BUSY_YEAR"), 10, 64); err == nil {
		o.Seed = seed
	}
	report(t, live(t, o))
}

// report says what came of a year, and fails for every fault.
func report(t *testing.T, r *yeartest.Result) {
	t.Helper()
	for _, fault := range r.Faults[:min(len(r.Faults), 40)] {
		t.Error(fault)
	}
	t.Logf("%d faults; %d needs, %d offers, %d proposals, %d reviews, %d agreements, %d partnerships; %d commits, %d messages, %d mails, %d of them digests; %v, %v of it in the platform", len(r.Faults),
		r.Needs, r.Offers, r.Proposals, r.Reviews, r.Talks, r.Partnerships, r.Commits, r.Told, r.Mails, r.Digests, r.Took.Round(time.Millisecond), r.Platform.Round(time.Millisecond))
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
		"need.admit": nobody, "need.submit": another, "offer.admit": atOnce, "proposals.responsible": nobody, "clocks.due": another, "digest": another, "review.opened": nobody,
		"introduction.asked": nobody, "proposal.introduced": another, "introduction.interested": nobody, "agreement.propose": nobody, "agreement.agreed": another, "partnership.begin": nobody, "assessment.request": another, "recommendation.table": nobody}}
	r := live(t, yeartest.Options{Needs: 30, Offers: 30, Seed: 4, Every: 6 * time.Hour, Days: 170, Teller: spoilt})
	for _, want := range []string{"is not told of need.admit", "is told of need.submit about", "offer.admit is pending and should be held", "run: not told", "reminded by 2 messages", "2 digests at once", "is not told of review.opened",
		"is not told of introduction.asked", "is told of proposal.introduced about", "is not told of introduction.interested", "is not told of agreement.propose", "is told of agreement.agreed about", "is not told of partnership.begin", "is told of assessment.request about", "is not told of recommendation.table"} {
		if !slices.ContainsFunc(r.Faults, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("the auditor finds %d faults, and none with %q", len(r.Faults), want)
		}
	}
}
