package platform_test

import (
	"encoding/json"
	"errors"
	"testing"

	"entente/cooperation"
	"entente/platform"
)

func setPassword(t *testing.T, on *platform.Platform, user, hash string) {
	t.Helper()
	err := on.ChangeCredential(t.Context(), cooperation.Actor{ID: user}, user, func(c *cooperation.Credential) error {
		c.Password = hash
		return nil
	})
	if err != nil {
		t.Fatal(explain(err))
	}
}

func TestEveryChangeOfCredentialsRaisesTheEpoch(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	u := person(t, on, "Ann")
	own := cooperation.Actor{ID: u.ID}
	if _, ok := on.Credential(u.ID); ok {
		t.Error("there are credentials before any were set")
	}
	changes := []func(*cooperation.Credential) error{
		func(c *cooperation.Credential) error { c.Password = "hash"; return nil },
		func(c *cooperation.Credential) error {
			c.Passkeys = append(c.Passkeys, json.RawMessage(`{"id":"k"}`))
			return nil
		},
		func(c *cooperation.Credential) error {
			c.OIDC = append(c.OIDC, cooperation.OIDCLink{Issuer: "https://id.example", Subject: "7"})
			return nil
		},
		func(c *cooperation.Credential) error { c.Password = ""; return nil },
	}
	for i, change := range changes {
		if err := on.ChangeCredential(t.Context(), own, u.ID, change); err != nil {
			t.Fatal(explain(err))
		}
		if now, _ := on.User(u.ID); now.Epoch != uint64(i+1) {
			t.Errorf("after change %d the epoch is %d", i+1, now.Epoch)
		}
	}
	refused := errors.New("refused")
	for _, change := range []func(*cooperation.Credential) error{
		func(*cooperation.Credential) error { return nil },
		func(c *cooperation.Credential) error { c.Password = "other"; return refused },
	} {
		if err := on.ChangeCredential(t.Context(), own, u.ID, change); err != nil && !errors.Is(err, refused) {
			t.Error(err)
		}
	}
	again := p.open() // from the log
	now, _ := again.User(u.ID)
	c, _ := again.Credential(u.ID)
	if now.Epoch != 4 || c.Password != "" || len(c.Passkeys) != 1 || c.PasswordChanged.IsZero() {
		t.Errorf("kept are epoch %d and %+v", now.Epoch, c)
	}
	if by, ok := again.UserByOIDC("https://id.example", "7"); !ok || by.ID != u.ID {
		t.Errorf("found by the provider: %v", by)
	}
	if _, ok := again.UserByOIDC("https://other.example", "7"); ok {
		t.Error("another provider's person is found")
	}
}

func TestCredentialsAreChangedByTheirOwnerAlone(t *testing.T) {
	on := newPlace(t).open()
	u := person(t, on, "Ann")
	administrator := cooperation.Actor{ID: "admin", Grants: []cooperation.Grant{{Role: cooperation.Administrator}}}
	for name, a := range map[string]cooperation.Actor{"the public": {}, "another": {ID: "other"}, "the administrator": administrator,
		"the owner by a token that reads": {ID: u.ID, ReadOnly: true}} {
		err := on.ChangeCredential(t.Context(), a, u.ID, func(c *cooperation.Credential) error { c.Password = name; return nil })
		if cooperation.CodeOf(err) != cooperation.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := on.ChangeCredential(t.Context(), system, u.ID, func(c *cooperation.Credential) error { c.Password = "by a link"; return nil }); err != nil {
		t.Error(err)
	}
}

func TestOneSignInAtAProviderIsTiedToOneAccount(t *testing.T) {
	on := newPlace(t).open()
	tie := func(u *cooperation.User) error {
		return on.ChangeCredential(t.Context(), cooperation.Actor{ID: u.ID}, u.ID, func(c *cooperation.Credential) error {
			c.OIDC = []cooperation.OIDCLink{{Issuer: "https://id.example", Subject: "7"}}
			return nil
		})
	}
	if err := tie(person(t, on, "Ann")); err != nil {
		t.Fatal(err)
	}
	wantCode(t, tie(person(t, on, "Ben")), cooperation.Conflict, "error.conflict.identity")
}
