package jobs_test

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAClockThatJumpsForwardAndIsPutRightStopsNoJobAndStartsNoStorm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		on, c := newInstallation(), newClaims()
		j := start(t, on, c, "one", nil)
		time.Sleep(30 * time.Minute)
		before := len(on.slots("schedule"))
		for range 3 {
			on.set(func(i *installation) { i.ahead = 400 * 24 * time.Hour })
			time.Sleep(10 * time.Second)
			on.set(func(i *installation) { i.ahead = -400 * 24 * time.Hour })
			time.Sleep(10 * time.Second)
			on.set(func(i *installation) { i.ahead = 0 })
			time.Sleep(10 * time.Second)
		}
		jumps := len(on.slots("schedule")) - before
		if jumps < 2 || jumps > 9 {
			t.Errorf("%d runs while the clock jumped", jumps)
		}
		time.Sleep(3 * time.Hour)
		if after := len(on.slots("schedule")) - before - jumps; after != 3 {
			t.Errorf("%d runs in the three hours after the clock was put right, want 3", after)
		}
		stop(j)
	})
}
