package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

// visitor is a person with a browser that keeps cookies.
type visitor struct {
	t       *testing.T
	url     string
	cookies map[string]string
	secrets []string // all values of cookies that were ever set
}

// do sends a request as a browser of the same site would.
func (v *visitor) do(method, path, body string) (int, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.url+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		v.cookies[c.Name] = c.Value
		if c.Value != "" {
			v.secrets = append(v.secrets, c.Value)
		}
	}
	return answer.StatusCode, string(content)
}

// secretOf is what stands after /link/ in a text.
func secretOf(t *testing.T, text string) string {
	t.Helper()
	all := found(`/link/[a-z2-7]+\.[A-Za-z0-9_-]+`, text)
	if len(all) == 0 {
		t.Fatalf("there is no link in:\n%s", text)
	}
	return strings.TrimPrefix(all[len(all)-1], "/link/")
}

func TestWhatLetsPeopleInIsNeitherLoggedNorKept(t *testing.T) {
	t.Parallel()
	mail := startMailServer(t)
	uri := freshSQLite(t)
	p, url := serving(t, append(mail.env(uri), "ENTENTE_LOG_LEVEL=debug", "ENTENTE_LOG_FORMAT=json", "ENTENTE_PUBLIC_URL=http://entente.example.org"))
	v := &visitor{t: t, url: url, cookies: map[string]string{}}
	until(t, "the first link is printed", func() bool { return strings.Contains(p.out.String(), "/link/") })
	first := secretOf(t, p.out.String())
	const password, wrong = "k4n4r1 flies by night", "k4n4r1 sleeps all day"
	if status, text := v.do(http.MethodPost, "/api/v1/links/"+first, `{"name":"Officer","mail":"officer@example.org","language":"en","password":"`+password+`"}`); status != http.StatusOK {
		t.Fatalf("the first link: %d %s", status, text)
	}
	for given, want := range map[string]int{wrong: http.StatusUnauthorized, password: http.StatusOK} {
		if status, text := v.do(http.MethodPost, "/api/v1/sign-in/password", `{"mail":"officer@example.org","password":"`+given+`"}`); status != want {
			t.Errorf("signing in: %d, want %d: %s", status, want, text)
		}
	}
	if status, text := v.do(http.MethodPost, "/api/v1/sign-in/link", `{"mail":"officer@example.org","purpose":"sign_in"}`); status >= 300 {
		t.Errorf("asking for a link: %d %s", status, text)
	}
	until(t, "the link is mailed", func() bool { return len(mail.received()) == 1 })
	mailed := secretOf(t, mail.received()[0].envelope.Text)
	for range 2 { // the second time in vain
		v.do(http.MethodGet, "/link/"+mailed, "")
		v.do(http.MethodPost, "/api/v1/links/"+mailed, `{}`)
	}
	if status, text := v.do(http.MethodGet, "/api/v1/sessions", ""); status != http.StatusOK || !strings.Contains(text, `"current":true`) {
		t.Errorf("nobody is signed in: %d %s", status, text)
	}
	v.do(http.MethodPost, "/api/v1/sign-out", "")
	_, metrics := call(t, http.MethodGet, url+"/metrics", "", "")
	if err := p.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.wait()
	secrets := append([]string{password, wrong, first, mailed, afterDot(first), afterDot(mailed)}, v.secrets...)
	if len(v.secrets) < 2 {
		t.Errorf("%d cookies were set", len(v.secrets))
	}
	tells(t, "the log", p.errs.String(), secrets...)
	tells(t, "/metrics", metrics, secrets...)
	database, err := os.ReadFile(strings.TrimPrefix(uri, "sqlite://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if bytes.Contains(database, []byte(secret)) {
			t.Errorf("the database keeps %q", secret)
		}
	}
}

// afterDot is the part of a link that opens it; the other is its id.
func afterDot(secret string) string {
	_, opens, _ := strings.Cut(secret, ".")
	return opens
}
