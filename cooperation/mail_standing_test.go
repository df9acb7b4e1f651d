package cooperation_test

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
)

func TestEveryMessageHasOneStanding(t *testing.T) {
	t.Parallel()
	seen := []cooperation.MailStanding{}
	for _, tc := range []struct {
		n    cooperation.Notification
		want cooperation.MailStanding
	}{
		{cooperation.Notification{Status: cooperation.Pending}, cooperation.MailWaiting},
		{cooperation.Notification{Status: cooperation.Pending, Attempts: 1}, cooperation.MailRetried},
		{cooperation.Notification{Status: cooperation.Pending, Attempts: 2, Begun: 2}, cooperation.MailWaiting},
		{cooperation.Notification{Status: cooperation.Held}, cooperation.MailHeld},
		{cooperation.Notification{Status: cooperation.Delivered, Attempts: 1}, cooperation.MailSent},
		{cooperation.Notification{Status: cooperation.InApp, Digest: "d"}, cooperation.MailGathered},
		{cooperation.Notification{Status: cooperation.InApp}, cooperation.MailUnsent},
		{cooperation.Notification{Status: cooperation.Failed, Error: "bounced"}, cooperation.MailBounced},
		{cooperation.Notification{Status: cooperation.Failed, Error: "refused"}, cooperation.MailFailed},
	} {
		got := tc.n.Standing()
		if got != tc.want {
			t.Errorf("%+v stands as %s and not %s", tc.n, got, tc.want)
		}
		seen = append(seen, got)
	}
	for _, s := range cooperation.MailStandings() {
		if !slices.Contains(seen, s) {
			t.Errorf("nothing stands as %s", s)
		}
	}
}

func TestAMailThatWasGivenUpIsSentAgainWhileItIsWorthIt(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	actor := func(role cooperation.Role, convention string) cooperation.Actor {
		return cooperation.Actor{ID: string(role), Grants: []cooperation.Grant{{Convention: convention, Role: role}}}
	}
	failed := func() *cooperation.Notification {
		n := &cooperation.Notification{Status: cooperation.Failed, Attempts: 8, Error: "refused"}
		n.Convention, n.Created = "fctc", now.Add(-26*time.Hour)
		return n
	}
	readOnly := actor(cooperation.Secretariat, "fctc")
	readOnly.ReadOnly = true
	for _, tc := range []struct {
		what  string
		actor cooperation.Actor
		n     *cooperation.Notification
		now   time.Time
		code  cooperation.Code
	}{
		{"another secretariat", actor(cooperation.Secretariat, "cms"), failed(), now, cooperation.Forbidden},
		{"a focal point", actor(cooperation.FocalPoint, "fctc"), failed(), now, cooperation.Forbidden},
		{"one who may only read", readOnly, failed(), now, cooperation.Forbidden},
		{"what is old", actor(cooperation.Secretariat, "fctc"), failed(), now.Add(cooperation.MailPatience), cooperation.State},
		{"what waits", actor(cooperation.Secretariat, "fctc"), &cooperation.Notification{Meta: cooperation.Meta{Convention: "fctc", Created: now}, Status: cooperation.Pending}, now, cooperation.State},
	} {
		if err := tc.n.Again(tc.actor, tc.now); cooperation.CodeOf(err) != tc.code {
			t.Errorf("%s: %v", tc.what, err)
		}
	}
	for _, role := range []cooperation.Role{cooperation.Secretariat, cooperation.Administrator} {
		n := failed()
		if err := n.Again(actor(role, map[cooperation.Role]string{cooperation.Secretariat: "fctc"}[role]), now); err != nil {
			t.Fatal(err)
		}
		if n.Standing() != cooperation.MailWaiting || n.Error != "" || n.Late(now) {
			t.Errorf("sent again by %s it is %+v", role, n)
		}
	}
}
