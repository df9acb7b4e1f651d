package notify

import (
	"testing"
	"time"
)

func TestWhatBecomesOfANotificationAfterAnAttempt(t *testing.T) {
	after := noon.Add
	for _, tc := range []struct {
		name    string
		attempt int
		class   Class
		want    outcome
	}{
		{"accepted", 0, "", outcome{sent: true}},
		{"accepted at last", 7, "", outcome{sent: true}},
		{"deferred", 0, Deferred, outcome{class: Deferred, next: after(time.Minute)}},
		{"deferred again", 1, Deferred, outcome{class: Deferred, next: after(5 * time.Minute)}},
		{"unreachable", 2, Network, outcome{class: Network, next: after(15 * time.Minute)}},
		{"too slow", 3, Timeout, outcome{class: Timeout, next: after(time.Hour)}},
		{"no encryption", 4, Insecure, outcome{class: Insecure, next: after(4 * time.Hour)}},
		{"not signed in", 5, Auth, outcome{class: Auth, next: after(12 * time.Hour)}},
		{"no mail server", 6, Protocol, outcome{class: Protocol, next: after(24 * time.Hour)}},
		{"the eighth attempt was the last", 7, Deferred, outcome{class: Deferred}},
		{"refused", 0, Refused, outcome{class: Refused}},
		{"not an address", 0, Address, outcome{class: Address}},
		{"no address", 0, NoAddress, outcome{class: NoAddress}},
		{"no role", 0, NoRole, outcome{class: NoRole}},
		{"stale", 3, Stale, outcome{class: Stale}},
		{"not in words", 0, Internal, outcome{class: Internal}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := outcomeOf(tc.attempt, tc.class, tc.class.Retry(), noon); got != tc.want {
				t.Errorf("got %+v, wanted %+v", got, tc.want)
			}
		})
	}
}

func TestAllAttemptsAreMadeBeforeANotificationIsStale(t *testing.T) {
	var sum time.Duration
	attempts := 1 // the first is made at once
	for ; attempts < 100; attempts++ {
		pause, again := Backoff(attempts - 1)
		if !again {
			break
		}
		sum += pause
	}
	if attempts != 8 || sum >= staleAfter {
		t.Errorf("%d attempts in %v", attempts, sum)
	}
	if _, again := Backoff(-1); again {
		t.Error("an attempt before the first is followed by another")
	}
}
