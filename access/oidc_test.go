package access_test

import (
	"bufio"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"entente/access"
	"entente/cooperation"
)

// callback is where the provider sends people back to.
const callback = "https://entente.example.org/auth/oidc/ministry/callback"

// provider starts the identity provider of scripts/oidc and returns its
// address. It ends with the test.
func provider(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat("../scripts/oidc/node_modules"); err != nil {
		t.Skip("no identity provider: run npm ci in scripts/oidc")
	}
	node := exec.Command("node", "provider.mjs", callback)
	node.Dir = "../scripts/oidc"
	node.Env = append(os.Environ(), "NODE_ENV=test")
	stdin, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		node.Wait()
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://127.0.0.1:") {
			go io.Copy(io.Discard, out) // until the provider ends
			return lines.Text()
		}
	}
	t.Fatal("the identity provider did not start")
	return ""
}

func withProvider(issuer string) func(*access.Options) {
	return func(o *access.Options) {
		o.Providers = []access.Provider{{Name: "ministry", Title: "Ministry of Health", Issuer: issuer, ClientID: "entente", ClientSecret: "a secret of the tests"}}
	}
}

// visits goes to the provider, signs in there under a name, consents, and
// returns the address to which it is sent back.
func visits(t *testing.T, address, name string) *url.URL {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var back *url.URL
	client := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Host == "entente.example.org" {
			back = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := client.Get(address)
	for _, form := range []url.Values{{"prompt": {"login"}, "login": {name}, "password": {"anything"}}, {"prompt": {"consent"}}} {
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(page.Body)
		page.Body.Close()
		if page.StatusCode != http.StatusOK {
			t.Fatalf("the provider answers %d: %s", page.StatusCode, text)
		}
		page, err = client.PostForm(page.Request.URL.String(), form)
	}
	if err != nil || back == nil {
		t.Fatalf("the provider does not send back: %v", err)
	}
	page.Body.Close()
	return back
}

// comeBack does what the page of the callback does.
func (b *browser) comeBack(back *url.URL) error {
	b.t.Helper()
	in, err := b.at.access.FinishOIDC(b.as(), "ministry", back.Query().Get("state"), back.Query().Get("code"), b.cookies[b.at.access.JourneyCookie()])
	if err == nil {
		b.cookies[in.Cookie.Name] = in.Cookie.Value
	}
	return err
}

// goes begins the journey and keeps the cookie.
func (b *browser) goes() (address string) {
	b.t.Helper()
	address, cookie, err := b.at.access.BeginOIDC(b.as(), "ministry")
	if err != nil {
		b.t.Fatal(err)
	}
	b.cookies[cookie.Name] = cookie.Value
	return address
}

func TestSomebodyWhoIsInvitedComesInByAnIdentityProvider(t *testing.T) {
	r := newHouse(t).replica(withProvider(provider(t)))
	u, err := r.platform.Invite(t.Context(), cooperation.System("test"), cooperation.Person{Name: "Ana", Mail: "Ana@example.org", Language: "fr"}, []cooperation.Grant{{Role: cooperation.Administrator}})
	if err != nil {
		t.Fatal(err)
	}
	b := r.browser()
	address := b.goes()
	for _, part := range []string{"code_challenge_method=S256", "nonce=", "state=", "response_type=code"} {
		if !strings.Contains(address, part) {
			t.Errorf("the address lacks %s: %s", part, address)
		}
	}
	back := visits(t, address, "ana")
	if err := b.comeBack(back); err != nil {
		t.Fatal(err)
	}
	if b.who() != "Ana" {
		t.Errorf("the server sees %q", b.who())
	}
	if account, _ := r.platform.User(u.ID); account.Waiting() {
		t.Error("the invitation was not accepted by it")
	}
	if err := b.comeBack(back); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("the same address again: %v", err)
	}
	again := r.browser() // now by the link, whatever the address
	if err := again.comeBack(visits(t, again.goes(), "ana")); err != nil || again.who() != "Ana" {
		t.Errorf("the second time: %v", err)
	}
	other := r.browser() // somebody else, to whom the provider gave the address
	if err := other.comeBack(visits(t, other.goes(), "second-ana")); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("another person with the same address: %v", err)
	}
}

func TestNobodyComesInByAnIdentityProviderWhoIsNotKnownOrVerified(t *testing.T) {
	r := newHouse(t).replica(withProvider(provider(t)))
	u := r.person("Ana", good)
	for _, name := range []string{"stranger", "unverified-ana"} {
		b := r.browser()
		if err := b.comeBack(visits(t, b.goes(), name)); cooperation.CodeOf(err) != cooperation.Forbidden || b.who() != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, _ := r.platform.Credential(u.ID); len(c.OIDC) != 0 {
		t.Errorf("an account was tied to %+v", c.OIDC)
	}
}

// A link that a stranger has prepared must not sign anybody in to the
// stranger's account.
func TestTheWayBackIsOfTheSameBrowserAndJourney(t *testing.T) {
	h := newHouse(t)
	r := h.replica(withProvider(provider(t)))
	r.person("Mallory", good)
	mallory, victim := r.browser(), r.browser()
	back := visits(t, mallory.goes(), "mallory")
	victim.goes()
	if err := victim.comeBack(back); cooperation.CodeOf(err) != cooperation.Forbidden || victim.who() != "" {
		t.Errorf("in another browser: %v", err)
	}
	back = visits(t, mallory.goes(), "mallory")
	forged := *back
	q := forged.Query()
	q.Set("code", "forged")
	forged.RawQuery = q.Encode()
	if err := mallory.comeBack(&forged); err == nil {
		t.Error("a code that the provider has not given is taken")
	}
	back = visits(t, mallory.goes(), "mallory")
	h.clock.advance(11 * time.Minute)
	if err := mallory.comeBack(back); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("after eleven minutes: %v", err)
	}
}

func TestAProviderThatCannotBeReachedKeepsNothingFromStarting(t *testing.T) {
	silent := httptest.NewServer(http.NotFoundHandler())
	silent.Close()
	r := newHouse(t).replica(withProvider(silent.URL))
	if _, _, err := r.access.BeginOIDC(t.Context(), "ministry"); cooperation.CodeOf(err) != cooperation.Unavailable {
		t.Errorf("it is told as %v", err)
	}
	if _, _, err := r.access.BeginOIDC(t.Context(), "other"); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("one that is not configured: %v", err)
	}
	if m := r.access.Methods(); len(m.Providers) != 1 || m.Providers[0].Start != "/auth/oidc/ministry/start" {
		t.Errorf("the ways in are %+v", m)
	}
}
