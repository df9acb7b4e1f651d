package notify

import (
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"strconv"
	"time"
)

// The classes of failures that only receivers of webhooks know.
const (
	Blocked     Class = "blocked"     // the address lies inside, or is not https
	NoName      Class = "no_name"     // the name of the receiver cannot be resolved
	Redirected  Class = "redirected"  // 3xx: redirects are not followed
	Rejected    Class = "rejected"    // 4xx
	Throttled   Class = "throttled"   // 429: too often
	Unavailable Class = "unavailable" // 5xx
	Gone        Class = "gone"        // 410: the receiver wants no more
)

// Reply is how a receiver answered one attempt.
type Reply struct {
	Status int           // of HTTP; 0 without an answer
	Class  Class         // of the failure; empty when it was delivered
	Wait   time.Duration // for which the receiver asks, if it does
}

// longestWait bounds what a receiver may ask for.
const longestWait = 24 * time.Hour

// replyOf is the table of the receivers' answers; docs/channels.md shows it.
func replyOf(status int, retryAfter string, now time.Time) Reply {
	r := Reply{Status: status}
	switch {
	case status >= 200 && status < 300:
		return r
	case status == http.StatusGone:
		r.Class = Gone
	case status == http.StatusTooManyRequests:
		r.Class, r.Wait = Throttled, waitOf(retryAfter, now)
	case status >= 300 && status < 400:
		r.Class = Redirected
	case status >= 400 && status < 500:
		r.Class = Rejected
	case status >= 500 && status < 600:
		r.Class, r.Wait = Unavailable, waitOf(retryAfter, now)
	default:
		r.Class = Protocol
	}
	return r
}

// waitOf reads Retry-After: seconds, or a date.
func waitOf(text string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return min(time.Duration(seconds)*time.Second, longestWait)
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, min(at.Sub(now), longestWait))
	}
	return 0
}

// Verdict is what becomes of a delivery after an attempt.
type Verdict struct {
	Delivered bool
	Gone      bool      // the webhook is paused
	Next      time.Time // of the next attempt; zero when there is none
	Status    int
	Class     Class
}

// verdictOf decides what becomes of a delivery. attempt counts from 0 since it
// was last queued.
func verdictOf(id string, attempt int, r Reply, now time.Time) Verdict {
	v := Verdict{Status: r.Status, Class: r.Class, Delivered: r.Class == "", Gone: r.Class == Gone}
	switch r.Class {
	case "", Gone, Internal, Stale, NoRole:
		return v
	}
	if pause, again := webhookBackoff(id, attempt); again {
		v.Next = now.Add(max(pause, r.Wait))
	}
	return v
}

// webhookBackoff is how long to wait after a failed attempt, as the Standard
// Webhooks specification recommends: for a little more than three days in all.
// Each pause is made up to a fifth shorter or longer, by the delivery's id, so
// that what failed together does not come back together.
func webhookBackoff(id string, attempt int) (time.Duration, bool) {
	pauses := [...]time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
		10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}
	if attempt < 0 || attempt >= len(pauses) {
		return 0, false
	}
	sum := sha256.Sum256([]byte(id + "/" + strconv.Itoa(attempt)))
	share := time.Duration(binary.BigEndian.Uint16(sum[:2])) // 0 to 65535
	pause := pauses[attempt]
	return pause - pause/5 + pause*2/5*share/65535, true
}
