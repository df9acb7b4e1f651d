package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"entente/cooperation"
)

// The password of whom guest makes, and the one that it is changed to.
const (
	phrase  = "correct horse battery"
	another = "a wholly other phrase"
)

// guest is a person with a password, who signs in as a browser does.
func (i *installation) guest(mail, language string) *cooperation.User {
	i.t.Helper()
	operator := cooperation.System("test")
	u, err := i.platform.CreateUser(i.t.Context(), operator, cooperation.User{Name: "Legal officer", Mail: mail, Language: language, Grants: grants()["focal"]})
	if err != nil {
		i.t.Fatal(err)
	}
	i.setPassword(u.ID)
	return u
}

// setPassword gives somebody the password of the tests.
func (i *installation) setPassword(user string) {
	i.t.Helper()
	hash, err := argon2id.CreateHash(phrase, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		i.t.Fatal(err)
	}
	err = i.platform.ChangeCredential(i.t.Context(), cooperation.System("test"), user, func(c *cooperation.Credential) error { c.Password = hash; return nil })
	if err != nil {
		i.t.Fatal(err)
	}
}

// cookie is what the browser sends after the answer.
func (a *answer) cookie() string {
	a.t.Helper()
	pair, _, _ := strings.Cut(a.Header.Get("Set-Cookie"), ";")
	if !strings.HasPrefix(pair, "__Host-entente=") {
		a.t.Fatalf("the answer sets %q", a.Header.Get("Set-Cookie"))
	}
	return pair
}

func (i *installation) signIn(mail, password string) *answer {
	i.t.Helper()
	return i.ask("", "POST", "/api/v1/sign-in/password", map[string]string{"mail": mail, "password": password})
}

// peopleComeAndGo is the part of the journey that signs in.
func (i *installation) peopleComeAndGo() {
	i.t.Helper()
	u := i.guest("officer@example.org", "en")
	i.ask("", "GET", "/api/v1/sign-in/methods", nil).is(200)
	i.ask("", "POST", "/api/v1/sign-in/link", `{"mail":"officer@example.org","purpose":"sign_in"}`).is(202)
	i.linkIsUsed(u.ID)
	ring := &keyring{installation: i, cookie: []string{"Cookie", ""}}
	i.ask("", "POST", "/api/v1/sign-in/passkey/finish", ring.sign()).is(200)
	spare := ring.spare()
	i.ask("", "GET", "/api/v1/me/passkeys", nil, "Cookie", ring.cookie[1]).is(200)
	i.ask("", "DELETE", "/api/v1/me/passkeys/"+spare, nil, "Cookie", ring.cookie[1]).is(204)
	var in struct{ User, Name string }
	first := i.signIn("Officer@example.org", phrase).is(200)
	if first.into(&in); in.User != u.ID || in.Name != "Legal officer" {
		i.t.Errorf("signed in is %+v", in)
	}
	i.ask("", "POST", "/api/v1/needs", needBody("By a session"), "Cookie", first.cookie()).is(201)
	second := i.signIn("officer@example.org", phrase).is(200)
	var list struct {
		Items []struct {
			ID      string
			Current bool
		}
	}
	if i.ask("", "GET", "/api/v1/sessions", nil, "Cookie", first.cookie()).is(200).into(&list); len(list.Items) != 2 {
		i.t.Fatalf("the sessions are %+v", list)
	}
	for _, s := range list.Items {
		if !s.Current {
			i.ask("", "DELETE", "/api/v1/sessions/"+s.ID, nil, "Cookie", first.cookie()).is(204)
		}
	}
	i.ask("", "GET", "/api/v1/sessions", nil, "Cookie", second.cookie()).problem(401, "error.unauthenticated.missing")
	i.ask("", "DELETE", "/api/v1/sessions", nil, "Cookie", first.cookie()).is(204)
	changed := i.ask("", "PUT", "/api/v1/me/password", map[string]string{"current": phrase, "password": another}, "Cookie", first.cookie()).is(204)
	i.ask("", "GET", "/api/v1/sessions", nil, "Cookie", first.cookie()).is(401)
	i.ask("", "POST", "/api/v1/sign-out", nil, "Cookie", changed.cookie()).is(204)
	i.ask("", "GET", "/api/v1/sessions", nil, "Cookie", changed.cookie()).is(401)
}

func TestARefusedSignInDoesNotTellWhetherThereIsSuchAnAccount(t *testing.T) {
	i := install(t)
	i.guest("officer@example.org", "en")
	known, unknown := i.signIn("officer@example.org", "a guess"), i.signIn("nobody@example.org", "a guess")
	known.problem(401, "error.unauthenticated.sign_in")
	if a, b := withoutID(known), withoutID(unknown); a != b {
		t.Errorf("the answers differ:\n%s\n%s", a, b)
	}
	for range 9 {
		i.signIn("officer@example.org", "a guess").is(401)
		i.signIn("nobody@example.org", "a guess").is(401)
	}
	known, unknown = i.signIn("officer@example.org", phrase), i.signIn("nobody@example.org", phrase)
	known.problem(429, "error.rate.sign_in")
	if a, b := withoutID(known), withoutID(unknown); a != b || known.Header.Get("Retry-After") == "" {
		t.Errorf("the answers differ, or do not say when to try again:\n%s\n%s", a, b)
	}
}

// withoutID is the body of a problem less the number of the request.
func withoutID(a *answer) string {
	before, _, _ := strings.Cut(string(a.Body), `"request_id"`)
	return before
}

func TestASessionSpeaksTheLanguageOfItsAccountAndATokenGoesBeforeIt(t *testing.T) {
	i := install(t)
	i.guest("officer@example.org", "fr")
	cookie := i.signIn("officer@example.org", phrase).is(200).cookie()
	if a := i.ask("", "GET", "/api/v1/sessions", nil, "Cookie", cookie); a.Header.Get("Content-Language") != "fr" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("answered in %s, to be kept: %s", a.Header.Get("Content-Language"), a.Header.Get("Cache-Control"))
	}
	i.ask("", "GET", "/api/v1/runs?convention=fctc", nil, "Cookie", cookie).problem(403, "error.forbidden.action")
	i.ask("secretary", "GET", "/api/v1/runs?convention=fctc", nil, "Cookie", cookie).is(200)
	i.ask("", "GET", "/api/v1/sessions", nil, "Cookie", cookie, "Authorization", "Bearer entente_wrong").problem(401, "error.unauthenticated.token")
}

func TestAnotherSiteCannotUseASession(t *testing.T) {
	i := install(t)
	i.guest("officer@example.org", "en")
	cookie := i.signIn("officer@example.org", phrase).is(200).cookie()
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
		i.ask("", "POST", "/api/v1/needs", needBody("Forged"), "Cookie", cookie, header[0], header[1]).problem(http.StatusForbidden, "error.forbidden.cross_origin")
	}
	i.ask("", "POST", "/api/v1/needs", needBody("Own"), "Cookie", cookie, "Origin", "https://entente.example.org").is(201)
}

func TestAPasswordThatIsGuessedFirstIsExplained(t *testing.T) {
	i := install(t)
	i.guest("officer@example.org", "en")
	cookie := i.signIn("officer@example.org", phrase).is(200).cookie()
	for password, key := range map[string]string{"short": "error.invalid.too_short", "password123456": "error.invalid.password_common", "legal-officer!": "error.invalid.password_own"} {
		p := i.ask("", "PUT", "/api/v1/me/password", map[string]string{"current": phrase, "password": password}, "Cookie", cookie).problem(422, "error.invalid.fields")
		if len(p.Fields) != 1 || p.Fields[0].Field != "password" || p.Fields[0].Key != key {
			t.Errorf("%s: %+v", password, p.Fields)
		}
	}
	p := i.ask("", "PUT", "/api/v1/me/password", map[string]string{"current": another, "password": another}, "Cookie", cookie).problem(422, "error.invalid.fields")
	if len(p.Fields) != 1 || p.Fields[0].Field != "current" {
		t.Errorf("a wrong present password: %+v", p.Fields)
	}
}
