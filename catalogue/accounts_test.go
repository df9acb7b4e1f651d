package catalogue

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func user(id, mail string, version uint64, grants ...cooperation.Grant) Change {
	return body(KindUser, id, version, &cooperation.User{Schema: 1, ID: id, Version: version, Mail: mail, Grants: grants})
}

func grant(convention string, role cooperation.Role) cooperation.Grant {
	return cooperation.Grant{Convention: convention, Role: role}
}

// people is a log of accounts with a few of them.
func people(t *testing.T) *Accounts {
	a := NewAccounts()
	disabled := &cooperation.User{Schema: 1, ID: "d", Version: 1, Disabled: true, Grants: []cooperation.Grant{grant("test", cooperation.Secretariat)}}
	for i, changes := range [][]Change{
		{user("c", "C@Example.org", 1, grant("test", cooperation.Secretariat)), user("b", "b@example.org", 1, grant("other", cooperation.Secretariat))},
		{user("a", "", 1, grant("test", cooperation.FocalPoint), grant("other", cooperation.Approver)), body(KindUser, "d", 1, disabled)},
		{body(KindToken, "t", 1, &cooperation.Token{ID: "t", User: "c", Hash: "hash"}), body(KindToken, "s", 1, &cooperation.Token{ID: "s", User: "c", Hash: "rash"})},
		{user("b", "new@example.org", 2, grant("other", cooperation.Secretariat)), erased(KindToken, "s", 2)},
	} {
		if err := a.Apply(uint64(i+1), morning, changes); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func TestAccountsAreFoundByIDMailTokenAndRole(t *testing.T) {
	written := people(t)
	var kept bytes.Buffer
	if position, err := written.Checkpoint(&kept); err != nil || position != 4 {
		t.Fatalf("wrote position %d: %v", position, err)
	}
	restored, err := RestoreAccounts(&kept)
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]*Accounts{"applied": written, "restored": restored} {
		mail := func(m string) string { u, _ := a.UserByMail(m); return nameOf(u) }
		for what, c := range map[string][2]string{
			"a mail in another case":     {"c", mail(" c@EXAMPLE.org")},
			"a mail that was given up":   {"", mail("b@example.org")},
			"a mail that is new":         {"b", mail("new@example.org")},
			"no mail":                    {"", mail("")},
			"within the convention":      {"a c ", names(a.Within("test"))},
			"the secretariat":            {"c ", names(a.UsersWith("test", cooperation.Secretariat))},
			"one of two roles elsewhere": {"a b ", names(a.UsersWith("other", cooperation.Secretariat, cooperation.Approver))},
		} {
			if c[0] != c[1] {
				t.Errorf("%s: %s finds %q, want %q", name, what, c[1], c[0])
			}
		}
		if token, ok := a.TokenByHash("hash"); !ok || token.ID != "t" || len(a.TokensOf("c")) != 1 {
			t.Errorf("%s: the token is not found: %v", name, token)
		}
		if _, ok := a.TokenByHash("rash"); ok {
			t.Errorf("%s: an erased token is found", name)
		}
		if err := a.Wait(context.Background(), 4); err != nil || a.Position() != 4 {
			t.Errorf("%s: position %d, %v", name, a.Position(), err)
		}
		find := func(q Query) (Page[*cooperation.User], error) { return a.Users(q.Cursor, q.Limit) }
		ids, first := walk(t, Query{Limit: 3}, find, func(u *cooperation.User) string { return u.ID })
		if diff := cmp.Diff([]string{"d", "a", "b", "c"}, ids); diff != "" || first.Total != 4 {
			t.Errorf("%s: accounts (-want +got):\n%s", name, diff)
		}
	}
}

func nameOf(u *cooperation.User) string {
	if u == nil {
		return ""
	}
	return u.ID
}

func names(users []*cooperation.User) (out string) {
	for _, u := range users {
		out += u.ID + " "
	}
	return out
}

func TestAnAccountsCommitThatCannotBeAppliedChangesNothing(t *testing.T) {
	for name, c := range map[string]Change{
		"an unknown kind":             {Kind: KindNeed, ID: "n", Version: 1, Schema: 1, Body: []byte("{}")},
		"a version that is not newer": user("c", "", 1),
		"a newer schema":              {Kind: KindToken, ID: "n", Version: 1, Schema: cooperation.Schema + 1, Body: []byte("{}")},
	} {
		a := people(t)
		if err := a.Apply(5, morning, []Change{user("z", "z@example.org", 1), c}); err == nil {
			t.Errorf("%s is accepted", name)
		}
		if _, ok := a.User("z"); ok || a.Position() != 4 {
			t.Errorf("%s: a part of the commit is in", name)
		}
	}
}
