package cooperation

import "strconv"

// MostSessions is how many sessions a person has at a time; one more ends the
// one that was used least recently.
const MostSessions = 20

// SessionKey is where the short-lived values hold a session.
func SessionKey(id string) string { return "session/" + id }

// SessionUseKey is where the short-lived values hold what changes of a session.
func SessionUseKey(id string) string { return "session-use/" + id }

// SessionSlotKey is the claim of a session among those of its owner. The slots
// are numbered from 0 to MostSessions-1; the claim's value is the session's id.
func SessionSlotKey(user string, slot int) string {
	return "session-slot/" + user + "/" + strconv.Itoa(slot)
}
