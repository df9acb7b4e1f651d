package access_test

import (
	"context"
	"errors"
	"testing"

	"github.com/descope/virtualwebauthn"

	"entente/access"
	"entente/access/accesstest"
	"entente/cooperation"
)

// device is an authenticator of the test's own, at the site of the fixture.
type device struct {
	t    *testing.T
	site virtualwebauthn.RelyingParty
	self virtualwebauthn.Authenticator
	key  virtualwebauthn.Credential
}

func newDevice(t *testing.T, origin string) *device {
	return &device{t: t, site: virtualwebauthn.RelyingParty{Name: "Entente", ID: "entente.example.org", Origin: origin},
		self: virtualwebauthn.NewAuthenticator(), key: accesstest.NewKey(t)}
}

// makes answers the request to make a passkey.
func (d *device) makes(c access.Ceremony) []byte {
	d.t.Helper()
	options, err := virtualwebauthn.ParseAttestationOptions(string(c.Options))
	if err != nil {
		d.t.Fatal(err)
	}
	return []byte(virtualwebauthn.CreateAttestationResponse(d.site, d.self, d.key, *options))
}

// signs answers the request to sign in.
func (d *device) signs(c access.Ceremony, user string) []byte {
	d.t.Helper()
	options, err := virtualwebauthn.ParseAssertionOptions(string(c.Options))
	if err != nil {
		d.t.Fatal(err)
	}
	d.self.Options.UserHandle = []byte(user)
	return []byte(virtualwebauthn.CreateAssertionResponse(d.site, d.self, d.key, *options))
}

// as is the context of a request of whoever the browser is signed in as.
func (b *browser) as() context.Context {
	b.t.Helper()
	var ctx context.Context
	b.at.seen = func(c context.Context) { ctx = context.WithoutCancel(c) }
	b.get("/").is(200)
	b.at.seen = nil
	return ctx
}

// withPasskey signs Ana in and gives her a passkey.
func withPasskey(t *testing.T) (r *replica, b *browser, d *device, u *cooperation.User, id string) {
	t.Helper()
	r = newHouse(t).replica()
	u = r.person("Ana", good)
	b = r.browser().signIn("ana", good).is(200)
	d = newDevice(t, "https://entente.example.org")
	ctx := b.as()
	c, err := r.access.BeginPasskey(ctx)
	if err != nil {
		t.Fatal(err)
	}
	key, in, err := r.access.AddPasskey(ctx, c.ID, " Ana's laptop ", d.makes(c))
	if err != nil {
		t.Fatal(err)
	}
	b.cookies[in.Cookie.Name] = in.Cookie.Value
	if key.Name != "Ana's laptop" || b.who() != "Ana" {
		t.Fatalf("the passkey is %+v, and the server sees %q", key, b.who())
	}
	return r, b, d, u, key.ID
}

func TestAPasskeySignsItsOwnerIn(t *testing.T) {
	r, _, d, u, _ := withPasskey(t)
	visitor := r.browser().as()
	c, err := r.access.BeginPasskeySignIn(visitor)
	if err != nil {
		t.Fatal(err)
	}
	answer := d.signs(c, u.ID)
	in, err := r.access.SignInByPasskey(visitor, c.ID, answer)
	if err != nil {
		t.Fatal(err)
	}
	b := r.browser()
	b.cookies[in.Cookie.Name] = in.Cookie.Value
	if b.who() != "Ana" {
		t.Errorf("the server sees %q", b.who())
	}
	if _, err := r.access.SignInByPasskey(visitor, c.ID, answer); !errors.Is(err, access.ErrRefused) {
		t.Errorf("the same answer again: %v", err)
	}
}

func TestAPasskeyIsRefusedThatIsNotTheAccountsOrAnswersAnotherQuestion(t *testing.T) {
	r, _, d, u, _ := withPasskey(t)
	bo := r.person("Bo", good)
	visitor := r.browser().as()
	begin := func() access.Ceremony {
		t.Helper()
		c, err := r.access.BeginPasskeySignIn(visitor)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	phished := newDevice(t, "https://entente.example.evil")
	phished.key = d.key
	first := begin()
	for what, try := range map[string]func() (string, []byte){
		"another account":      func() (string, []byte) { c := begin(); return c.ID, d.signs(c, bo.ID) },
		"nobody's account":     func() (string, []byte) { c := begin(); return c.ID, d.signs(c, "nobody") },
		"an unknown key":       func() (string, []byte) { c := begin(); return c.ID, newDevice(t, d.site.Origin).signs(c, u.ID) },
		"another site":         func() (string, []byte) { c := begin(); return c.ID, phished.signs(c, u.ID) },
		"another challenge":    func() (string, []byte) { return begin().ID, d.signs(first, u.ID) },
		"an unknown ceremony":  func() (string, []byte) { return "nothing", d.signs(begin(), u.ID) },
		"what is not readable": func() (string, []byte) { return begin().ID, []byte("{}") },
	} {
		id, answer := try()
		if _, err := r.access.SignInByPasskey(visitor, id, answer); !errors.Is(err, access.ErrRefused) {
			t.Errorf("%s: %v", what, err)
		}
	}
	late := begin()
	r.clock.advance(6 * 60 * 1e9)
	if _, err := r.access.SignInByPasskey(visitor, late.ID, d.signs(late, u.ID)); !errors.Is(err, access.ErrRefused) {
		t.Errorf("after six minutes: %v", err)
	}
}

func TestACopiedPasskeyIsNoticedByItsCounter(t *testing.T) {
	r, _, d, u, _ := withPasskey(t)
	visitor := r.browser().as()
	for _, c := range []struct {
		count uint32
		good  bool
	}{{5, true}, {6, true}, {4, false}, {7, true}} {
		begun, err := r.access.BeginPasskeySignIn(visitor)
		if err != nil {
			t.Fatal(err)
		}
		d.key.Counter = c.count
		_, err = r.access.SignInByPasskey(visitor, begun.ID, d.signs(begun, u.ID))
		if (err == nil) != c.good {
			t.Errorf("with the counter at %d: %v", c.count, err)
		}
	}
}

func TestPasskeysAreListedAndRemovedButNotTheLastWayIn(t *testing.T) {
	r, b, _, u, id := withPasskey(t)
	all, err := r.access.Passkeys(t.Context(), u.ID)
	if err != nil || len(all) != 1 || all[0].ID != id {
		t.Fatalf("the passkeys are %+v: %v", all, err)
	}
	if _, err := r.access.RemovePasskey(b.as(), "nothing"); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("one that is not there: %v", err)
	}
	r.person("Bo", good)
	if _, err := r.access.RemovePasskey(r.browser().signIn("bo", good).as(), id); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("somebody else's: %v", err)
	}
	if _, err := r.access.RemovePasskey(t.Context(), id); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("nobody removes one: %v", err)
	}
	password := func(hash string) {
		t.Helper()
		if err := r.platform.ChangeCredential(t.Context(), cooperation.System("test"), u.ID, func(c *cooperation.Credential) error { c.Password = hash; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	before, _ := r.platform.Credential(u.ID)
	ctx := b.as()
	password("")
	if _, err := r.access.RemovePasskey(ctx, id); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("the last way in: %v", err)
	}
	password(before.Password)
	if _, err := r.access.RemovePasskey(ctx, id); err != nil {
		t.Fatal(err)
	}
	if all, err = r.access.Passkeys(t.Context(), u.ID); err != nil || len(all) != 0 {
		t.Errorf("the passkeys are %+v: %v", all, err)
	}
}

func TestWithoutAPublicAddressThereAreNoPasskeys(t *testing.T) {
	for _, address := range []string{"", "http://127.0.0.1:8080"} {
		r := newHouse(t).replica(func(o *access.Options) { o.PublicURL = address })
		if _, err := r.access.BeginPasskeySignIn(t.Context()); cooperation.CodeOf(err) != cooperation.State || r.access.Methods().Passkey {
			t.Errorf("%q: %v", address, err)
		}
	}
}
