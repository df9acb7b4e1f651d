package access_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/access"
	"entente/cooperation"
)

// link issues a link and returns what its address ends with.
func (r *replica) link(purpose cooperation.LinkPurpose, user string) string {
	r.t.Helper()
	id, err := r.platform.IssueLink(r.t.Context(), purpose, user, time.Hour)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.platform.LinkSecret(id)
}

func (b *browser) follow(secret string, form ...string) *browser {
	b.t.Helper()
	return b.post("/link/"+secret, form...)
}

func TestTheFirstAdministratorComesInByALinkAndNobodyAfterThem(t *testing.T) {
	r := newHouse(t).replica()
	first, second := r.link(cooperation.LinkFirstAdministrator, ""), r.link(cooperation.LinkFirstAdministrator, "")
	b := r.browser()
	b.follow(first, "name", "Ana", "mail", "ana@example.org", "language", "en", "password", "password1234").is(422)
	b.follow(first, "name", "Ana", "mail", "", "language", "en", "password", good).is(422)
	b.follow(first, "name", "Ana", "mail", "ana@example.org", "language", "tlh", "password", good).is(422)
	b.follow(first, "name", "Ana", "mail", "ana@example.org", "language", "en", "password", good).is(200)
	if b.who() != "Ana" {
		t.Fatalf("the server sees %q", b.who())
	}
	if u, ok := r.platform.UserByMail("ana@example.org"); !ok || !cooperation.ActorOf(u, false).Administers() {
		t.Errorf("the first administrator is %+v", u)
	}
	for _, secret := range []string{first, second} {
		r.browser().follow(secret, "name", "Eve", "mail", "eve@example.org", "language", "en", "password", good).is(403)
	}
	r.browser().signIn("ana", good).is(200)
}

func TestAOneTimeLinkOpensOnceAndLookingDoesNotUseItUp(t *testing.T) {
	r := newHouse(t).replica()
	u := r.person("Ana", good)
	secret := r.link(cooperation.LinkSignIn, u.ID)
	for range 3 {
		if o, err := r.access.LookAtLink(t.Context(), secret); err != nil || o.User.ID != u.ID || len(o.Asks()) != 0 {
			t.Fatalf("the link is for %+v: %v", o, err)
		}
	}
	b := r.browser().follow(secret).is(200)
	if b.who() != "Ana" {
		t.Error("the link does not open a session")
	}
	r.browser().follow(secret).is(403) // replayed
	if _, err := r.access.LookAtLink(t.Context(), secret); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("a link that was used is still shown: %v", err)
	}
	for _, forged := range []string{"", "x", strings.Repeat("a", 26) + ".AAAA", secret + "x", strings.ToUpper(secret)} {
		if _, err := r.access.LookAtLink(t.Context(), forged); cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("%q: %v", forged, err)
		}
	}
}

// A link is used on two replicas by many at the same moment.
func TestOfManyThatUseALinkAtOnceOneSucceeds(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		one, two := h.replica(), h.replica()
		u := one.person("Ana", good)
		until(t, func() bool { k, ok := two.platform.User(u.ID); return ok && k.Epoch == u.Epoch })
		for range 3 {
			secret := one.link(cooperation.LinkSignIn, u.ID)
			var won atomic.Int32
			var all sync.WaitGroup
			for i := range 8 {
				a := []*access.Access{one.access, two.access}[i%2]
				all.Go(func() {
					if _, err := a.UseLink(t.Context(), secret, access.Answer{}); err == nil {
						won.Add(1)
					}
				})
			}
			if all.Wait(); won.Load() != 1 {
				t.Errorf("%d have used the link", won.Load())
			}
		}
	})
}

func until(t *testing.T, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatal("waited in vain")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestAResetSetsThePasswordAndEndsAllSessionsAndOtherLinks(t *testing.T) {
	h := newHouse(t)
	r := h.replica()
	u := r.person("Ana", good)
	thief := r.browser().signIn("ana", good).is(200)
	secret, other := r.link(cooperation.LinkReset, u.ID), r.link(cooperation.LinkReset, u.ID)
	b := r.browser().follow(secret, "password", "short").is(422).follow(secret, "password", "a wholly other phrase").is(200)
	if b.who() != "Ana" || thief.who() != "" {
		t.Errorf("after the reset the server sees %q and %q", b.who(), thief.who())
	}
	r.browser().follow(other, "password", "yet another phrase").is(403)
	r.browser().signIn("ana", good).is(401)
	r.browser().signIn("ana", "a wholly other phrase").is(200)
	late := r.link(cooperation.LinkSignIn, u.ID)
	h.clock.advance(time.Hour)
	r.browser().follow(late).is(403)
}

func TestWhoIsInvitedChoosesAPasswordAndIsThere(t *testing.T) {
	r := newHouse(t).replica()
	u, err := r.platform.Invite(t.Context(), cooperation.System("test"), cooperation.Person{Name: "Bo", Mail: "bo@example.org", Language: "fr"}, []cooperation.Grant{{Role: cooperation.Administrator}})
	if err != nil {
		t.Fatal(err)
	}
	account, _ := r.platform.User(u.ID)
	secret := r.platform.LinkSecret(account.Invitation)
	if o, err := r.access.LookAtLink(t.Context(), secret); err != nil || o.Purpose != cooperation.LinkInvitation || o.User.Name != "Bo" {
		t.Fatalf("the invitation is %+v: %v", o, err)
	}
	b := r.browser().follow(secret, "password", good).is(200)
	if b.who() != "Bo" {
		t.Errorf("the server sees %q", b.who())
	}
	if account, _ = r.platform.User(u.ID); account.Waiting() {
		t.Error("the invitation was not accepted")
	}
	r.browser().follow(secret, "password", good).is(403)
}

func TestAskingForALinkTellsNothingAndIsThrottled(t *testing.T) {
	r := newHouse(t).replica()
	u := r.person("Ana", good)
	waiting, err := r.platform.Invite(t.Context(), cooperation.System("test"), cooperation.Person{Name: "Bo", Mail: "bo@example.org", Language: "fr"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	mails := len(r.platform.PendingAccountMails(r.clock.Now()))
	for _, mail := range []string{"ana@example.org", "nobody@example.org", "bo@example.org"} {
		for range 3 {
			if err := r.access.RequestLink(t.Context(), mail, cooperation.LinkReset); err != nil {
				t.Errorf("%s: %v", mail, err)
			}
		}
		if err := r.access.RequestLink(t.Context(), " "+strings.ToUpper(mail), cooperation.LinkSignIn); cooperation.CodeOf(err) != cooperation.Rate {
			t.Errorf("%s: the fourth mail: %v", mail, err)
		}
	}
	r.access.Close()
	sent := r.platform.PendingAccountMails(r.clock.Now())
	if len(sent) != mails+3 {
		t.Fatalf("%d mails are to be sent, want 3 more than %d", len(sent), mails)
	}
	for _, n := range sent {
		if n.Recipient != u.ID && n.Recipient != waiting.ID {
			t.Errorf("a mail is for %s", n.Recipient)
		}
	}
	if err := r.access.RequestLink(t.Context(), "ana@example.org", cooperation.LinkFirstAdministrator); cooperation.CodeOf(err) != cooperation.Invalid {
		t.Errorf("a link of another purpose: %v", err)
	}
}
