package matching

import "entente/message"

// window is a span of days, both ends included.
type window struct {
	from, to Day
	stated   bool // something is known about it
}

// endless is the end of a window that has none.
const endless = Day(1<<31 - 1)

// patience is how many days a need of some urgency can wait. Where the need
// states none, it applies only to a need without an end.
func (u Urgency) patience() Day {
	switch u {
	case UrgencyHigh:
		return 90
	case UrgencyLow:
		return 730
	default:
		return 365
	}
}

// wanted is the span in which help is wanted. It begins today or at the desired
// start, whichever is later, and ends at the desired end, else at the deadline
// that the need serves, else when its patience ends. A need that states its
// urgency does not wait longer than its patience. Nothing is known when the
// need states none of these.
func (w *workshop) wanted(n *Need) window {
	span := window{stated: n.Start != 0 || n.End != 0 || n.Deadline != 0 || n.Urgency != UrgencyNone}
	span.from = max(w.now, n.Start)
	switch {
	case n.End != 0:
		span.to = n.End
	case n.Deadline != 0:
		span.to = n.Deadline
	default:
		span.to = later(span.from, n.Urgency.patience())
	}
	if n.Urgency != UrgencyNone {
		span.to = min(span.to, later(span.from, n.Urgency.patience()))
	}
	span.to = max(span.to, span.from)
	return span
}

// given is the span in which help can be given: from the start of the offer's
// window, but no sooner than its lead time from today, to the window's end.
// Nothing is known when the offer states none of these.
func (w *workshop) given(o *Offer) window {
	span := window{stated: o.Start != 0 || o.End != 0 || o.LeadDays > 0, to: endless}
	span.from = max(later(w.now, Day(max(o.LeadDays, 0))), o.Start)
	if o.End != 0 {
		span.to = o.End
	}
	return span
}

// later returns the day so many days after d, at the most the last that can
// be stated.
func later(d, days Day) Day {
	if d > endless-days {
		return endless
	}
	return d + days
}

// timePart is the share of the days on which help is wanted on which it can be
// given. A long lead time, a late start, an early end, urgency and a deadline
// all show in it. Help that cannot begin before the need's treaty deadline has
// passed is worth nothing here. It is neutral when either side states nothing
// about time.
func timePart(n *needFeatures, o *offerFeatures) finding { return timeValue(n, o.given) }

// timeValue is timePart of a need and the span in which help can be given.
func timeValue(n *needFeatures, given window) finding {
	wanted := n.wanted
	switch {
	case !wanted.stated:
		return finding{value: Neutral, say: sayTimeNeedUnstated}
	case !given.stated:
		return finding{value: Neutral, say: sayTimeOfferUnstated}
	case n.need.Deadline != 0 && given.from > n.need.Deadline:
		return finding{say: sayTimeDeadline}
	}
	from, to := max(wanted.from, given.from), min(wanted.to, given.to)
	switch {
	case from > to:
		return finding{say: sayTimeNone}
	case from == wanted.from && to == wanted.to:
		return finding{value: Whole, say: sayTimeWhole}
	default:
		days, span := int64(to)-int64(from)+1, int64(wanted.to)-int64(wanted.from)+1
		return finding{value: share(days, span), say: sayTimeShare}
	}
}

// timeMessage puts the finding of timePart into words.
func timeMessage(n *needFeatures, o *offerFeatures, f finding) message.Message {
	day := func(name string, d Day) message.Arg { return message.Of(message.Date, name, d.String()) }
	switch f.say {
	case sayTimeShare:
		return message.New(f.say.key(),
			message.Of(message.Percent, "share", decimal(f.value)),
			day("from", max(n.wanted.from, o.given.from)),
			day("to", min(n.wanted.to, o.given.to)))
	case sayTimeDeadline:
		return message.New(f.say.key(), day("from", o.given.from), day("deadline", n.need.Deadline))
	default:
		return message.New(f.say.key())
	}
}
