package platform

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// ClockQuery says which of an actor's clocks to list.
type ClockQuery struct {
	Kinds    []cooperation.ClockKind
	Document string           // "proposal/<id>"
	Until    cooperation.Date // those that run out on this day at the latest
	Overdue  bool             // those that have run out and on which nobody has acted
	Cursor   string
	Limit    int // 1 to catalogue.MaxLimit; 0 is catalogue.DefaultLimit
}

// OwnClock is a clock with the title of what it is about.
type OwnClock struct {
	cooperation.Clock
	Title string
}

// Clocks lists the clocks of a convention that are the actor's: on which he is
// to act, and those that have reached him on their path of escalation. The one
// that runs out first comes first, those that are stopped come last. next is
// empty on the last page.
func (p *Platform) Clocks(actor cooperation.Actor, convention string, q ClockQuery) (page []OwnClock, next string, total int, err error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, "", 0, err
	}
	if q.Limit == 0 {
		q.Limit = catalogue.DefaultLimit
	}
	if q.Limit < 1 || q.Limit > catalogue.MaxLimit {
		return nil, "", 0, cooperation.Refuse(cooperation.Invalid, "error.invalid.limit", message.Int("min", 1), message.Int("max", catalogue.MaxLimit))
	}
	after, err := readClockCursor(q.Cursor)
	if err != nil {
		return nil, "", 0, err
	}
	found := r.clocksOf(actor, q, p.clock())
	from, _ := slices.BinarySearchFunc(found, after, func(c cooperation.Clock, place string) int {
		return cmp.Or(strings.Compare(clockPlace(&c), place), -1) // the one that the page before ended with is not on this one
	})
	if after == "" {
		from = 0
	}
	for _, c := range found[from:min(from+q.Limit, len(found))] {
		page = append(page, OwnClock{c, r.titleOf(c.Document)})
	}
	if from+q.Limit < len(found) {
		next = base64.RawURLEncoding.EncodeToString([]byte(clockPlace(&page[len(page)-1].Clock)))
	}
	return page, next, len(found), nil
}

// clocksOf finds the actor's clocks in their order.
func (r *room) clocksOf(actor cooperation.Actor, q ClockQuery, now time.Time) (found []cooperation.Clock) {
	for _, c := range r.clocks(actor, now) {
		switch {
		case !c.Concerns(actor, now),
			len(q.Kinds) > 0 && !slices.Contains(q.Kinds, c.Kind),
			q.Document != "" && q.Document != c.Document,
			!q.Until.IsZero() && (c.Last.IsZero() || q.Until.Before(c.Last)),
			q.Overdue && !c.Over(now):
			continue
		}
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b cooperation.Clock) int { return strings.Compare(clockPlace(&a), clockPlace(&b)) })
	return found
}

// clockPlace sorts as the list does: by the moment at which a clock runs out,
// in digits of one length, then by id.
func clockPlace(c *cooperation.Clock) string {
	at := "9" + strings.Repeat("0", 15) // stopped: after all the others
	if !c.Due.IsZero() {
		digits := strconv.FormatInt(c.Due.UnixMilli(), 10)
		at = strings.Repeat("0", max(0, len(at)-len(digits))) + digits
	}
	return at + "/" + c.ID
}

func readClockCursor(text string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) > 128 || text != "" && !strings.Contains(string(raw), "/") {
		return "", cooperation.Refuse(cooperation.Invalid, "error.invalid.cursor")
	}
	return string(raw), nil
}
