package platform_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

// withAccounts makes accounts for the people of these tests, whose rights
// decide what is announced to them.
func withAccounts(t *testing.T, on *platform.Platform, people ...cooperation.Actor) {
	t.Helper()
	for _, a := range people {
		if _, err := on.CreateUser(t.Context(), system, cooperation.User{ID: a.ID, Name: a.ID, Language: "en", Grants: a.Grants}); err != nil {
			t.Fatal(explain(err))
		}
	}
}

func hook(t *testing.T, on *platform.Platform, owner cooperation.Actor, events ...string) *cooperation.Webhook {
	t.Helper()
	w, err := on.CreateWebhook(t.Context(), owner, "fctc", cooperation.WebhookContent{URL: "https://hooks.example.org/" + owner.ID, Events: events}, "")
	if err != nil {
		t.Fatal(explain(err))
	}
	return w
}

func announce(t *testing.T, on *platform.Platform) int {
	t.Helper()
	n, err := on.Announce(t.Context(), "fctc")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// eventsTo are the types of the events to a webhook, the latest first.
func eventsTo(t *testing.T, on *platform.Platform, w *cooperation.Webhook) []string {
	t.Helper()
	s, _ := on.State("fctc")
	page, err := s.DeliveriesTo(w.ID, catalogue.DeliveryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range page.Items {
		out = append(out, d.Event)
	}
	return out
}

func TestWhatHappensIsAnnouncedOnceToThoseWhoMaySeeItAndWantToKnow(t *testing.T) {
	place := newPlace(t)
	one, other := place.open(), place.open()
	neighbour := actor("neighbour", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "NA"})
	withAccounts(t, one, focal, neighbour, secretary)
	openNeed(t, one, "Before there was a webhook")
	own, foreign, wide := hook(t, one, focal, "need.*"), hook(t, one, neighbour, "*"), hook(t, one, secretary, "need.opened", "run.done")

	openNeed(t, one, "Announced")
	openOffer(t, one, "Announced too")
	run(t, one)
	s, _ := one.State("fctc")
	await(t, other, s.Position())
	made := announce(t, one) + announce(t, other) + announce(t, one)
	for w, want := range map[*cooperation.Webhook][]string{
		own:     {"need.opened", "need.submitted"},
		foreign: {"offer.opened", "need.opened"},
		wide:    {"run.done", "need.opened"},
	} {
		got := eventsTo(t, one, w)
		if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s was told of %v and not of %v", w.Owner, got, want)
		}
	}
	if made != 6 {
		t.Errorf("%d events were announced", made)
	}
	again := place.open() // a process that knows nothing of what others have looked at
	if n := announce(t, again); n != 0 {
		t.Errorf("after a start, %d events were announced again", n)
	}
	place.verify()
}

func TestTheAnnouncerGoesOnWhereItWasCutOff(t *testing.T) {
	place := newPlace(t)
	one := place.open()
	withAccounts(t, one, secretary)
	w := hook(t, one, secretary, "*")
	openNeed(t, one, "First")
	announce(t, one)
	openNeed(t, one, "Second")
	s, _ := one.State("fctc")
	position := s.Position()
	after := place.open() // the first was killed before it looked
	await(t, after, position)
	if n := announce(t, after); n != 2 || len(eventsTo(t, after, w)) != 4 {
		t.Errorf("%d events were announced, %v in all", n, eventsTo(t, after, w))
	}
}

func TestAPausedWebhookIsToldOfNothingAndGoesOnFromItsResumption(t *testing.T) {
	on := newPlace(t).open()
	withAccounts(t, on, secretary)
	w := hook(t, on, secretary, "need.opened")
	if _, err := on.PauseWebhook(t.Context(), secretary, w.ID, 0); err != nil {
		t.Fatal(err)
	}
	openNeed(t, on, "During the pause")
	if n := announce(t, on); n != 0 {
		t.Errorf("%d events were announced during the pause", n)
	}
	if _, err := on.ResumeWebhook(t.Context(), secretary, w.ID, 0); err != nil {
		t.Fatal(err)
	}
	announce(t, on)
	openNeed(t, on, "After the pause")
	if n := announce(t, on); n != 1 || len(eventsTo(t, on, w)) != 1 {
		t.Errorf("%d events were announced, %v in all", n, eventsTo(t, on, w))
	}
}

func TestASecretIsDerivedRotatedAndSignsForADayMore(t *testing.T) {
	place := newPlace(t)
	on := place.open()
	withAccounts(t, on, secretary)
	w := hook(t, on, secretary, "*")
	first := on.WebhookSecret(w)
	if other := hook(t, on, secretary, "*"); bytes.Equal(on.WebhookSecret(other), first) {
		t.Error("two webhooks have the same secret")
	}
	w, err := on.RotateWebhook(t.Context(), secretary, w.ID, platform.Match(w.Version))
	if err != nil {
		t.Fatal(err)
	}
	second := on.WebhookSecret(w)
	if bytes.Equal(first, second) {
		t.Fatal("the rotation gave the same secret")
	}
	if both := on.WebhookSecrets(w, place.clock.Now()); len(both) != 2 || !bytes.Equal(both[0], second) || !bytes.Equal(both[1], first) {
		t.Error("after the rotation, not both secrets sign, the new one first")
	}
	if late := on.WebhookSecrets(w, place.clock.Now().Add(cooperation.SecretOverlap)); len(late) != 1 || !bytes.Equal(late[0], second) {
		t.Error("after a day, the old secret still signs")
	}
	if _, err := on.RotateWebhook(t.Context(), secretary, w.ID, 1); err == nil {
		t.Error("a rotation on an old version is not refused")
	}
}

func TestAWebhookThatFailsForDaysIsPausedAndItsOwnerIsTold(t *testing.T) {
	place := newPlace(t)
	on := place.open()
	withAccounts(t, on, secretary)
	w := hook(t, on, secretary, "need.opened")
	fail := func(gone bool) {
		t.Helper()
		openNeed(t, on, "Another "+place.clock.Now().String())
		announce(t, on)
		s, _ := on.State("fctc")
		for _, d := range s.DueDeliveries(place.clock.Now()) {
			if err := on.RecordAnswer(t.Context(), "fctc", d.ID, d.Attempts, platform.Answer{Gone: gone, Status: 500, Class: "unavailable"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	status := func() (cooperation.WebhookStatus, string) {
		now, err := on.Webhook(secretary, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		return now.Status, now.Cause
	}
	told := func() int {
		s, _ := on.State("fctc")
		page, err := s.NotificationsOf("secretary", catalogue.NotificationQuery{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, m := range page.Items {
			if m.Reason == "webhook.paused" {
				n++
			}
		}
		return n
	}
	fail(false)
	place.clock.advance(cooperation.WebhookPatience - time.Second)
	fail(false)
	if s, _ := status(); s != cooperation.WebhookActive || told() != 0 {
		t.Fatalf("before its time, the webhook is %s and its owner was told %d times", s, told())
	}
	place.clock.advance(2 * time.Second)
	fail(false)
	if s, cause := status(); s != cooperation.WebhookPaused || cause != cooperation.PausedFailing || told() != 1 {
		t.Errorf("the webhook is %s (%s), its owner was told %d times", s, cause, told())
	}
	if _, err := on.ResumeWebhook(t.Context(), secretary, w.ID, 0); err != nil {
		t.Fatal(err)
	}
	fail(true)
	if s, cause := status(); s != cooperation.WebhookPaused || cause != cooperation.PausedGone {
		t.Errorf("after 410, the webhook is %s (%s)", s, cause)
	}
}

func TestADeliveryIsRecordedOnceAndSentAgainOnRequest(t *testing.T) {
	place := newPlace(t)
	on := place.open()
	withAccounts(t, on, secretary, provider)
	w := hook(t, on, secretary, "*")
	d, err := on.TestWebhook(t.Context(), secretary, w.ID, "key")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := on.TestWebhook(t.Context(), secretary, w.ID, "key"); err != nil || again.ID != d.ID {
		t.Errorf("the same key made another test: %v", err)
	}
	for range 2 { // two replicas, or one that was killed: only the attempt that is due counts
		if err := on.RecordAnswer(t.Context(), "fctc", d.ID, 0, platform.Answer{Delivered: true, Status: 204}); err != nil {
			t.Fatal(err)
		}
	}
	s, _ := on.State("fctc")
	if now, _ := s.Delivery(d.ID); now.Attempts != 1 || now.Status != cooperation.Delivered {
		t.Errorf("the delivery is %+v", now)
	}
	if _, err := on.Redeliver(t.Context(), provider, w.ID, d.ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("somebody else's delivery is sent again: %v", err)
	}
	if _, err := on.Redeliver(t.Context(), secretary, w.ID, d.ID); err != nil {
		t.Fatal(err)
	}
	_, err = on.Redeliver(t.Context(), secretary, w.ID, d.ID)
	wantCode(t, err, cooperation.State, "error.state.refused")
	if due := s.DueDeliveries(place.clock.Now()); len(due) != 1 || due[0].ID != d.ID || due[0].Begun != 1 {
		t.Errorf("what waits is %+v", due)
	}
	if err := on.RemoveWebhook(t.Context(), secretary, w.ID, 0); err != nil {
		t.Fatal(err)
	}
	if due := s.DueDeliveries(place.clock.Now()); len(due) != 0 {
		t.Errorf("to a deleted webhook, %d deliveries are due", len(due))
	}
	if _, err := on.Webhook(secretary, w.ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("a deleted webhook is there: %v", err)
	}
}

func TestAnOwnerHasNoMoreWebhooksThanAllowed(t *testing.T) {
	on := newPlace(t).open()
	withAccounts(t, on, secretary)
	for range cooperation.WebhooksPerOwner {
		hook(t, on, secretary, "*")
	}
	_, err := on.CreateWebhook(t.Context(), secretary, "fctc", cooperation.WebhookContent{URL: "https://hooks.example.org/", Events: []string{"*"}}, "")
	wantCode(t, err, cooperation.TooLarge, "error.too_large.webhooks")
}

// What is said before the members is announced to them and to the secretariat;
// the sides are told of the steps, and others of nothing.
func TestAReviewIsAnnouncedToThoseWhoMaySeeWhatHappened(t *testing.T) {
	place := reviewed(t)
	bench(t, place)
	on := place.open()
	member, neighbour := sits("SE"), actor("neighbour", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "NA"})
	withAccounts(t, on, focal, member, secretary, neighbour)
	q := looked(t, place, on)
	all := []*cooperation.Webhook{hook(t, on, focal, "review.*"), hook(t, on, member, "review.*"), hook(t, on, secretary, "review.*", "duplicate.decided"), hook(t, on, neighbour, "*")}
	v := open(t, on, q.ID)
	if _, err := on.CommentReview(t.Context(), member, v.ID, 0, "Good."); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.NoteReview(t.Context(), member, v.ID, 0, cooperation.Note{Text: "Well."}); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.ObjectToReview(t.Context(), member, v.ID, 0, "Who pays?"); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.WithdrawObjection(t.Context(), member, v.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	n := openNeed(t, on, "Smoke-free law, again")
	if _, err := on.DecideDuplicate(t.Context(), focal, q.Need, n.ID, cooperation.CoordinatedRequest, ""); err != nil {
		t.Fatal(explain(err))
	}
	place.clock.advance(30 * 24 * time.Hour)
	tick(t, on)
	announce(t, on)
	steps := []string{"review.endorsed", "review.resumed", "review.objected", "review.opened"}
	said := []string{"review.endorsed", "review.resumed", "review.objected", "review.commented", "review.opened"}
	for i, want := range [][]string{steps, said, {"review.endorsed", "duplicate.decided", "review.resumed", "review.objected", "review.commented", "review.opened"}} {
		if got := eventsTo(t, on, all[i]); !slices.Equal(got, want) {
			t.Errorf("%s was told of %v and not of %v", all[i].Owner, got, want)
		}
	}
	for _, e := range eventsTo(t, on, all[3]) {
		if strings.HasPrefix(e, "review.") {
			t.Errorf("a neighbour was told of %s", e)
		}
	}
}

// What the sides of an introduction say is announced to them and to whoever
// facilitates, and to no member.
func TestAnIntroductionIsAnnouncedToItsSides(t *testing.T) {
	place := reviewed(t)
	bench(t, place)
	on := place.open()
	member := sits("SE")
	withAccounts(t, on, focal, member, secretary)
	q := looked(t, place, on)
	all := []*cooperation.Webhook{hook(t, on, focal, "introduction.*"), hook(t, on, secretary, "introduction.*"), hook(t, on, member, "introduction.*")}
	later := func() { place.clock.advance(time.Minute) }
	x, err := on.ExpressInterest(t.Context(), provider, q.ID, 0)
	if err != nil {
		t.Fatal(explain(err))
	}
	steps := []func() error{
		func() error {
			_, err := on.AskIntroduction(t.Context(), focal, x.Introduction, 0, "When?")
			return err
		},
		func() error {
			_, err := on.AnswerIntroduction(t.Context(), provider, x.Introduction, 0, 1, "In May.")
			return err
		},
		func() error {
			_, err := on.ReplyIntroduction(t.Context(), focal, x.Introduction, 0, cooperation.ReplyContent{Reply: cooperation.ReplyInterested})
			return err
		},
		func() error {
			_, err := on.EndIntroduction(t.Context(), secretary, x.Introduction, 0, cooperation.ReasonNoAnswer, "")
			return err
		},
	}
	for _, step := range steps {
		later()
		if err := step(); err != nil {
			t.Fatal(explain(err))
		}
	}
	announce(t, on)
	want := []string{"introduction.ended", "introduction.interested", "introduction.answer", "introduction.question", "introduction.asked"}
	for i, want := range [][]string{want, want, nil} {
		if got := eventsTo(t, on, all[i]); !slices.Equal(got, want) {
			t.Errorf("%s was told of %v and not of %v", all[i].Owner, got, want)
		}
	}
}

// An endorsement that follows an introduction is news of the review, and none of
// the proposal, which stands where it stood.
func TestAnIntroductionIsAnnouncedOnce(t *testing.T) {
	place := reviewed(t)
	bench(t, place)
	on := place.open()
	withAccounts(t, on, secretary)
	q := looked(t, place, on)
	w := hook(t, on, secretary, "proposal.*", "review.endorsed")
	open(t, on, q.ID)
	if _, err := on.ExpressInterest(t.Context(), provider, q.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	place.clock.advance(30 * 24 * time.Hour)
	tick(t, on)
	if _, err := on.ExpressInterest(t.Context(), focal, q.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	announce(t, on)
	got := eventsTo(t, on, w)
	slices.Sort(got)
	if want := []string{"proposal.in_review", "proposal.in_talks", "proposal.introduced", "review.endorsed"}; !slices.Equal(got, want) {
		t.Errorf("it was told of %v and not of %v", got, want)
	}
}
