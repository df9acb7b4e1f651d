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
	GroupRequests      Group = "requests"      // something is asked of the person: always written at once
	GroupService       Group = "service"       // something of the person's own does not work: always written at once
	GroupProposals     Group = "proposals"     // what the matcher proposes
	GroupReviews       Group = "reviews"       // what becomes of proposals and partnerships: in one mail a day unless the person wants it otherwise
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
	case kind == "proposals":
		return GroupProposals
	case kind == "subscription":
		return GroupSubscriptions
	case kind == "clocks" || reason == "proposal.introduced" || kind == "introduction" && slices.Contains([]string{"asked", "question", "answer", "resumed"}, what):
		return GroupRequests
	case reason == "partnership.complete" || reason == "partnership.draft_lessons":
		return GroupRequests // an answer is asked for
	case kind == "review" || kind == "proposal" || kind == "partnership" || kind == "introduction":
		return GroupReviews
	case what == "submit" || what == "return" || what == "reconfirm_due":
		return GroupRequests
	case kind == "need" || kind == "offer":
		return GroupPostings
	}
	return GroupService
}

// Preferences are how a person wants to be told. The zero Preferences are
// those of somebody who has said nothing: a mail at once for everything.
type Preferences struct {
	Mail       Rhythm           `json:"mail,omitempty"`       // empty: immediate
	Groups     map[Group]Rhythm `json:"groups,omitempty"`     // other than Mail
	Zone       string           `json:"time_zone,omitempty"`  // IANA; empty: that of the convention's secretariat
	QuietUntil Date             `json:"quiet_until,omitzero"` // no mail to and on this day
	Calendar   int              `json:"calendar,omitempty"`   // generation of the calendar's secret address; 0: never asked for
	NoCalendar bool             `json:"no_calendar,omitempty"`
}

// digestHour is the hour of the day, where the person is, from which a digest
// is sent; the weekly one goes out on Mondays.
const digestHour = 7

// Rhythm is how often the person wants mails for a group of reasons.
func (p *Preferences) Rhythm(g Group) Rhythm {
	switch {
	case g == GroupRequests || g == GroupService || g == GroupDigest:
		return Immediate
	case p != nil && p.Groups[g] != "":
		return p.Groups[g]
	case p != nil && p.Mail != "":
		return p.Mail
	case g == GroupReviews:
		return Daily
	}
	return Immediate
}

// zone is where the person's days begin.
func (p *Preferences) zone(fallback string) *time.Location {
	if p != nil && p.Zone != "" {
		fallback = p.Zone
	}
	if l, err := time.LoadLocation(fallback); err == nil {
		return l
	}
	return time.UTC
}

// quiet reports whether the person wants to be left alone at now.
func (p *Preferences) quiet(zone string, now time.Time) bool {
	if p == nil || p.QuietUntil.IsZero() {
		return false
	}
	y, m, d := now.In(p.zone(zone)).Date()
	return !p.QuietUntil.Before(DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)))
}

// Writes decides whether a person is written to for a reason: at once
// (pending), with the next digest (held), or not at all (in the application
// only). zone is that of the convention's secretariat.
func Writes(u *User, reason, zone string, now time.Time) NotificationStatus {
	g := GroupOf(reason)
	rhythm := u.Preferences.Rhythm(g)
	switch {
	case u.Mail == "" || u.Bounces() || rhythm == Never:
		return InApp
	case g == GroupRequests || g == GroupService || g == GroupDigest:
		return Pending
	case rhythm != Immediate || u.Preferences.quiet(zone, now):
		return Held
	}
	return Pending
}

// DigestDue decides whether a notification that is held for a person goes out
// with a digest at now: a slot of its rhythm has come since it was decided.
// drop says that nothing more is to be sent of it.
func DigestDue(u *User, n *Notification, zone string, now time.Time) (due, drop bool) {
	rhythm := u.Preferences.Rhythm(GroupOf(n.Reason))
	switch {
	case rhythm == Never || u.Mail == "" || u.Bounces() || !n.Read.IsZero():
		return false, true
	case u.Preferences.quiet(zone, now):
		return false, false
	}
	return digestSlot(rhythm, u.Preferences.zone(zone), now).After(n.Created), false
}

// digestSlot is the last moment at or before now at which digests of the
// rhythm go out.
func digestSlot(r Rhythm, zone *time.Location, now time.Time) time.Time {
	y, m, d := now.In(zone).Date()
	slot := time.Date(y, m, d, digestHour, 0, 0, 0, zone)
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
