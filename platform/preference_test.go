package platform_test

import (
	"strings"
	"testing"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/notify"
	"entente/platform"
)

// openTelling starts a platform that tells people as the program does.
func (p *place) openTelling() *platform.Platform {
	p.t.Helper()
	e, err := platform.Open(p.t.Context(), platform.Options{Store: p.store(), Conventions: p.set.All(), Teller: notify.NewTeller(), Clock: p.clock.Now, Poll: 5 * time.Millisecond})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(e.Close)
	return e
}

// account makes an account with an address and preferences, with an id that
// has the form of one.
func account(t *testing.T, on *platform.Platform, name string, wants cooperation.Preferences, grants ...cooperation.Grant) cooperation.Actor {
	t.Helper()
	u, err := on.CreateUser(t.Context(), system, cooperation.User{ID: cooperation.DerivedID(name), Name: name, Mail: name + "@example.org", Language: "en", Grants: grants})
	if err != nil {
		t.Fatal(explain(err))
	}
	a := cooperation.ActorOf(u, false)
	if _, err := on.SetPreferences(t.Context(), a, platform.Match(u.Version), "fr", wants); err != nil {
		t.Fatal(explain(err))
	}
	return a
}

func toldOf(t *testing.T, on *platform.Platform, who cooperation.Actor, reason string) []*cooperation.Notification {
	t.Helper()
	s, _ := on.State("fctc")
	page, err := s.NotificationsOf(who.ID, catalogue.NotificationQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var out []*cooperation.Notification
	for _, n := range page.Items {
		if n.Reason == reason {
			out = append(out, n)
		}
	}
	return out
}

func TestWhatWaitsGoesOutInOneDigestWhateverReplicasAsk(t *testing.T) {
	place := newPlace(t)
	one, other := place.openTelling(), place.openTelling()
	who := account(t, one, "subscriber", cooperation.Preferences{Mail: cooperation.Daily, Zone: "UTC"}, cooperation.Grant{Convention: "fctc", Role: cooperation.ObserverRole})
	if _, err := one.CreateSubscription(t.Context(), who, "fctc", cooperation.SubscriptionContent{Kinds: []string{"need"}}, ""); err != nil {
		t.Fatal(err)
	}
	openNeed(t, one, "First")
	openNeed(t, one, "Second")
	openOffer(t, one, "Not wanted")
	if n := toldOf(t, one, who, "subscription.opened"); len(n) != 2 || n[0].Status != cooperation.Held {
		t.Fatalf("the subscriber was told %+v", n)
	}
	digest := func(on *platform.Platform) int {
		t.Helper()
		n, err := on.Digest(t.Context(), "fctc")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := digest(one); n != 0 {
		t.Errorf("before the slot, %d digests", n)
	}
	place.clock.advance(23 * time.Hour)
	s, _ := one.State("fctc")
	await(t, other, s.Position())
	if n := digest(one) + digest(other) + digest(one); n != 1 {
		t.Errorf("after the slot, %d digests", n)
	}
	sent := toldOf(t, one, who, "digest")
	if len(sent) != 1 || sent[0].Status != cooperation.Pending || len(sent[0].Items) != 2 {
		t.Fatalf("the digest is %+v", sent)
	}
	for _, n := range toldOf(t, one, who, "subscription.opened") {
		if n.Status != cooperation.InApp || n.Digest != sent[0].ID {
			t.Errorf("what went out is %s, with %s", n.Status, n.Digest)
		}
	}
	place.clock.advance(48 * time.Hour)
	if n := digest(one); n != 0 {
		t.Errorf("of nothing, there are %d digests", n)
	}
}

func TestOneImportTellsASubscriberOnce(t *testing.T) {
	on := newPlace(t).openTelling()
	who := account(t, on, "subscriber", cooperation.Preferences{}, cooperation.Grant{Convention: "fctc", Role: cooperation.ObserverRole})
	if _, err := on.CreateSubscription(t.Context(), who, "fctc", cooperation.SubscriptionContent{}, ""); err != nil {
		t.Fatal(err)
	}
	var rows []cooperation.ImportRow[cooperation.NeedContent]
	for _, id := range []string{"a", "b", "c"} {
		rows = append(rows, cooperation.ImportRow[cooperation.NeedContent]{Line: 1, Convention: "fctc", ExternalID: id, Content: needContent(t, "Need "+id)})
	}
	for range 2 { // the second time, nothing is new
		if r, err := on.ImportNeeds(t.Context(), secretary, rows, false); err != nil || len(r.Errors) > 0 {
			t.Fatal(err, r.Errors)
		}
	}
	if n := toldOf(t, on, who, "subscription.opened"); len(n) != 1 || len(n[0].Documents) != 3 {
		t.Errorf("the subscriber was told %d times", len(n))
	}
}

func TestOneClickUnsubscribesAndASecretOfAnotherDoesNot(t *testing.T) {
	on := newPlace(t).openTelling()
	who := account(t, on, "person", cooperation.Preferences{}, cooperation.Grant{Convention: "fctc", Role: cooperation.ObserverRole})
	secret := on.UnsubscribeSecret(who.ID, cooperation.GroupSubscriptions)
	stranger := on.UnsubscribeSecret(cooperation.DerivedID("x"), cooperation.GroupSubscriptions)
	for _, wrong := range []string{"", "x", secret + "x", secret[:len(secret)-1], strings.Replace(secret, "subscriptions", "proposals", 1), stranger, "..", who.ID + "..", who.ID + ".subscriptions." + strings.Split(stranger, ".")[2]} {
		if _, _, err := on.Unsubscribe(t.Context(), wrong); cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("%q unsubscribes: %v", wrong, err)
		}
	}
	for range 2 {
		if u, group, err := on.Unsubscribe(t.Context(), secret); err != nil || group != cooperation.GroupSubscriptions || u.Preferences.Rhythm(group) != cooperation.Never {
			t.Fatalf("%v %v %v", u, group, err)
		}
	}
	if u, _ := on.User(who.ID); u.Version != 3 {
		t.Errorf("unsubscribing twice made version %d", u.Version)
	}
}

func TestAnAddressThatRefusesIsPausedUntilItIsConfirmedOrChanged(t *testing.T) {
	on := newPlace(t).openTelling()
	who := account(t, on, "person", cooperation.Preferences{}, cooperation.Grant{Convention: "fctc", Role: cooperation.ObserverRole})
	office := account(t, on, "office", cooperation.Preferences{}, cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
	foreign := account(t, on, "foreign", cooperation.Preferences{}, cooperation.Grant{Convention: "apmbc", Role: cooperation.Secretariat})
	noted := func(by cooperation.Actor, address string) bool {
		t.Helper()
		ok, err := on.Bounced(t.Context(), by, address, "5.1.1")
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if noted(office, "nobody@example.org") || noted(foreign, "person@example.org") {
		t.Error("a report about nobody, or from nobody concerned, is taken")
	}
	if !noted(office, "Person@Example.org") || !noted(system, "person@example.org") {
		t.Error("a report is not taken")
	}
	if got := on.Bounces(office); len(got) != 1 || got[0].ID != who.ID || len(on.Bounces(foreign)) != 0 {
		t.Errorf("the list is %v", got)
	}
	if n := toldOf(t, on, office, "mail.bounced"); len(n) != 1 {
		t.Errorf("the secretariat was told %d times", len(n))
	}
	if _, err := on.ConfirmMail(t.Context(), foreign, who.ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("another secretariat confirms: %v", err)
	}
	if u, err := on.ConfirmMail(t.Context(), office, who.ID); err != nil || u.Bounces() {
		t.Errorf("after the confirmation: %v %v", u, err)
	}
}

func TestMailsThatWaitedForLongDoNotComeAsAStorm(t *testing.T) {
	place := newPlace(t)
	on := place.openTelling()
	boss := account(t, on, "boss", cooperation.Preferences{}, cooperation.Grant{Role: cooperation.Administrator})
	office := account(t, on, "office", cooperation.Preferences{Mail: cooperation.Immediate, Zone: "UTC"}, cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
	turn := func(by cooperation.Actor, paused bool) error { return on.TurnMail(t.Context(), by, paused) }
	if cooperation.CodeOf(turn(office, true)) != cooperation.Forbidden {
		t.Error("a secretariat pauses the mails of the installation")
	}
	for range 2 {
		if err := turn(boss, true); err != nil || !on.MailPaused() {
			t.Fatal(err)
		}
	}
	for _, title := range []string{"One", "Two", "Three"} {
		openNeed(t, on, title)
	}
	place.clock.advance(30 * time.Hour)
	openNeed(t, on, "Fresh")
	if state, waiting, err := on.MailState(boss); err != nil || !state.Paused || waiting != 4 {
		t.Errorf("%+v, %d wait: %v", state, waiting, err)
	}
	if err := turn(boss, false); err != nil || on.MailPaused() {
		t.Fatal(err)
	}
	s, _ := on.State("fctc")
	if due := s.PendingNotifications(place.clock.Now()); len(due) != 1 {
		t.Errorf("%d mails go out at once", len(due))
	}
	place.clock.advance(24 * time.Hour)
	if n, err := on.Digest(t.Context(), "fctc"); err != nil || n != 1 {
		t.Errorf("%d digests: %v", n, err)
	}
	if d := toldOf(t, on, office, "digest"); len(d) != 1 || len(d[0].Items) != 3 {
		t.Errorf("the digest is %+v", d)
	}
}
