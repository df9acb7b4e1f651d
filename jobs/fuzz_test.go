package jobs

import (
	"testing"
	"time"
)

// FuzzSchedule reads anything as the slots of a job: what is taken gives slots
// that lie ahead, one after the other.
func FuzzSchedule(f *testing.F) {
	for _, seed := range []string{"", "0 * * * *", "*/2 * * * * *", "@hourly", "@every 5m", "0 0 30 2 *", "TZ=Asia/Tokyo 0 * * * *", "CRON_TZ=UTC * * * * *", "60 * * * *", "*/0 * * * *", "1-0 * * * *", "* * * * * * *", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		s, err := schedule(expression)
		if (err == nil) != (CheckSchedule(expression) == nil) {
			t.Errorf("%q: %v", expression, err)
		}
		if err != nil {
			return
		}
		at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		for range 3 {
			next := s.Next(at)
			if next.IsZero() {
				return // never, such as on 30 February
			}
			if !next.After(at) {
				t.Fatalf("%q: after %v comes %v", expression, at, next)
			}
			at = next
		}
	})
}
