package notify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

func round(t *testing.T, d *Deliverer) {
	t.Helper()
	if err := d.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// oneMember is a run that is told to one person, and to nobody else.
func oneMember() (cooperation.Occasion, *cooperation.User) {
	o := aRun(pairing("a", "MZ", "CH", 90_000_000))
	o.Convention.Committees[0].Contact = ""
	return o, person("member-de", member("review", "DE"))
}

func TestABodyIsToldInOneConversationAndOnlyOnce(t *testing.T) {
	office := openPostOffice(t, "none")
	users := everybody()
	users[1].Language = "ar"
	b := newOutbox(aRun(many(7)...), users...)
	d, _ := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	round(t, d)
	var to []string
	for _, l := range office.got() {
		to = append(to, l.to)
		if l.GetHeader("Message-ID") == "" || l.Text == "" || !strings.Contains(l.HTML, "<html lang=") || !strings.Contains(l.Text, "Need p00") {
			t.Errorf("the mail to %s is incomplete:\n%s", l.to, l.Text)
		}
		if l.to == "member-de@mail.example" && (!strings.Contains(l.HTML, `dir="rtl"`) || !strings.Contains(l.GetHeader("Subject"), "مقترحات جديدة")) {
			t.Errorf("the mail is not in the reader's language: %s", l.GetHeader("Subject"))
		}
		if l.to == "review@mail.example" && !strings.Contains(l.Text, "Comité d’examen") {
			t.Errorf("the mail to the body is not in its language:\n%s", l.Text)
		}
	}
	slices.Sort(to)
	want := []string{"approver-mz@mail.example", "focal-mz@mail.example", "member-de@mail.example", "member-pe@mail.example",
		"provider-ch@mail.example", "review@mail.example", "secretary@mail.example"}
	if diff := cmp.Diff(want, to); diff != "" {
		t.Fatalf("mails (-wanted +got):\n%s", diff)
	}
	for recipient, state := range b.states() {
		if state != "delivered" {
			t.Errorf("%s: %s", recipient, state)
		}
	}
	b.pass(48 * time.Hour)
	recorded := b.recorded
	round(t, d)
	if n := len(office.got()); n != len(want) || b.recorded != recorded {
		t.Errorf("a second round sent %d mails and recorded %d outcomes", n-len(want), b.recorded-recorded)
	}
}

func TestAMailThatWasDeferredIsSentAfterThePause(t *testing.T) {
	office := openPostOffice(t, "none")
	office.answer(func(to string) error { return reply(451, "greylisted "+to) }, nil)
	o, u := oneMember()
	b := newOutbox(o, u)
	d, log := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	round(t, d)
	if state := b.states()["member-de"]; state != "pending deferred" {
		t.Fatalf("after the first attempt: %s", state)
	}
	office.answer(nil, nil)
	b.pass(59 * time.Second)
	round(t, d)
	if len(office.got()) != 0 {
		t.Fatal("the pause was not kept")
	}
	b.pass(time.Second)
	round(t, d)
	if state := b.states()["member-de"]; state != "delivered" || len(office.got()) != 1 {
		t.Errorf("after the pause: %s", state)
	}
	if strings.Contains(log.String(), "mail.example") || !strings.Contains(log.String(), "class=deferred") {
		t.Errorf("the log tells the address, or not what happened: %s", log)
	}
}

// lagging is an outbox that lists what was pending some time ago.
type lagging struct {
	*outbox
	then []*cooperation.Notification
}

func (l *lagging) Pending(time.Time) []*cooperation.Notification { return l.then }

func TestAMailThatAnotherProcessHasSentMeanwhileIsNotSentAgain(t *testing.T) {
	o, u := oneMember()
	b, c := newOutbox(o, u), &channel{}
	d, _ := newDeliverer(t, b, c)
	slow := *d
	slow.Outbox = &lagging{b, b.Pending(noon)} // its round began now and is held up by other mails
	round(t, d)
	b.pass(time.Hour) // no claim lasts so long
	round(t, &slow)
	if got := len(c.ids()); got != 1 {
		t.Errorf("%d mails, want 1", got)
	}
}

func TestAMailThatIsRefusedForGoodIsGivenUp(t *testing.T) {
	office := openPostOffice(t, "none")
	office.answer(func(string) error { return reply(550, "unknown") }, nil)
	o, u := oneMember()
	b := newOutbox(o, u)
	d, _ := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	round(t, d)
	b.pass(48 * time.Hour)
	office.answer(nil, nil)
	round(t, d)
	if state := b.states()["member-de"]; state != "failed refused" || len(office.got()) != 0 {
		t.Errorf("after the second round: %s, %d mails", state, len(office.got()))
	}
}

func TestAfterEightAttemptsAMailIsGivenUp(t *testing.T) {
	c := &channel{send: func(context.Context, Mail) (bool, error) { return true, &Failure{Network} }}
	o, u := oneMember()
	b := newOutbox(o, u)
	d, _ := newDeliverer(t, b, c)
	for range 20 {
		round(t, d)
		b.pass(8 * time.Hour)
	}
	ids := c.ids()
	if state := b.states()["member-de"]; len(ids) != 8 || state != "failed network" || len(slices.Compact(ids)) != 1 {
		t.Errorf("%d attempts under %v: %s", len(ids), ids, state)
	}
}

func TestWhatNeedNotBeSentIsRecordedAsFailed(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(b *outbox, u *cooperation.User)
		want   string
	}{
		{"the person has no address any more", func(_ *outbox, u *cooperation.User) { u.Mail = "" }, "failed no_address"},
		{"the account is gone", func(b *outbox, _ *cooperation.User) { clear(b.users) }, "failed no_address"},
		{"the account is disabled", func(_ *outbox, u *cooperation.User) { u.Disabled = true }, "failed no_address"},
		{"the person has left the body", func(_ *outbox, u *cooperation.User) { u.Grants[0].Committee = "victims" }, "failed not_entitled"},
		{"the message is late", func(b *outbox, _ *cooperation.User) { b.pass(24 * time.Hour) }, "pending"}, // it comes with the digest
		{"the message is not yet late", func(b *outbox, _ *cooperation.User) { b.pass(24*time.Hour - time.Second) }, "delivered"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o, u := oneMember()
			b, c := newOutbox(o, u), &channel{}
			tc.change(b, u)
			d, _ := newDeliverer(t, b, c)
			round(t, d)
			if state := b.states()["member-de"]; state != tc.want || len(c.ids()) > 0 != (tc.want == "delivered") {
				t.Errorf("%s, %d attempts to send", state, len(c.ids()))
			}
		})
	}
}

func TestWhatIsOlderThanAWeekIsNoLongerSentToABody(t *testing.T) {
	for age, want := range map[time.Duration]string{7 * 24 * time.Hour: "delivered", 7*24*time.Hour + time.Second: "failed stale"} {
		b, c := newOutbox(aRun(pairing("a", "MZ", "CH", 1))), &channel{}
		b.pass(age)
		d, _ := newDeliverer(t, b, c)
		round(t, d)
		if state := b.states()["committee:review"]; state != want {
			t.Errorf("after %s: %s", age, state)
		}
	}
}

func TestABodyThatGaveUpItsMailboxIsNotWrittenTo(t *testing.T) {
	b, c := newOutbox(aRun(pairing("a", "MZ", "CH", 1))), &channel{}
	clear(b.contacts)
	d, _ := newDeliverer(t, b, c)
	round(t, d)
	if state := b.states()["committee:review"]; state != "failed no_address" || len(c.ids()) != 0 {
		t.Errorf("%s, %d attempts to send", state, len(c.ids()))
	}
}

func TestEachReasonAsksForTheRoleForWhichOneWasTold(t *testing.T) {
	for _, tc := range []struct {
		reason string
		grant  cooperation.Grant
		want   bool
	}{
		{ReasonResponsible, member("review", "DE"), true},
		{ReasonResponsible, member("victims", "DE"), false},
		{ReasonResponsible, secretariat, false},
		{ReasonInformed, member("review", "DE"), true},
		{ReasonSecretariat, secretariat, true},
		{ReasonSecretariat, member("review", "DE"), false},
		{ReasonPosting, acting(cooperation.ProviderRole, "CH"), true},
		{ReasonPosting, acting(cooperation.ObserverRole, "CH"), false},
		{"need.submit", secretariat, true},
		{"introduction.interested", secretariat, true},
		{"introduction.interested", acting(cooperation.FocalPoint, "MZ"), true},
		{"introduction.interested", acting(cooperation.ObserverRole, "CH"), false},
		{"need.submit", acting(cooperation.FocalPoint, "MZ"), false},
		{"need.lapse", acting(cooperation.FocalPoint, "MZ"), true},
	} {
		n := &cooperation.Notification{Meta: cooperation.Meta{Convention: "pilot"}, Reason: tc.reason, Committee: "review"}
		if got := entitled(person("u", tc.grant), n); got != tc.want {
			t.Errorf("%s with %+v: %v", tc.reason, tc.grant, got)
		}
	}
}

func TestAMailThatWasAcceptedButNotRecordedIsSentAgainUnderTheSameID(t *testing.T) {
	office := openPostOffice(t, "none")
	o, u := oneMember()
	b := newOutbox(o, u)
	d, _ := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	b.broken = 1
	if err := d.Round(t.Context()); err == nil {
		t.Fatal("the record failed and the round says nothing")
	}
	round(t, d)
	if n := len(office.got()); n != 1 {
		t.Fatalf("%d mails while the first attempt may still be recorded", n)
	}
	b.pass(5 * time.Minute)
	round(t, d)
	round(t, d)
	letters := office.got()
	if len(letters) != 2 || letters[0].GetHeader("Message-ID") != letters[1].GetHeader("Message-ID") || b.states()["member-de"] != "delivered" {
		t.Errorf("%d mails; %v", len(letters), b.states())
	}
}

func TestTwoProcessesSendEachMailOnce(t *testing.T) {
	b, c := newOutbox(aRun(many(3)...), everybody()...), &channel{}
	first, _ := newDeliverer(t, b, c)
	second := NewDeliverer(first.DelivererOptions)
	var both sync.WaitGroup
	for _, d := range []*Deliverer{first, second, first, second} {
		both.Go(func() {
			if err := d.Round(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if ids := c.ids(); len(ids) != 7 || len(slices.Compact(ids)) != 7 {
		t.Errorf("%d mails were sent", len(ids))
	}
}

func TestAReplicaThatHasNotReadTheRecordDoesNotSendAgain(t *testing.T) {
	o, u := oneMember()
	b, c := newOutbox(o, u), &channel{}
	d, _ := newDeliverer(t, b, c)
	old := b.Pending(noon)[0]
	round(t, d)
	if err := d.attempt(t.Context(), old); err != nil || len(c.ids()) != 1 {
		t.Errorf("%d mails, %v", len(c.ids()), err)
	}
}

func TestStoppingLeavesTheRestForLater(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := &channel{send: func(ctx context.Context, _ Mail) (bool, error) {
		cancel()
		<-ctx.Done()
		return true, &Failure{Network}
	}}
	b := newOutbox(aRun(many(3)...), everybody()...)
	d, _ := newDeliverer(t, b, c)
	if err := d.Round(ctx); err != nil {
		t.Fatal(err)
	}
	for recipient, state := range b.states() {
		if state != "pending" {
			t.Errorf("%s: %s", recipient, state)
		}
	}
	if len(c.ids()) > workers {
		t.Errorf("%d mails were begun", len(c.ids()))
	}
}

func TestWhatWasAcceptedIsRecordedAlsoWhenStopping(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := &channel{send: func(context.Context, Mail) (bool, error) {
		cancel()
		return false, nil
	}}
	o, u := oneMember()
	b := newOutbox(o, u)
	d, _ := newDeliverer(t, b, c)
	if err := d.Round(ctx); err != nil || b.states()["member-de"] != "delivered" {
		t.Errorf("%v, %v", b.states(), err)
	}
}

func TestOneMailThatPanicsDoesNotKeepTheOthers(t *testing.T) {
	c := &channel{send: func(_ context.Context, m Mail) (bool, error) {
		if m.To == "member-de@mail.example" {
			panic("broken")
		}
		return false, nil
	}}
	b := newOutbox(aRun(many(3)...), everybody()...)
	d, _ := newDeliverer(t, b, c)
	if err := d.Round(t.Context()); err == nil {
		t.Error("the round says nothing of the panic")
	}
	delivered := 0
	for _, state := range b.states() {
		if state == "delivered" {
			delivered++
		}
	}
	if delivered != 6 {
		t.Errorf("%d mails were delivered", delivered)
	}
}

func TestAStoreThatCannotBeReachedIsAnErrorOfTheRound(t *testing.T) {
	o, u := oneMember()
	b, c := newOutbox(o, u), &channel{}
	d, _ := newDeliverer(t, b, c)
	d.Claims.(*claims).broken = true
	if err := d.Round(t.Context()); err == nil || len(c.ids()) != 0 {
		t.Errorf("%v, %d mails without a claim", err, len(c.ids()))
	}
}

func TestAnAttemptIsBoundedAndAtMostFourRunAtOnce(t *testing.T) {
	texts := i18ntest.Strict(t)
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		running, most := 0, 0
		c := &channel{send: func(ctx context.Context, _ Mail) (bool, error) {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			<-ctx.Done()
			mu.Lock()
			running--
			mu.Unlock()
			if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				t.Error("the attempt ended for another reason")
			}
			return true, &Failure{Timeout}
		}}
		b := newOutbox(aRun(many(3)...), everybody()...)
		d := NewDeliverer(DelivererOptions{Outbox: b, Claims: &claims{}, Channel: c, Texts: texts, Holder: "test"})
		began := time.Now()
		if err := d.Round(t.Context()); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != 2*time.Minute || most != workers {
			t.Errorf("seven mails took %v, %d at once", took, most)
		}
		for recipient, state := range b.states() {
			if state != "pending timeout" {
				t.Errorf("%s: %s", recipient, state)
			}
		}
	})
}
