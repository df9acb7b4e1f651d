package platform_test

import (
	"encoding/base64"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
)

// person makes an account with a mail address.
func person(t *testing.T, on *platform.Platform, name string, grants ...cooperation.Grant) *cooperation.User {
	t.Helper()
	u, err := on.CreateUser(t.Context(), system, cooperation.User{Name: name, Mail: strings.ToLower(name) + "@example.org", Language: "en", Grants: grants})
	if err != nil {
		t.Fatal(explain(err))
	}
	return u
}

func issue(t *testing.T, on *platform.Platform, purpose cooperation.LinkPurpose, user string) string {
	t.Helper()
	id, err := on.IssueLink(t.Context(), purpose, user, time.Hour)
	if err != nil {
		t.Fatal(explain(err))
	}
	return on.LinkSecret(id)
}

func TestALinkIsLookedAtOftenAndUsedOnceByWhomeverIsFirst(t *testing.T) {
	p := newPlace(t)
	one, two := p.open(), p.open()
	u := person(t, one, "Ann")
	secret := issue(t, one, cooperation.LinkReset, u.ID)
	eventually(t, func() bool { _, ok := two.Link(t.Context(), secret); return ok })
	for range 3 {
		if l, ok := one.Link(t.Context(), secret); !ok || l.User != u.ID || l.Purpose != cooperation.LinkReset {
			t.Fatalf("the link shows %+v, %t", l, ok)
		}
	}
	var used atomic.Int32
	var all sync.WaitGroup
	for i := range 8 {
		on := []*platform.Platform{one, two}[i%2]
		all.Go(func() {
			if _, ok, err := on.ConsumeLink(t.Context(), secret); err != nil {
				t.Error(err)
			} else if ok {
				used.Add(1)
			}
		})
	}
	all.Wait()
	if used.Load() != 1 {
		t.Errorf("the link was used %d times", used.Load())
	}
	if _, ok := one.Link(t.Context(), secret); ok {
		t.Error("a used link opens")
	}
}

func TestALinkThatIsNotOursOrOverOpensNothing(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	u := person(t, on, "Ann")
	secret := issue(t, on, cooperation.LinkReset, u.ID)
	id, mark, _ := strings.Cut(secret, ".")
	other := issue(t, on, cooperation.LinkReset, u.ID)
	_, otherMark, _ := strings.Cut(other, ".")
	for name, s := range map[string]string{
		"nothing": "", "no mark": id, "an empty mark": id + ".", "the mark of another": id + "." + otherMark, "a longer one": secret + "x",
		"zeros": id + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 32)), "another id": cooperation.NewID() + "." + mark,
	} {
		if _, ok := on.Link(t.Context(), s); ok {
			t.Errorf("%s opens", name)
		}
		if _, ok, err := on.ConsumeLink(t.Context(), s); ok || err != nil {
			t.Errorf("%s is used: %t, %v", name, ok, err)
		}
	}
	p.clock.advance(2 * time.Hour)
	if _, ok := on.Link(t.Context(), secret); ok {
		t.Error("an expired link opens")
	}
}

func TestAChangeOfCredentialsKillsTheLinksOfBefore(t *testing.T) {
	on := newPlace(t).open()
	u := person(t, on, "Ann")
	first, second := issue(t, on, cooperation.LinkReset, u.ID), issue(t, on, cooperation.LinkSignIn, u.ID)
	setPassword(t, on, u.ID, "hash")
	for _, s := range []string{first, second} {
		if _, ok := on.Link(t.Context(), s); ok {
			t.Error("a link of before opens")
		}
		if _, ok, err := on.ConsumeLink(t.Context(), s); ok || err != nil {
			t.Errorf("a link of before is used: %v", err)
		}
	}
	if _, ok := on.Link(t.Context(), issue(t, on, cooperation.LinkReset, u.ID)); !ok {
		t.Error("a link of after does not open")
	}
}

func TestTheFirstAdministratorsLinkDiesWithTheFirstAccount(t *testing.T) {
	on := newPlace(t).open()
	secret := issue(t, on, cooperation.LinkFirstAdministrator, "")
	if l, ok := on.Link(t.Context(), secret); !ok || l.User != "" {
		t.Errorf("it shows %+v, %t", l, ok)
	}
	person(t, on, "Ann", cooperation.Grant{Role: cooperation.Administrator})
	if _, ok, err := on.ConsumeLink(t.Context(), secret); ok || err != nil {
		t.Errorf("it makes a second first administrator: %v", err)
	}
}

func TestNoSecretOfALinkIsInTheDatabase(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	secret := issue(t, on, cooperation.LinkReset, person(t, on, "Ann").ID)
	_, mark, _ := strings.Cut(secret, ".")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(strings.TrimPrefix(p.uri, "sqlite://") + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), mark) {
			t.Errorf("the file %s holds it", suffix)
		}
	}
}

// eventually waits until a replica has read what another wrote.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !is() {
		select {
		case <-deadline:
			t.Fatal("it did not come to that")
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func TestTheSecretariatHasALinkSentThatItNeverSees(t *testing.T) {
	on := newPlace(t).open()
	kenya := person(t, on, "Kenya", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "KE"})
	actor := func(name string, g ...cooperation.Grant) cooperation.Actor {
		return cooperation.ActorOf(person(t, on, name, g...), false)
	}
	secretary := actor("Secretary", cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
	if err := on.SendLink(t.Context(), secretary, cooperation.LinkReset, kenya.ID, time.Hour); err != nil {
		t.Fatal(explain(err))
	}
	mails := on.PendingAccountMails(time.Now().Add(time.Hour))
	if len(mails) != 1 || mails[0].Recipient != kenya.ID || mails[0].Lines[0].Key != "notify.account.reset.sent" || mails[0].Link == "" {
		t.Fatalf("sent is %+v", mails)
	}
	if _, ok := on.Link(t.Context(), on.LinkSecret(mails[0].Link)); !ok {
		t.Error("the link opens nothing")
	}
	readOnly := secretary
	readOnly.ReadOnly = true
	waiting, err := on.Invite(t.Context(), secretary, cooperation.Person{Name: "Fiji", Mail: "fiji@example.org", Language: "en"}, []cooperation.Grant{{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "FJ"}})
	if err != nil {
		t.Fatal(explain(err))
	}
	for _, tc := range []struct {
		what  string
		actor cooperation.Actor
		whom  string
		code  cooperation.Code
	}{
		{"the secretariat of another convention", actor("Other", cooperation.Grant{Convention: "cms", Role: cooperation.Secretariat}), kenya.ID, cooperation.NotFound},
		{"a colleague", actor("Colleague", cooperation.Grant{Convention: "fctc", Role: cooperation.Approver, Participant: "KE"}), kenya.ID, cooperation.Forbidden},
		{"one who may only read", readOnly, kenya.ID, cooperation.Forbidden},
		{"the secretariat, to somebody who has not accepted", secretary, waiting.ID, cooperation.Forbidden},
		{"the public", cooperation.Actor{}, kenya.ID, cooperation.NotFound},
		{"the secretariat, to nobody", secretary, "none", cooperation.NotFound},
	} {
		if err := on.SendLink(t.Context(), tc.actor, cooperation.LinkSignIn, tc.whom, time.Hour); cooperation.CodeOf(err) != tc.code {
			t.Errorf("%s: %v", tc.what, err)
		}
	}
}
