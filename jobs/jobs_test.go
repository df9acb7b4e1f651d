package jobs_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente/jobs"
)

// start starts the jobs of one replica. In a bubble of synctest the clock
// begins at midnight UTC of 2000-01-01, which is a slot of every schedule.
func start(t *testing.T, on *installation, c *claims, holder string, change func(*jobs.Options)) *jobs.Jobs {
	t.Helper()
	o := jobs.Options{Platform: on, Claims: c, Holder: holder, Match: "0 * * * *", Clocks: "0 0 * * *", Logger: quiet}
	if change != nil {
		change(&o)
	}
	j, err := jobs.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func stop(j *jobs.Jobs) { j.Stop(context.Background()) }

func TestEverySlotRunsOnceOverTwoReplicas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		one, two := start(t, on, c, "one", nil), start(t, on, c, "two", nil)
		time.Sleep(5*time.Hour + 30*time.Minute)
		stop(one)
		stop(two)
		slots := on.slots("schedule")
		if len(slots) != 6 {
			t.Errorf("%d runs in five and a half hours, want 6 (one at the start): %v", len(slots), slots)
		}
		if unique := slices.Compact(slices.Sorted(slices.Values(slots))); len(unique) != len(slots) {
			t.Errorf("a slot ran twice: %v", slots)
		}
	})
}

func TestFilesThatNothingNeedsAreSweptHourlyByOneReplica(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		one, two := start(t, on, c, "one", nil), start(t, on, c, "two", nil)
		time.Sleep(5*time.Hour + 30*time.Minute)
		stop(one)
		stop(two)
		if len(on.sweeps) != 7 { // one at the start, for the slot before it
			t.Errorf("%d sweeps in five and a half hours, want 7: %v", len(on.sweeps), on.sweeps)
		}
		for _, at := range on.sweeps[1:] {
			if at.UTC().Minute() != 17 {
				t.Errorf("a sweep at %v", at)
			}
		}
	})
}

func TestASlotWhoseHolderDiedIsTakenOverByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dead, alive, c := newInstallation(), newInstallation(), newClaims()
		dead.hang = true // it claims the slot, then nothing more is heard of it
		first := start(t, dead, c, "dead", nil)
		time.Sleep(10 * time.Second)
		second := start(t, alive, c, "alive", nil)
		time.Sleep(30 * time.Second)
		if got := alive.slots("schedule"); len(got) != 0 {
			t.Errorf("the slot was taken while its claim held: %v", got)
		}
		time.Sleep(time.Minute)
		if got := alive.slots("schedule"); len(got) != 1 {
			t.Errorf("runs after the claim ended: %v, want the one slot", got)
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel() // do not wait for what hangs
		first.Stop(ctx)
		stop(second)
	})
}

func TestOfSlotsMissedInAnOutageTheLatestIsMadeUpFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		stop(startFor(t, on, c, 10*time.Second))
		time.Sleep(7*time.Hour + 20*time.Minute)
		stop(startFor(t, on, c, 10*time.Second))
		slots := on.slots("schedule")
		if len(slots) != 2 || !strings.HasSuffix(slots[1], "T07:00:00Z") {
			t.Errorf("slots %v, want midnight and then 07:00 alone", slots)
		}
	})
}

func startFor(t *testing.T, on *installation, c *claims, d time.Duration) *jobs.Jobs {
	j := start(t, on, c, "one", nil)
	time.Sleep(d)
	return j
}

func TestAJobThatFailsIsTriedAgainButNotAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		on.fail = errBroken
		j := start(t, on, c, "one", nil)
		time.Sleep(50 * time.Second)
		if got := len(on.slots("schedule")); got != 1 {
			t.Errorf("%d tries within the lease, want 1", got)
		}
		on.set(func(i *installation) { i.fail = nil })
		time.Sleep(2 * time.Minute)
		if got := len(on.slots("schedule")); got != 2 {
			t.Errorf("%d tries, want the second to succeed and no third", got)
		}
		stop(j)
	})
}

func TestAPanicDoesNotEndTheJobForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		on.panics = true
		j := start(t, on, c, "one", nil)
		time.Sleep(10 * time.Second)
		on.set(func(i *installation) { i.panics = false; i.runs = nil })
		time.Sleep(2 * time.Minute)
		if got := len(on.slots("schedule")); got != 1 {
			t.Errorf("%d runs after the panic, want 1", got)
		}
		stop(j)
	})
}

func TestSeveralPostingsInARowAreOneRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		j := start(t, on, c, "one", nil)
		time.Sleep(time.Minute)
		for range 3 {
			on.post()
			time.Sleep(time.Second)
		}
		if got := len(on.slots("posting")); got != 0 {
			t.Errorf("%d runs while postings still came", got)
		}
		time.Sleep(time.Minute)
		if got := len(on.slots("posting")); got != 1 {
			t.Errorf("%d runs after three postings, want 1", got)
		}
		stop(j)
	})
}

func TestWhatTheMatcherDoesNotReadStartsNoRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		j := start(t, on, c, "one", nil)
		time.Sleep(time.Minute)
		for range 5 {
			on.note()
			time.Sleep(10 * time.Second)
		}
		if got := len(on.slots("posting")); got != 0 {
			t.Errorf("%d runs after drafts and messages, want none", got)
		}
		stop(j)
	})
}

func TestAStreamOfPostingsCannotPutTheRunOffForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		j := start(t, on, c, "one", nil)
		time.Sleep(time.Minute)
		for range 50 {
			on.post()
			time.Sleep(time.Second)
		}
		if got := len(on.slots("posting")); got != 2 {
			t.Errorf("%d runs in fifty seconds of postings, want one every twenty", got)
		}
		stop(j)
	})
}

func TestClaimsThatHaveRunOutAreRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClaims()
		j := start(t, newInstallation(), c, "one", nil)
		time.Sleep(20 * time.Hour)
		stop(j)
		if got := len(c.held); got > 2 {
			t.Errorf("%d claims are left after twenty hours", got)
		}
	})
}

func TestDeliveryIsAskedForAgainAndAgainAndNeverTwiceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var rounds, inside, most atomic.Int32
		deliver := func(ctx context.Context) error {
			most.Store(max(most.Load(), inside.Add(1)))
			defer inside.Add(-1)
			rounds.Add(1)
			time.Sleep(2500 * time.Millisecond)
			return errBroken
		}
		j := start(t, newInstallation(), newClaims(), "one", func(o *jobs.Options) { o.Deliver = deliver })
		time.Sleep(30 * time.Second)
		stop(j)
		if rounds.Load() < 8 || most.Load() != 1 {
			t.Errorf("%d rounds, %d at once; want about ten, one at a time", rounds.Load(), most.Load())
		}
	})
}

func TestStopWaitsForWhatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Bool
		deliver := func(context.Context) error { time.Sleep(5 * time.Second); done.Store(true); return nil }
		j := start(t, newInstallation(), newClaims(), "one", func(o *jobs.Options) { o.Deliver = deliver })
		time.Sleep(1500 * time.Millisecond)
		stop(j)
		if !done.Load() {
			t.Error("stopped in the middle of a delivery")
		}
	})
}

func TestSchedulesThatReplicasCannotShareAreRefused(t *testing.T) {
	for expression, fine := range map[string]bool{
		"0 * * * *": true, "*/5 * * * *": true, "*/2 * * * * *": true, "@daily": true,
		"@every 5m": false, "": false, "61 * * * *": false, "hourly": false, "TZ=": false, "TZ=Asia/Tokyo 0 * * * *": false,
	} {
		if err := jobs.CheckSchedule(expression); (err == nil) != fine {
			t.Errorf("CheckSchedule(%q) = %v, want fine: %v", expression, err, fine)
		}
	}
}
