package notify

import (
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/message"
)

// invited is somebody who waits, with the mail that carries the link.
func invited(b *outbox) *cooperation.Notification {
	b.users["ann"] = &cooperation.User{ID: "ann", Name: "Drafter", Mail: "drafter@mail.example", Language: "en", Invited: noon}
	n := &cooperation.Notification{Recipient: "ann", Reason: "account.invitation", Link: "linkid", Status: cooperation.Pending,
		Subject: message.New("notify.account.invitation.subject"),
		Lines:   []message.Message{message.New("notify.account.invitation.intro"), message.New("notify.account.once")}}
	n.ID, n.Version, n.Created = "invitation", 1, noon
	b.order, b.of = append(b.order, n.ID), map[string]*cooperation.Notification{n.ID: n}
	return n
}

func emptyOutbox() *outbox {
	o, u := oneMember()
	b := newOutbox(o, u)
	b.order = nil
	return b
}

func TestAnInvitationCarriesALinkThatIsWrittenWhenItIsSent(t *testing.T) {
	b, c := emptyOutbox(), &channel{}
	invited(b)
	d, log := newDeliverer(t, b, c)
	round(t, d)
	if len(c.sent) != 1 {
		t.Fatalf("%d mails were sent: %s", len(c.sent), log)
	}
	m := c.sent[0]
	want := "https://entente.example/link/linkid.secret"
	if !strings.Contains(m.PlainText, "\n"+want+"\n") || !strings.Contains(m.HTML, want) || !strings.HasPrefix(m.List, "accounts.") {
		t.Errorf("the mail does not carry %s: %s\n%s\n%s", want, m.PlainText, m.HTML, m.List)
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("the log tells the secret: %s", log)
	}
}

func TestAMailWithALinkIsNotSentWithoutIt(t *testing.T) {
	b, c := emptyOutbox(), &channel{}
	invited(b)
	d, _ := newDeliverer(t, b, c)
	d.PublicURL = ""
	round(t, d)
	if len(c.sent) != 0 || b.states()["ann"] != "failed internal" {
		t.Errorf("sent %d mails: %v", len(c.sent), b.states())
	}
}

func TestWhoHasNotAcceptedIsMailedNothingButTheInvitation(t *testing.T) {
	o, u := oneMember()
	u.Invited, u.Activated = noon, time.Time{}
	b, c := newOutbox(o), &channel{}
	b.users[u.ID] = u
	n := invited(b)
	other := *n
	other.ID, other.Recipient, other.Reason, other.Link, other.Convention = "other", u.ID, ReasonResponsible, "", o.Convention.ID
	b.order, b.of[other.ID] = []string{n.ID, other.ID}, &other
	d, _ := newDeliverer(t, b, c)
	round(t, d)
	if len(c.sent) != 1 || c.sent[0].To != "drafter@mail.example" {
		t.Errorf("sent %v", c.ids())
	}
}
