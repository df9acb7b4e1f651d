package api_test

import (
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
)

// Sessions are one's own. Signing in is open to everybody, and opens nothing
// to who cannot prove who they are. Where a session is asked for, a row brings
// its cookie as the public; a token goes before it.
func (tables) Sessions(i *installation) []right {
	i.guest("officer@example.org", "en")
	guess := 0
	wrong := func() any {
		guess++
		return map[string]string{"mail": "somebody" + strconv.Itoa(guess) + "@example.org", "password": "a guess"}
	}
	own := map[string]string{"mail": "officer@example.org", "password": phrase}
	cookie := []string{"Cookie", ""}
	newcomer := func() string {
		guess++
		mail := "guest" + strconv.Itoa(guess) + "@example.org"
		i.guest(mail, "en")
		cookie[1] = i.signIn(mail, phrase).is(200).cookie()
		other, _, _ := strings.Cut(strings.TrimPrefix(i.signIn(mail, phrase).is(200).cookie(), "__Host-entente="), ".")
		return other
	}
	signing := func(purpose cooperation.LinkPurpose) func() string {
		ana, _ := i.platform.UserByMail("officer@example.org")
		return func() string {
			id, err := i.platform.IssueLink(i.t.Context(), purpose, ana.ID, time.Hour)
			if err != nil {
				i.t.Fatal(err)
			}
			return i.platform.LinkSecret(id)
		}
	}
	request := func() any {
		guess++
		return map[string]string{"mail": "somebody" + strconv.Itoa(guess) + "@example.org", "purpose": "reset"}
	}
	ring := &keyring{installation: i, cookie: cookie}
	return []right{
		{op: "beginPasskeySignIn", may: "200 public others"},
		{op: "signInByPasskey", body: ring.sign, may: "200 public others"},
		{op: "signInByPasskey", what: "with what is none", body: `{"ceremony":"x","credential":{}}`, may: "401 public others"},
		{op: "listPasskeys", may: "200 others"},
		{op: "beginPasskey", fresh: func() string { newcomer(); return "" }, headers: cookie, may: "200 public, 403 others"},
		{op: "addPasskey", headers: cookie, body: ring.make, may: "201 public, 403 others"},
		{op: "removePasskey", fresh: ring.spare, headers: cookie, may: "204 public, 403 others"},
		{op: "listSignInMethods", may: "200 public others"},
		{op: "requestLink", body: request, may: "202 public others"},
		{op: "getLink", fresh: signing(cooperation.LinkReset), may: "200 public others"},
		{op: "useLink", fresh: signing(cooperation.LinkSignIn), body: "{}", may: "200 public others"},
		{op: "useLink", what: "that is not there", id: nobody, body: "{}", may: "404 public others"},
		{op: "signInByPassword", body: own, may: "200 public others"},
		{op: "signInByPassword", what: "with a guess", body: wrong, may: "401 public others"},
		{op: "signOut", may: "204 public others"},
		{op: "listSessions", may: "200 others"},
		{op: "endOtherSessions", may: "204 others"},
		{op: "endSession", fresh: newcomer, headers: cookie, may: "204 public, 404 others"},
		{op: "changePassword", fresh: func() string { newcomer(); return "" }, headers: cookie, body: map[string]string{"current": phrase, "password": another}, may: "204 public, 403 others"},
	}
}
