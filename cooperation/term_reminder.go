package cooperation

import (
	"slices"
	"strconv"

	"entente/message"
	"entente/reference"
)

// TermReminderSort says of what people are reminded.
type TermReminderSort string

// What people are reminded of before the membership of a committee changes.
const (
	TermEnds      TermReminderSort = "term_ends"      // the term of a member ends
	SeatToFill    TermReminderSort = "seat_to_fill"   // a seat will be vacant, or the composition will lack somebody
	ChairToElect  TermReminderSort = "chair_to_elect" // nobody presides from that day on
	AdviserToName TermReminderSort = "adviser_to_name"
)

// TermReminder is a reminder that is due: something changes, or is to be done,
// on a day to come.
type TermReminder struct {
	ID        string // the same whenever it is asked for
	Committee string
	Sort      TermReminderSort
	Country   reference.Country   // whose term or presidency ends; none for a body that has nobody yet
	Eligible  []reference.Country // for an election: who may be elected, the longest-serving first
	Day       Date                // the first day on which it is so
	Due       Date                // the day from which people are reminded
}

// reminderDays are the days before a change at which people are reminded, the
// first of them first: early enough to choose, and once more to act.
func reminderDays() []int { return []int{90, 30, 7} }

// TermReminders lists the reminders of a committee that are due on a day: for
// everything that is to come, the latest that has become due. Asked every day,
// it lists each of them from the day on which it becomes due until the next one
// takes its place or the change has come; the id tells whether it was sent.
// After an outage only the latest is left. What the data no longer support is
// not listed: a chair that was elected meanwhile, a seat that was filled.
func (b *Committee) TermReminders(day Date) []TermReminder {
	var out []TermReminder
	for _, change := range b.changesAfter(day) {
		due, ok := dueBefore(change, day)
		if !ok {
			continue
		}
		last := change.AddDays(-1)
		for _, t := range b.MembersOn(last) {
			if t.Until == last && !b.MemberOn(t.Country, change) {
				out = append(out, b.reminder(TermEnds, t.Country, change, due))
			}
		}
		if b.lacks(change) > b.lacks(last) {
			out = append(out, b.reminder(SeatToFill, 0, change, due))
		}
		if chair, presided := b.ChairOn(last); presided && b.Composition.Chair != "" {
			if _, follows := b.ChairOn(change); !follows {
				r := b.reminder(ChairToElect, chair, change, due)
				for _, t := range b.EligibleOn(change) {
					r.Eligible = append(r.Eligible, t.Country)
				}
				out = append(out, r)
			}
		}
		if adviser, advised := b.AdviserOn(last); advised && b.Composition.GenderFocalPoint {
			if _, follows := b.AdviserOn(change); !follows {
				out = append(out, b.reminder(AdviserToName, adviser, change, due))
			}
		}
	}
	return out
}

// changesAfter lists the days after the day on which a term, a presidency or a
// designation no longer runs, in their order.
func (b *Committee) changesAfter(day Date) []Date {
	var out []Date
	note := func(until Date) {
		if change := until.AddDays(1); day.Before(change) && !slices.Contains(out, change) {
			out = append(out, change)
		}
	}
	for _, t := range b.Members {
		note(t.Until)
	}
	for _, p := range b.Chairs {
		note(p.Until)
	}
	for _, a := range b.Advisers {
		note(a.Until)
	}
	slices.SortFunc(out, func(x, y Date) int { return int(x.Days() - y.Days()) })
	return out
}

// dueBefore is the latest day at which people are reminded of a change and that
// has come.
func dueBefore(change, day Date) (due Date, ok bool) {
	for _, n := range reminderDays() {
		if at := change.AddDays(-n); !day.Before(at) {
			due, ok = at, true
		}
	}
	return due, ok
}

// lacks counts the seats that are vacant on the day, those for whom the
// composition asks included.
func (b *Committee) lacks(day Date) int {
	rules, members := &b.Composition, b.MembersOn(day)
	vacant := max(rules.SeatCount()-len(members), 0)
	vacant += max(rules.MinAffected-count(members, as(SeatAffected)), 0)
	return vacant + max(rules.MinProviders-count(members, as(SeatProvider)), 0)
}

func (b *Committee) reminder(sort TermReminderSort, country reference.Country, change, due Date) TermReminder {
	return TermReminder{ID: DerivedID("term_reminder", b.ID, string(sort), country.Alpha2(), change.String(), strconv.Itoa(int(change.Days()-due.Days()))),
		Committee: b.ID, Sort: sort, Country: country, Day: change, Due: due}
}

// Sentence says what people are reminded of.
func (r TermReminder) Sentence() message.Message {
	args := []message.Arg{message.Of(message.Body, "body", r.Committee), message.Of(message.Date, "day", r.Day.String())}
	if r.Country != 0 {
		args = append(args, message.Of(message.Country, "country", r.Country.Alpha2()))
	}
	return message.New("reminder.committee."+string(r.Sort), args...)
}
