package platform_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
)

var (
	drafts  = cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "AO"}
	clears  = cooperation.Grant{Convention: "fctc", Role: cooperation.Approver, Participant: "AO"}
	manages = cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat}
)

func invite(t *testing.T, on *platform.Platform, by cooperation.Actor, name string, grants ...cooperation.Grant) *cooperation.User {
	t.Helper()
	u, err := on.Invite(t.Context(), by, cooperation.Person{Name: name, Mail: strings.ToLower(name) + "@example.org", Language: "fr"}, grants)
	if err != nil {
		t.Fatal(explain(err))
	}
	return u
}

// mails lists the reasons of the mails about accounts that wait to be sent.
func mails(on *platform.Platform) (reasons []string, links []string) {
	for _, n := range on.PendingAccountMails(on.Now()) {
		reasons = append(reasons, n.Reason)
		links = append(links, n.Link)
	}
	return reasons, links
}

func TestWhoIsInvitedActsOnceTheInvitationIsAccepted(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	u := invite(t, on, secretary, "Ann", drafts)
	if u.Invitation != "" || !u.Waiting() {
		t.Errorf("the secretariat is shown %+v", u)
	}
	reasons, links := mails(on)
	if len(reasons) != 1 || reasons[0] != platform.ReasonInvitation {
		t.Fatalf("mails wait: %v", reasons)
	}
	if s, _ := on.State("fctc"); len(on.Users("fctc")) != 0 || s == nil {
		t.Error("who has not accepted is told things")
	}
	secret := on.LinkSecret(links[0])
	if l, ok := on.Link(t.Context(), secret); !ok || l.User != u.ID || l.Purpose != cooperation.LinkInvitation {
		t.Fatalf("the link shows %+v, %t", l, ok)
	}
	replica := p.open() // from the log, and from a checkpoint below
	if _, ok := replica.Link(t.Context(), secret); !ok {
		t.Error("another replica does not know the link")
	}
	if _, ok, err := on.ConsumeLink(t.Context(), secret); !ok || err != nil {
		t.Fatal(err)
	}
	if err := on.ChangeCredential(t.Context(), system, u.ID, func(c *cooperation.Credential) error { c.Password = "hash"; return nil }); err != nil {
		t.Fatal(err)
	}
	now, _ := on.User(u.ID)
	if now.Waiting() || len(on.Users("fctc")) != 1 {
		t.Errorf("after accepting: %+v", now)
	}
	if _, ok := on.AccountMail(on.PendingAccountMails(p.clock.Now())[0].ID); ok {
		t.Error("a mail whose link is dead is still to be sent")
	}
}

func TestAnInvitationSentAgainKillsTheOneBefore(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	u := invite(t, on, secretary, "Ann", drafts)
	if _, err := on.Reinvite(t.Context(), secretary, u.ID); err != nil {
		t.Fatal(explain(err))
	}
	_, links := mails(on)
	opens := func(link string) bool { _, ok := on.Link(t.Context(), on.LinkSecret(link)); return ok }
	if len(links) != 2 || opens(links[0]) || !opens(links[1]) {
		t.Errorf("of %v the first opens: %t", links, opens(links[0]))
	}
	if _, err := on.Uninvite(t.Context(), secretary, u.ID); err != nil {
		t.Fatal(explain(err))
	}
	if opens(links[1]) {
		t.Error("an invitation that was taken back opens")
	}
	if _, err := on.Reinvite(t.Context(), approver, u.ID); err != nil {
		t.Errorf("the approver invites the drafter again: %v", err)
	}
	p.clock.advance(platform.InvitationLife)
	if _, links = mails(on); opens(links[2]) {
		t.Error("an invitation does not expire")
	}
	setUp := person(t, on, "Ben", drafts)
	_, err := on.Reinvite(t.Context(), secretary, setUp.ID)
	wantCode(t, err, cooperation.State, "error.state.not_invited")
}

func TestAnAddressHasOneAccountWhoeverInvitesIt(t *testing.T) {
	p := newPlace(t)
	one, two := p.open(), p.open()
	var all sync.WaitGroup
	ids := make([]string, 6)
	for i := range ids {
		on := []*platform.Platform{one, two}[i%2]
		all.Go(func() {
			mail := []string{"ann@example.org", "ANN@example.org "}[i/3]
			u, err := on.Invite(t.Context(), secretary, cooperation.Person{Name: "Ann", Mail: mail, Language: "en"}, []cooperation.Grant{drafts})
			if err != nil {
				t.Error(explain(err))
				return
			}
			ids[i] = u.ID
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("there are several accounts: %v", ids)
		}
	}
	invite(t, one, secretary, "Ben", drafts)
	eventually(t, func() bool { _, ok := two.UserByMail("ben@example.org"); return ok })
	ben, _ := two.UserByMail("ben@example.org")
	_, err := two.ReplacePerson(t.Context(), secretary, ben.ID, 0, cooperation.Person{Name: "Ben", Mail: "Ann@Example.org", Language: "en"})
	wantCode(t, err, cooperation.Conflict, "error.conflict.mail")
	_, err = two.CreateUser(t.Context(), system, cooperation.User{Name: "Eve", Mail: "BEN@example.org", Language: "en"})
	wantCode(t, err, cooperation.Conflict, "error.conflict.mail")
}

func TestWhoHasAnAccountGetsFurtherRolesAndIsTold(t *testing.T) {
	on := newPlace(t).open()
	u := person(t, on, "Ann", drafts)
	again := invite(t, on, secretary, "Ann", drafts, clears)
	if again.ID != u.ID || len(again.Grants) != 2 {
		t.Errorf("the invitation made %+v", again)
	}
	if reasons, _ := mails(on); len(reasons) != 1 || reasons[0] != platform.ReasonGrants {
		t.Errorf("mails wait: %v", reasons)
	}
	_, err := on.Invite(t.Context(), approver, cooperation.Person{Name: "Ann", Mail: "ann@example.org", Language: "en"}, []cooperation.Grant{manages})
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
}

func TestADisabledPersonIsNobodyAtOnce(t *testing.T) {
	on := newPlace(t).open()
	u := person(t, on, "Ann", drafts)
	secret, _, err := on.IssueToken(t.Context(), cooperation.ActorOf(u, false), u.ID, "mine", []string{"read"}, time.Hour)
	if err != nil {
		t.Fatal(explain(err))
	}
	link := issue(t, on, cooperation.LinkReset, u.ID)
	epoch := u.Epoch
	if _, err := on.DisablePerson(t.Context(), secretary, u.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	now, _ := on.User(u.ID)
	_, _, token := on.Authenticate(secret)
	_, opens := on.Link(t.Context(), link)
	if token || opens || now.Epoch == epoch || len(on.Users("fctc")) != 0 {
		t.Errorf("the token stands for somebody: %t, the link opens: %t, epoch %d", token, opens, now.Epoch)
	}
	_, err = on.GrantRoles(t.Context(), secretary, u.ID, 0, []cooperation.Grant{clears})
	wantCode(t, err, cooperation.State, "error.state.disabled")
	if _, err := on.EnablePerson(t.Context(), secretary, u.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	if _, _, ok := on.Authenticate(secret); !ok {
		t.Error("after enabling, the token stands for nobody")
	}
	if _, ok := on.Link(t.Context(), link); ok {
		t.Error("after enabling, a link of before opens")
	}
}

func TestASuccessorGoesOnWithTheDraftsOfTheState(t *testing.T) {
	on := newPlace(t).open()
	leaving, coming := person(t, on, "Ann", drafts, clears), person(t, on, "Ben")
	n, err := on.CreateNeed(t.Context(), cooperation.ActorOf(leaving, false), "fctc", needContent(t, "A draft"), "")
	if err != nil {
		t.Fatal(explain(err))
	}
	administrator := actor("administrator", cooperation.Grant{Role: cooperation.Administrator})
	if _, err := on.HandOver(t.Context(), administrator, leaving.ID, 0, coming.ID, nil, true); err != nil {
		t.Fatal(explain(err))
	}
	coming, _ = on.User(coming.ID)
	leaving, _ = on.User(leaving.ID)
	if !leaving.Disabled || len(leaving.Grants) != 0 || len(coming.Grants) != 2 {
		t.Errorf("from %+v to %+v", leaving, coming)
	}
	successor := cooperation.ActorOf(coming, false)
	if _, err := on.SubmitNeed(t.Context(), successor, n.ID, 0, cooperation.Clearance{Date: cooperation.DateOf(on.Now())}, true); err != nil {
		t.Errorf("the successor cannot go on with the draft: %v", explain(err))
	}
	if reasons, _ := mails(on); len(reasons) != 1 || reasons[0] != platform.ReasonGrants {
		t.Errorf("mails wait: %v", reasons)
	}
	_, err = on.HandOver(t.Context(), secretary, coming.ID, 0, cooperation.NewID(), nil, false)
	if e := cooperation.CodeOf(err); e != cooperation.Invalid {
		t.Errorf("a successor that there is not: %v", err)
	}
}

func TestAnInstallationKeepsAnAdministrator(t *testing.T) {
	on := newPlace(t).open()
	role := cooperation.Grant{Role: cooperation.Administrator}
	only := person(t, on, "Ann", role)
	a := cooperation.ActorOf(only, false)
	try := func() []error {
		_, disabled := on.DisablePerson(t.Context(), a, only.ID, 0)
		_, revoked := on.RevokeRoles(t.Context(), a, only.ID, 0, []cooperation.Grant{role})
		return []error{disabled, revoked}
	}
	for _, err := range try() {
		wantCode(t, err, cooperation.State, "error.state.last_administrator")
	}
	person(t, on, "Ben", role)
	if err := try()[0]; err != nil {
		t.Errorf("one of two cannot go: %v", err)
	}
}

func TestWhoDoesNotSeeAPersonIsNotToldThatThereIsOne(t *testing.T) {
	on := newPlace(t).open()
	u := person(t, on, "Ann", drafts)
	stranger := actor("stranger", cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "NO"})
	colleague := actor("colleague", drafts)
	for name, do := range map[string]func(cooperation.Actor) error{
		"read":    func(a cooperation.Actor) error { _, err := on.Person(a, u.ID); return err },
		"disable": func(a cooperation.Actor) error { _, err := on.DisablePerson(t.Context(), a, u.ID, 0); return err },
		"grant": func(a cooperation.Actor) error {
			_, err := on.GrantRoles(t.Context(), a, u.ID, 0, []cooperation.Grant{clears})
			return err
		},
		"see tokens": func(a cooperation.Actor) error { _, err := on.Tokens(a, u.ID); return err },
		"make a token": func(a cooperation.Actor) error {
			_, _, err := on.IssueToken(t.Context(), a, u.ID, "x", []string{"read"}, time.Hour)
			return err
		},
		"revoke a token": func(a cooperation.Actor) error { return on.RevokeToken(t.Context(), a, u.ID, "x") },
	} {
		wantCode(t, do(stranger), cooperation.NotFound, "error.not_found.document")
		if err := do(colleague); name != "read" && cooperation.CodeOf(err) != cooperation.Forbidden {
			t.Errorf("a colleague may %s: %v", name, err)
		} else if name == "read" && err != nil {
			t.Errorf("a colleague may not read: %v", err)
		}
	}
	page, err := on.People(stranger, platform.PeopleQuery{Convention: "fctc"})
	if err != nil || page.Total != 0 {
		t.Errorf("the stranger lists %d, %v", page.Total, err)
	}
	page, err = on.People(colleague, platform.PeopleQuery{Convention: "fctc", Role: cooperation.FocalPoint})
	if err != nil || page.Total != 1 || page.Items[0].Mail == "" {
		t.Errorf("the colleague lists %d, %v", page.Total, err)
	}
}

func TestAProgramActsByTokensThatReachNoFurtherThanTheirMakers(t *testing.T) {
	on := newPlace(t).open()
	program, err := on.CreateService(t.Context(), secretary, "reports", "en", []cooperation.Grant{drafts}, "key")
	if err != nil {
		t.Fatal(explain(err))
	}
	if again, err := on.CreateService(t.Context(), secretary, "reports", "en", []cooperation.Grant{drafts}, "key"); err != nil || again.ID != program.ID {
		t.Errorf("the same key makes another: %v", err)
	}
	secret, token, err := on.IssueToken(t.Context(), secretary, program.ID, "nightly", []string{"needs:write", "tokens:write"}, time.Hour)
	if err != nil {
		t.Fatal(explain(err))
	}
	a, u, ok := on.Authenticate(secret)
	if !ok || u.ID != program.ID || a.ReadOnly || !a.MayUse("needs", true) || a.MayUse("offers", false) {
		t.Fatalf("it acts as %+v", a)
	}
	_, _, err = on.IssueToken(t.Context(), a, program.ID, "more", []string{"write"}, time.Hour)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.scopes")
	if _, _, err = on.IssueToken(t.Context(), a, program.ID, "less", []string{"needs:read"}, time.Hour); err != nil {
		t.Errorf("it makes one that does less: %v", err)
	}
	list, err := on.Tokens(secretary, program.ID)
	if err != nil || len(list) != 2 || list[0].Hash != "" || list[1].ID != token.ID {
		t.Errorf("its tokens are %v, %v", list, err)
	}
	for range 2 {
		if err := on.RevokeToken(t.Context(), secretary, program.ID, token.ID); err != nil {
			t.Fatal(explain(err))
		}
	}
	if _, _, ok := on.Authenticate(secret); ok {
		t.Error("a revoked token stands for somebody")
	}
	if err := on.ChangeCredential(t.Context(), system, program.ID, func(c *cooperation.Credential) error { c.Password = "x"; return nil }); err == nil {
		t.Error("a program gets a password")
	}
}
