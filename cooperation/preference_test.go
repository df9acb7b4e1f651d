package cooperation

import (
	"errors"
	"testing"
	"time"

	"entente/reference"
)

func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// in is the almanac of a convention whose secretariat sits in a zone.
func in(zone string) *Almanac { return NewAlmanac(Calendar{Zone: zone}) }

func TestWhatIsWrittenAtOnceHeldOrNotAtAll(t *testing.T) {
	now := moment("2026-03-10T12:00:00Z") // a Tuesday
	with := func(p *Preferences) *User { return &User{ID: "u", Mail: "u@example.org", Preferences: p} }
	for _, c := range []struct {
		who    string
		u      *User
		reason string
		want   NotificationStatus
	}{
		{"who has said nothing", with(nil), "proposals.posting", Held},
		{"who has said nothing, of what is asked", with(nil), "clocks.due", Pending},
		{"who has said nothing, of what can wait for the morning", with(nil), "need.submit", Held},
		{"who wants everything at once", with(&Preferences{Mail: Immediate}), "offer.admit", Pending},
		{"who wants everything at once, of a task", with(&Preferences{Mail: Immediate}), "need.submit", Pending},
		{"who wants one mail a week, of what is asked", with(&Preferences{Mail: Weekly}), "clocks.due", Pending},
		{"who wants no mail", with(&Preferences{Mail: Never}), "offer.lapse", InApp},
		{"who wants no mail, of a task", with(&Preferences{Mail: Never}), "offer.return", Held},
		{"who wants no mail, of what is asked", with(&Preferences{Mail: Never}), "clocks.due", Pending},
		{"who wants proposals at once", with(&Preferences{Mail: Weekly, Groups: map[Group]Rhythm{GroupProposals: Immediate}}), "proposals.informed", Pending},
		{"who wants proposals at once, of the rest", with(&Preferences{Mail: Weekly, Groups: map[Group]Rhythm{GroupProposals: Immediate}}), "need.admit", Held},
		{"who is away", with(&Preferences{Mail: Immediate, QuietUntil: DateOf(now)}), "subscription.opened", Held},
		{"who is back", with(&Preferences{Mail: Immediate, QuietUntil: DateOf(now).AddDays(-1)}), "subscription.opened", Pending},
		{"who is away and is asked", with(&Preferences{QuietUntil: DateOf(now)}), "clocks.due", Pending},
		{"who has no address", &User{ID: "u"}, "need.submit", InApp},
		{"whose address refuses", &User{ID: "u", Mail: "u@example.org", Bounce: &Bounce{Address: "U@example.org"}}, "need.submit", InApp},
		{"whose former address refused", &User{ID: "u", Mail: "u@example.org", Bounce: &Bounce{Address: "old@example.org"}}, "clocks.due", Pending},
	} {
		if got := Writes(c.u, &Notification{Reason: c.reason}, in("Europe/Zurich"), now); got != c.want {
			t.Errorf("%s: %s and not %s", c.who, got, c.want)
		}
	}
}

func TestWhatAnOutageHasKeptBackWaitsForTheHourOfTheDay(t *testing.T) {
	u := &User{ID: "u", Mail: "u@example.org", Preferences: &Preferences{Zone: "Pacific/Auckland"}}
	n := &Notification{Meta: Meta{Updated: moment("2026-03-08T12:00:00Z")}, Reason: "need.admit"}
	for now, want := range map[string]bool{"2026-03-10T11:30:00Z": false, "2026-03-10T17:59:00Z": false, "2026-03-10T18:00:00Z": true, "2026-03-11T10:59:00Z": true, "2026-03-11T11:00:00Z": false} {
		if due, _ := DigestDue(u, n, in("UTC"), time.Time{}, moment(now)); due != want {
			t.Errorf("at %s: %v", now, due)
		}
	}
	for last, want := range map[string]bool{"2026-03-10T18:00:00Z": false, "2026-03-10T10:00:00Z": true} {
		if due, _ := DigestDue(u, n, in("UTC"), moment(last), moment("2026-03-10T19:00:00Z")); due != want {
			t.Errorf("after a digest at %s: %v", last, due)
		}
	}
}

func TestDigestsGoOutAtSevenWhereThePersonIs(t *testing.T) {
	zone := func(name string) *time.Location {
		l, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	for _, c := range []struct{ rhythm, zone, now, want string }{
		{"daily", "Europe/Zurich", "2026-03-10T05:59:59Z", "2026-03-09T06:00:00Z"},
		{"daily", "Europe/Zurich", "2026-03-10T06:00:00Z", "2026-03-10T06:00:00Z"},
		{"daily", "Europe/Zurich", "2026-03-29T05:00:00Z", "2026-03-29T05:00:00Z"}, // the clock has gone forward that night
		{"daily", "Pacific/Kiritimati", "2026-03-10T16:59:00Z", "2026-03-09T17:00:00Z"},
		{"weekly", "Europe/Zurich", "2026-03-10T12:00:00Z", "2026-03-09T06:00:00Z"},
		{"weekly", "Europe/Zurich", "2026-03-09T05:00:00Z", "2026-03-02T06:00:00Z"},
		{"weekly", "America/New_York", "2026-01-01T12:00:00Z", "2025-12-29T12:00:00Z"},
	} {
		if got := digestSlot(Rhythm(c.rhythm), zone(c.zone), moment(c.now)); !got.Equal(moment(c.want)) {
			t.Errorf("%s in %s at %s: %s and not %s", c.rhythm, c.zone, c.now, got.UTC(), c.want)
		}
	}
}

func TestWhatIsHeldGoesOutAfterItsSlotAndNeverTwice(t *testing.T) {
	n := &Notification{Meta: Meta{Updated: moment("2026-03-10T12:00:00Z")}, Reason: "proposals.posting"}
	u := &User{ID: "u", Mail: "u@example.org", Preferences: &Preferences{Mail: Daily}}
	for now, want := range map[string]bool{"2026-03-10T13:00:00Z": false, "2026-03-11T05:59:00Z": false, "2026-03-11T06:00:00Z": true, "2026-03-14T00:00:00Z": false, "2026-03-14T06:00:00Z": true} {
		if due, drop := DigestDue(u, n, in("Europe/Zurich"), time.Time{}, moment(now)); due != want || drop {
			t.Errorf("at %s: %v %v", now, due, drop)
		}
	}
	read := *n
	read.Read = moment("2026-03-10T12:30:00Z")
	unwanted := &User{ID: "u", Mail: "u@example.org", Preferences: &Preferences{Mail: Never}}
	for what, drop := range map[string]bool{"what was read": second(DigestDue(u, &read, in("UTC"), time.Time{}, moment("2026-03-12T12:00:00Z"))), "what is no longer wanted": second(DigestDue(unwanted, n, in("UTC"), time.Time{}, moment("2026-03-12T12:00:00Z")))} {
		if !drop {
			t.Errorf("%s is sent", what)
		}
	}
	away := &User{ID: "u", Mail: "u@example.org", Preferences: &Preferences{QuietUntil: DateOf(moment("2026-03-12T00:00:00Z"))}}
	for now, want := range map[string]bool{"2026-03-12T22:00:00Z": false, "2026-03-13T07:00:00Z": true} {
		if due, _ := DigestDue(away, n, in("UTC"), time.Time{}, moment(now)); due != want {
			t.Errorf("of who is away, at %s: %v", now, due)
		}
	}
}

func second(_, b bool) bool { return b }

func TestUnsubscribingEndsOneGroupAndOfDigestsAll(t *testing.T) {
	p := &Preferences{Mail: Daily, Groups: map[Group]Rhythm{GroupPostings: Weekly}}
	q := p.Without(GroupProposals)
	if q.Rhythm(GroupProposals) != Never || q.Rhythm(GroupPostings) != Weekly || q.Rhythm(GroupSubscriptions) != Daily || p.Rhythm(GroupProposals) != Daily {
		t.Errorf("without proposals: %+v; before: %+v", q, p)
	}
	if r := p.Without(GroupDigest); r.Rhythm(GroupPostings) != Never || r.Rhythm(GroupRequests) != Immediate {
		t.Errorf("without digests: %+v", r)
	}
	if r := (*Preferences)(nil).Without(GroupPostings); r.Rhythm(GroupPostings) != Never || r.Rhythm(GroupProposals) != Daily {
		t.Errorf("of who had said nothing: %+v", r)
	}
}

func TestPreferencesAreHeldAgainstTheirRules(t *testing.T) {
	good := &Preferences{Mail: Weekly, Groups: map[Group]Rhythm{GroupProposals: Never}, Zone: "Africa/Luanda"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for what, p := range map[string]*Preferences{"rhythm": {Mail: "hourly"}, "group": {Groups: map[Group]Rhythm{GroupRequests: Never}},
		"rhythm of a group": {Groups: map[Group]Rhythm{GroupPostings: "x"}}, "zone": {Zone: "Europe/Atlantis"}, "zone of the machine": {Zone: "Local"}} {
		if CodeOf(p.Check()) != Invalid {
			t.Errorf("a wrong %s is taken", what)
		}
	}
}

func TestASubscriptionHoldsWhereAllItsFieldsDo(t *testing.T) {
	country := func(code string) reference.Country {
		c, ok := reference.ParseCountry(code)
		if !ok {
			t.Fatal(code)
		}
		return c
	}
	c := &Convention{ID: "c", Themes: []Theme{{ID: "law"}, {ID: "law-tax", Parent: "law"}, {ID: "care"}}, Regions: []ProfileRegion{{ID: "own", Countries: []reference.Country{country("PE")}}}}
	n := &Need{NeedContent: NeedContent{Themes: []string{"law-tax"}, Beneficiaries: []reference.Country{country("AO")}}}
	o := &Offer{OfferContent: OfferContent{Themes: []string{"care"}, Provider: "PE"}}
	for what, w := range map[string]struct {
		s           SubscriptionContent
		need, offer bool
	}{
		"everything":                  {SubscriptionContent{}, true, true},
		"needs":                       {SubscriptionContent{Kinds: []string{"need"}}, true, false},
		"a theme with what is below":  {SubscriptionContent{Themes: []string{"law"}}, true, false},
		"a country":                   {SubscriptionContent{Countries: []reference.Country{country("PE")}}, false, true},
		"a region of M49":             {SubscriptionContent{Regions: []string{"002"}}, true, false},
		"a region of the convention":  {SubscriptionContent{Regions: []string{"own"}}, false, true},
		"a region or a country":       {SubscriptionContent{Regions: []string{"own"}, Countries: []reference.Country{country("AO")}}, true, true},
		"a theme in a region without": {SubscriptionContent{Themes: []string{"care"}, Regions: []string{"002"}}, false, false},
	} {
		s := &Subscription{SubscriptionContent: w.s}
		if s.WantsNeed(c, n) != w.need || s.WantsOffer(c, o) != w.offer {
			t.Errorf("%s: need %v, offer %v", what, s.WantsNeed(c, n), s.WantsOffer(c, o))
		}
		if err := c.checkSubscription(&w.s); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	bad := &SubscriptionContent{Kinds: []string{"run"}, Themes: []string{"none"}, Regions: []string{"999"}}
	var refusal *Error
	if err := c.checkSubscription(bad); !errors.As(err, &refusal) || len(refusal.Fields) != 3 {
		t.Errorf("the mistakes are %v", err)
	}
}

func TestWhoMayKnowOfARefusingAddress(t *testing.T) {
	u := &User{ID: "u", Grants: []Grant{{Convention: "c", Role: FocalPoint}}}
	for _, c := range []struct {
		who         string
		a           Actor
		knows, hand bool
	}{
		{"the secretariat", Actor{ID: "s", Grants: []Grant{{Convention: "c", Role: Secretariat}}}, true, true},
		{"another secretariat", Actor{ID: "s", Grants: []Grant{{Convention: "d", Role: Secretariat}}}, false, true},
		{"an administrator", Actor{ID: "a", Grants: []Grant{{Role: Administrator}}}, true, true},
		{"an administrator's token that reads", Actor{ID: "a", Grants: []Grant{{Role: Administrator}}, ReadOnly: true}, true, false},
		{"the person", Actor{ID: "u"}, true, false}, {"a colleague", Actor{ID: "v", Grants: u.Grants}, false, false}, {"the public", Actor{}, false, false},
	} {
		if MayReportBounce(c.a, u) != c.knows || MayHandInBounces(c.a) != c.hand {
			t.Errorf("%s: %v %v", c.who, MayReportBounce(c.a, u), MayHandInBounces(c.a))
		}
	}
}

func TestWhatBecomesOfProposalsComesOnceADayUnlessThePersonSaysOtherwise(t *testing.T) {
	for name, c := range map[string]struct {
		p    *Preferences
		want Rhythm
	}{
		"who has said nothing":          {nil, Daily},
		"who has said it of others":     {&Preferences{Groups: map[Group]Rhythm{GroupPostings: Never}}, Daily},
		"who has said it of everything": {&Preferences{Mail: Immediate}, Immediate},
		"who has said it of this":       {&Preferences{Mail: Weekly, Groups: map[Group]Rhythm{GroupReviews: Immediate}}, Immediate},
	} {
		if got := c.p.Rhythm(GroupReviews); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for reason, want := range map[string]Group{"review.opened": GroupReviews, "proposal.withdrawn": GroupReviews, "proposal.introduced": GroupRequests, "introduction.asked": GroupRequests, "introduction.begun": GroupReviews, "clocks.due": GroupRequests, "account.link": GroupRequests, "webhook.paused": GroupTasks, "need.reconfirm_due": GroupTasks, "offer.lapse": GroupPostings, "proposals.posting": GroupProposals} {
		if got := GroupOf(reason); got != want {
			t.Errorf("%s is of the group %s, want %s", reason, got, want)
		}
	}
}
