package notify

import (
	"time"

	"entente/cooperation"
)

// staleAfter is the age at which a notification is no longer worth a mail: it
// is still there to be read in Entente.
const staleAfter = cooperation.MailPatience

// Backoff is how long to wait after a failed attempt before the next one.
// Attempts count from 0; false means that the attempt was the last.
func Backoff(attempt int) (time.Duration, bool) {
	pauses := [...]time.Duration{
		time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour, 24 * time.Hour,
	}
	if attempt < 0 || attempt >= len(pauses) {
		return 0, false
	}
	return pauses[attempt], true
}

// outcome is what is recorded of an attempt.
type outcome struct {
	sent  bool
	next  time.Time // when it is tried again; zero when it is sent or given up
	class Class     // of the failure
}

// outcomeOf decides what becomes of a notification after an attempt that ended
// at now, and failed with the class unless that is empty.
func outcomeOf(attempt int, class Class, retry bool, now time.Time) outcome {
	if class == "" {
		return outcome{sent: true}
	}
	pause, again := Backoff(attempt)
	if !retry || !again {
		return outcome{class: class}
	}
	return outcome{class: class, next: now.Add(pause)}
}
