package yeartest

import (
	"context"
	"maps"
	"slices"
	"strings"

	"entente/cooperation"
)

// anybody is one of the people of the convention.
func (y *year) anybody() string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(y.names)), func(name string) bool { return name == "administrator" })
	name, _ := pick(y, names)
	return name
}

func subscribe(ctx context.Context, y *year) error {
	y.serial++
	content := cooperation.SubscriptionContent{}
	switch y.rand.IntN(4) {
	case 0:
		content.Kinds = []string{"need"}
	case 1:
		content.Themes = []string{"apmbc-demining"}
	case 2:
		content.Kinds, content.Themes = []string{"offer"}, []string{"apmbc-victims", "apmbc-stockpiles"}
	}
	_, err := y.replicas[0].CreateSubscription(ctx, y.somebody(y.anybody()), convention, content, "")
	return err
}

func unsubscribe(ctx context.Context, y *year) error {
	s, ok := pick(y, y.audit.wishes.that(func(s *cooperation.Subscription) bool { return !s.Removed }))
	if !ok {
		return errNothing
	}
	u := y.audit.users[s.Owner]
	return y.replicas[0].RemoveSubscription(ctx, cooperation.ActorOf(u, false), s.ID, 0)
}

// endMails follows the address in a mail.
func endMails(ctx context.Context, y *year) error {
	group, _ := pick(y, append(cooperation.ChosenGroups(), cooperation.GroupDigest))
	_, _, err := y.replicas[0].Unsubscribe(ctx, y.replicas[0].UnsubscribeSecret(y.names[y.anybody()], group))
	return err
}

func prefer(ctx context.Context, y *year) error {
	name := y.anybody()
	u := y.audit.users[y.names[name]]
	wanted := cooperation.Preferences{}
	if u.Preferences != nil {
		wanted.Zone = u.Preferences.Zone
	}
	wanted.Mail, _ = pick(y, []cooperation.Rhythm{"", cooperation.Daily, cooperation.Immediate, cooperation.Weekly, cooperation.Never})
	_, err := y.replicas[0].SetPreferences(ctx, y.somebody(name), 0, "", wanted)
	return err
}

// goAway asks for silence for some weeks.
func goAway(ctx context.Context, y *year) error {
	name := y.anybody()
	u := y.audit.users[y.names[name]]
	wanted := cooperation.Preferences{}
	if u.Preferences != nil {
		wanted = *u.Preferences
	}
	wanted.QuietUntil = cooperation.DateOf(y.clock.Now()).AddDays(5 + y.rand.IntN(30))
	_, err := y.replicas[0].SetPreferences(ctx, y.somebody(name), 0, "", wanted)
	return err
}

// read opens what one was told last, and all that is like it.
func read(ctx context.Context, y *year) error {
	name := y.anybody()
	var of []*cooperation.Notification
	for _, n := range y.audit.lastOf(y.names[name], 5) {
		if n.Read.IsZero() && !strings.HasPrefix(n.Reason, "digest") {
			of = append(of, n)
		}
	}
	if len(of) == 0 {
		return errNothing
	}
	for _, n := range of {
		if _, err := y.replicas[0].ReadNotification(ctx, y.somebody(name), n.ID); err != nil {
			return err
		}
	}
	return nil
}

// elect plans the naming of a member of the autumn, and what the committee
// elects when it sits: some of it before anybody is reminded, some of it late.
func (y *year) elect(s seat) {
	day := date("2027-07-01").AddDays(y.rand.IntN(80))
	if s.late {
		day = date("2027-10-12")
	}
	y.plan.add(y.moment(day.Time()), "name a member", func(ctx context.Context, y *year) error { return y.name(ctx, s) })
	if s.as != cooperation.SeatAffected {
		return
	}
	y.plan.add(y.moment(date("2027-09-20").AddDays(y.rand.IntN(30)).Time()), "elect a chair", func(ctx context.Context, y *year) error {
		second := y.audit.committee(s.committee).Members[2:]
		_, err := y.replicas[0].NameChair(ctx, y.somebody("secretariat-2"), convention, s.committee, 0, cooperation.Presidency{Country: second[0].Country, From: date("2027-10-01"), Until: date("2028-09-30")})
		return err
	})
	y.plan.add(y.moment(date("2027-09-10").AddDays(y.rand.IntN(40)).Time()), "name an adviser", func(ctx context.Context, y *year) error {
		second := y.audit.committee(s.committee).Members[2:]
		_, err := y.replicas[0].NameAdviser(ctx, y.somebody("secretariat-2"), convention, s.committee, 0, cooperation.Adviser{Country: second[1].Country, From: date("2027-10-01"), Until: date("2028-09-30")})
		return err
	})
}
