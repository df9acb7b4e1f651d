package notify

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// ofReason are the messages of a reason by their recipients.
func ofReason(all []*cooperation.Notification, reason string) map[string]*cooperation.Notification {
	out := map[string]*cooperation.Notification{}
	for _, n := range all {
		if n.Reason == reason {
			out[n.Recipient] = n
		}
	}
	return out
}

func TestAMailHasOneClickToEndItsSortUnlessSomethingIsAsked(t *testing.T) {
	office := openPostOffice(t, "none")
	o, u := oneMember()
	b := newOutbox(o, u)
	asked := cooperation.Notification{Meta: cooperation.Meta{ID: "asked", Convention: "pilot", Created: noon}, Recipient: "secretary", Reason: "need.submit", Status: cooperation.Pending}
	asked.Subject = b.of[b.order[0]].Subject
	b.order, b.of["asked"], b.users["secretary"] = append(b.order, "asked"), &asked, person("secretary", secretariat)
	d, _ := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	round(t, d)
	got := map[string][2]string{}
	for _, l := range office.got() {
		got[l.to] = [2]string{l.GetHeader("List-Unsubscribe"), l.GetHeader("List-Unsubscribe-Post")}
		if stops := strings.Contains(l.Text, "https://entente.example/unsubscribe/"); stops != (l.to == u.Mail) || stops != strings.Contains(l.HTML, "/unsubscribe/") {
			t.Errorf("the mail to %s says how to end it: %v", l.to, stops)
		}
	}
	want := map[string][2]string{"secretary@mail.example": {},
		u.Mail: {"<https://entente.example/unsubscribe/member-de.proposals.mark>", "List-Unsubscribe=One-Click"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headers (-wanted +got):\n%s", diff)
	}
}

func TestWhileMailIsPausedNothingIsSentAndNothingIsLost(t *testing.T) {
	office := openPostOffice(t, "none")
	o, u := oneMember()
	b := newOutbox(o, u)
	b.paused = true
	d, _ := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	round(t, d)
	if len(office.got()) != 0 || b.states()[u.ID] != "pending" || b.recorded != 0 {
		t.Fatalf("during the pause: %d mails, %v", len(office.got()), b.states())
	}
	b.paused = false
	round(t, d)
	if len(office.got()) != 1 || b.states()[u.ID] != "delivered" {
		t.Errorf("after the pause: %d mails, %v", len(office.got()), b.states())
	}
}

func TestAnAddressThatRefusesIsToldApartFromAServerThatDoes(t *testing.T) {
	for status, bounces := range map[smtp.EnhancedCode]bool{{5, 1, 1}: true, smtp.NoEnhancedCode: true, {5, 2, 1}: true, {5, 1, 10}: true,
		{5, 7, 1}: false, {5, 2, 2}: false, {5, 1, 8}: false, {5, 0, 0}: false} {
		office := openPostOffice(t, "none")
		office.answer(func(string) error { return &smtp.SMTPError{Code: 550, EnhancedCode: status, Message: "no"} }, nil)
		o, u := oneMember()
		b := newOutbox(o, u)
		d, log := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
		round(t, d)
		want := "failed refused"
		if bounces {
			want = "failed bounced"
		}
		if got := b.states()[u.ID]; got != want || slices.Contains(b.bounced, u.Mail) != bounces {
			t.Errorf("%v: %s, paused %v", status, got, b.bounced)
		}
		if strings.Contains(log.String(), u.Mail) {
			t.Errorf("the log tells the address: %s", log)
		}
	}
}

func TestWhoWantsNoMailsAnyMoreGetsNotEvenThoseThatWait(t *testing.T) {
	office := openPostOffice(t, "none")
	o, u := oneMember()
	b := newOutbox(o, u)
	u.Preferences = &cooperation.Preferences{Mail: cooperation.Never}
	d, _ := newDeliverer(t, b, newSMTP(t, SMTPOptions{Address: office.address}))
	round(t, d)
	if len(office.got()) != 0 || b.states()[u.ID] != "failed unsubscribed" {
		t.Errorf("%d mails, %v", len(office.got()), b.states())
	}
}

func TestADigestHoldsWhatHasWaitedAndWhatThePersonMayStillKnow(t *testing.T) {
	u := person("focal-mz", acting(cooperation.FocalPoint, "MZ"))
	u.Preferences = &cooperation.Preferences{Mail: cooperation.Daily}
	told := ofReason(NewTeller().Tell(aRun(many(3)...), []*cooperation.User{u}, noon), ReasonPosting)[u.ID]
	if told == nil || told.Status != cooperation.Held {
		t.Fatalf("who wants digests is told %+v", told)
	}
	foreign := *told
	foreign.ID, foreign.Reason, foreign.Committee = "foreign", ReasonResponsible, "review"
	o := cooperation.Occasion{Reason: ReasonDigest, Convention: pilot(), Held: []*cooperation.Notification{told, &foreign}}
	all := NewTeller().Tell(o, []*cooperation.User{u}, noon.Add(20*time.Hour))
	if len(all) != 1 || all[0].Status != cooperation.Pending || len(all[0].Items) != 1 || all[0].Read.IsZero() {
		t.Fatalf("the digest is %+v", all)
	}
	if again := NewTeller().Tell(o, []*cooperation.User{u}, noon.Add(40*time.Hour)); again[0].ID != all[0].ID {
		t.Error("the same digest decided again is another one")
	}
	m, err := Render(all[0], Recipient{Mail: u.Mail, Language: "fr"}, i18ntest.Strict(t), words{}, "")
	if err != nil || !strings.Contains(m.PlainText, "Offer p00") || !strings.Contains(m.PlainText, "confidentiel") {
		t.Errorf("the digest reads (%v):\n%s", err, m.PlainText)
	}
	o.Held = []*cooperation.Notification{&foreign}
	if all := NewTeller().Tell(o, []*cooperation.User{u}, noon); len(all) != 0 {
		t.Errorf("of nothing that the person may know, there is a digest: %+v", all)
	}
}

func TestSubscribersAreToldOnceOfWhatTheyMaySee(t *testing.T) {
	p := pairing("a", "MZ", "CH", 1)
	open, draft := *p.Need, *p.Need
	open.Status, open.Admitted = cooperation.NeedOpen, noon
	draft.ID, draft.Status = "draft", cooperation.NeedDraft
	offer := *p.Offer
	offer.Status, offer.Admitted = cooperation.OfferOpen, noon
	wish := func(owner string, kinds ...string) *cooperation.Subscription {
		return &cooperation.Subscription{Owner: owner, SubscriptionContent: cooperation.SubscriptionContent{Kinds: kinds}}
	}
	o := cooperation.Occasion{Reason: ReasonSubscription, Convention: pilot(), Actor: cooperation.Actor{ID: "secretary"},
		Needs: []*cooperation.Need{&open, &draft}, Offers: []*cooperation.Offer{&offer},
		Wishes: []*cooperation.Subscription{wish("observer", "need"), wish("focal-ke"), wish("focal-ke", "offer"), wish("secretary"), wish("gone")}}
	told := NewTeller().Tell(o, everybody(), noon)
	got := map[string][]string{}
	for _, n := range told {
		got[n.Recipient] = n.Documents
	}
	want := map[string][]string{"observer": {"need/" + open.ID}, "focal-ke": {"need/" + open.ID, "offer/" + offer.ID}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("told (-wanted +got):\n%s", diff)
	}
}

func TestTheSecretariatIsToldOfAnAddressThatRefusesWithoutTheAddress(t *testing.T) {
	u := person("focal-mz", acting(cooperation.FocalPoint, "MZ"))
	u.Bounce = &cooperation.Bounce{Address: u.Mail, Since: noon}
	all := NewTeller().Tell(cooperation.Occasion{Reason: ReasonBounced, Convention: pilot(), Person: u}, append(everybody(), u), noon)
	if len(all) != 1 || all[0].Recipient != "secretary" || all[0].Status != cooperation.InApp {
		t.Fatalf("told are %+v", all)
	}
	m, err := Render(all[0], Recipient{Language: "en"}, i18ntest.Strict(t), words{}, "")
	if err != nil || !strings.Contains(m.PlainText, "Mozambique") || strings.Contains(m.PlainText, u.Mail) {
		t.Errorf("it reads (%v):\n%s", err, m.PlainText)
	}
}
