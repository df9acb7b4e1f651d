package jobs_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"entente/jobs"
)

func TestErasuresThatWereCutOffAreGoneOnWithAtTheStartAndFromTimeToTime(t *testing.T) {
	for name, fail := range map[string]error{"all is well": nil, "the store fails": errors.New("store")} {
		synctest.Test(t, func(t *testing.T) {
			on := newInstallation()
			on.fail = fail
			work, err := jobs.Start(t.Context(), jobs.Options{Platform: on, Claims: newClaims(), Holder: "test"})
			if err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			count := func() int { on.mu.Lock(); defer on.mu.Unlock(); return on.resumed }
			if n := count(); n != 1 {
				t.Errorf("%s: at the start they are gone on with %d times", name, n)
			}
			time.Sleep(25 * time.Minute)
			if n := count(); n != 3 {
				t.Errorf("%s: after 25 minutes they were gone on with %d times", name, n)
			}
			work.Stop(t.Context())
		})
	}
}
