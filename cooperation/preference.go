package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
)

// Rhythm is how often a person wants to be written to.
type Rhythm string

// The rhythms.
const (
	Immediate Rhythm = "immediate"
	Daily     Rhythm = "daily"
	Weekly    Rhythm = "weekly"
	Never     Rhythm = "none"
)

// Group is a sort of reasons for which people are told.
type Group string

// The groups of reasons.
const (
	GroupRequests      Group = "requests"      // something is asked of this very person, or a day runs out: always written at once
	GroupTasks         Group = "tasks"         // what waits for the person or concerns its part, and can wait for the morning: at least daily
	GroupProposals     Group = "proposals"     // what the matcher proposes
	GroupReviews       Group = "reviews"       // what becomes of proposals and partnerships
	GroupPostings      Group = "postings"      // what became of a posting
	GroupSubscriptions Group = "subscriptions" // what was posted under a subscription
	GroupDigest        Group = "digest"        // the mail that holds what has waited
)

// ChosenGroups lists the groups for which a person may choose a rhythm.
func ChosenGroups() []Group {
	return []Group{GroupProposals, GroupReviews, GroupPostings, GroupSubscriptions}
}

// GroupOf finds the group of a reason.
func GroupOf(reason string) Group {
	kind, what, _ := strings.Cut(reason, ".")
	switch {
	case reason == "digest":
		return GroupDigest
	case kind == "account" || kind == "clocks":
		return GroupRequests
	case kind == "proposals":
		return GroupProposals
	case kind == "subscription":
		return GroupSubscriptions
	case reason == "proposal.introduced" || reason == "agreement.propose" || reason == "agreement.to_clear" || kind == "introduction" && slices.Contains([]string{"asked", "question", "answer", "resumed"}, what):
		return GroupRequests
	case reason == "partnership.complete" || reason == "partnership.draft_lessons":
		return GroupTasks // an answer is asked for, and there is time
	case kind == "review" || kind == "proposal" || kind == "agreement" || kind == "partnership" || kind == "introduction":
		return GroupReviews
	case what == "submit" || what == "return" || what == "reconfirm_due":
		return GroupTasks
	case kind == "need" || kind == "offer":
		return GroupPostings
	}
	return GroupTasks
}

// Group is the group that decides how the recipient is written to.
func (n *Notification) Group() Group {
	return GroupOf(n.Reason)
}

// Ends reports whether a person may end the mails of a group.
func (g Group) Ends() bool { return g == GroupDigest || slices.Contains(ChosenGroups(), g) }

// Preferences are how a person wants to be told. The zero Preferences are
// those of somebody who has said nothing: one mail a day, besides what is asked
// of this very person.
type Preferences struct {
	Mail       Rhythm           `json:"mail,omitempty"`       // empty: daily
	Groups     map[Group]Rhythm `json:"groups,omitempty"`     // other than Mail
	Zone       string           `json:"time_zone,omitempty"`  // IANA; empty: that of the convention's secretariat
	QuietUntil Date             `json:"quiet_until,omitzero"` // no mail to and on this day
	Calendar   int              `json:"calendar,omitempty"`   // generation of the calendar's secret address; 0: never asked for
	NoCalendar bool             `json:"no_calendar,omitempty"`
}

// digestHour is the hour of the day, where the person is, from which a digest
// is sent; the weekly one goes out on Mondays.
const digestHour = 7

// Rhythm is how often the person is written to about a group of reasons. What
// waits for the person comes every day at least, whatever is wanted of the rest.
func (p *Preferences) Rhythm(g Group) Rhythm {
	switch {
	case g == GroupRequests || g == GroupDigest:
		return Immediate
	case g == GroupTasks && (p == nil || p.Mail != Immediate):
		return Daily
	case p != nil && p.Groups[g] != "":
		return p.Groups[g]
	case p != nil && p.Mail != "":
		return p.Mail
	}
	return Daily
}

// quiet reports whether the person wants to be left alone at now.
func (p *Preferences) quiet(k *Almanac, now time.Time) bool {
	if p == nil || p.QuietUntil.IsZero() {
		return false
	}
	y, m, d := now.In(k.Zone(p)).Date()
	return !p.QuietUntil.Before(DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)))
}

// Writes decides whether a person is written to about something: at once
// (pending), with the next digest (held), or not at all (in the application
// only). k is the convention's.
func Writes(u *User, n *Notification, k *Almanac, now time.Time) NotificationStatus {
	g := n.Group()
	rhythm := u.Preferences.Rhythm(g)
	switch {
	case u.Mail == "" || u.Bounces() || rhythm == Never:
		return InApp
	case rhythm != Immediate || g.Ends() && g != GroupDigest && u.Preferences.quiet(k, now):
		return Held
	}
	return Pending
}

// DigestDue decides whether a notification that is held for a person goes out
// with a digest at now: a slot of its rhythm has come since it was put there.
// Between midnight and the slot of the day nothing goes out, and after a digest,
// which was made at last, nothing more on that day: what an outage has kept back
// does not make two mails of one day. drop says that nothing more is to be sent
// of it.
func DigestDue(u *User, n *Notification, k *Almanac, last, now time.Time) (due, drop bool) {
	g := n.Group()
	rhythm, there := u.Preferences.Rhythm(g), k.Zone(u.Preferences)
	switch {
	case rhythm == Never || u.Mail == "" || u.Bounces() || !n.Read.IsZero():
		return false, true
	case g.Ends() && u.Preferences.quiet(k, now), now.Before(hourOf(there, now)), sameDay(last.In(there), now.In(there)):
		return false, false
	}
	return digestSlot(rhythm, there, now).After(n.Updated), false
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// hourOf is the moment of the day of now at which digests go out.
func hourOf(zone *time.Location, now time.Time) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, digestHour, 0, 0, 0, zone)
}

// digestSlot is the last moment at or before now at which digests of the
// rhythm go out.
func digestSlot(r Rhythm, zone *time.Location, now time.Time) time.Time {
	slot := hourOf(zone, now)
	y, m, d := slot.Date()
	for slot.After(now) || r == Weekly && slot.Weekday() != time.Monday {
		d--
		slot = time.Date(y, m, d, digestHour, 0, 0, 0, zone)
	}
	return slot
}

// Check holds preferences against the rules.
func (p *Preferences) Check() error {
	var m mistakes
	rhythms := []Rhythm{Immediate, Daily, Weekly, Never}
	allowed := func(of string) message.Arg { return message.Of(message.Text, "allowed", of) }
	if p.Mail != "" && !slices.Contains(rhythms, p.Mail) {
		m.add("mail", "error.invalid.not_one_of", allowed(joinText(rhythms)))
	}
	for g, r := range p.Groups {
		if !slices.Contains(ChosenGroups(), g) {
			m.add("groups."+string(g), "error.invalid.not_one_of", allowed(joinText(ChosenGroups())))
		} else if !slices.Contains(rhythms, r) {
			m.add("groups."+string(g), "error.invalid.not_one_of", allowed(joinText(rhythms)))
		}
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "Local" || len(p.Zone) > 64 {
		m.add("time_zone", "error.invalid.time_zone", value(p.Zone))
	}
	return m.err()
}

// Without are the preferences of somebody who wants no more mails of a group;
// the digest's group means none at all.
func (p *Preferences) Without(g Group) *Preferences {
	c := Preferences{}
	if p != nil {
		c = *p
	}
	if g == GroupDigest {
		c.Mail, c.Groups = Never, nil
		return &c
	}
	groups := map[Group]Rhythm{g: Never}
	for other, r := range c.Groups {
		if other != g {
			groups[other] = r
		}
	}
	c.Groups = groups
	return &c
}

// Bounce is what is known of an address that refuses mails.
type Bounce struct {
	Address string    `json:"address"`          // that refused; another one of the person is not concerned
	Status  string    `json:"status,omitempty"` // RFC 3463: "5.1.1"
	Since   time.Time `json:"since"`
}

// Bounces reports whether the person's present address refuses mails, so that
// none are sent to it until it is changed or confirmed.
func (u *User) Bounces() bool {
	return u.Bounce != nil && u.Mail != "" && strings.EqualFold(u.Bounce.Address, u.Mail)
}
