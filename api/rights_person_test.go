package api_test

import (
	"strconv"

	"entente/cooperation"
)

// colleague makes another drafter for Angola.
func (i *installation) colleague(grants ...cooperation.Grant) string {
	i.t.Helper()
	u, err := i.platform.CreateUser(i.t.Context(), cooperation.System("test"), cooperation.User{Name: "Somebody", Language: "en", Grants: append(grants, first("focal"))})
	if err != nil {
		i.t.Fatal(err)
	}
	return u.ID
}

func first(who string) cooperation.Grant { return grants()[who][0] }

// invited makes a drafter for Angola who has not accepted yet.
func (i *installation) invited(n *int) string {
	i.t.Helper()
	*n++
	u, err := i.platform.Invite(i.t.Context(), cooperation.System("test"),
		cooperation.Person{Name: "Somebody", Mail: "invited" + strconv.Itoa(*n) + "@example.org", Language: "en"}, grants()["focal"])
	if err != nil {
		i.t.Fatal(err)
	}
	return u.ID
}

// People are seen by those who act with them, and managed by who is above
// every role that they hold.
func (tables) People(i *installation) []right {
	count := 0
	provides := cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "AO"}
	fresh := func() string { return i.colleague() }
	waiting := func() string { return i.invited(&count) }
	reachable := func() string {
		count++
		u, err := i.platform.CreateUser(i.t.Context(), cooperation.System("test"), cooperation.User{Name: "Somebody", Mail: "reachable" + strconv.Itoa(count) + "@example.org", Language: "en", Grants: grants()["focal"]})
		if err != nil {
			i.t.Fatal(err)
		}
		return u.ID
	}
	if _, err := i.platform.CreateUser(i.t.Context(), cooperation.System("test"), cooperation.User{ID: "3vjq2u7ttqk5me2hxckoyhnubi", Name: "Successor", Language: "en",
		Grants: []cooperation.Grant{provides}}); err != nil {
		i.t.Fatal(err)
	}
	managed := "200 secretary administrator, 403 focal approver, 404 others"
	given := "200 approver secretary administrator, 403 focal, 404 others"
	roles := map[string]any{"grants": []cooperation.Grant{provides}}
	name := map[string]any{"name": "Somebody Else", "language": "fr"}
	return []right{
		{op: "listPeople", query: "convention=fctc", may: "200 others"},
		{op: "invitePerson", body: map[string]any{"name": "Focal point of Angola", "mail": "focal.point@example.org", "language": "fr", "grants": grants()["focal"]},
			may: "201 approver secretary administrator, 403 others"},
		{op: "invitePerson", what: "an approver", body: map[string]any{"name": "Eva", "mail": "kenya@example.org", "language": "fr", "grants": grants()["approver"]},
			may: "201 secretary administrator, 403 others"},
		{op: "invitePerson", what: "an administrator", body: map[string]any{"name": "Ida", "mail": "ida@example.org", "language": "fr", "grants": grants()["administrator"]},
			may: "201 administrator, 403 others"},
		{op: "invitePerson", what: "a program", body: map[string]any{"name": "report", "service": true, "language": "fr", "grants": grants()["focal"]},
			may: "201 approver secretary administrator, 403 others"},
		{op: "getPerson", id: fresh(), may: "200 focal approver reader secretary administrator, 404 others"},
		{op: "getPerson", what: "absent", id: nobody, may: "404 others"},
		{op: "replacePerson", id: fresh(), body: name, may: managed},
		{op: "disablePerson", fresh: fresh, may: managed},
		{op: "enablePerson", fresh: fresh, may: managed},
		{op: "grantRoles", fresh: fresh, body: roles, may: given},
		{op: "grantRoles", what: "the secretariat's", fresh: fresh, body: map[string]any{"grants": grants()["secretary"]}, may: managed},
		{op: "revokeRoles", fresh: func() string { return i.colleague(provides) }, body: roles, may: given},
		{op: "handOver", fresh: fresh, body: map[string]any{"to": "3vjq2u7ttqk5me2hxckoyhnubi", "grants": grants()["focal"]}, may: given},
		{op: "resendInvitation", fresh: waiting, may: given},
		{op: "revokeInvitation", fresh: waiting, may: given},
		{op: "sendLink", fresh: reachable, body: map[string]any{"purpose": "reset"}, may: "202 secretary administrator, 403 focal approver, 404 others"},
		{op: "erasePerson", fresh: fresh, may: "200 administrator, 403 focal approver secretary, 404 others"},
	}
}

// Me is whoever asks. To be forgotten takes a session: a row brings its cookie
// as the public, and a token goes before it.
func (tables) Me(i *installation) []right {
	guest := 0
	cookie := []string{"Cookie", ""}
	newcomer := func() string {
		guest++
		mail := "leaving" + strconv.Itoa(guest) + "@example.org"
		i.guest(mail, "en")
		cookie[1] = i.signIn(mail, phrase).is(200).cookie()
		return ""
	}
	return []right{
		{op: "getMe", may: "200 others"},
		{op: "replaceMe", body: map[string]any{"name": "Somebody Else", "language": "en"}, may: "200 others"},
		{op: "exportMe", may: "200 others"},
		{op: "eraseMe", fresh: newcomer, headers: cookie, body: map[string]any{"confirm": true}, may: "200 public, 403 others"},
	}
}

// Tokens are one's own, and those of programs the secretariat's.
func (tables) Tokens(i *installation) []right {
	program, err := i.platform.CreateService(i.t.Context(), cooperation.System("test"), "report", "en", grants()["focal"], "")
	if err != nil {
		i.t.Fatal(err)
	}
	i.users["program"] = program.ID
	_, own := i.token("secretary", "read", 3600e9)
	_, programs := i.token("program", "read", 3600e9)
	wanted := map[string]any{"name": "report", "scopes": []string{"needs:read"}, "days": 30}
	return []right{
		{op: "listTokens", may: "200 others"},
		{op: "createToken", body: wanted, may: "201 others"},
		{op: "revokeToken", id: own, may: "204 secretary, 404 others"},
		{op: "listTokensOf", id: program.ID, may: "200 secretary administrator, 403 focal approver reader, 404 others"},
		{op: "createTokenOf", id: program.ID, body: wanted, may: "201 secretary administrator, 403 focal approver, 404 others"},
		{op: "createTokenOf", what: "a person", id: i.users["focal"], body: wanted, may: "201 focal administrator, 403 approver secretary, 404 others"},
		{op: "revokeTokenOf", id: program.ID + " " + programs, may: "204 secretary administrator, 403 focal approver, 404 others"},
		{op: "revokeTokenOf", what: "of another", id: program.ID + " " + own, may: "404 secretary administrator, 403 focal approver, 404 others"},
	}
}
