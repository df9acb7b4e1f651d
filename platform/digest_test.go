package platform_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
)

// office is a person of the secretariat who has said nothing but where it is.
func (p *place) office(on *platform.Platform) cooperation.Actor {
	return account(p.t, on, "office", cooperation.Preferences{Zone: "UTC"}, cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
}

// submitted posts needs that wait for the secretariat.
func submitted(t *testing.T, on *platform.Platform, titles ...string) {
	t.Helper()
	for _, title := range titles {
		n, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, title), "")
		if err == nil {
			_, err = on.SubmitNeed(t.Context(), approver, n.ID, 0, cooperation.Clearance{Date: cooperation.DateOf(on.Now())}, true)
		}
		if err != nil {
			t.Fatal(explain(err))
		}
	}
}

func digests(t *testing.T, on *platform.Platform) int {
	t.Helper()
	n, err := on.Digest(t.Context(), "fctc")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// waiting are the digests of a person that are still to be sent.
func waiting(t *testing.T, on *platform.Platform, who cooperation.Actor) (out []*cooperation.Notification) {
	t.Helper()
	return slices.DeleteFunc(toldOf(t, on, who, "digest"), func(n *cooperation.Notification) bool { return n.Status != cooperation.Pending })
}

func TestADigestThatWasNotSentGoesIntoTheNextOne(t *testing.T) {
	place := newPlace(t) // at nine in the morning
	on := place.openTelling()
	office := place.office(on)
	for day := range 3 {
		submitted(t, on, fmt.Sprintf("Law %d", day))
		place.clock.advance(24 * time.Hour)
		if n := digests(t, on); n != 1 {
			t.Errorf("on day %d, %d digests", day, n)
		}
	}
	all := waiting(t, on, office)
	if len(all) != 1 || len(all[0].Gathered) != 3 || len(all[0].Items) != 3 {
		t.Fatalf("%d mails go out when the server is back", len(all))
	}
	for _, n := range toldOf(t, on, office, "need.submit") {
		if n.Digest != all[0].ID {
			t.Errorf("%s is in the digest %s", n.ID, n.Digest)
		}
	}
	if n := digests(t, on); n != 0 {
		t.Errorf("asked again on that day, %d digests", n)
	}
}

func TestADigestThatIsBeingSentIsLeftAloneAndTheRestWaitsForTheNextLook(t *testing.T) {
	place := newPlace(t)
	on := place.openTelling()
	office := place.office(on)
	submitted(t, on, "Law 1")
	place.clock.advance(24 * time.Hour)
	digests(t, on)
	submitted(t, on, "Law 2")
	place.clock.advance(24 * time.Hour)
	first := waiting(t, on, office)[0]
	if won, err := on.Store().Ephemeral().Claim(t.Context(), first.AttemptClaim(), []byte("a deliverer"), on.Now().Add(time.Minute), on.Now()); err != nil || !won {
		t.Fatal(won, err)
	}
	if n := digests(t, on); n != 0 || len(waiting(t, on, office)) != 1 {
		t.Errorf("while the first is being sent, %d digests", n)
	}
	if err := on.RecordDelivery(t.Context(), first.ID, 0, true, time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	place.clock.advance(10 * time.Minute)
	if n := digests(t, on); n != 1 || len(waiting(t, on, office)[0].Gathered) != 1 {
		t.Errorf("afterwards, %d digests", n)
	}
}

func TestADigestThatWaitsForDaysIsMadeAnewBeforeItIsTooOld(t *testing.T) {
	place := newPlace(t)
	on := place.openTelling()
	office := place.office(on)
	submitted(t, on, "Law 1", "Law 2")
	place.clock.advance(24 * time.Hour)
	digests(t, on)
	first := waiting(t, on, office)[0]
	for _, step := range []time.Duration{24 * time.Hour, 4*24*time.Hour - time.Minute} {
		place.clock.advance(step)
		if n := digests(t, on); n != 0 {
			t.Errorf("%d digests of nothing new", n)
		}
	}
	place.clock.advance(time.Minute)
	if n := digests(t, on); n != 1 {
		t.Errorf("after five days, %d digests", n)
	}
	all := waiting(t, on, office)
	if len(all) != 1 || all[0].ID == first.ID || !slices.Equal(all[0].Gathered, first.Gathered) {
		t.Fatalf("the mails that wait are %v", all)
	}
	for _, n := range toldOf(t, on, office, "need.submit") { // it is read in the application meanwhile
		if _, err := on.ReadNotification(t.Context(), office, n.ID); err != nil {
			t.Fatal(err)
		}
	}
	place.clock.advance(5 * 24 * time.Hour)
	digests(t, on)
	if all := waiting(t, on, office); len(all) != 0 {
		t.Errorf("of what was read, a mail goes out: %v", all)
	}
}

func TestWhatNobodyHasSentForADayComesWithTheDigest(t *testing.T) {
	place := newPlace(t)
	on := place.openTelling()
	office := account(t, on, "office", cooperation.Preferences{Mail: cooperation.Immediate, Zone: "UTC"}, cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
	submitted(t, on, "Law 1", "Law 2")
	place.clock.advance(24*time.Hour - time.Minute)
	digests(t, on)
	s, _ := on.State("fctc")
	if due := s.PendingNotifications(on.Now()); len(due) != 2 {
		t.Errorf("before, %d mails wait", len(due))
	}
	place.clock.advance(time.Minute) // an outage of the whole program looks the same
	digests(t, on)
	if due := s.PendingNotifications(on.Now()); len(due) != 0 {
		t.Errorf("after a day, %d mails go out by themselves", len(due))
	}
	place.clock.advance(24 * time.Hour)
	digests(t, on)
	if all := waiting(t, on, office); len(all) != 1 || len(all[0].Gathered) != 2 {
		t.Errorf("the digest is %v", all)
	}
}

func TestADigestHoldsWhatOneCommitHoldsAndTheRestComesOnOtherDays(t *testing.T) {
	place := newPlace(t)
	on := place.openTelling()
	office := place.office(on)
	titles := make([]string, 230)
	for i := range titles {
		titles[i] = fmt.Sprintf("Law %d", i)
	}
	submitted(t, on, titles...)
	for day, want := range []int{200, 30} {
		place.clock.advance(24 * time.Hour)
		digests(t, on)
		digests(t, on)
		all := waiting(t, on, office)
		if got := len(all[0].Gathered); len(all) != 1 || got != want {
			t.Errorf("on day %d, %d digests, the first of %d", day, len(all), got)
		}
		if err := on.RecordDelivery(t.Context(), all[0].ID, 0, true, time.Time{}, ""); err != nil {
			t.Fatal(err)
		}
	}
}
